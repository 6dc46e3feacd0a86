#include "api/erasure_search.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

namespace eakte::api {
namespace {

/// A phrase of the query language; its own marks are taken out of what people typed.
std::string phrase(std::string words) {
  std::ranges::replace_if(
      words, [](char c) { return c == '"' || c == '(' || c == ')' || c == '*'; }, ' ');
  return words.find_first_not_of(" ,.-") == std::string::npos ? std::string() : fmt::format("\"{}\"", words);
}

/// "Wößner Jörg" for "Jörg Wößner".
std::string last_name_first(const std::string& name) {
  const std::size_t last = name.find_last_of(' ');
  return last == std::string::npos ? std::string() : name.substr(last + 1) + " " + name.substr(0, last);
}

/// Street and place stand on lines of their own.
std::vector<std::string> lines_of(const std::string& address) {
  std::vector<std::string> lines;
  std::istringstream stream(address);
  for (std::string line; std::getline(stream, line, ',');) lines.push_back(line);
  return lines;
}

std::string query_for(const archive::NewErasureRequest& person) {
  std::vector<std::string> ways{phrase(person.person), phrase(last_name_first(person.person))};
  // The place alone is that of everybody.
  if (const auto lines = lines_of(person.address); !lines.empty()) ways.push_back(phrase(lines.front()));
  if (const std::string reference = phrase(person.reference); !reference.empty())
    ways.push_back("az:" + reference);
  std::erase(ways, "");
  return fmt::format("{}", fmt::join(ways, " ODER "));
}

}  // namespace

std::vector<archive::DocumentId> documents_concerning(const Tenant& tenant,
                                                      const archive::NewErasureRequest& person) {
  index::Query query;
  query.text = query_for(person);
  query.tenant = tenant.archive.tenant();
  query.access = {"all", std::string(archive::restricted_access)};
  query.limit = 500;
  std::vector<archive::DocumentId> documents;
  for (;;) {
    const index::Hits hits = tenant.index.search(tenant.archive, query);
    for (const index::Hit& hit : hits.hits) documents.push_back(hit.document);
    query.offset += query.limit;
    if (hits.hits.empty() || query.offset >= hits.total) return documents;
  }
}

}  // namespace eakte::api

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "api/commands/actor.h"
#include "api/commands/commands.h"
#include "api/commands/json_line.h"
#include "api/commands/opened_archive.h"
#include "api/data_directory.h"
#include "archive/fixity.h"
#include "archive/incidents.h"

namespace eakte::api {
namespace {

index::SortOrder sort_order(const std::string& name) {
  if (name == "newest") return index::SortOrder::newest;
  if (name == "oldest") return index::SortOrder::oldest;
  return index::SortOrder::relevance;
}

bool on_terminal() { return isatty(STDOUT_FILENO) == 1; }

std::string marked(const std::vector<index::SnippetPart>& snippet) {
  std::string text;
  for (const index::SnippetPart& part : snippet) {
    const char* before = !part.matches ? "" : on_terminal() ? "\033[1m" : "*";
    const char* after = !part.matches ? "" : on_terminal() ? "\033[0m" : "*";
    text += before + part.text + after;
  }
  return text;
}

nlohmann::json to_json(const index::Hit& hit, const archive::Document& document) {
  const archive::DocumentFields& fields = document.content.fields;
  return {{"document", document.id.text},
          {"page", hit.page},
          {"title", fields.title},
          {"document_type", fields.document_type},
          {"sender", fields.sender},
          {"document_date", fields.document_date ? archive::to_iso(*fields.document_date) : ""},
          {"plan_entry", fields.plan_entry},
          {"retention_end", document.retention_end ? archive::to_iso(*document.retention_end) : ""},
          {"snippet", marked(hit.snippet)}};
}

void print_hit(const index::Hit& hit, const archive::Document& document) {
  const archive::DocumentFields& fields = document.content.fields;
  fmt::print("{}  {}  Seite {}\n    {}{}{}\n    {}\n", document.id.text, fields.title, hit.page,
             fields.document_type.empty() ? "Art unbekannt" : fields.document_type,
             fields.document_date ? " vom " + archive::to_german(*fields.document_date) : "",
             fields.plan_entry.empty() ? "" : ", Aktenplan " + fields.plan_entry, marked(hit.snippet));
}

/// The document a command names, for one who may see it; what is protected is recorded as read.
archive::Document read_document(archive::Archive& archive, const DocumentOptions& options, archive::Seen seen,
                                std::string_view what) {
  if (!archive::is_id(options.document))
    throw Error(fmt::format("{} ist keine Kennung eines Dokuments.", options.document));
  archive::Document document = archive.document({options.document});
  const Reader reader = command_reader(archive, options);
  require_readable(archive, reader, document);
  archive::record_reading(archive, document, seen, what, reader.actor);
  return document;
}

}  // namespace

int run_search(const SearchOptions& options) {
  const Config config = read_config(options.data / "eakte.toml");
  const auto service = open_service(options.data, config);
  Tenant& tenant = service->tenant(chosen_tenant(options.data, config, options.tenant));
  const Reader reader = command_reader(tenant.archive, options);
  const index::Hits hits = tenant.index.search(tenant.archive, {.text = options.query,
                                                                .tenant = tenant.archive.tenant(),
                                                                .access = reader.access_terms(),
                                                                .filters = options.filters,
                                                                .sort = sort_order(options.sort),
                                                                .offset = options.offset,
                                                                .limit = options.limit});
  for (const index::Hit& hit : hits.hits) {
    const archive::Document document = tenant.archive.document(hit.document);
    // A lock that begins today may not be in the index yet.
    if (!may_read(tenant.archive, reader, document)) continue;
    if (options.form == OutputForm::json) {
      print_json(to_json(hit, document));
    } else {
      print_hit(hit, document);
    }
  }
  if (options.form == OutputForm::text) {
    fmt::print("{} Treffer\n", hits.total);
    if (!hits.suggestion.empty()) fmt::print("Meinten Sie: {}\n", hits.suggestion);
  }
  if (hits.unseen > 0) {
    fmt::print(
        stderr,
        "Die Suche ist noch nicht auf dem Stand des Archivs ({} Änderungen fehlen). Der Dienst holt das "
        "nach, sobald er läuft; ohne ihn hilft „eakte reindex“.\n",
        hits.unseen);
  }
  return 0;
}

int run_show(const DocumentOptions& options) {
  ChosenArchive opened(options);
  archive::Archive& archive = opened.archive;
  const archive::Document document = read_document(archive, options, archive::Seen::fields, "fields");
  const archive::NewDocument& content = document.content;
  const archive::DocumentFields& fields = content.fields;
  nlohmann::json renditions = nlohmann::json::object();
  for (const archive::Rendition& rendition : content.renditions) {
    renditions[std::string(name_of(rendition.role))] = {{"sha256", rendition.object.sha256},
                                                        {"size", rendition.object.size}};
  }
  const nlohmann::json processing = nlohmann::json::parse(content.processing, nullptr, false);
  const std::vector<std::pair<std::string, nlohmann::json>> lines{
      {"document", document.id.text},
      {"intake", content.intake.text},
      {"state", name_of(content.state)},
      {"review_reasons", content.review_reasons},
      {"title", fields.title},
      {"document_type", fields.document_type},
      {"sender", fields.sender},
      {"recipient", fields.recipient},
      {"reference", fields.reference},
      {"document_date", fields.document_date ? archive::to_iso(*fields.document_date) : ""},
      {"received_on", archive::to_iso(content.received_on)},
      {"plan_entry", fields.plan_entry},
      {"retention_end", document.retention_end ? archive::to_iso(*document.retention_end) : ""},
      {"retention", document.retention_sentence},
      {"disposal", document.disposal},
      {"original_name", content.original_name},
      {"languages", content.languages},
      {"pages", content.pages.size()},
      {"renditions", renditions},
      {"pdfa", processing.is_object() ? processing.value("pdfa", nlohmann::json()) : nlohmann::json()},
      {"revision", document.revision}};
  nlohmann::json object = nlohmann::json::object();
  for (const auto& [name, value] : lines) {
    if (options.form == OutputForm::json) {
      object[name] = value;
    } else {
      fmt::print("{:<15} {}\n", name, value.is_string() ? value.get<std::string>() : value.dump());
    }
  }
  if (options.form == OutputForm::json) print_json(object);
  return 0;
}

int run_get(const DocumentOptions& options) {
  const auto role = archive::rendition_role_from(options.rendition);
  if (!role) throw Error("--rendition: möglich sind original, pdfa, text und words.");
  ChosenArchive opened(options);
  archive::Archive& archive = opened.archive;
  const archive::Document document = read_document(archive, options, archive::Seen::bytes, options.rendition);
  const std::string sha256 = archive.rendition(document, *role).object.sha256;
  archive::examine_object(archive, sha256, "reading", "system");
  const std::string bytes = archive.objects().read(sha256);
  const bool to_stdout = options.output.empty() || options.output == "-";
  std::FILE* file = to_stdout ? stdout : std::fopen(options.output.c_str(), "wb");
  if (file == nullptr || std::fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size() ||
      (to_stdout ? std::fflush(file) : std::fclose(file)) != 0) {
    throw Error(fmt::format("{} lässt sich nicht schreiben.", options.output.string()));
  }
  return 0;
}

}  // namespace eakte::api

#include "archive/package/audit_part.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>

#include "archive/catalogue/audit_entry_hash.h"
#include "archive/json_number.h"
#include "archive/package/package_scope.h"

namespace eakte::archive {
namespace {

using json = nlohmann::ordered_json;
using Take = std::function<void(const std::string&)>;

constexpr std::int64_t rows_at_once = 500;

/// What changes no content: packages that came and went, readings. Each would make the next export another
/// one.
constexpr std::string_view without_change =
    "('tenant.created', 'archive.imported', 'document.imported', 'archive.exported', 'model.installed', "
    "'model.trained', 'model.removed', 'document.read', 'access.denied')";

/// What a chain tells of content: of folders, cases, documents and intakes.
constexpr std::string_view about_content =
    "(subject IN (SELECT id FROM folder) OR subject IN (SELECT id FROM record_case) OR subject IN (SELECT id "
    "FROM document) "
    "OR subject IN (SELECT id FROM intake))";

/// Exports of a folder are no part of what they export.
std::string of_folder() {
  return fmt::format("subject IN {} AND action <> 'archive.exported'", packed_subjects);
}

std::string_view scope_of(const std::string& folder) {
  return folder.empty() ? std::string_view() : with_packed;
}

std::string condition_of(const std::string& folder) {
  return folder.empty() ? std::string("?1 = ?1") : of_folder();
}

json head_line(std::int64_t chain, const std::string& tenant, bool whole, std::int64_t entries,
               std::int64_t last_sequence, const std::string& last_hash) {
  return {{"chain", chain},
          {"tenant", tenant},
          {"whole", whole},
          {"entries", entries},
          {"last_sequence", last_sequence},
          {"last_hash", last_hash}};
}

std::string entry_line(const Row& row, const std::string& previous) {
  const json line{{"sequence", row.integer("sequence")},
                  {"at", row.text("at")},
                  {"actor", row.text("actor")},
                  {"action", row.text("action")},
                  {"subject", row.text("subject")},
                  {"detail", row.text("detail")},
                  {"previous", previous},
                  {"hash", row.text("hash")}};
  return line.dump();
}

std::string link_line(std::int64_t sequence, const std::string& hash) {
  return json{{"sequence", sequence}, {"hash", hash}}.dump();
}

/// The own chain, as far as it concerns the content.
class OwnChain {
public:
  OwnChain(Connection& connection, std::string tenant, std::string folder, std::set<std::int64_t> anchors)
      : connection_(connection),
        tenant_(std::move(tenant)),
        folder_(std::move(folder)),
        anchors_(std::move(anchors)) {}

  /// Where it ends: behind the last entry that says something, and what a manifest names.
  std::int64_t last() {
    std::int64_t last =
        connection_
            .query(
                fmt::format("{}SELECT max(sequence) AS last FROM audit_trail WHERE {} AND action NOT IN {}",
                            scope_of(folder_), condition_of(folder_), without_change),
                {folder_})
            .at(0)
            .integer("last");
    if (!anchors_.empty()) last = std::max(last, *anchors_.rbegin());
    return std::max(last, last_proven());
  }

  /// Whether it tells of the content at all: after an import it may only tell of that. What was stamped is
  /// told of as well, or the stamps would say nothing elsewhere.
  bool tells_of_content() {
    if (last_proven() > 0) return true;
    return !connection_
                .query(fmt::format("{}SELECT 1 FROM audit_trail WHERE {} AND {} AND action NOT IN {} LIMIT 1",
                                   scope_of(folder_), condition_of(folder_), about_content, without_change),
                       {folder_})
                .empty();
  }

  void write(int chain, const Take& take) {
    const std::int64_t end = last();
    const std::string hash = hash_of(end);
    const std::int64_t entries = for_each_line(end, nullptr);
    take(head_line(chain, tenant_, folder_.empty(), entries, end, hash).dump());
    for_each_line(end, &take);
  }

private:
  /// The last entry whose hash was stamped with a day's evidence; days travel with the whole chain only.
  std::int64_t last_proven() {
    if (!folder_.empty()) return 0;
    return connection_.query("SELECT max(last_sequence) AS last FROM evidence_day").at(0).integer("last");
  }

  std::string hash_of(std::int64_t sequence) {
    if (sequence == 0) return std::string(before_the_first_entry);
    const Rows rows = connection_.query("SELECT hash FROM audit_trail WHERE sequence = ?", {sequence});
    if (rows.empty()) throw Error(fmt::format("audit trail: entry {} is missing", sequence));
    return rows[0].text("hash");
  }

  /// Walks the entries up to `end` in order; of the whole chain all of them. Returns how many lines there
  /// are.
  std::int64_t for_each_line(std::int64_t end, const Take* take) {
    std::int64_t count = 0;
    std::int64_t done = 0;
    auto anchor = anchors_.begin();
    const auto link_anchors_before = [&](std::int64_t sequence) {
      for (; anchor != anchors_.end() && *anchor < sequence; ++anchor, ++count) {
        if (take != nullptr) (*take)(link_line(*anchor, hash_of(*anchor)));
      }
      if (anchor != anchors_.end() && *anchor == sequence) ++anchor;
    };
    for (;;) {
      const Rows rows = connection_.query(
          fmt::format("{}SELECT sequence, at, actor, action, subject, detail, hash FROM audit_trail "
                      "WHERE {} AND sequence > ?2 AND sequence <= ?3 ORDER BY sequence LIMIT {}",
                      scope_of(folder_), condition_of(folder_), rows_at_once),
          {folder_, done, end});
      for (const Row& row : rows) {
        done = row.integer("sequence");
        link_anchors_before(done);
        if (take != nullptr) (*take)(entry_line(row, hash_of(done - 1)));
        ++count;
      }
      if (std::ssize(rows) < rows_at_once) break;
    }
    link_anchors_before(end + 1);
    return count;
  }

  Connection& connection_;
  std::string tenant_;
  std::string folder_;
  std::set<std::int64_t> anchors_;
};

/// Whether an imported entry goes on travelling.
bool concerns(Connection& connection, const Row& row, const std::string& folder) {
  if (folder.empty() || row.text("previous").empty()) return true;
  return !connection
              .query(fmt::format("{}SELECT 1 WHERE ?2 IN {}", with_packed, packed_subjects),
                     {folder, row.text("subject")})
              .empty();
}

template <class Visit>
void for_each_imported(Connection& connection, std::int64_t chain, const Visit& visit) {
  std::int64_t done = -1;
  for (;;) {
    const Rows rows = connection.query(
        "SELECT * FROM imported_audit WHERE chain = ? AND sequence > ? ORDER BY sequence LIMIT ?",
        {chain, done, rows_at_once});
    for (const Row& row : rows) visit(row);
    if (std::ssize(rows) < rows_at_once) return;
    done = rows.back().integer("sequence");
  }
}

void write_imported(Connection& connection, const Row& chain, const std::string& folder, const Take& take) {
  const std::int64_t number = chain.integer("chain");
  std::int64_t entries = 0;
  for_each_imported(connection, number,
                    [&](const Row& row) { entries += concerns(connection, row, folder) ? 1 : 0; });
  take(head_line(number, chain.text("tenant"), chain.integer("whole") != 0 && folder.empty(), entries,
                 chain.integer("last_sequence"), chain.text("last_hash"))
           .dump());
  for_each_imported(connection, number, [&](const Row& row) {
    if (!concerns(connection, row, folder)) return;
    const bool only_link = row.text("previous").empty();
    take(only_link ? link_line(row.integer("sequence"), row.text("hash"))
                   : entry_line(row, row.text("previous")));
  });
}

AuditEntry entry_from(const json& line) {
  return {line.at("actor").get<std::string>(), line.at("action").get<std::string>(),
          line.at("subject").get<std::string>(), line.at("detail").get<std::string>()};
}

}  // namespace

std::vector<AuditPart> audit_parts(Connection& connection, const std::string& tenant,
                                   const std::string& folder, const std::set<std::int64_t>& anchors) {
  std::vector<AuditPart> parts;
  for (const Row& chain : connection.query("SELECT * FROM imported_chain ORDER BY chain")) {
    parts.push_back(
        {static_cast<int>(chain.integer("chain")), [&connection, chain, folder](const Take& take) {
           write_imported(connection, chain, folder, take);
         }});
  }
  const auto own = std::make_shared<OwnChain>(connection, tenant, folder, anchors);
  if (parts.empty() || own->tells_of_content()) {
    const int number = parts.empty() ? 1 : parts.back().chain + 1;
    parts.push_back({number, [own, number](const Take& take) { own->write(number, take); }});
  }
  return parts;
}

void AuditPartReader::begin(std::string_view line) {
  const json head = json::parse(line);
  chain_ = whole_number<std::int64_t>(head.at("chain"));
  whole_ = head.at("whole").get<bool>();
  announced_ = whole_number<std::int64_t>(head.at("entries"));
  last_sequence_ = whole_number<std::int64_t>(head.at("last_sequence"));
  last_hash_ = head.at("last_hash").get<std::string>();
  connection_.execute(
      "INSERT INTO imported_chain(chain, tenant, whole, entries, last_sequence, last_hash) VALUES(?, ?, ?, "
      "?, ?, ?)",
      {chain_, head.at("tenant").get<std::string>(), std::int64_t{whole_ ? 1 : 0}, announced_, last_sequence_,
       last_hash_});
  hash_ = before_the_first_entry;
  begun_ = true;
}

void AuditPartReader::take(std::string_view line) {
  try {
    if (!begun_) return begin(line);
    const json entry = json::parse(line);
    const auto sequence = whole_number<std::int64_t>(entry.at("sequence"));
    const auto hash = entry.at("hash").get<std::string>();
    const bool only_link = !entry.contains("previous");
    if (sequence <= sequence_) throw Error(fmt::format("audit part: entry {} is out of order", sequence));
    const std::string at = only_link ? "" : entry.at("at").get<std::string>();
    const std::string previous = only_link ? "" : entry.at("previous").get<std::string>();
    const AuditEntry content = only_link ? AuditEntry() : entry_from(entry);
    if (!only_link && audit_entry_hash(previous, sequence, at, content) != hash)
      throw Error(fmt::format("audit part: entry {} is changed", sequence));
    if (whole_ && sequence != sequence_ + 1)
      throw Error(fmt::format("audit part: entries before {} are missing", sequence));
    if (!only_link && sequence == sequence_ + 1 && previous != hash_)
      throw Error(fmt::format("audit part: entry {} does not follow entry {}", sequence, sequence_));
    connection_.execute(
        "INSERT INTO imported_audit(chain, sequence, at, actor, action, subject, detail, previous, hash) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {chain_, sequence, at, content.actor, content.action, content.subject, content.detail, previous,
         hash});
    sequence_ = sequence;
    hash_ = hash;
    ++entries_;
  } catch (const json::exception& error) {
    throw Error(fmt::format("audit part: {}", error.what()));
  }
}

void AuditPartReader::finish() {
  if (!begun_) throw Error("audit part: it is empty");
  const bool ends_right = sequence_ == last_sequence_ ? hash_ == last_hash_ : !whole_;
  if (entries_ != announced_ || !ends_right)
    throw Error(fmt::format("audit part: it has {} entries up to {}, not {} up to {}", entries_, sequence_,
                            announced_, last_sequence_));
}

std::vector<std::string> verify_imported_audit(Connection& connection) {
  std::vector<std::string> problems;
  for (const Row& chain : connection.query("SELECT * FROM imported_chain ORDER BY chain")) {
    std::int64_t entries = 0;
    std::int64_t sequence = 0;
    std::string hash(before_the_first_entry);
    const auto problem = [&](const std::string& what) {
      problems.push_back(fmt::format("imported evidence, chain {}: {}", chain.integer("chain"), what));
    };
    for_each_imported(connection, chain.integer("chain"), [&](const Row& row) {
      const std::int64_t number = row.integer("sequence");
      const std::string previous = row.text("previous");
      const AuditEntry entry{row.text("actor"), row.text("action"), row.text("subject"), row.text("detail")};
      const bool follows = number != sequence + 1 || previous.empty() || previous == hash;
      if (!follows || (!previous.empty() &&
                       audit_entry_hash(previous, number, row.text("at"), entry) != row.text("hash")))
        problem(fmt::format("entry {} is changed or does not follow entry {}", number, sequence));
      sequence = number;
      hash = row.text("hash");
      ++entries;
    });
    if (entries != chain.integer("entries"))
      problem(fmt::format("it has {} entries, not {}", entries, chain.integer("entries")));
    if (chain.integer("whole") != 0 &&
        (sequence != chain.integer("last_sequence") || hash != chain.text("last_hash")))
      problem(fmt::format("it ends with entry {} in another way than it came", sequence));
  }
  return problems;
}

}  // namespace eakte::archive

#include "archive/evidence_keeping.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "archive/audit_head.h"
#include "archive/catalogue/berlin_day.h"
#include "archive/evidence/kept_records.h"
#include "archive/evidence_verification.h"
#include "archive/hash_tree.h"
#include "archive/time_stamp.h"

namespace eakte::archive {
namespace {

using nlohmann::json;

constexpr const char* trouble_key = "evidence_trouble";

/// What one tree is to cover.
struct DayContent {
  Date day;
  std::int64_t last_sequence = 0;
  AuditHead head;
  std::vector<std::pair<std::string, std::string>> states;  ///< document, manifest
};

std::int64_t covered_up_to(Connection& connection) {
  return connection.query("SELECT coalesce(max(last_sequence), 0) AS last FROM evidence_day")
      .at(0)
      .integer("last");
}

std::string manifest_in(const std::string& detail) {
  const json object = json::parse(detail, nullptr, false);
  return object.is_object() ? object.value("manifest", "") : "";
}

constexpr Date far_future(std::chrono::year(9999), std::chrono::December, std::chrono::day(31));

/// The day of the first entry that no tree covers, if it is not after `until`. What keeping evidence itself
/// records is no reason for a tree.
std::optional<Date> next_open_day(Connection& connection, Date until) {
  const Rows first = connection.query(
      "SELECT at FROM audit_trail WHERE sequence > ? AND action NOT LIKE 'evidence.%' AND action NOT LIKE "
      "'scrub.%' ORDER BY sequence LIMIT 1",
      {covered_up_to(connection)});
  if (first.empty()) return std::nullopt;
  const Date day = berlin_day_of(first[0].text("at"));
  return day <= until ? std::optional(day) : std::nullopt;
}

/// Entries are in order of their sequence; their times may go back a little where a clock was set.
DayContent content_of(const Archive& archive, Connection& connection, Date day) {
  DayContent content{day, 0, {}, {}};
  content.last_sequence =
      connection
          .query(
              "SELECT coalesce(min(sequence) - 1, (SELECT max(sequence) FROM audit_trail)) AS last FROM "
              "audit_trail WHERE sequence > ? AND at >= ?",
              {covered_up_to(connection), beginning_in_berlin(next_day(day))})
          .at(0)
          .integer("last");
  std::map<std::string, std::string> last_states;
  for (const Row& row : connection.query(
           "SELECT subject, detail FROM audit_trail WHERE sequence > ? AND sequence <= ? AND action LIKE "
           "'document.%' ORDER BY sequence",
           {covered_up_to(connection), content.last_sequence})) {
    const std::string manifest = manifest_in(row.text("detail"));
    if (!manifest.empty()) last_states[row.text("subject")] = manifest;
  }
  // What was imported with its evidence has an older one than could be made now.
  std::erase_if(last_states, [&](const auto& state) {
    return !connection
                .query("SELECT 1 FROM evidence WHERE document = ? AND manifest_sha256 = ?",
                       {state.first, state.second})
                .empty();
  });
  content.states.assign(last_states.begin(), last_states.end());
  const Row last =
      connection.query("SELECT hash FROM audit_trail WHERE sequence = ?", {content.last_sequence}).at(0);
  const Row made = connection.query("SELECT value FROM meta WHERE key = 'created_at'").at(0);
  content.head = {archive.tenant(), made.text("value"), content.last_sequence, last.text("hash"), now_utc()};
  return content;
}

/// A day's groups: the audit trail's head first, then the documents in order.
struct Groups {
  std::vector<std::vector<std::string>> digests;
  std::vector<std::pair<std::string, std::string>> states;
  std::vector<std::string> left_out;
};

Groups groups_of(const Archive& archive, const DayContent& content) {
  Groups groups;
  groups.digests.push_back({digest(DigestAlgorithm::sha256, text_of(content.head))});
  for (const auto& [document, manifest] : content.states) {
    try {
      std::vector<std::string> digests;
      for (const StoredObject& object : covered_objects(archive, {document}, manifest))
        digests.push_back(bytes_from_hex(object.sha256));
      groups.digests.push_back(std::move(digests));
      groups.states.emplace_back(document, manifest);
    } catch (const NotFound&) {
      continue;  // destroyed meanwhile
    } catch (const Error&) {
      groups.left_out.push_back(document);
    }
  }
  return groups;
}

std::string first_record(const HashTree& tree, std::size_t group, const std::string& token) {
  const ArchiveTimeStamp stamp{std::nullopt, tree.reduced(group), token};
  EvidenceRecord record;
  record.algorithms = {DigestAlgorithm::sha256};
  record.chains = {{stamp}};
  return encode(record);
}

EvidenceDay make_day(Archive& archive, const DayContent& content, const StampingAuthority& authority,
                     const std::string& actor) {
  const Groups groups = groups_of(archive, content);
  const HashTree tree(DigestAlgorithm::sha256, groups.digests);
  const std::string token = stamped(tree.root(), DigestAlgorithm::sha256, authority);
  EvidenceDay made{content.day, std::ssize(groups.states), hex_of(tree.root()), read_time_stamp(token).time,
                   groups.left_out};
  const StoredObject head_record = archive.objects().put(first_record(tree, 0, token));
  std::vector<StoredObject> records;
  for (std::size_t group = 1; group < groups.digests.size(); ++group)
    records.push_back(archive.objects().put(first_record(tree, group, token)));
  const std::string day = to_iso(content.day);
  archive.database().write([&](Connection& connection) {
    if (covered_up_to(connection) >= content.last_sequence)
      throw Conflict(fmt::format("the evidence of {} was made meanwhile", day));
    connection.execute(
        "INSERT INTO evidence_day(last_sequence, day, audit_head, root, documents, stamped_at, "
        "record_sha256, "
        "record_size) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        {content.last_sequence, day, text_of(content.head), made.root, made.documents, made.stamped_at,
         head_record.sha256, static_cast<std::int64_t>(head_record.size)});
    for (std::size_t i = 0; i < records.size(); ++i) {
      connection.execute(
          "INSERT INTO evidence(document, manifest_sha256, day, record_sha256, record_size) "
          "VALUES(?, ?, "
          "?, ?, ?)",
          {groups.states[i].first, groups.states[i].second, day, records[i].sha256,
           static_cast<std::int64_t>(records[i].size)});
    }
    archive.record(
        connection,
        {actor, "evidence.made", archive.tenant(),
         fmt::format(R"({{"day":"{}","documents":{},"left_out":{},"root":"{}","stamped_at":"{}"}})", day,
                     made.documents, made.left_out.size(), made.root, made.stamped_at)});
  });
  return made;
}

}  // namespace

std::vector<EvidenceDay> make_evidence(Archive& archive, Date until, const StampingAuthority& authority,
                                       const std::string& actor) {
  std::vector<EvidenceDay> made;
  // What this itself records belongs to the tree of a later run.
  const std::int64_t last = audit_head(archive).entries;
  for (;;) {
    std::optional<DayContent> content;
    archive.database().read([&](Connection& connection) {
      if (covered_up_to(connection) >= last) return;
      if (const auto day = next_open_day(connection, until)) content = content_of(archive, connection, *day);
    });
    if (!content) return made;
    made.push_back(make_day(archive, *content, authority, actor));
  }
}

std::optional<DocumentEvidence> evidence_of(const Archive& archive, const DocumentId& document) {
  const std::string manifest = archive.document(document).manifest_sha256;
  const Rows rows = archive.database().query(
      "SELECT day, record_sha256, renewed_at FROM evidence WHERE document = ? AND manifest_sha256 = ?",
      {document.text, manifest});
  if (rows.empty()) return std::nullopt;
  return DocumentEvidence{date_from_iso(rows[0].text("day")).value(),
                          archive.objects().read(rows[0].text("record_sha256")),
                          rows[0].text("record_sha256"), covered_objects(archive, document, manifest),
                          rows[0].text("renewed_at")};
}

EvidenceStatus evidence_status(const Archive& archive) {
  EvidenceStatus status;
  archive.database().read([&](Connection& connection) {
    const Row counted = connection
                            .query(
                                "SELECT (SELECT count(*) FROM evidence_day) AS days, (SELECT count(*) FROM "
                                "evidence) AS records, (SELECT day FROM evidence_day ORDER BY last_sequence "
                                "DESC LIMIT 1) AS last_day")
                            .at(0);
    status.days = counted.integer("days");
    status.records = counted.integer("records");
    status.last_day = counted.text("last_day");
    if (const auto open = next_open_day(connection, far_future)) status.waiting_since = to_iso(*open);
    const Rows trouble = connection.query("SELECT value FROM meta WHERE key = ?", {trouble_key});
    const json told = trouble.empty() ? json() : json::parse(trouble[0].text("value"), nullptr, false);
    if (told.is_object()) {
      status.trouble = told.value("what", "");
      status.trouble_at = told.value("at", "");
    }
  });
  return status;
}

void note_evidence_trouble(Archive& archive, const std::string& what) {
  archive.database().write([&](Connection& connection) {
    connection.execute("DELETE FROM meta WHERE key = ?", {trouble_key});
    if (what.empty()) return;
    const json told{{"at", now_utc()}, {"what", what}};
    connection.execute("INSERT INTO meta(key, value) VALUES(?, ?)",
                       {trouble_key, told.dump(-1, ' ', false, json::error_handler_t::replace)});
  });
}

}  // namespace eakte::archive

#include "archive/package/package_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "archive/json_number.h"
#include "archive/package/package_scope.h"

namespace eakte::archive {
namespace {

using json = nlohmann::ordered_json;

constexpr std::int64_t rows_at_once = 500;

constexpr std::string_view by_folder = "folder IN (SELECT id FROM packed)";
constexpr std::string_view by_document = "document IN (SELECT id FROM packed_document)";
constexpr std::string_view by_destruction =
    "destruction IN (SELECT id FROM destruction WHERE folder IN (SELECT id FROM packed))";

/// The own chain will be one more beside those that were imported.
constexpr std::string_view days_of_all_chains =
    "(SELECT * FROM imported_evidence_day UNION ALL SELECT (SELECT coalesce(max(chain), 0) + 1 FROM "
    "imported_chain), last_sequence, day, audit_head, root, documents, stamped_at, record_sha256, "
    "record_size, renewed_at FROM evidence_day)";

constexpr std::string_view people_of_all_chains =
    "(SELECT * FROM imported_account WHERE id NOT IN (SELECT id FROM account) UNION ALL SELECT id, name, "
    "display_name, created_at, created_by FROM account)";

/// A batch of which another part is elsewhere, destroyed or still waiting shows what does not belong to the
/// folder. Parts that were joined again are withdrawn: their pages are in the document.
constexpr std::string_view withheld_from_folder =
    "(SELECT * FROM withheld_object UNION SELECT DISTINCT rendition.sha256, rendition.size, "
    "'batch_of_others' FROM rendition JOIN packed_document ON packed_document.id = document WHERE role = "
    "'original' AND EXISTS (SELECT 1 FROM intake WHERE intake.sha256 = rendition.sha256 AND source = 'batch' "
    "AND state <> 'withdrawn' AND intake.id NOT IN (SELECT intake FROM packed_document)))";

constexpr auto tables = std::to_array<PackageTable>({
    {"file_plan", ""},
    {"plan_number", ""},
    {"plan_proposal", ""},
    {"intake", "id IN (SELECT intake FROM packed_document)"},
    {"batch_page", "intake IN (SELECT intake FROM packed_document)"},
    {"folder", "id IN (SELECT id FROM packed UNION SELECT id FROM above)"},
    {"record_case", by_folder},
    {"folder_event", by_folder},
    {"disposal_hold", by_folder},
    {"refiling", by_folder},
    {"reference_counter", "scope IN (SELECT id FROM packed UNION SELECT 'cases of ' || id FROM packed)"},
    {"appraisal", by_folder},
    {"paper_handover", by_folder},
    {"document", "id IN (SELECT id FROM packed_document)", "revision"},
    {"rendition", by_document},
    {"page", by_document},
    {"proposal", by_document},
    {"document_refiling", by_document},
    {"relation",
     "source IN (SELECT id FROM packed UNION SELECT id FROM packed_document) OR target IN (SELECT id FROM "
     "packed)"},
    {"disposal_process",
     "id IN (SELECT process FROM disposal_object WHERE folder IN (SELECT id FROM packed))"},
    {"disposal_object", by_folder},
    // Messages name every folder of their process, and hold files of them.
    {"disposal_message",
     "process IN (SELECT process FROM disposal_object GROUP BY process HAVING min(folder IN (SELECT id FROM "
     "packed)) = 1)"},
    {"plan_appraisal",
     "process IN (SELECT process FROM disposal_object WHERE folder IN (SELECT id FROM packed))"},
    {"destruction_permission", "-"},
    {"destruction", by_folder},
    {"destroyed_document", by_destruction},
    {"destroyed_file", by_destruction},
    {"erasure_request", "id IN (SELECT request FROM erasure_item WHERE folder IN (SELECT id FROM packed))"},
    {"erasure_item", by_folder},
    {"restriction",
     "request IN (SELECT request FROM erasure_item WHERE folder IN (SELECT id FROM packed)) AND document IN "
     "(SELECT id FROM packed_document)"},
    {"scan_profile", "-"},
    {"scan_sample",
     "number IN (SELECT sample FROM scan_case WHERE document IN (SELECT id FROM packed_document))"},
    {"scan_case", by_document},
    {"scan_check", by_document},
    {"transfer_note", by_document},
    {"paper_release", by_document},
    {"evidence", by_document},
    // A folder's audit part is no whole chain: heads prove nothing about it.
    {"imported_evidence_day", "-", "", days_of_all_chains},
    {"withheld_object",
     "sha256 IN (SELECT sha256 FROM rendition WHERE document IN (SELECT id FROM "
     "packed_document))",
     "",
     {},
     withheld_from_folder},
    {"imported_account", "-", "", people_of_all_chains},
});

constexpr auto at_home = std::to_array<TableAtHome>({
    {"meta", "tells of this archive: its tenant's name and when it was made"},
    {"migration", "tells of this catalogue's schema; package.json names it"},
    {"change", "the order of changes, for the search; numbered anew"},
    {"audit_trail", "travels as the audit part, with its hashes"},
    {"audit_head", "stands in bag-info.txt"},
    {"imported_chain", "travels as the audit part"},
    {"imported_audit", "travels as the audit part"},
    {"evidence_day", "travels as imported_evidence_day, with the chain its heads are of"},
    {"imported_certificate", "stands in the seals, which travel; taken from them again"},
    {"destruction_key", "signs this archive's own log of destructions"},
    {"scrub_round", "tells of this computer's disks"},
    {"scrub_sample", "tells of this computer's disks"},
    {"damaged_object", "tells of this computer's disks; nothing damaged is ever exported"},
    {"account", "people log in where they are; who they are travels as imported_account"},
    {"session", "ends with the computer"},
    {"login_attempts", "guards this archive's logins"},
});

Value value_from(const json& value) {
  if (value.is_null()) return nullptr;
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return whole_number<std::int64_t>(value);
  if (value.is_number_float()) return value.get<double>();
  throw Error("a row holds a value that is none of the catalogue");
}

json to_json(const Value& value) {
  return std::visit([](const auto& one) { return json(one); }, value);
}

std::string joined(const std::vector<std::string>& names, const std::string& around = {}) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + (around.empty() ? name : around);
  return text;
}

}  // namespace

std::span<const PackageTable> package_tables() { return tables; }
std::span<const TableAtHome> tables_at_home() { return at_home; }

std::vector<std::string> columns_of(Connection& connection, std::string_view table, Columns which) {
  std::map<std::int64_t, std::string> keys;
  std::vector<std::string> all;
  for (const Row& row :
       connection.query(fmt::format("SELECT name, pk FROM pragma_table_info('{}')", table))) {
    all.push_back(row.text("name"));
    if (row.integer("pk") > 0) keys[row.integer("pk")] = row.text("name");
  }
  if (which == Columns::all) return all;
  std::vector<std::string> ordered;
  for (const auto& [position, name] : keys) ordered.push_back(name);
  return ordered;
}

void for_each_row_text(Connection& connection, const PackageTable& table, const std::string& folder,
                       const std::function<void(const std::string& line)>& take) {
  if (!folder.empty() && table.of_folder == "-") return;
  std::vector<std::string> columns = columns_of(connection, table.name, Columns::all);
  std::erase(columns, std::string(table.left_out));
  const std::vector<std::string> keys = columns_of(connection, table.name, Columns::keys);
  const bool scoped = !folder.empty() && !table.of_folder.empty();
  const std::string scope = scoped ? fmt::format("({})", table.of_folder) : std::string("?1 = ?1");
  std::string_view source = table.source.empty() ? table.name : table.source;
  if (scoped && !table.source_of_folder.empty()) source = table.source_of_folder;
  std::vector<Value> last;
  for (;;) {
    std::vector<Value> values{folder};
    std::string after;
    if (!last.empty()) {
      after = fmt::format(" AND ({}) > ({})", joined(keys), joined(keys, "?"));
      values.insert(values.end(), last.begin(), last.end());
    }
    const Rows rows = connection.query(
        fmt::format("{}SELECT {} FROM {} WHERE {}{} ORDER BY {} LIMIT {}", scoped ? with_packed : "",
                    joined(columns), source, scope, after, joined(keys), rows_at_once),
        values);
    for (const Row& row : rows) {
      json object = json::object();
      for (const std::string& column : columns) object[column] = to_json(row.at(column));
      take(object.dump());
    }
    if (std::ssize(rows) < rows_at_once) return;
    last.clear();
    for (const std::string& key : keys) last.push_back(rows.back().at(key));
  }
}

void insert_row_text(Connection& connection, const PackageTable& table, std::string_view line,
                     const std::vector<std::pair<std::string, Value>>& more) {
  try {
    const std::vector<std::string> known = columns_of(connection, table.name, Columns::all);
    std::vector<std::string> columns;
    std::vector<Value> values;
    const json row = json::parse(line);
    for (const auto& [column, value] : row.items()) {
      if (std::ranges::find(known, column) == known.end())
        throw Error(fmt::format("table {}: the column {} is not known", table.name, column));
      columns.push_back(column);
      values.push_back(value_from(value));
    }
    for (const auto& [column, value] : more) {
      columns.push_back(column);
      values.push_back(value);
    }
    connection.execute(
        fmt::format("INSERT INTO {}({}) VALUES({})", table.name, joined(columns), joined(columns, "?")),
        values);
  } catch (const json::exception& error) {
    throw Error(fmt::format("table {}: {}", table.name, error.what()));
  }
}

}  // namespace eakte::archive

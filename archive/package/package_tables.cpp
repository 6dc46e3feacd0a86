#include "archive/package/package_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

namespace eakte::archive {
namespace {

using json = nlohmann::ordered_json;

constexpr std::int64_t rows_at_once = 500;

constexpr std::string_view by_folder = "folder = ?1";
constexpr std::string_view by_document = "document IN (SELECT id FROM document WHERE folder = ?1)";

constexpr auto tables = std::to_array<PackageTable>({
    {"file_plan", ""},
    {"plan_number", ""},
    {"plan_proposal", ""},
    {"intake", "id IN (SELECT intake FROM document WHERE folder = ?1)"},
    {"batch_page", "intake IN (SELECT intake FROM document WHERE folder = ?1)"},
    {"folder", "id = ?1"},
    {"record_case", by_folder},
    {"folder_event", by_folder},
    {"disposal_hold", by_folder},
    {"refiling", by_folder},
    {"reference_counter", "scope = ?1 OR scope = 'cases of ' || ?1"},
    {"appraisal", by_folder},
    {"document", by_folder, "revision"},
    {"rendition", by_document},
    {"page", by_document},
    {"proposal", by_document},
    {"relation", "source = ?1 OR target = ?1 OR source IN (SELECT id FROM document WHERE folder = ?1)"},
    {"disposal_process", "id IN (SELECT process FROM disposal_object WHERE folder = ?1)"},
    {"disposal_object", by_folder},
    {"plan_appraisal", "process IN (SELECT process FROM disposal_object WHERE folder = ?1)"},
    {"destruction_permission", "-"},
    {"destruction", by_folder},
    {"destroyed_document", "destruction IN (SELECT id FROM destruction WHERE folder = ?1)"},
    {"destroyed_file", "destruction IN (SELECT id FROM destruction WHERE folder = ?1)"},
    {"erasure_request", "id IN (SELECT request FROM erasure_item WHERE folder = ?1)"},
    {"erasure_item", by_folder},
    {"scan_profile", "-"},
    {"scan_sample",
     "number IN (SELECT sample FROM scan_case WHERE document IN (SELECT id FROM document WHERE folder = "
     "?1))"},
    {"scan_case", by_document},
    {"scan_check", by_document},
    {"paper_release", by_document},
    {"restriction",
     "request IN (SELECT request FROM erasure_item WHERE folder = ?1) AND document IN (SELECT id FROM "
     "document WHERE folder = ?1)"},
});

constexpr auto at_home = std::to_array<TableAtHome>({
    {"meta", "tells of this archive: its tenant's name and when it was made"},
    {"migration", "tells of this catalogue's schema; package.json names it"},
    {"change", "the order of changes, for the search; numbered anew"},
    {"audit_trail", "travels as the audit part, with its hashes"},
    {"audit_head", "stands in bag-info.txt"},
    {"imported_chain", "travels as the audit part"},
    {"imported_audit", "travels as the audit part"},
    {"disposal_message", "its file lies in the outbox; the receiving archive has it"},
    {"destruction_key", "signs this archive's own log of destructions"},
    {"scrub_round", "tells of this computer's disks"},
    {"scrub_sample", "tells of this computer's disks"},
    {"damaged_object", "tells of this computer's disks; nothing damaged is ever exported"},
    {"evidence_day", "packages do not carry the records it names; eakte evidence get gives them out"},
    {"evidence", "packages do not carry the records it names; eakte evidence get gives them out"},
    {"transfer_note", "packages do not carry note and seal; eakte scan-check note makes one anew"},
    {"account", "people log in where they are; their names stand in the audit part"},
    {"session", "ends with the computer"},
    {"login_attempts", "guards this archive's logins"},
});

Value value_from(const json& value) {
  if (value.is_null()) return nullptr;
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return value.get<std::int64_t>();
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
  std::vector<Value> last;
  for (;;) {
    std::vector<Value> values{folder};
    std::string after;
    if (!last.empty()) {
      after = fmt::format(" AND ({}) > ({})", joined(keys), joined(keys, "?"));
      values.insert(values.end(), last.begin(), last.end());
    }
    const Rows rows =
        connection.query(fmt::format("SELECT {} FROM {} WHERE {}{} ORDER BY {} LIMIT {}", joined(columns),
                                     table.name, scope, after, joined(keys), rows_at_once),
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

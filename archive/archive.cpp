#include "archive/archive.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/catalogue/archive_state.h"
#include "archive/catalogue/document_rows.h"
#include "archive/storage/durable_file.h"

namespace eakte::archive {
namespace {

/// A living writer holds a lock on its file; the age covers the moment between making and locking it.
constexpr std::chrono::hours abandoned_after{1};

std::filesystem::path existing_catalogue(const std::filesystem::path& directory) {
  auto file = catalogue_file(directory);
  if (!std::filesystem::exists(file))
    throw NotFound(fmt::format("{} is not a tenant's directory", directory.string()));
  return file;
}

void write_tenant(Connection& connection, const std::string& tenant, const FilePlan& plan,
                  std::string_view yaml) {
  if (!connection.query("SELECT 1 FROM meta WHERE key = 'tenant'").empty()) {
    throw Conflict("the directory holds a tenant already");
  }
  const std::string now = now_utc();
  connection.execute("INSERT INTO meta(key, value) VALUES('tenant', ?), ('created_at', ?)", {tenant, now});
  connection.execute(
      "INSERT INTO file_plan(version, title, loaded_at, sha256, yaml, valid_from) VALUES(?, ?, ?, ?, ?, ?)",
      {plan.version, plan.title, now, sha256_hex(yaml), std::string(yaml),
       plan.valid_from ? to_iso(*plan.valid_from) : std::string()});
  note_numbers(connection, plan, connection.last_insert_id());
  append_audit_entry(connection, {"system", "tenant.created", tenant,
                                  fmt::format(R"({{"file_plan_sha256":"{}"}})", sha256_hex(yaml))});
}

/// An archive of an older program: its folders and documents know their entries by number only.
void give_objects_their_entries(Connection& connection, PlansInForce& plans, const std::string& tenant) {
  if (!connection.query("SELECT 1 FROM plan_number LIMIT 1").empty()) return;
  const LoadedPlan& loaded = plans.at(connection, tenant);
  note_numbers(connection, loaded.plan, loaded.number);
  for (const char* const table : {"folder", "document"}) {
    connection.execute(
        fmt::format("UPDATE {} SET entry = coalesce((SELECT entry FROM plan_number WHERE number = "
                    "plan_entry), '') WHERE entry = ''",
                    table));
  }
}

}  // namespace

Archive::State::State(const std::filesystem::path& root)
    : directory(root), database(existing_catalogue(root)), objects(root / "objects") {
  const Rows named = database.query("SELECT value FROM meta WHERE key = 'tenant'");
  if (named.empty()) throw Error(fmt::format("{} was never made completely", root.string()));
  tenant = named[0].text("value");
  bool numbered = false;
  database.read([&](Connection& connection) {
    plans.at(connection, tenant);
    numbered = !connection.query("SELECT 1 FROM plan_number LIMIT 1").empty();
  });
  if (!numbered)
    database.write([&](Connection& connection) { give_objects_their_entries(connection, plans, tenant); });
  remove_abandoned_files(staging(), abandoned_after);
}

void Archive::create(const std::filesystem::path& directory, const std::string& tenant,
                     std::string_view file_plan_yaml) {
  if (tenant.empty()) throw Error("a tenant needs a name");
  FilePlan plan = parse_file_plan(file_plan_yaml);
  give_ids(plan, tenant);
  const auto parent =
      (std::filesystem::absolute(directory) / "").lexically_normal().parent_path().parent_path();
  std::error_code refused;
  std::filesystem::create_directories(parent, refused);
  if (refused) throw StorageFailure(fmt::format("cannot make {}: {}", parent.string(), refused.message()));
  make_directories_below(directory, directory / "manifests");
  const ObjectStore objects(directory / "objects");
  Database database(catalogue_file(directory));
  database.write([&](Connection& connection) { write_tenant(connection, tenant, plan, file_plan_yaml); });
  sync_path(directory, staging_directory(directory / "objects"));
  sync_directory(parent);
}

Archive::Archive(const std::filesystem::path& directory) : state_(std::make_unique<State>(directory)) {}
Archive::~Archive() = default;

const std::string& Archive::tenant() const { return state_->tenant; }
const std::filesystem::path& Archive::directory() const { return state_->directory; }
const FilePlan& Archive::file_plan() const {
  const FilePlan* plan = nullptr;
  state_->database.read([&](Connection& connection) { plan = &file_plan(connection); });
  return *plan;
}

const FilePlan& Archive::file_plan(Connection& connection) const {
  return state_->plans.at(connection, state_->tenant).plan;
}

const std::string& Archive::file_plan_yaml() const {
  const std::string* yaml = nullptr;
  state_->database.read(
      [&](Connection& connection) { yaml = &state_->plans.at(connection, state_->tenant).yaml; });
  return *yaml;
}

ObjectStore& Archive::objects() { return state_->objects; }
const ObjectStore& Archive::objects() const { return state_->objects; }
Database& Archive::database() { return state_->database; }
const Database& Archive::database() const { return state_->database; }

Document Archive::document(const DocumentId& id) const {
  std::optional<Document> found;
  state_->database.read([&](Connection& connection) { found = load_document(connection, id); });
  if (!found) throw NotFound(fmt::format("there is no document {}", id.text));
  return *std::move(found);
}

std::optional<DocumentId> Archive::document_of(const IntakeId& id) const {
  std::optional<DocumentId> found;
  state_->database.read([&](Connection& connection) { found = load_document_of(connection, id); });
  return found;
}

DocumentPage Archive::documents(std::optional<DocumentState> state, const std::string& cursor,
                                int limit) const {
  if (!cursor.empty() && !is_id(cursor)) throw Error("the cursor is not one of this list");
  // Above every id: 'z' is the greatest digit.
  const std::string before = cursor.empty() ? std::string(27, 'z') : cursor;
  const std::int64_t one_more = std::int64_t{std::max(limit, 1)} + 1;
  DocumentPage page;
  state_->database.read([&](Connection& connection) {
    Rows rows = state ? connection.query(
                            "SELECT id FROM document WHERE state = ? AND id < ? ORDER BY id DESC LIMIT ?",
                            {std::string(name_of(*state)), before, one_more})
                      : connection.query(
                            "SELECT id FROM document WHERE state <> 'withdrawn' AND id < ? ORDER BY id DESC "
                            "LIMIT ?",
                            {before, one_more});
    if (std::ssize(rows) == one_more) {
      rows.pop_back();
      page.next = rows.back().text("id");
    }
    for (const Row& row : rows) page.documents.push_back(load_document(connection, {row.text("id")}).value());
  });
  return page;
}

const Rendition& Archive::rendition(const Document& document, RenditionRole role) const {
  const auto found = std::ranges::find(document.content.renditions, role, &Rendition::role);
  if (found == document.content.renditions.end()) {
    throw NotFound(fmt::format("document {} has no rendition {}", document.id.text, name_of(role)));
  }
  return *found;
}

const Rendition& Archive::words_in_force(const Document& document) const {
  const auto corrected =
      std::ranges::find(document.content.renditions, RenditionRole::corrected_words, &Rendition::role);
  return corrected != document.content.renditions.end() ? *corrected
                                                        : rendition(document, RenditionRole::words);
}

std::int64_t Archive::revision() const {
  return state_->database.query("SELECT max(revision) AS last FROM change").at(0).integer("last");
}

std::vector<Change> Archive::changes_after(std::int64_t revision, int limit) const {
  std::vector<Change> changes;
  for (const Row& row : state_->database.query(
           "SELECT revision, document FROM change AS this WHERE revision > ? AND NOT EXISTS "
           "(SELECT 1 FROM change AS other WHERE other.document = this.document AND other.revision > "
           "this.revision) "
           "ORDER BY revision LIMIT ?",
           {revision, std::int64_t{limit}})) {
    changes.push_back({row.integer("revision"), {row.text("document")}});
  }
  return changes;
}

void Archive::record(Connection& connection, const AuditEntry& entry) {
  append_audit_entry(connection, entry);
}

}  // namespace eakte::archive

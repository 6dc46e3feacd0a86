#include "archive/relations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "archive/catalogue/document_rows.h"

namespace eakte::archive {
namespace {

constexpr std::array<std::string_view, 7> kind_names{
    "replies_to", "attachment_of", "rendition_of", "replaces", "follows", "merged_into", "split_from"};

enum class Thing { none, document, folder, open_case };

Thing thing_named(Connection& connection, const std::string& id) {
  if (!connection.query("SELECT 1 FROM document WHERE id = ?", {id}).empty()) return Thing::document;
  if (!connection.query("SELECT 1 FROM folder WHERE id = ?", {id}).empty()) return Thing::folder;
  if (!connection.query("SELECT 1 FROM record_case WHERE id = ?", {id}).empty()) return Thing::open_case;
  throw NotFound(fmt::format("there is nothing with the id {}", id));
}

void require_fit(Connection& connection, RelationKind kind, const std::string& source,
                 const std::string& target) {
  if (kind == RelationKind::merged_into || kind == RelationKind::split_from)
    throw Forbidden("relation_unfit", "merging and splitting leave their relations themselves");
  if (source == target) throw Forbidden("relation_unfit", "a thing is not related to itself");
  const Thing from = thing_named(connection, source);
  const Thing to = thing_named(connection, target);
  const bool folders = from == Thing::folder && to == Thing::folder && kind == RelationKind::follows;
  const bool documents = from == Thing::document && to == Thing::document;
  if (!folders && !documents)
    throw Forbidden("relation_unfit", fmt::format("{} joins two documents{}", name_of(kind),
                                                  kind == RelationKind::follows ? " or two folders" : ""));
}

/// The end of the chain of versions in one direction.
DocumentId first_version(Connection& connection, DocumentId id) {
  for (;;) {
    const Rows earlier =
        connection.query("SELECT target FROM relation WHERE kind = 'replaces' AND source = ?", {id.text});
    if (earlier.empty()) return id;
    id.text = earlier[0].text("target");
  }
}

void insert_relation(Connection& connection, RelationKind kind, const std::string& source,
                     const std::string& target, const std::string& actor) {
  if (kind == RelationKind::replaces) {
    if (first_version(connection, {target}) == DocumentId{source})
      throw Forbidden("version_taken", "a document does not replace one that came out of it");
    if (!connection
             .query("SELECT 1 FROM relation WHERE kind = 'replaces' AND (target = ? OR source = ?)",
                    {target, source})
             .empty())
      throw Forbidden("version_taken", "a document has one earlier and one next version");
  }
  connection.execute(
      "INSERT INTO relation(kind, source, target, created_at, created_by) VALUES(?, ?, ?, ?, ?)",
      {std::string(name_of(kind)), source, target, now_utc(), actor});
  append_audit_entry(connection, {actor, "relation.made", source,
                                  fmt::format(R"({{"kind":"{}","target":"{}"}})", name_of(kind), target)});
}

}  // namespace

std::string_view name_of(RelationKind kind) { return kind_names.at(static_cast<std::size_t>(kind)); }

std::optional<RelationKind> relation_kind_from(std::string_view name) {
  const auto* const found = std::ranges::find(kind_names, name);
  if (found == kind_names.end()) return std::nullopt;
  return static_cast<RelationKind>(found - kind_names.begin());
}

void relate(Archive& archive, RelationKind kind, const std::string& source, const std::string& target,
            const std::string& actor) {
  archive.database().write([&](Connection& connection) {
    require_fit(connection, kind, source, target);
    insert_relation(connection, kind, source, target, actor);
  });
}

void unrelate(Archive& archive, RelationKind kind, const std::string& source, const std::string& target,
              const std::string& actor) {
  if (kind == RelationKind::replaces || kind == RelationKind::merged_into || kind == RelationKind::split_from)
    throw Forbidden("relation_stays", "what versions, merging and splitting have left behind stays");
  archive.database().write([&](Connection& connection) {
    const std::int64_t gone =
        connection.execute("DELETE FROM relation WHERE kind = ? AND source = ? AND target = ?",
                           {std::string(name_of(kind)), source, target});
    if (gone == 0) throw NotFound("there is no such relation");
    append_audit_entry(connection, {actor, "relation.removed", source,
                                    fmt::format(R"({{"kind":"{}","target":"{}"}})", name_of(kind), target)});
  });
}

std::vector<Relation> relations_of(const Archive& archive, const std::string& id) {
  std::vector<Relation> relations;
  for (const Row& row : archive.database().query(
           "SELECT * FROM relation WHERE source = ? UNION SELECT * FROM relation WHERE target = ? "
           "ORDER BY created_at, kind, source, target",
           {id, id})) {
    relations.push_back({relation_kind_from(row.text("kind")).value(), row.text("source"), row.text("target"),
                         row.text("created_at"), row.text("created_by")});
  }
  return relations;
}

Document file_version(Archive& archive, NewDocument document, const DocumentId& earlier,
                      const std::string& actor) {
  const Document before = archive.document(earlier);
  const DocumentFields& place = before.content.fields;
  document.fields.folder = place.folder;
  document.fields.open_case = place.open_case;
  document.fields.plan_entry = place.plan_entry;
  return archive.file(document, actor, [&](Connection& connection, const DocumentId& id) {
    insert_relation(connection, RelationKind::replaces, id.text, earlier.text, actor);
  });
}

std::vector<DocumentId> versions_of(const Archive& archive, const DocumentId& id) {
  std::vector<DocumentId> versions;
  archive.database().read([&](Connection& connection) {
    if (thing_named(connection, id.text) != Thing::document)
      throw NotFound(fmt::format("there is no document {}", id.text));
    versions.push_back(first_version(connection, id));
    for (;;) {
      const Rows next = connection.query("SELECT source FROM relation WHERE kind = 'replaces' AND target = ?",
                                         {versions.back().text});
      if (next.empty()) return;
      versions.push_back({next[0].text("source")});
    }
  });
  return versions;
}

void set_draft(Archive& archive, const DocumentId& id, bool draft, const std::string& actor) {
  archive.database().write([&](Connection& connection) {
    const Rows there = connection.query(
        "SELECT draft, (SELECT status FROM folder WHERE id = document.folder) AS folder, (SELECT status FROM "
        "record_case WHERE id = document.record_case) AS open_case FROM document WHERE id = ?",
        {id.text});
    if (there.empty()) throw NotFound(fmt::format("there is no document {}", id.text));
    const auto closed = [&](const char* column) {
      return !there[0].is_null(column) && there[0].text(column) != "open";
    };
    if (closed("folder") || closed("open_case"))
      throw Forbidden("folder_closed", fmt::format("the folder or case of document {} is closed", id.text));
    if ((there[0].integer("draft") != 0) == draft) return;
    connection.execute("UPDATE document SET draft = ?, revision = ? WHERE id = ?",
                       {std::int64_t{draft ? 1 : 0}, take_revision(connection, id), id.text});
    append_audit_entry(connection, {actor, draft ? "document.draft" : "document.final", id.text, {}});
  });
}

bool is_draft(const Archive& archive, const DocumentId& id) {
  return !archive.database().query("SELECT 1 FROM document WHERE id = ? AND draft = 1", {id.text}).empty();
}

std::vector<DocumentId> drafts_of(const Archive& archive, const FolderId& folder) {
  std::vector<DocumentId> drafts;
  for (const Row& row : archive.database().query(
           "SELECT id FROM document WHERE folder = ? AND draft = 1 ORDER BY id", {folder.text}))
    drafts.push_back({row.text("id")});
  return drafts;
}

}  // namespace eakte::archive

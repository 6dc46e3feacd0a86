#include "archive/folder_structure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/reference.h"
#include "archive/structure/new_folder.h"

namespace eakte::archive {
namespace {

constexpr std::array<std::string_view, 3> medium_names{"electronic", "hybrid", "paper"};
constexpr int widest_number = 9;

/// What stands in braces: name and, after a colon, a width.
struct Placeholder {
  std::string_view name;
  int width = 0;
};

Placeholder placeholder_from(std::string_view inner) {
  const std::size_t colon = inner.find(':');
  Placeholder made{inner.substr(0, colon), 0};
  if (made.name != "plan" && made.name != "number" && made.name != "year")
    throw Error(fmt::format("the reference template knows no {{{}}}, only plan, number and year", made.name));
  if (colon == std::string_view::npos) return made;
  std::string_view width = inner.substr(colon + 1);
  if (width.size() > 1 && width[0] == '0') width.remove_prefix(1);
  if (made.name != "number" || width.size() != 1 || width[0] < '1' || width[0] > '0' + widest_number)
    throw Error("a width like {number:04} belongs to the number only, from 1 to 9");
  made.width = width[0] - '0';
  return made;
}

/// Calls `text` and `placeholder` for the parts of a template.
template <class OnText, class OnPlaceholder>
void walk(std::string_view pattern, const OnText& text, const OnPlaceholder& placeholder) {
  while (!pattern.empty()) {
    const std::size_t open = pattern.find_first_of("{}");
    text(pattern.substr(0, open));
    if (open == std::string_view::npos) return;
    const std::size_t shut = pattern.find('}', open);
    if (pattern[open] == '}' || shut == std::string_view::npos)
      throw Error("a brace of the reference template stands alone");
    placeholder(placeholder_from(pattern.substr(open + 1, shut - open - 1)));
    pattern.remove_prefix(shut + 1);
  }
}

bool has(std::string_view pattern, std::string_view name) {
  bool found = false;
  walk(
      pattern, [](std::string_view) {}, [&](const Placeholder& one) { found = found || one.name == name; });
  return found;
}

/// The next number in a scope; taken in the transaction that uses it, so that none is lost.
int take_number(Connection& connection, const std::string& scope, int year) {
  connection.execute(
      "INSERT INTO reference_counter(scope, year, last) VALUES(?, ?, 1) ON CONFLICT(scope, year) DO UPDATE "
      "SET last = "
      "last + 1",
      {scope, std::int64_t{year}});
  return static_cast<int>(connection
                              .query("SELECT last FROM reference_counter WHERE scope = ? AND year = ?",
                                     {scope, std::int64_t{year}})
                              .at(0)
                              .integer("last"));
}

bool is_taken(Connection& connection, const char* table, const std::string& reference) {
  return !connection
              .query(fmt::format("SELECT 1 FROM {} WHERE reference_key = ?", table),
                     {reference_key(reference)})
              .empty();
}

/// A folder around, that takes parts.
struct Parent {
  std::string reference;
  std::string plan_entry;
};

Parent open_parent(Connection& connection, const FolderId& id) {
  const Rows rows = connection.query(
      "WITH RECURSIVE up(id, depth) AS (SELECT ?, 1 UNION ALL SELECT folder.parent, depth + 1 FROM folder "
      "JOIN up ON "
      "folder.id = up.id WHERE folder.parent IS NOT NULL) SELECT reference, plan_entry, status, (SELECT "
      "max(depth) "
      "FROM up) AS depth FROM folder WHERE folder.id = ?",
      {id.text, id.text});
  if (rows.empty()) throw NotFound(fmt::format("there is no folder {}", id.text));
  if (rows[0].text("status") != "open")
    throw Forbidden("folder_closed", fmt::format("folder {} is closed", id.text));
  if (rows[0].integer("depth") >= deepest_folder)
    throw Forbidden("too_deep",
                    fmt::format("folder {} lies {} deep already", id.text, rows[0].integer("depth")));
  return {rows[0].text("reference"), rows[0].text("plan_entry")};
}

std::string generated_reference(Connection& connection, std::string_view pattern, const FilePlanEntry& entry,
                                int year) {
  require_reference_template(pattern);
  const std::string scope = has(pattern, "plan") ? entry.id : std::string();
  // A number somebody has given by hand already is passed over: it is in use, not lost.
  for (;;) {
    const int number = take_number(connection, scope, has(pattern, "year") ? year : 0);
    std::string reference = reference_of(pattern, entry.number, number, year);
    if (!is_taken(connection, "folder", reference)) return reference;
  }
}

std::string part_reference(Connection& connection, const std::string& parent, const std::string& parent_id) {
  for (;;) {
    std::string reference = fmt::format("{}-{}", parent, take_number(connection, parent_id, 0));
    if (!is_taken(connection, "folder", reference)) return reference;
  }
}

void require_place(Medium medium, const std::string& place) {
  if (medium != Medium::electronic && place.empty())
    throw Forbidden("place_missing", "a folder with paper needs to say where the paper is");
}

}  // namespace

std::string_view name_of(Medium medium) { return medium_names.at(static_cast<std::size_t>(medium)); }

std::optional<Medium> medium_from(std::string_view name) {
  const auto* const found = std::ranges::find(medium_names, name);
  if (found == medium_names.end()) return std::nullopt;
  return static_cast<Medium>(found - medium_names.begin());
}

void require_reference_template(std::string_view text) {
  if (!has(text, "number")) throw Error("a reference template needs {number}");
  if (text.size() > 80) throw Error("the reference template is too long");
}

std::string reference_of(std::string_view reference_template, const std::string& plan_entry, int number,
                         int year) {
  std::string reference;
  walk(
      reference_template, [&](std::string_view text) { reference += text; },
      [&](const Placeholder& one) {
        if (one.name == "plan") reference += plan_entry;
        if (one.name == "year") reference += fmt::format("{:04}", year);
        if (one.name == "number") reference += fmt::format("{:0{}}", number, std::max(one.width, 1));
      });
  return reference;
}

FolderId insert_folder(Connection& connection, const FilePlan& plan, const NewFolder& folder,
                       std::string_view reference_template, Date today, const std::string& actor) {
  require_place(folder.medium, folder.place);
  const bool is_part = !folder.parent.empty();
  const Parent parent = is_part ? open_parent(connection, folder.parent) : Parent{};
  const std::string& number = is_part ? parent.plan_entry : folder.plan_entry;
  if (is_part && !folder.plan_entry.empty() && folder.plan_entry != number)
    throw Error(fmt::format("a part of a folder has its entry {}, not {}", number, folder.plan_entry));
  const FilePlanEntry* const entry = plan.find(number);
  if (entry == nullptr) throw Error(fmt::format("the file plan has no entry {}", number));
  if (!entry->takes_folders) throw Error(fmt::format("entry {} of the file plan takes no folders", number));
  const Date begins_on = folder.begins_on.value_or(today);
  // What is taken over from elsewhere may belong to an entry that was open when it began.
  if (!is_part && !entry->open_on(begins_on))
    throw Forbidden("entry_closed", fmt::format("entry {} of the file plan is closed", number));
  std::string reference = folder.reference;
  if (reference.empty()) {
    reference = is_part ? part_reference(connection, parent.reference, folder.parent.text)
                        : generated_reference(connection, reference_template, *entry, int(begins_on.year()));
  }
  const std::string key = reference_key(reference);
  if (key.empty()) throw Error("a folder or case needs a reference");
  if (is_taken(connection, "folder", reference))
    throw Conflict("there is a folder with this reference already");
  const FolderId id{new_id_text()};
  connection.execute(
      "INSERT INTO folder(id, reference, reference_key, title, plan_entry, created_at, begins_on, disposal, "
      "parent, "
      "medium, place) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {id.text, reference, key, folder.title, entry->number, now_utc(),
       folder.begins_on ? Value(to_iso(*folder.begins_on)) : Value(nullptr),
       std::string(code_of(entry->disposal)), is_part ? Value(folder.parent.text) : Value(nullptr),
       std::string(name_of(folder.medium)), folder.place});
  const std::string part_of = is_part ? fmt::format(R"(,"parent":"{}")", folder.parent.text) : std::string();
  append_audit_entry(connection, {actor, "folder.added", id.text,
                                  fmt::format(R"({{"plan_entry":"{}"{}}})", entry->number, part_of)});
  return id;
}

FolderId add_folder(Archive& archive, const NewFolder& folder, std::string_view reference_template,
                    Date today, const std::string& actor) {
  FolderId id;
  archive.database().write([&](Connection& connection) {
    id = insert_folder(connection, archive.file_plan(connection), folder, reference_template, today, actor);
  });
  return id;
}

CaseId add_numbered_case(Archive& archive, const FolderId& folder, const std::string& title,
                         const std::string& actor) {
  const CaseId id{new_id_text()};
  archive.database().write([&](Connection& connection) {
    const Rows around = connection.query("SELECT reference, status FROM folder WHERE id = ?", {folder.text});
    if (around.empty()) throw NotFound(fmt::format("there is no folder {}", folder.text));
    if (around[0].text("status") != "open")
      throw Forbidden("folder_closed", fmt::format("folder {} is closed", folder.text));
    std::string reference;
    do
      reference = fmt::format("{}/{}", around[0].text("reference"),
                              take_number(connection, "cases of " + folder.text, 0));
    while (is_taken(connection, "record_case", reference));
    connection.execute(
        "INSERT INTO record_case(id, folder, reference, reference_key, title, created_at) VALUES(?, ?, ?, ?, "
        "?, ?)",
        {id.text, folder.text, reference, reference_key(reference), title, now_utc()});
    append_audit_entry(connection,
                       {actor, "case.added", id.text, fmt::format(R"({{"folder":"{}"}})", folder.text)});
  });
  return id;
}

FolderPlace folder_place(const Archive& archive, const FolderId& id) {
  FolderPlace place;
  archive.database().read([&](Connection& connection) {
    const Rows rows = connection.query(
        "WITH RECURSIVE up(id, depth) AS (SELECT ?, 1 UNION ALL SELECT folder.parent, depth + 1 FROM folder "
        "JOIN up "
        "ON folder.id = up.id WHERE folder.parent IS NOT NULL) SELECT parent, medium, place, entry, (SELECT "
        "max(depth) "
        "FROM up) AS depth FROM folder WHERE folder.id = ?",
        {id.text, id.text});
    if (rows.empty()) throw NotFound(fmt::format("there is no folder {}", id.text));
    place = {{rows[0].text("parent")},
             static_cast<int>(rows[0].integer("depth")),
             medium_from(rows[0].text("medium")).value(),
             rows[0].text("place"),
             rows[0].text("entry"),
             {}};
    for (const Row& part : connection.query("SELECT id FROM folder WHERE parent = ? ORDER BY id", {id.text}))
      place.parts.push_back({part.text("id")});
  });
  return place;
}

void set_medium(Archive& archive, const FolderId& id, Medium medium, const std::string& place,
                const std::string& actor) {
  require_place(medium, place);
  archive.database().write([&](Connection& connection) {
    const std::int64_t changed = connection.execute("UPDATE folder SET medium = ?, place = ? WHERE id = ?",
                                                    {std::string(name_of(medium)), place, id.text});
    if (changed == 0) throw NotFound(fmt::format("there is no folder {}", id.text));
    append_audit_entry(
        connection, {actor, "folder.medium", id.text, fmt::format(R"({{"medium":"{}"}})", name_of(medium))});
  });
}

}  // namespace eakte::archive

#include "archive/plan/effects.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/retention_terms.h"

namespace eakte::archive {
namespace {

bool same_retention(const FolderRecord& one, const FolderRecord& other) {
  return one.retention.end == other.retention.end && one.retention.unlimited == other.retention.unlimited &&
         one.retention_sentence == other.retention_sentence && one.disposal == other.disposal &&
         one.gone_by == other.gone_by && one.kind == other.kind;
}

/// Nothing is later than any day: kept for ever, or not known yet.
bool earlier(const RetentionEnd& one, const RetentionEnd& other) {
  if (!one.end) return false;
  return !other.end || *one.end < *other.end;
}

FolderEffect effect_on(const FolderRecord& was, const FolderRecord& will_be, Date today) {
  FolderEffect effect{will_be.about, FolderEffect::Kind::other, was.retention.end, will_be.retention.end,
                      will_be.retention_sentence};
  if (earlier(will_be.retention, was.retention)) {
    const bool over = will_be.closed_on && *will_be.retention.end < today;
    const bool was_over = was.retention.end && *was.retention.end < today;
    effect.kind = over && !was_over ? FolderEffect::Kind::due_at_once : FolderEffect::Kind::shorter;
  } else if (earlier(was.retention, will_be.retention)) {
    effect.kind = FolderEffect::Kind::longer;
  }
  return effect;
}

/// Documents that lie under an entry directly have the terms of the entry.
void recompute_documents_of(Connection& connection, const FilePlanEntry& entry) {
  for (const Row& row : connection.query("SELECT id, document_date, retention_end, retention_sentence, "
                                         "disposal FROM document WHERE entry = ? AND "
                                         "folder IS NULL AND state <> 'withdrawn'",
                                         {entry.id})) {
    const RetentionTerms terms = retention_terms(&entry, date_from_iso(row.text("document_date")));
    const std::string end = terms.end ? to_iso(*terms.end) : std::string();
    if (end == row.text("retention_end") && terms.sentence == row.text("retention_sentence") &&
        code_of(entry.disposal) == row.text("disposal"))
      continue;
    const DocumentId id{row.text("id")};
    connection.execute(
        "UPDATE document SET retention_end = ?, retention_unlimited = ?, retention_sentence = ?, disposal = "
        "?, "
        "revision = ? WHERE id = ?",
        {terms.end ? Value(end) : Value(nullptr), std::int64_t{terms.unlimited ? 1 : 0}, terms.sentence,
         std::string(code_of(entry.disposal)), take_revision(connection, id), id.text});
  }
}

}  // namespace

void for_each_folder_concerned(
    Connection& connection, const FilePlan& before, const FilePlan& after,
    const std::vector<EntryChange>& changes,
    const std::function<void(const FolderRecord& was, const FolderRecord& will_be)>& visit) {
  for (const EntryChange& change : changes) {
    const FilePlanEntry* const entry = after.find(change.number);
    if (!change.retention || entry == nullptr || !entry->takes_folders) continue;
    for (const Row& row : connection.query(
             "SELECT id FROM folder WHERE entry = ? AND status IN ('open', 'closed') ORDER BY id",
             {entry->id})) {
      const FolderId id{row.text("id")};
      const auto was = load_folder_record(connection, before, id);
      const auto will_be = load_folder_record(connection, after, id);
      if (was && will_be) visit(*was, *will_be);
    }
  }
}

void recompute_under(Connection& connection, const FilePlan& before, const FilePlan& after,
                     const std::vector<EntryChange>& changes) {
  std::vector<FolderId> changed;
  for_each_folder_concerned(connection, before, after, changes,
                            [&](const FolderRecord& was, const FolderRecord& will_be) {
                              if (!same_retention(was, will_be)) changed.push_back(will_be.about.id);
                            });
  for (const FolderId& id : changed) refresh_retention(connection, after, id);
  for (const EntryChange& change : changes) {
    const FilePlanEntry* const entry = after.find(change.number);
    if (!change.retention || entry == nullptr) continue;
    connection.execute("UPDATE folder SET plan_entry = ? WHERE entry = ? AND plan_entry <> ?",
                       {entry->number, entry->id, entry->number});
    recompute_documents_of(connection, *entry);
  }
}

PlanPreview preview_of(Connection& connection, const FilePlan& before, const FilePlan& after, Date today,
                       int examples) {
  const auto rank = [](const FolderEffect& effect) {
    return effect.kind == FolderEffect::Kind::due_at_once ? 0 : 1;
  };
  const auto most = static_cast<std::size_t>(std::max(examples, 1));
  PlanPreview preview;
  preview.entries = differences(before, after);
  preview.second_person = std::ranges::any_of(preview.entries, &EntryChange::shorter);
  for_each_folder_concerned(connection, before, after, preview.entries,
                            [&](const FolderRecord& was, const FolderRecord& will_be) {
                              ++preview.folders;
                              if (same_retention(was, will_be)) return;
                              FolderEffect effect = effect_on(was, will_be, today);
                              using Kind = FolderEffect::Kind;
                              if (effect.kind == Kind::longer) ++preview.longer;
                              if (effect.kind == Kind::shorter || effect.kind == Kind::due_at_once)
                                ++preview.shorter;
                              if (effect.kind == Kind::due_at_once) ++preview.due_at_once;
                              preview.examples.push_back(std::move(effect));
                              // Due ones first, and never more in memory than twice what is asked for.
                              if (preview.examples.size() < 2 * most) return;
                              std::ranges::stable_sort(preview.examples, {}, rank);
                              preview.examples.resize(most);
                            });
  std::ranges::stable_sort(preview.examples, {}, rank);
  if (preview.examples.size() > most) preview.examples.resize(most);
  return preview;
}

}  // namespace eakte::archive

#include "archive/disposal/record_references.h"

#include <algorithm>
#include <array>
#include <optional>

#include "archive/xdomea/characters.h"

namespace eakte::archive {
namespace {

/// What a relation says about its source, in German, and about its target.
struct RelationWords {
  std::string_view kind;
  std::string_view of_source;
  std::string_view of_target;
};
constexpr auto relation_words =
    std::to_array<RelationWords>({{"replies_to", "antwortet auf", "beantwortet durch"},
                                  {"attachment_of", "Anlage zu", "hat als Anlage"},
                                  {"rendition_of", "andere Form von", "liegt auch vor als"},
                                  {"replaces", "ersetzt", "ersetzt durch"},
                                  {"follows", "Fortsetzung von", "fortgesetzt durch"},
                                  {"merged_into", "aufgegangen in", "hat aufgenommen"},
                                  {"split_from", "abgetrennt von", "abgetrennt wurde"}});

/// What an object is, when it is still there.
std::optional<RecordReference> reference_to(Connection& connection, const std::string& id) {
  const std::string uuid = uuid_of(id);
  if (const Rows rows =
          connection.query("SELECT reference FROM folder WHERE id = ? AND status <> 'destroyed'", {id});
      !rows.empty())
    return RecordReference{RecordKind::folder, uuid, without_foreign_characters(rows[0].text("reference")),
                           ""};
  if (const Rows rows = connection.query("SELECT reference FROM record_case WHERE id = ?", {id});
      !rows.empty())
    return RecordReference{RecordKind::record_case, uuid,
                           without_foreign_characters(rows[0].text("reference")), ""};
  if (!connection.query("SELECT 1 FROM document WHERE id = ? AND state <> 'withdrawn'", {id}).empty())
    return RecordReference{RecordKind::document, uuid, "", ""};
  return std::nullopt;
}

}  // namespace

std::vector<RecordReference> references_of(Connection& connection, const std::string& id) {
  std::vector<RecordReference> references;
  for (const Row& row : connection.query("SELECT kind, source, target FROM relation WHERE source = ?1 OR "
                                         "target = ?1 ORDER BY kind, source, "
                                         "target",
                                         {id})) {
    const bool is_source = row.text("source") == id;
    auto reference = reference_to(connection, row.text(is_source ? "target" : "source"));
    const auto* const words = std::ranges::find(relation_words, row.text("kind"), &RelationWords::kind);
    if (!reference || words == relation_words.end()) continue;
    reference->note = is_source ? words->of_source : words->of_target;
    references.push_back(*std::move(reference));
  }
  return references;
}

}  // namespace eakte::archive

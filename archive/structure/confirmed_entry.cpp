#include "archive/structure/confirmed_entry.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "archive/refiling.h"

namespace eakte::archive {
namespace {

/// The entry a person last confirmed, also where a later confirmation left it open; empty: nobody did.
std::string confirmed_entry(Connection& connection, const DocumentId& document) {
  for (const Row& row :
       connection.query("SELECT detail FROM audit_trail WHERE action = 'document.confirmed' AND subject = ? "
                        "ORDER BY sequence DESC",
                        {document.text})) {
    const nlohmann::json detail = nlohmann::json::parse(row.text("detail"), nullptr, false);
    std::string entry = detail.is_object() ? detail.value("plan_entry", "") : std::string();
    if (!entry.empty()) return entry;
  }
  return {};
}

}  // namespace

bool shortens_confirmed(Connection& connection, const FilePlan& plan, const DocumentId& document,
                        const std::string& to_entry) {
  const FilePlanEntry* const to = plan.find(to_entry);
  if (to == nullptr) return false;  // without an entry nothing ever falls due
  const std::string confirmed = confirmed_entry(connection, document);
  const FilePlanEntry* const from = confirmed.empty() ? nullptr : plan.find(confirmed);
  return from != nullptr && from->id != to->id && weakens(*from, *to);
}

void require_not_shortened(Connection& connection, const FilePlan& plan, const DocumentId& document,
                           const std::string& to_entry) {
  if (!shortens_confirmed(connection, plan, document, to_entry)) return;
  const bool released = !connection
                             .query(
                                 "SELECT 1 FROM document_refiling WHERE document = ? AND to_entry = ? AND "
                                 "state = 'released'",
                                 {document.text, to_entry})
                             .empty();
  if (!released)
    throw Forbidden("document_second_person",
                    fmt::format("document {} may go earlier under entry {}", document.text, to_entry));
}

}  // namespace eakte::archive

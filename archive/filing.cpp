#include <fmt/format.h>

#include <algorithm>

#include "archive/archive.h"
#include "archive/catalogue/archive_state.h"
#include "archive/catalogue/document_change.h"
#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/manifest.h"
#include "archive/format_id.h"
#include "archive/page_words.h"
#include "archive/structure/confirmed_entry.h"
#include "archive/text_correction.h"

namespace eakte::archive {
namespace {

bool is_correction(const Rendition& rendition) {
  return rendition.role == RenditionRole::corrected_text || rendition.role == RenditionRole::corrected_words;
}

}  // namespace

Document Archive::State::with_manifest(const NewDocument& content) {
  Document filed{{new_id_text()}, 0, content, {}, {}, false, {}, {}};
  std::ranges::sort(filed.content.renditions, {}, &Rendition::role);
  std::ranges::sort(filed.content.pages, {}, &PageRecord::number);
  ManifestContext context;
  database.read([&](Connection& connection) {
    const Place place = find_place(connection, plans.at(connection, tenant).plan, filed.content.fields,
                                   Disagreement::folder_decides);
    set_retention(filed, place.entry);
    context = context_of(connection, tenant, place, {});
  });
  write_manifest(directory, staging(), filed, context);
  return filed;
}

Withdrawal Archive::State::withdrawn(Document document) {
  Withdrawal withdrawal{std::move(document), {}};
  withdrawal.previous = withdrawal.document.manifest_sha256;
  withdrawal.document.content.state = DocumentState::withdrawn;
  withdrawal.document.content.review_reasons.clear();
  ManifestContext context;
  database.read([&](Connection& connection) {
    const Place place = find_place(connection, plans.at(connection, tenant).plan,
                                   withdrawal.document.content.fields, Disagreement::folder_decides);
    context = context_of(connection, tenant, place, withdrawal.previous);
  });
  write_manifest(directory, staging(), withdrawal.document, context);
  return withdrawal;
}

void Archive::State::forget_manifest(const Document& document) const {
  std::error_code stays;  // as an orphan, which verify lists
  std::filesystem::remove(directory / manifest_path(document, document.manifest_sha256), stays);
}

Document Archive::file(const NewDocument& document, const std::string& actor,
                       const std::function<void(Connection&, const DocumentId&)>& also) {
  const auto also_for_one = [&](Connection& connection, const std::vector<DocumentId>& ids) {
    if (also) also(connection, ids.front());
  };
  return file_together({document}, {}, actor, also_for_one).front();
}

std::vector<Document> Archive::file_together(
    const std::vector<NewDocument>& documents, const std::vector<DocumentId>& withdrawn,
    const std::string& actor, const std::function<void(Connection&, const std::vector<DocumentId>&)>& also) {
  std::vector<DocumentId> there;
  for (const NewDocument& document : documents) {
    if (document.intake.empty()) throw Error("a document needs its intake");
    if (const auto earlier = document_of(document.intake)) there.push_back(*earlier);
  }
  std::vector<Document> filed;
  std::vector<DocumentId> ids;
  std::vector<Withdrawal> leaving;
  if (there.empty()) {
    for (const NewDocument& document : documents) {
      require_objects(state_->objects, document);
      filed.push_back(state_->with_manifest(document));
      ids.push_back(filed.back().id);
    }
    for (const DocumentId& id : withdrawn) leaving.push_back(state_->withdrawn(document(id)));
    state_->database.write([&](Connection& connection) {
      there.clear();
      for (const NewDocument& document : documents) {
        if (const auto earlier = load_document_of(connection, document.intake)) there.push_back(*earlier);
      }
      if (!there.empty()) return;
      const std::string now = now_utc();
      for (Document& document : filed) {
        require_open(connection, document.content.fields);
        require_objects(state_->objects, document.content);
        // The plan may have changed since the manifest was written; the catalogue follows the plan.
        set_retention(document, file_plan(connection).find(document.content.fields.plan_entry));
        document.revision = take_revision(connection, document.id);
        insert_document(connection, document, now);
        append_audit_entry(connection, entry_about(document, actor, "document.filed"));
      }
      for (Withdrawal& withdrawal : leaving) {
        require_open(connection, withdrawal.document.content.fields);
        replace_row(connection, withdrawal.document, withdrawal.previous);
        append_audit_entry(connection, entry_about(withdrawal.document, actor, "document.withdrawn"));
      }
      if (also) also(connection, ids);
    });
    if (there.empty()) return filed;
  }
  // Somebody filed the same intake meanwhile; what was written for this attempt belongs to nothing.
  for (const Document& document : filed) state_->forget_manifest(document);
  for (const Withdrawal& withdrawal : leaving) state_->forget_manifest(withdrawal.document);
  std::vector<Document> earlier;
  for (const DocumentId& id : there) earlier.push_back(document(id));
  return earlier;
}

Document Archive::correct_page(const DocumentId& id, int page,
                               const std::optional<std::vector<std::string>>& lines, std::int64_t seen,
                               const std::string& actor) {
  Document corrected = document(id);
  if (corrected.content.state == DocumentState::withdrawn)
    throw Conflict(fmt::format("document {} is withdrawn", id.text));
  if (corrected.revision != seen) throw Conflict(fmt::format("document {} was changed meanwhile", id.text));
  const std::string previous = corrected.manifest_sha256;
  const std::string machine_words = objects().read(rendition(corrected, RenditionRole::words).object.sha256);
  const std::string words_before = objects().read(words_in_force(corrected).object.sha256);
  const std::vector<ocr::PageText> machine = words_from_jsonl(machine_words);
  std::vector<ocr::PageText> pages = words_from_jsonl(words_before);
  if (page < 1 || page > std::ssize(machine) || machine.size() != pages.size())
    throw NotFound(fmt::format("document {} has no page {} with words", id.text, page));
  const auto index = static_cast<std::size_t>(page) - 1;
  pages[index] = lines ? corrected_text(machine[index], *lines) : machine[index];
  // Somebody wrote what the machine had read.
  if (lines_of(pages[index]) == lines_of(machine[index])) pages[index] = machine[index];
  const std::string words = words_to_jsonl(pages);
  if (words == words_before) return corrected;

  std::vector<Rendition>& renditions = corrected.content.renditions;
  std::erase_if(renditions, is_correction);
  if (words != machine_words) {
    renditions.push_back({RenditionRole::corrected_words, objects().put(words), "application/x-ndjson",
                          std::string(plain_text_format)});
    renditions.push_back({RenditionRole::corrected_text, objects().put(pages_to_text(pages)),
                          "text/plain; charset=utf-8", std::string(plain_text_format)});
  }
  // As the catalogue gives them back.
  std::ranges::sort(renditions, {}, [](const Rendition& one) { return name_of(one.role); });
  ManifestContext context;
  state_->database.read([&](Connection& connection) {
    DocumentFields fields = corrected.content.fields;
    const Place place = find_place(connection, file_plan(connection), fields, Disagreement::refused);
    context = context_of(connection, state_->tenant, place, previous);
  });
  write_manifest(state_->directory, state_->staging(), corrected, context);

  state_->database.write([&](Connection& connection) {
    require_unchanged(connection, id, previous);
    require_open(connection, corrected.content.fields);
    require_objects(state_->objects, corrected.content);
    corrected.revision = take_revision(connection, id);
    update_document(connection, corrected);
    replace_renditions(connection, corrected);
    append_audit_entry(connection, entry_about(corrected, actor,
                                               lines ? "document.text_corrected" : "document.text_restored",
                                               fmt::format(R"(,"page":{})", page)));
  });
  return corrected;
}

Document Archive::confirm(const DocumentId& id, const DocumentFields& fields, const std::string& actor,
                          const std::function<void(Connection&)>& also) {
  Document confirmed = document(id);
  if (confirmed.content.state == DocumentState::withdrawn)
    throw Conflict(fmt::format("document {} is withdrawn", id.text));
  const std::string previous = confirmed.manifest_sha256;
  const DocumentFields before = confirmed.content.fields;
  confirmed.content.fields = fields;
  confirmed.content.state = DocumentState::filed;
  confirmed.content.review_reasons.clear();
  ManifestContext context;
  state_->database.read([&](Connection& connection) {
    const Place place =
        find_place(connection, file_plan(connection), confirmed.content.fields, Disagreement::refused);
    if (place.entry != nullptr && !place.folder && !place.entry->open_on(confirmed.content.received_on))
      throw Forbidden("entry_closed",
                      fmt::format("entry {} of the file plan is closed", place.entry->number));
    // Before anything is written, and once more in the commit.
    require_not_shortened(connection, file_plan(connection), id, confirmed.content.fields.plan_entry);
    set_retention(confirmed, place.entry);
    context = context_of(connection, state_->tenant, place, previous);
  });
  write_manifest(state_->directory, state_->staging(), confirmed, context);

  state_->database.write([&](Connection& connection) {
    require_open(connection, before);
    require_open(connection, confirmed.content.fields);
    require_not_shortened(connection, file_plan(connection), id, confirmed.content.fields.plan_entry);
    set_retention(confirmed, file_plan(connection).find(confirmed.content.fields.plan_entry));
    replace_row(connection, confirmed, previous);
    append_audit_entry(connection, entry_about(confirmed, actor, "document.confirmed"));
    if (also) also(connection);
  });
  return confirmed;
}

}  // namespace eakte::archive

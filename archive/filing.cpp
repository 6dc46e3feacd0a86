#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "archive/archive.h"
#include "archive/catalogue/archive_state.h"
#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/manifest.h"
#include "archive/catalogue/retention_terms.h"
#include "archive/format_id.h"
#include "archive/page_words.h"
#include "archive/storage/durable_file.h"
#include "archive/structure/confirmed_entry.h"
#include "archive/text_correction.h"

namespace eakte::archive {
namespace {

/// Where a document is to lie: what its fields name, looked up.
struct Place {
  const FilePlanEntry* entry = nullptr;
  std::optional<Folder> folder;
  std::optional<Case> open_case;
};

/// What happens when the fields name a folder and an entry that do not belong together: a guess gives way to
/// the folder, a person is told.
enum class Disagreement { folder_decides, refused };

/// What is closed stays as it is (records checklist 7): nothing comes in, nothing is changed.
void require_open(Connection& connection, const DocumentFields& fields) {
  const bool closed =
      !connection
           .query(
               "SELECT 1 FROM folder WHERE id = ? AND status <> 'open' UNION SELECT 1 FROM record_case WHERE "
               "id = ? AND status <> 'open'",
               {fields.folder.text, fields.open_case.text})
           .empty();
  if (closed) throw Forbidden("folder_closed", "the folder or case is closed");
}

/// Looks up entry, folder and case. A case brings its folder, a folder its entry, where the fields leave them
/// empty. Throws Error when something is unknown or does not fit together.
Place find_place(Connection& connection, const FilePlan& plan, DocumentFields& fields,
                 Disagreement disagreement) {
  Place place;
  // An entry may have another number since.
  if (const FilePlanEntry* named = plan.find(fields.plan_entry)) fields.plan_entry = named->number;
  if (!fields.open_case.empty()) {
    place.open_case = load_case(connection, fields.open_case);
    if (!place.open_case) throw Error(fmt::format("there is no case {}", fields.open_case.text));
    if (fields.folder.empty()) fields.folder = place.open_case->folder;
    if (fields.folder != place.open_case->folder) {
      throw Error(fmt::format("case {} is not in folder {}", fields.open_case.text, fields.folder.text));
    }
  }
  if (!fields.folder.empty()) {
    place.folder = load_folder(connection, fields.folder);
    if (!place.folder) throw Error(fmt::format("there is no folder {}", fields.folder.text));
    if (fields.plan_entry.empty() || disagreement == Disagreement::folder_decides) {
      fields.plan_entry = place.folder->plan_entry;
    }
    if (fields.plan_entry != place.folder->plan_entry) {
      throw Error(fmt::format("folder {} belongs to entry {} of the file plan, not to {}", fields.folder.text,
                              place.folder->plan_entry, fields.plan_entry));
    }
  }
  if (fields.plan_entry.empty()) return place;
  place.entry = plan.find(fields.plan_entry);
  if (place.entry == nullptr) throw Error(fmt::format("the file plan has no entry {}", fields.plan_entry));
  if (!place.entry->takes_folders) {
    throw Error(fmt::format("entry {} of the file plan takes no documents", fields.plan_entry));
  }
  return place;
}

void set_retention(Document& document, const FilePlanEntry* entry) {
  const RetentionTerms terms = retention_terms(entry, document.content.fields.document_date);
  document.retention_end = terms.end;
  document.retention_unlimited = terms.unlimited;
  document.retention_sentence = terms.sentence;
  document.disposal = entry == nullptr ? std::string() : std::string(code_of(entry->disposal));
}

/// Asked once more in the commit: an object that was there already may have been destroyed meanwhile.
void require_objects(const ObjectStore& objects, const NewDocument& content) {
  for (const Rendition& rendition : content.renditions) {
    if (!objects.exists(rendition.object.sha256)) {
      throw Error(fmt::format("intake {}: the object {} of rendition {} is missing", content.intake.text,
                              rendition.object.sha256, name_of(rendition.role)));
    }
  }
}

/// `more` are further members of the detail, each behind a comma.
AuditEntry entry_about(const Document& document, const std::string& actor, std::string_view action,
                       std::string_view more = {}) {
  return {actor, std::string(action), document.id.text,
          fmt::format(R"({{"intake":"{}","revision":{},"state":"{}","plan_entry":"{}","manifest":"{}"{}}})",
                      document.content.intake.text, document.revision, name_of(document.content.state),
                      document.content.fields.plan_entry, document.manifest_sha256, more)};
}

bool is_correction(const Rendition& rendition) {
  return rendition.role == RenditionRole::corrected_text || rendition.role == RenditionRole::corrected_words;
}

/// Writes the manifest next to the catalogue and notes its hash in the document.
void write_manifest(const std::filesystem::path& directory, const std::filesystem::path& staging,
                    Document& document, const ManifestContext& context) {
  const std::string text = manifest_text(document, context);
  document.manifest_sha256 = sha256_hex(text);
  write_durably(directory, staging, directory / manifest_path(document, document.manifest_sha256), text);
}

void require_unchanged(Connection& connection, const DocumentId& id, const std::string& manifest) {
  const Rows current = connection.query("SELECT manifest_sha256 FROM document WHERE id = ?", {id.text});
  if (current.empty()) throw NotFound(fmt::format("there is no document {}", id.text));
  if (current[0].text("manifest_sha256") != manifest) {
    throw Conflict(fmt::format("document {} was changed meanwhile", id.text));
  }
}

ManifestContext context_of(Connection& connection, const std::string& tenant, const Place& place,
                           const std::string& previous) {
  const Rows head = connection.query("SELECT entries, hash FROM audit_head WHERE id = 1");
  return {tenant,
          place.folder,
          place.open_case,
          now_utc(),
          previous,
          head.at(0).integer("entries"),
          head.at(0).text("hash")};
}

/// Puts a document in the place of the row whose manifest was `previous`. Throws NotFound, Conflict.
void replace_row(Connection& connection, Document& document, const std::string& previous) {
  require_unchanged(connection, document.id, previous);
  document.revision = take_revision(connection, document.id);
  update_document(connection, document);
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

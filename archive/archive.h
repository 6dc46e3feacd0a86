#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/audit_trail.h"
#include "archive/database.h"
#include "archive/document.h"
#include "archive/file_plan.h"
#include "archive/object_store.h"

namespace eakte::archive {

/// One change of the archive, for views that catch up.
struct Change {
  std::int64_t revision = 0;
  DocumentId document;
};

struct DocumentPage {
  std::vector<Document> documents;  ///< newest first
  std::string next;                 ///< cursor for the following page; empty at the end
};

/// The records of one tenant: catalogue, objects, manifests, file plan, audit trail, all in one directory
/// (see archive/README.md for what lies where). Safe for concurrent use by threads; several processes may
/// have the same directory open.
class Archive {
public:
  /// Makes the directory of a new tenant with its file plan. Throws Conflict when there is one already.
  static void create(const std::filesystem::path& directory, const std::string& tenant,
                     std::string_view file_plan_yaml);

  /// Opens a tenant's directory. Throws NotFound, Error (schema too new).
  explicit Archive(const std::filesystem::path& directory);
  ~Archive();

  const std::string& tenant() const;
  const std::filesystem::path& directory() const;
  /// The file plan in force, also when another process has brought a new version meanwhile. A reference stays
  /// good as long as the archive is open; a later call may give another plan.
  const FilePlan& file_plan() const;
  /// As the transaction sees it: what is computed within a write follows this one.
  const FilePlan& file_plan(Connection& connection) const;
  const std::string& file_plan_yaml() const;
  ObjectStore& objects();
  const ObjectStore& objects() const;
  Database& database();
  const Database& database() const;

  /// Files a document: manifest written and synced, then catalogue rows, audit entry, revision and whatever
  /// `also` does, in one commit. Idempotent by intake id: filing the same intake again returns the document
  /// that is there (and does not run `also`). Computes the retention end from the file plan; an invoice's
  /// `rechnung_ausgestellt`, a voucher's `beleg_entstanden` and the like come from the document date.
  /// Throws Error when a rendition's object is missing or the plan entry does not exist or takes no folders.
  Document file(const NewDocument& document, const std::string& actor,
                const std::function<void(Connection&, const DocumentId&)>& also = {});

  /// Files several documents and withdraws others, all in one commit or nothing: parts of a batch, or the
  /// batch that takes their place. As `file`; when one of the intakes has a document already, nothing happens
  /// and the documents of these intakes are returned. A withdrawn document gets a manifest and a revision;
  /// what it consisted of stays. Throws also Conflict when a document to be withdrawn changes meanwhile.
  std::vector<Document> file_together(
      const std::vector<NewDocument>& documents, const std::vector<DocumentId>& withdrawn,
      const std::string& actor,
      const std::function<void(Connection&, const std::vector<DocumentId>&)>& also = {});

  /// Changes the fields a person confirmed or corrected; the document leaves the review list, gets a new
  /// manifest and revision. `also` runs in the same commit. Throws NotFound, Error, Conflict (withdrawn, or
  /// changed meanwhile).
  Document confirm(const DocumentId& id, const DocumentFields& fields, const std::string& actor,
                   const std::function<void(Connection&)>& also = {});

  /// Puts a person's lines in the place of what the machine read on a page (from 1), or goes back to the
  /// machine's reading where `lines` is empty. The machine's renditions stay; corrected ones with all pages
  /// come beside them, and go when no page differs any more (see text_correction.h). New manifest and
  /// revision, audit entry with the page, unless nothing changes. `seen` is the revision the person looked
  /// at. Throws NotFound, Conflict when the document was changed since, Error.
  Document correct_page(const DocumentId& id, int page, const std::optional<std::vector<std::string>>& lines,
                        std::int64_t seen, const std::string& actor);
  /// The words in force: corrected ones where there are any. Throws NotFound.
  const Rendition& words_in_force(const Document& document) const;

  Document document(const DocumentId& id) const;  ///< throws NotFound
  std::optional<DocumentId> document_of(const IntakeId& id) const;
  /// Newest first, at most `limit`, from `cursor` (keyset). `state` filters; without it the withdrawn are
  /// left out.
  DocumentPage documents(std::optional<DocumentState> state, const std::string& cursor, int limit) const;
  const Rendition& rendition(const Document& document, RenditionRole role) const;  ///< throws NotFound

  /// The folder or case a reference on paper names, when it is known.
  std::optional<Folder> folder_by_reference(std::string_view reference) const;
  std::optional<Case> case_by_reference(std::string_view reference) const;
  Folder folder(const FolderId& id) const;
  Case open_case(const CaseId& id) const;
  /// `begins_on`: Beginn der Laufzeit, when it lies before today (a folder taken over from elsewhere).
  FolderId add_folder(const std::string& plan_entry, const std::string& reference, const std::string& title,
                      const std::string& actor, std::optional<Date> begins_on = {});
  CaseId add_case(const FolderId& folder, const std::string& reference, const std::string& title,
                  const std::string& actor);

  /// The revision of the last change.
  std::int64_t revision() const;
  /// Changes after `revision` in order, at most `limit`, the last change of each document only.
  std::vector<Change> changes_after(std::int64_t revision, int limit) const;

  /// Appends to the audit trail within a caller's transaction; see AuditEntry.
  void record(Connection& connection, const AuditEntry& entry);

private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What verify_archive found. Everything it counts is also said in `problems` where it is wrong.
struct VerifyReport {
  std::int64_t objects = 0;  ///< objects read and hashed
  std::int64_t documents = 0;
  std::int64_t audit_entries = 0;
  std::vector<std::string> orphans;   ///< objects and manifests without a catalogue row (listed, not a fault)
  std::vector<std::string> problems;  ///< one sentence each
};

/// Proves objects, manifests, catalogue and audit chain against each other. Changes nothing. Reads every
/// object; `progress` is told (done, all) now and then.
VerifyReport verify_archive(const Archive& archive,
                            const std::function<void(std::int64_t, std::int64_t)>& progress = {});

}  // namespace eakte::archive

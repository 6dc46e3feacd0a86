#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/commands/json_line.h"
#include "api/commands/opened_archive.h"
#include "api/commands/records.h"
#include "api/commands/records_names.h"
#include "archive/drafts.h"
#include "ingest/forget_intakes.h"

namespace eakte::api {
namespace {

using archive::Draft;

std::vector<archive::DocumentId> ids_of(const std::vector<Draft>& drafts) {
  std::vector<archive::DocumentId> ids;
  for (const Draft& draft : drafts) ids.push_back(draft.document);
  return ids;
}

/// What became of the drafts; a case has no other output.
void tell(const std::vector<Draft>& drafts, bool deleted, OutputForm form) {
  for (const Draft& draft : drafts) {
    if (form == OutputForm::json) {
      print_json({{"draft", draft.document.text}, {"deleted", deleted}});
    } else {
      fmt::print("Entwurf {}: {}  {}\n", deleted ? "gelöscht" : "bleibt", draft.document.text,
                 deleted               ? std::string()
                 : draft.title.empty() ? draft.original_name
                                       : draft.title);
    }
  }
  if (!drafts.empty() && !deleted && form == OutputForm::text)
    fmt::print("Beim Schließen löscht Entwürfe: --delete-drafts\n");
}

/// Closes by `close`, which is given the drafts to delete with it.
template <class Close>
void close_with_drafts(OpenedArchive& opened, const std::vector<Draft>& drafts, bool delete_drafts,
                       const std::string& actor, OutputForm form, const Close& close) {
  close(delete_drafts ? ids_of(drafts) : std::vector<archive::DocumentId>{});
  if (delete_drafts && !drafts.empty()) opened.finish_destructions(actor);
  opened.changed();
  tell(drafts, delete_drafts, form);
}

}  // namespace

int run_folder_close(const FolderOptions& options) {
  {
    OpenedArchive opened(options);
    const std::string actor = opened.clerk();
    const archive::FolderId id = folder_named(opened.archive, options.name);
    close_with_drafts(opened, archive::drafts_in(opened.archive, id), options.delete_drafts, actor,
                      options.form, [&](const std::vector<archive::DocumentId>& drafts) {
                        archive::close_folder_and_drafts(opened.archive, id, day_of(options.on),
                                                         archive::today(), drafts, ingest::forget_intakes,
                                                         actor);
                      });
  }
  return run_folder_show(options);
}

int run_case_close(const CaseOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.clerk();
  const archive::CaseId id = case_named(opened.archive, options.name);
  close_with_drafts(opened, archive::drafts_in(opened.archive, id), options.delete_drafts, actor,
                    options.form, [&](const std::vector<archive::DocumentId>& drafts) {
                      archive::close_case_and_drafts(opened.archive, id, day_of(options.on), archive::today(),
                                                     drafts, ingest::forget_intakes, actor);
                    });
  return 0;
}

}  // namespace eakte::api

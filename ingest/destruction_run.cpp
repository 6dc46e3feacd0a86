#include "ingest/destruction_run.h"

#include <set>

#include "archive/offers.h"
#include "ingest/change_signal.h"
#include "ingest/forget_intakes.h"
#include "ingest/learning.h"
#include "ingest/taken_files.h"

namespace eakte::ingest {
namespace {

int count_underway(const archive::Archive& archive) {
  return static_cast<int>(archive.database()
                              .query("SELECT count(*) AS number FROM destruction WHERE state = 'begun'")
                              .at(0)
                              .integer("number"));
}

/// What ingest has beside the catalogue: files in the inbox, features of the type model.
void erase_in_ingest(const archive::Archive& archive) {
  const std::vector<archive::StoredObject> erased = archive::erased_objects(archive);
  std::set<std::string> hashes;
  for (const archive::StoredObject& one : erased) hashes.insert(one.sha256);
  erase_taken_files(archive.directory() / "inbox", erased);
  forget_features(archive, hashes);
}

}  // namespace

DestructionRunReport run_destructions(archive::Archive& archive, index::SearchIndex& index,
                                      const DestructionRunOptions& options) {
  DestructionRunReport report;
  report.resumed = count_underway(archive);
  // From the commit of this step on a folder is gone for everybody; all that follows removes what is left of
  // it and can be repeated.
  report.begun =
      archive::begin_destructions(archive, options.today, forget_intakes, options.actor, options.reached);
  report.done = finish_destructions(archive, index, options);
  return report;
}

int finish_destructions(archive::Archive& archive, index::SearchIndex& index,
                        const DestructionRunOptions& options) {
  if (!archive::destruction_is_underway(archive)) return 0;
  ChangeSignal(archive.directory()).notify();

  archive::erase_manifests(archive, options.reached);
  archive::remove_messages_of_destroyed(archive);
  archive::erase_objects(archive, options.reached);
  options.reached("archive erased");
  erase_in_ingest(archive);
  options.reached("ingest erased");
  index.erase_remains(archive);
  options.reached("index erased");
  archive::erase_catalogue_remains(archive);
  options.reached("catalogue erased");
  const int done = archive::complete_destructions(
      archive, {options.log_copies, options.backups_kept_days, options.today}, options.reached);
  ChangeSignal(archive.directory()).notify();  // the model has to forget what is gone
  return done;
}

int apply_destruction_logs(archive::Archive& archive, const std::vector<std::filesystem::path>& logs,
                           const std::string& actor) {
  int begun = 0;
  for (const std::filesystem::path& file : logs) {
    const archive::DestructionLog log(file, archive::destruction_key(archive));
    begun += archive::begin_again(archive, log.destructions(), forget_intakes, actor);
  }
  return begun;
}

}  // namespace eakte::ingest

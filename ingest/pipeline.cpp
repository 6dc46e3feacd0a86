#include "ingest/pipeline.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "archive/life_cycle.h"
#include "ingest/stages.h"

namespace eakte::ingest {
namespace {

using archive::RenditionRole;

/// Why a person has to look at it; empty when the filing can stand as it is.
std::vector<std::string> review_reasons(const Finished& finished, const ProcessorOptions& options) {
  std::vector<std::string> reasons;
  const bool nothing_read = std::ranges::all_of(
      finished.pages, [](const archive::PageRecord& page) { return page.blank || page.confidence == 0; });
  const bool poorly_read = std::ranges::any_of(finished.pages, [&](const archive::PageRecord& page) {
    return !page.blank && page.confidence < options.page_below;
  });
  if (nothing_read) {
    reasons.emplace_back("nothing_read");
  } else if (poorly_read) {
    reasons.emplace_back("poorly_read");
  }
  if (finished.classification.folder_closed) reasons.emplace_back("folder_closed");
  if (finished.classification.type_confidence < options.review_below) reasons.emplace_back("type_unclear");
  if (finished.classification.fields.plan_entry.empty() ||
      finished.classification.plan_confidence < options.review_below) {
    reasons.emplace_back("plan_entry_unclear");
  }
  return reasons;
}

/// References on the paper, the document's own first; "Ihr Zeichen" may well be the one the archive knows.
std::vector<std::string> references_of(const Classification& classification) {
  std::vector<std::string> references{classification.fields.reference};
  for (const archive::Proposal& proposal : classification.proposals) {
    if (proposal.field == "reference") references.push_back(proposal.value);
  }
  std::erase(references, "");
  return references;
}

/// What belongs into a closed folder or case waits on the review list: a person reopens it or files
/// elsewhere.
void propose_reopening(Classification& classification, const std::string& reference) {
  classification.folder_closed = true;
  classification.proposals.push_back({.field = "closed_folder",
                                      .value = reference,
                                      .confidence = 0.99,
                                      .reason = "Das Aktenzeichen gehört zu einer geschlossenen Akte"});
}

/// A reference that the archive knows decides folder, case and place in the file plan.
void follow_known_reference(const archive::Archive& archive, Classification& classification) {
  const auto place = [&](const std::string& reference, const std::string& plan_entry, const char* what) {
    classification.fields.plan_entry = plan_entry;
    classification.plan_confidence = 0.99;
    classification.proposals.push_back({.field = "folder",
                                        .value = reference,
                                        .confidence = 0.99,
                                        .reason = std::string("Das Aktenzeichen gehört zu ") + what});
  };
  for (const std::string& reference : references_of(classification)) {
    if (const auto open_case = archive.case_by_reference(reference)) {
      if (!takes_documents(archive, open_case->id)) return propose_reopening(classification, reference);
      classification.fields.open_case = open_case->id;
      classification.fields.folder = open_case->folder;
      return place(reference, archive.folder(open_case->folder).plan_entry, "einem bekannten Vorgang");
    }
    if (const auto folder = archive.folder_by_reference(reference)) {
      if (!takes_documents(archive, folder->id)) return propose_reopening(classification, reference);
      classification.fields.folder = folder->id;
      return place(reference, folder->plan_entry, "einer bekannten Akte");
    }
  }
}

archive::Rendition stored(RenditionRole role, archive::StagedObject staged, const char* media_type) {
  return {.role = role, .object = staged.commit(), .media_type = media_type};
}

/// The file plan knows no such entry, or it carries no folders: the proposal is dropped, a person decides.
void drop_unknown_entry(const archive::FilePlan& plan, Classification& classification) {
  const archive::FilePlanEntry* entry = plan.find(classification.fields.plan_entry);
  if (entry == nullptr || !entry->takes_folders) {
    classification.fields.plan_entry.clear();
    classification.plan_confidence = 0;
  }
}

void unpack(const Intake& intake, const archive::OpenObject& original, const Workers& workers,
            const ProcessingParts& parts) {
  if (intake.depth >= workers.limits.archive_depth)
    throw Refused("archive_too_deep", "archive in archive in archive");
  std::vector<std::pair<archive::StoredObject, NewIntake>> members;
  for (UnpackedMember& member : unpack_members(workers, original.descriptor(), parts.archive.objects())) {
    members.emplace_back(member.object, NewIntake{.source = "archive",
                                                  .name = std::move(member.name),
                                                  .languages = intake.languages,
                                                  .parent = intake.id,
                                                  .depth = intake.depth + 1,
                                                  .idempotency_key = {}});
  }
  parts.queue.finish_unpacked(intake.id, std::move(members));
}

/// The whole way, where nothing goes wrong.
void process_document(const Intake& intake, const ProcessingParts& parts, const ProcessorOptions& options,
                      const std::stop_token& stop) {
  archive::Archive& archive = parts.archive;
  Progress progress{.tenant = archive.tenant(), .intake = intake.id, .state = "working", .stage = "accept"};
  const auto tell = [&](const char* stage, int done) {
    progress.stage = stage;
    progress.pages_done = done;
    parts.progress.publish(progress);
  };
  const Workers workers{parts.workers, options.limits, (archive.directory() / "work").string(), stop};

  const archive::OpenObject original = archive.objects().open(intake.sha256);
  const Inspected inspected = inspect(workers, original.descriptor());
  if (inspected.format == Format::archive) return unpack(intake, original, workers, parts);

  progress.pages_total = inspected.pages;
  tell("read", 0);
  const auto pages = read_pages(workers, original.descriptor(), inspected, intake.languages,
                                [&](int done) { tell("read", done); });

  tell("render", inspected.pages);
  archive::StagedObject pdfa = archive.objects().stage();
  archive::StagedObject words = archive.objects().stage();
  archive::StagedObject text = archive.objects().stage();
  const archive::Date received_on = *archive::date_from_iso(intake.received_at.substr(0, 10));
  Finished finished = finish(workers, original.descriptor(), inspected, {pages},
                             {.name = intake.name,
                              .sha256 = intake.sha256,
                              .document_id = intake.id.text,
                              .created_utc = intake.received_at,
                              .received_on = received_on,
                              .file_plan_yaml = archive.file_plan_yaml(),
                              .model_file = parts.model_file},
                             {pdfa.descriptor(), words.descriptor(), text.descriptor()});

  tell("file", inspected.pages);
  Classification& found = finished.classification;
  follow_known_reference(archive, found);
  drop_unknown_entry(archive.file_plan(), found);
  if (found.fields.title.empty()) found.fields.title = intake.name;
  const std::vector<std::string> reasons = review_reasons(finished, options);
  const nlohmann::json processing{{"rendering", finished.rendering}, {"why_not", finished.why_not}};
  archive::NewDocument document{
      .intake = intake.id,
      .received_on = received_on,
      .fields = found.fields,
      .state = reasons.empty() ? archive::DocumentState::filed : archive::DocumentState::review,
      .review_reasons = reasons,
      .original_name = intake.name,
      .source = intake.source,
      .languages = intake.languages,
      .pages = finished.pages,
      .proposals = found.proposals,
      .renditions = {},
      .processing = processing.dump()};
  document.renditions.push_back({.role = RenditionRole::original,
                                 .object = {intake.sha256, intake.size},
                                 .media_type = std::string(media_type_of(inspected.format))});
  document.renditions.push_back(stored(RenditionRole::pdfa, std::move(pdfa), "application/pdf"));
  document.renditions.push_back(stored(RenditionRole::words, std::move(words), "application/x-ndjson"));
  document.renditions.push_back(stored(RenditionRole::text, std::move(text), "text/plain; charset=utf-8"));
  archive.file(document, "system", [&](archive::Connection& connection, const archive::DocumentId& id) {
    IntakeQueue::mark_filed(connection, intake.id, id, document.state);
  });
}

}  // namespace

void process(const Intake& intake, const ProcessingParts& parts, const ProcessorOptions& options,
             const std::stop_token& stop) {
  const auto try_again_later = [&](const std::string& reason, const std::string& detail) {
    const bool again = intake.attempts < IntakeQueue::max_attempts;
    parts.queue.finish(intake.id, again ? IntakeState::queued : IntakeState::quarantined, reason, detail);
  };
  try {
    process_document(intake, parts, options, stop);
  } catch (const Refused& refused) {
    parts.queue.finish(intake.id, IntakeState::refused, refused.code, refused.what());
  } catch (const WorkerFailed& failed) {
    try_again_later(failed.code, failed.what());
  } catch (const archive::Damaged& damaged) {
    parts.queue.finish(intake.id, IntakeState::quarantined, "object_damaged", damaged.what());
  } catch (const Cancelled&) {
    throw;
  } catch (const archive::StorageFailure&) {
    throw;
  } catch (const std::exception& error) {
    try_again_later("processing_failed", error.what());
  }
}

int convert(const std::vector<ConvertInput>& inputs, const std::string& languages, WorkerPool& workers,
            const std::string& spool_directory, const ConvertOutputs& outputs,
            const std::function<void(int, int)>& progress, const std::stop_token& stop) {
  const Workers stage{workers, {}, spool_directory, stop};
  std::vector<Inspected> inspected;
  int all = 0;
  for (const ConvertInput& input : inputs) {
    inspected.push_back(inspect(stage, input.descriptor));
    if (inspected.back().format == Format::archive)
      throw Refused("unknown_type", "an archive holds several documents");
    all += inspected.back().pages;
  }
  // The pages of several files end up in one new PDF, so each needs a picture; a single PDF can be kept as it
  // is.
  const PictureNeed need = inputs.size() > 1 ? PictureNeed::every_page : PictureNeed::where_received;
  std::vector<std::shared_ptr<const ReadPages>> parts;
  int before = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    parts.push_back(read_pages(
        stage, inputs[i].descriptor, inspected[i], languages, [&](int done) { progress(before + done, all); },
        need, before));
    before += inspected[i].pages;
  }
  Inspected whole = inspected.front();
  whole.pages = all;
  finish(stage, inputs.front().descriptor, whole, parts,
         {.name = inputs.front().name,
          .sha256 = {},
          .document_id = {},
          .created_utc = archive::now_utc(),
          .received_on = archive::today(),
          .file_plan_yaml = {},
          .model_file = {}},
         {outputs.pdfa, outputs.words, outputs.text});
  return all;
}

}  // namespace eakte::ingest

#include "ingest/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "archive/completion.h"
#include "archive/life_cycle.h"
#include "ingest/poor_pages.h"
#include "ingest/separators.h"
#include "ingest/stages.h"

namespace eakte::ingest {
namespace {

using archive::RenditionRole;

/// Why a person has to look at it; empty when the filing can stand as it is.
std::vector<std::string> review_reasons(const Finished& finished, bool poorly_read,
                                        const ProcessorOptions& options) {
  std::vector<std::string> reasons;
  const bool nothing_read = std::ranges::all_of(
      finished.pages, [](const archive::PageRecord& page) { return page.blank || page.confidence == 0; });
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
  const auto& proposals = finished.classification.proposals;
  if (std::ranges::find(proposals, "identity_document", &archive::Proposal::field) != proposals.end())
    reasons.emplace_back("identity_document");
  if (nlohmann::json::parse(finished.pdfa).value("symbol_coding", false))
    reasons.emplace_back("symbol_coding");
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

archive::Rendition stored(RenditionRole role, archive::StagedObject staged, const char* media_type,
                          std::string_view format_id) {
  return {
      .role = role, .object = staged.commit(), .media_type = media_type, .format_id = std::string(format_id)};
}

/// The file plan knows no such entry, or it carries no folders or is closed: the proposal is dropped, a
/// person decides.
void drop_unknown_entry(const archive::FilePlan& plan, archive::Date received_on,
                        Classification& classification) {
  const archive::FilePlanEntry* entry = plan.find(classification.fields.plan_entry);
  // What belongs to a folder goes there, whatever became of its entry.
  const bool closed =
      entry != nullptr && classification.fields.folder.empty() && !entry->open_on(received_on);
  if (entry == nullptr || !entry->takes_folders || closed) {
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

/// The original, as far as its bytes tell.
struct Received {
  Format format = Format::unknown;
  archive::FormatId format_id;
};

archive::Rendition original_of(const Intake& intake, const Received& received) {
  return {.role = RenditionRole::original,
          .object = {intake.sha256, intake.size},
          .media_type = std::string(media_type_of(received.format)),
          .format_id = received.format_id.puid};
}

/// What the processing record says of a format.
nlohmann::json format_record(const archive::FormatId& format) {
  return {{"puid", format.puid},
          {"name", format.name},
          {"version", format.version},
          {"basis", archive::name_of(format.basis)}};
}

/// Files an office file that nothing here can read: the original alone, for a person to look at. Was it filed
/// so before, it stays as it is.
void file_unread(const Intake& intake, const Received& received, const ProcessingParts& parts) {
  if (parts.archive.document_of(intake.id))
    throw Refused("no_office_program", "no office program for this format");
  archive::NewDocument document{
      .intake = intake.id,
      .received_on = *archive::date_from_iso(intake.received_at.substr(0, 10)),
      .fields = {},
      .state = archive::DocumentState::review,
      .review_reasons = {"no_office_program"},
      .original_name = intake.name,
      .source = intake.source,
      .languages = intake.languages,
      .pages = {},
      .proposals = {},
      .renditions = {original_of(intake, received)},
      .processing = nlohmann::json{{"rendering", "none"}, {"why_not", "no office program"}}.dump()};
  document.fields.title = intake.name;
  parts.archive.file(document, "system", [&](archive::Connection& connection, const archive::DocumentId& id) {
    IntakeQueue::mark_filed(connection, intake.id, id, document.state);
  });
}

/// What has been read of an intake, before anything is made of it.
struct Reading {
  int input = -1;     ///< the received bytes, or what an office file was printed to
  int original = -1;  ///< the received bytes
  Received received;
  const Inspected& inspected;
  std::shared_ptr<const ReadPages> pages;
};

/// What a PDF/A-3 carries of it.
std::optional<ReceivedFile> original_for(const Intake& intake, const Reading& reading,
                                         const std::vector<int>& pages) {
  if (!pages.empty()) return std::nullopt;
  return ReceivedFile{intake.name, std::string(media_type_of(reading.received.format)), intake.sha256,
                      reading.original};
}

/// Makes the renditions of a document and finds its place. `pages` are those of the received file that belong
/// to it; none means all.
archive::NewDocument described_document(const Intake& intake, const Reading& reading,
                                        const std::vector<int>& pages, const Workers& workers,
                                        const ProcessingParts& parts, const ProcessorOptions& options) {
  archive::Archive& archive = parts.archive;
  archive::StagedObject pdfa = archive.objects().stage();
  archive::StagedObject words = archive.objects().stage();
  archive::StagedObject text = archive.objects().stage();
  const archive::Date received_on = *archive::date_from_iso(intake.received_at.substr(0, 10));
  Finished finished = finish(workers, reading.input, reading.inspected, {reading.pages},
                             {.name = intake.name,
                              .sha256 = intake.sha256,
                              .document_id = intake.id.text,
                              .created_utc = intake.received_at,
                              .received_on = received_on,
                              .file_plan_yaml = archive.file_plan_yaml(),
                              .model_file = parts.model_file,
                              .verapdf = options.verapdf,
                              .pages = pages,
                              .archive_file = options.archive_file,
                              .original = original_for(intake, reading, pages)},
                             {pdfa.descriptor(), words.descriptor(), text.descriptor()});

  Classification& found = finished.classification;
  follow_known_reference(archive, found);
  drop_unknown_entry(archive.file_plan(), received_on, found);
  std::ranges::move(proposals_of_codes(finished.pages, options.separators),
                    std::back_inserter(found.proposals));
  if (found.fields.title.empty()) found.fields.title = intake.name;
  const std::vector<archive::Proposal> poor = poor_pages(finished.pages, options.page_below);
  std::ranges::copy(poor, std::back_inserter(found.proposals));
  std::ranges::move(blank_pages(finished.pages), std::back_inserter(found.proposals));
  const std::vector<std::string> reasons = review_reasons(finished, !poor.empty(), options);
  const nlohmann::json processing{{"rendering", finished.rendering},
                                  {"why_not", finished.why_not},
                                  {"pictures", name_of(options.archive_file.pictures)},
                                  {"pdfa", nlohmann::json::parse(finished.pdfa)},
                                  {"formats",
                                   {{"signatures", finished.signatures},
                                    {"original", format_record(reading.received.format_id)},
                                    {"pdfa", format_record(finished.format_id)}}}};
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
  document.renditions.push_back(original_of(intake, reading.received));
  document.renditions.push_back(
      stored(RenditionRole::pdfa, std::move(pdfa), "application/pdf", finished.format_id.puid));
  document.renditions.push_back(
      stored(RenditionRole::words, std::move(words), "application/x-ndjson", archive::plain_text_format));
  document.renditions.push_back(
      stored(RenditionRole::text, std::move(text), "text/plain; charset=utf-8", archive::plain_text_format));
  return document;
}

/// "Stapel.pdf, Seite 3" or "Stapel.pdf, Seiten 3-5".
std::string part_name(const std::string& batch, const std::vector<int>& pages) {
  if (pages.size() == 1) return fmt::format("{}, Seite {}", batch, pages.front());
  return fmt::format("{}, Seiten {}-{}", batch, pages.front(), pages.back());
}

/// Files each part of a batch as a document of its own, all in one commit. The batch's bytes are the original
/// of each; the record of its pages says which of them.
void file_parts(const Intake& batch, const BatchPlan& plan, const Reading& reading, const Workers& workers,
                const ProcessingParts& parts, const ProcessorOptions& options) {
  const std::vector<archive::PageRecord>& records = records_of(*reading.pages);
  std::vector<BatchPage> pages;
  for (std::size_t i = 0; i < records.size(); ++i)
    pages.push_back({static_cast<int>(i) + 1, std::string(name_of(plan.roles[i])), {}, records[i].codes});
  std::vector<BatchPart> batch_parts;
  std::vector<archive::NewDocument> documents;
  std::vector<archive::DocumentState> states;
  for (const std::vector<int>& wanted : plan.parts) {
    Intake part = batch;
    part.id = {archive::new_id_text()};
    part.name = part_name(batch.name, wanted);
    part.source = "batch";
    documents.push_back(described_document(part, reading, wanted, workers, parts, options));
    states.push_back(documents.back().state);
    for (const int page : wanted) pages[static_cast<std::size_t>(page) - 1].part = part.id;
    batch_parts.push_back({part.id, part.name, wanted});
  }
  parts.archive.file_together(
      documents, {}, "system",
      [&](archive::Connection& connection, const std::vector<archive::DocumentId>& ids) {
        IntakeQueue::mark_split(connection, batch, batch_parts, ids, states, pages);
      });
}

/// Gives the document of an intake that was filed unread what it lacks.
void complete_document(const archive::DocumentId& id, const Intake& intake, const Reading& reading,
                       const Workers& workers, const ProcessingParts& parts,
                       const ProcessorOptions& options) {
  const archive::NewDocument made = described_document(intake, reading, {}, workers, parts, options);
  archive::complete(parts.archive, id, made, "system",
                    [&](archive::Connection& connection, const archive::Document& completed) {
                      IntakeQueue::mark_filed(connection, intake.id, id, completed.content.state);
                    });
}

/// Files an intake as one document; where its parts had been filed, they are withdrawn in the same commit.
void file_whole(const Intake& intake, const Reading& reading, const Workers& workers,
                const ProcessingParts& parts, const ProcessorOptions& options) {
  const archive::NewDocument document = described_document(intake, reading, {}, workers, parts, options);
  std::vector<archive::DocumentId> withdrawn;
  for (const Intake& part : parts.queue.parts_of(intake.id)) {
    if (part.state != IntakeState::withdrawn) withdrawn.push_back(part.document);
  }
  parts.archive.file_together(
      {document}, withdrawn, "system",
      [&](archive::Connection& connection, const std::vector<archive::DocumentId>& ids) {
        IntakeQueue::mark_filed(connection, intake.id, ids.front(), document.state);
      });
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
  Workers workers{parts.workers, options.limits, (archive.directory() / "work").string(), stop};

  const archive::OpenObject original = archive.objects().open(intake.sha256);
  Inspected inspected = inspect(workers, original.descriptor(), intake.name);
  const Received received{inspected.format, inspected.format_id};
  if (received.format == Format::archive) return unpack(intake, original, workers, parts);

  int input = original.descriptor();
  std::optional<Descriptor> printed;
  if (is_office(received.format)) {
    tell("convert", 0);
    printed = office_to_pdf(workers, input, received.format);
    if (!printed) return file_unread(intake, received, parts);
    input = printed->get();
    workers.limits.drawn_words_stand = true;
    inspected = inspect(workers, input);
  }

  progress.pages_total = inspected.pages;
  tell("read", 0);
  const Reading reading{input, original.descriptor(), received, inspected,
                        read_pages(
                            workers, input, inspected, intake.languages,
                            [&](int done) { tell("read", done); }, options.archive_file.pictures)};
  tell("render", inspected.pages);
  if (const auto unread = archive.document_of(intake.id))
    return complete_document(*unread, intake, reading, workers, parts, options);
  const BatchPlan plan =
      intake.whole ? BatchPlan{} : plan_batch(records_of(*reading.pages), options.separators);
  if (plan.parts.empty()) {
    file_whole(intake, reading, workers, parts, options);
  } else {
    file_parts(intake, plan, reading, workers, parts, options);
  }
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

}  // namespace eakte::ingest

#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "archive/document.h"
#include "archive/format_id.h"
#include "archive/object_store.h"
#include "ingest/classify.h"
#include "ingest/page_reader.h"
#include "ingest/worker.h"
#include "ingest/worker/channel.h"

namespace eakte::ingest {

// The stages of one document's way that run in workers, as the service sees them: values in, values out. Each
// throws Refused (the input's fault), WorkerFailed (try again), Cancelled.

/// What a stage needs besides its values.
struct Workers {
  WorkerPool& pool;
  ReadLimits limits;
  std::string spool_directory;  ///< for files between stages; they vanish with their descriptor
  std::stop_token stop;
};

struct Inspected {
  Format format = Format::unknown;
  int pages = 0;  ///< 0 for an archive and an office file
  archive::FormatId format_id{};
};
/// `name` is what the file was called: text is told from nonsense by it as well.
Inspected inspect(const Workers& workers, int input, const std::string& name = {});

/// An office file as PDF, in a file that vanishes with its descriptor; nothing when there is no office
/// program for its format.
std::optional<Descriptor> office_to_pdf(const Workers& workers, int input, Format format);

/// The pages between reading and finishing: files that hold page ranges in order.
class ReadPages;

/// What was found out about them, in order, before anything is made of them.
const std::vector<archive::PageRecord>& records_of(const ReadPages& pages);

/// Whether a page of a received PDF that needs no picture of its own gets one.
enum class PictureNeed { where_received, every_page };

/// Read, clean, recognise: page ranges on all free processes. `page_done` is called, from several threads but
/// one at a time, with the number of pages done so far. Pages are numbered from
/// `pages_before` + 1.
std::shared_ptr<const ReadPages> read_pages(const Workers& workers, int input, const Inspected& inspected,
                                            const std::string& languages,
                                            const std::function<void(int)>& page_done,
                                            archive::PictureChoice pictures,
                                            PictureNeed need = PictureNeed::where_received,
                                            int pages_before = 0);

/// A received file as it goes into the PDF/A-3 that is made of it.
struct ReceivedFile {
  std::string name;
  std::string media_type;
  std::string sha256;   ///< empty where nobody computed it
  int descriptor = -1;  ///< stays the caller's
};

/// What the last stage needs to know of the document.
struct FinishRequest {
  std::string name;         ///< stands in for a title nobody found
  std::string sha256;       ///< of the original
  std::string document_id;  ///< for the metadata of the archive file
  std::string created_utc;
  std::string language = "de-DE";
  archive::Date received_on{};
  std::string file_plan_yaml;  ///< empty: do not classify
  std::string model_file;      ///< type model; empty: none
  std::string verapdf;         ///< program that is asked as well; empty: none
  std::vector<int> pages;      ///< only these of the pages, from 1, ascending; empty: all
  archive::ArchiveFileChoice archive_file{};
  /// What a PDF/A-3 carries beside its pages. Nothing for a part of a batch: the rest of it is others'.
  std::optional<ReceivedFile> original{};
};
/// Where the renditions go; descriptors open for writing.
struct FinishOutputs {
  int pdfa = -1;
  int words = -1;
  int text = -1;
};
struct Finished {
  std::vector<archive::PageRecord> pages;
  Classification classification;
  std::string
      rendering;  ///< "pictures"; of a received PDF "untouched", "repaired", "fonts_embedded", "rasterised"
  std::string why_not;  ///< why a received PDF was rasterised
  std::string pdfa;     ///< JSON: verdicts on archive file and original, signatures (worker/pdfa_record.h)
  archive::FormatId format_id{};  ///< of the archive file
  std::string signatures;         ///< which signatures formats were told by
};
/// Classify and render.
Finished finish(const Workers& workers, int input, const Inspected& inspected,
                const std::vector<std::shared_ptr<const ReadPages>>& pages, const FinishRequest& request,
                const FinishOutputs& outputs);

struct UnpackedMember {
  std::string name;  ///< displayable
  archive::StoredObject object;
};
/// Takes an archive apart; every member is durable in the store when this returns.
std::vector<UnpackedMember> unpack_members(const Workers& workers, int input,
                                           const archive::ObjectStore& objects);

}  // namespace eakte::ingest

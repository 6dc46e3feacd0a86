#include "ingest/pipeline.h"
#include "ingest/stages.h"

namespace eakte::ingest {
namespace {

/// An input of the conversion as pictures or a PDF: an office file is printed first.
struct Readable {
  Format received = Format::unknown;
  Inspected inspected;
  Descriptor printed;
  int descriptor = -1;  ///< the input's own, or of what was printed
};

Readable readable_input(const Workers& stage, const ConvertInput& input) {
  const Inspected received = inspect(stage, input.descriptor, input.file_name);
  Readable readable{received.format, received, {}, input.descriptor};
  if (readable.inspected.format == Format::archive)
    throw Refused("unknown_type", "an archive holds several documents");
  if (!is_office(readable.inspected.format)) return readable;
  auto printed = office_to_pdf(stage, input.descriptor, readable.inspected.format);
  if (!printed) throw Refused("no_office_program", "no office program for this format");
  readable.printed = *std::move(printed);
  readable.descriptor = readable.printed.get();
  readable.inspected = inspect(stage, readable.descriptor);
  return readable;
}

}  // namespace

int convert(const std::vector<ConvertInput>& inputs, const std::string& languages, WorkerPool& workers,
            const std::string& spool_directory, const ConvertOutputs& outputs,
            const archive::ArchiveFileChoice& archive_file, const std::function<void(int, int)>& progress,
            const std::stop_token& stop) {
  const Workers stage{workers, {}, spool_directory, stop};
  std::vector<Readable> readable;
  int all = 0;
  for (const ConvertInput& input : inputs) {
    readable.push_back(readable_input(stage, input));
    all += readable.back().inspected.pages;
  }
  // The pages of several files end up in one new PDF, so each needs a picture; a single PDF can be kept as it
  // is.
  const PictureNeed need = inputs.size() > 1 ? PictureNeed::every_page : PictureNeed::where_received;
  std::vector<std::shared_ptr<const ReadPages>> parts;
  int before = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    Workers reading = stage;
    reading.limits.drawn_words_stand = static_cast<bool>(readable[i].printed);
    parts.push_back(read_pages(
        reading, readable[i].descriptor, readable[i].inspected, languages,
        [&](int done) { progress(before + done, all); }, archive_file.pictures, need, before));
    before += readable[i].inspected.pages;
  }
  std::optional<ReceivedFile> original;
  if (inputs.size() == 1) {
    original = ReceivedFile{inputs.front().file_name,
                            std::string(media_type_of(readable.front().received)),
                            {},
                            inputs.front().descriptor};
  }
  Inspected whole = readable.front().inspected;
  whole.pages = all;
  finish(stage, readable.front().descriptor, whole, parts,
         {.name = inputs.front().name,
          .sha256 = {},
          .document_id = {},
          .created_utc = archive::now_utc(),
          .received_on = archive::today(),
          .file_plan_yaml = {},
          .model_file = {},
          .verapdf = {},
          .pages = {},
          .archive_file = archive_file,
          .original = original},
         {outputs.pdfa, outputs.words, outputs.text});
  return all;
}

}  // namespace eakte::ingest

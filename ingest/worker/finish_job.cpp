#include "ingest/worker/finish_job.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <set>

#include "archive/page_words.h"
#include "archive/pdf_enclosures.h"
#include "ingest/classify.h"
#include "ingest/classify/identity_document.h"
#include "ingest/error.h"
#include "ingest/formats/pdf_comparison.h"
#include "ingest/page_reader.h"
#include "ingest/worker/channel.h"
#include "ingest/worker/json_values.h"
#include "ingest/worker/page_spool.h"
#include "ingest/worker/pdfa_record.h"
#include "ingest/worker/read_job.h"

namespace eakte::ingest {
namespace {

using nlohmann::json;

const char* word_for(archive::ArchivedPdf::Way way) {
  switch (way) {
    case archive::ArchivedPdf::Way::untouched:
      return "untouched";
    case archive::ArchivedPdf::Way::repaired:
      return "repaired";
    case archive::ArchivedPdf::Way::fonts_embedded:
      return "fonts_embedded";
    case archive::ArchivedPdf::Way::refused:
      break;
  }
  return "refused";
}

/// How the archive file came about, and why not the better way.
struct Rendering {
  std::string how;
  std::string why_not;
};

/// Where the original stands among the descriptors of finish, if it is there.
constexpr std::size_t original_descriptor = 6;

/// The record of how the archive file came about, as it goes into the file itself.
json processing_record(const json& request, const json& records, const Rendering& rendering) {
  return {{"program", "eakte"},
          {"document", request.at("document_id")},
          {"created", request.at("created_utc")},
          {"received_on", request.at("received_on")},
          {"original", request.value("original", json(nullptr))},
          {"rendering", rendering.how},
          {"why_not", rendering.why_not},
          {"pictures", name_of(static_cast<archive::PictureChoice>(request.at("pictures").get<int>()))},
          {"pages", records}};
}

/// What a PDF/A-3 carries beside its pages: the received file and what was done to make the PDF of it.
std::vector<archive::EmbeddedFile> enclosures(const json& request, const std::vector<int>& descriptors,
                                              const json& records, const Rendering& rendering) {
  std::vector<archive::EmbeddedFile> files;
  const auto level = static_cast<archive::PdfaLevel>(request.at("level").get<int>());
  if (level != archive::PdfaLevel::a3u) return files;
  if (request.contains("original")) {
    const json& original = request.at("original");
    const auto name = original.at("name").get<std::string>();
    files.push_back({.name = name.empty() ? "Original" : name,
                     .media_type = original.at("media_type").get<std::string>(),
                     .description = "Original, wie es empfangen wurde",
                     .relationship = "Source",
                     .descriptor = descriptors.at(original_descriptor),
                     .bytes = {}});
  }
  files.push_back({.name = "Verarbeitung.json",
                   .media_type = "application/json",
                   .description = "Verarbeitungsprotokoll",
                   .relationship = "Supplement",
                   .descriptor = -1,
                   .bytes = processing_record(request, records, rendering).dump(1)});
  return files;
}

/// The received PDF, or the wanted pages of it, made conforming.
archive::ArchivedPdf from_received(int input, int output, const archive::PdfMetadata& metadata,
                                   const std::vector<archive::PageTextLayer>& layers,
                                   const std::vector<int>& wanted, const archive::FilesToEmbed& embedded) {
  Descriptor part;
  if (!wanted.empty()) {
    part = Descriptor(memfd_create("part", MFD_CLOEXEC));
    archive::take_pages(input, part.get(), wanted);
  }
  const int whole = wanted.empty() ? input : part.get();
  std::set<int> other_text;
  for (const archive::PageTextLayer& layer : layers) other_text.insert(layer.page);
  const auto accept = [&](std::string_view result) { return have_same_text(whole, result, other_text); };
  return archive::make_pdfa_from_pdf(whole, output, metadata, layers, accept, embedded);
}

/// The chosen pages, or all, as reading left them.
struct SpooledPages {
  std::vector<int> wanted;  ///< as in the request
  std::vector<ocr::PageText> texts;
  std::vector<archive::PageTextLayer> layers;  ///< of the pages whose words were recognised
  json records = json::array();
  bool all_pictures = true;  ///< each page has a picture of its own
  bool withheld = false;     ///< there were words that must not be stored
};

SpooledPages read_spool(int spool, const std::vector<int>& wanted) {
  SpooledPages pages;
  pages.wanted = wanted;
  for_each_page(
      spool,
      [&](SpooledPage page) {
        const std::size_t position = pages.texts.size();
        const int expected = wanted.empty() ? static_cast<int>(position) + 1 : wanted.at(position);
        if (page.record.number != expected) throw Error("page spool: pages out of order");
        if (!wanted.empty()) {
          page.record.original_page = page.record.number;
          page.record.number = static_cast<int>(position) + 1;
        }
        if (page.picture.bytes.empty()) pages.all_pictures = false;
        if (!page.record.born_digital)
          pages.layers.push_back({.page = page.record.number, .text = page.text});
        pages.records.push_back(to_json(page.record));
        pages.texts.push_back(std::move(page.text));
      },
      wanted);
  return pages;
}

/// What identifies a card is seen by the classifier, which marks its page, and kept nowhere (ID-01).
void withhold(SpooledPages& pages) {
  for (ocr::PageText& text : pages.texts) {
    const std::size_t before = text.words.size();
    withhold_from_storage(text);
    pages.withheld |= text.words.size() != before;
  }
  for (archive::PageTextLayer& layer : pages.layers) withhold_from_storage(layer.text);
}

/// Renders the archive file: from pictures where all pages have one; else the received PDF made conforming;
/// else, when that is not possible, pictures of its pages. A PDF whose own words must not be stored becomes
/// pictures, too, whatever it could be. Descriptors as for finish.
Rendering render(const json& request, const std::vector<int>& descriptors,
                 const archive::PdfMetadata& metadata, const SpooledPages& pages) {
  const json& records = pages.records;
  const std::vector<archive::PageTextLayer>& layers = pages.layers;
  const std::vector<int>& wanted = pages.wanted;
  const bool all_pictures = pages.all_pictures;
  const int input = descriptors.at(0);
  const int output = descriptors.at(2);
  Rendering rendering{all_pictures ? "pictures" : "rasterised", ""};
  const auto format = static_cast<Format>(request.at("format").get<int>());
  const ReadLimits limits = limits_from(request.at("limits"));
  // The pages of several files may be on their way into one: then `input` is only the first of them.
  const bool is_one_pdf =
      format == Format::pdf && open_pages(input, format, limits)->page_count() == std::ssize(records);
  if (pages.withheld) {
    if (is_one_pdf) rendering.why_not = "the words of an identity document are not stored";
  } else if (all_pictures) {
    if (is_one_pdf && archive::keep_pdfa(input, output, layers)) return {"untouched", ""};
  } else {
    const bool is_the_original = request.at("input_is_original").get<bool>();
    const auto embedded = [&](archive::ArchivedPdf::Way way) {
      if (way == archive::ArchivedPdf::Way::untouched && is_the_original)
        return std::vector<archive::EmbeddedFile>();
      return enclosures(request, descriptors, records, {word_for(way), ""});
    };
    const archive::ArchivedPdf made = from_received(input, output, metadata, layers, wanted, embedded);
    if (made.way != archive::ArchivedPdf::Way::refused) return {word_for(made.way), ""};
    rendering.why_not = made.why_not;
    if (ftruncate(output, 0) != 0 || lseek(output, 0, SEEK_SET) != 0)
      throw Error("cannot rewind the archive file");
  }
  const auto pictures = static_cast<archive::PictureChoice>(request.at("pictures").get<int>());
  const auto reader = all_pictures ? nullptr : open_pages(input, format, limits);
  archive::PdfaWriter writer(metadata, descriptors.at(5));
  for_each_page(
      descriptors.at(1),
      [&](SpooledPage page) {
        if (page.picture.bytes.empty())
          page.picture = rendered_picture(*reader, page.record.number, page.text, pictures);
        withhold_from_storage(page.text);
        writer.add_page(page.picture, page.text);
      },
      wanted);
  for (const archive::EmbeddedFile& file : enclosures(request, descriptors, records, rendering))
    writer.embed(file);
  writer.write(output);
  return rendering;
}

/// The tenant's type model. It only proposes: without one that can be read, documents are filed all the same,
/// and more of them go to the review list. The service says at its start that it is damaged.
std::optional<TypeModel> usable_model(const std::string& file) {
  try {
    return TypeModel::load(file);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

json finish_job(const json& request, const std::vector<int>& descriptors,
                const archive::FormatSignatures& signatures) {
  SpooledPages pages = read_spool(descriptors.at(1), request.at("pages").get<std::vector<int>>());
  Classification classification;
  if (request.contains("file_plan")) {
    const auto plan = archive::parse_stored_file_plan(request.at("file_plan").get<std::string>());
    const std::size_t model_descriptor = original_descriptor + (request.contains("original") ? 1 : 0);
    const std::optional<TypeModel> model =
        descriptors.size() > model_descriptor
            ? usable_model(fmt::format("/proc/self/fd/{}", descriptors[model_descriptor]))
            : std::nullopt;
    classification = classify(pages.texts, plan, model ? &*model : nullptr,
                              archive::date_from_iso(request.at("received_on").get<std::string>()).value());
  }
  withhold(pages);
  const archive::PdfMetadata metadata{.title = classification.fields.title.empty()
                                                   ? request.at("name").get<std::string>()
                                                   : classification.fields.title,
                                      .author = classification.fields.sender,
                                      .language = request.at("language").get<std::string>(),
                                      .created_utc = request.at("created_utc").get<std::string>(),
                                      .document_id = request.at("document_id").get<std::string>(),
                                      .original_sha256 = request.at("sha256").get<std::string>()};
  const Rendering rendering = render(request, descriptors, metadata, pages);
  write_all(descriptors.at(3), archive::words_to_jsonl(pages.texts));
  write_all(descriptors.at(4), archive::pages_to_text(pages.texts));
  return {{"pages", pages.records},
          {"classification", to_json(classification)},
          {"rendering", rendering.how},
          {"pdfa", pdfa_record(descriptors.at(0), static_cast<Format>(request.at("format").get<int>()),
                               descriptors.at(2), request.value("verapdf", ""))},
          {"why_not", rendering.why_not},
          {"format_id", to_json(signatures.identify(descriptors.at(2), "archive.pdf"))},
          {"signatures", signatures.edition()}};
}

}  // namespace eakte::ingest

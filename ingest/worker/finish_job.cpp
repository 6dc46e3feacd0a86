#include "ingest/worker/finish_job.h"

#include <fmt/format.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "archive/mapped_file.h"
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

/// The received PDF, or the wanted pages of it, made conforming. `scratch` takes these pages.
archive::ArchivedPdf from_received(int input, int output, int scratch, const archive::PdfMetadata& metadata,
                                   const std::vector<archive::PageTextLayer>& layers,
                                   const std::vector<int>& wanted, const archive::FilesToEmbed& embedded) {
  if (!wanted.empty()) archive::take_pages(input, scratch, wanted);
  const int whole = wanted.empty() ? input : scratch;
  std::set<int> other_text;
  for (const archive::PageTextLayer& layer : layers) other_text.insert(layer.page);
  const auto accept = [&](const archive::MappedFile& result) {
    return have_same_text(whole, result, other_text);
  };
  return archive::make_pdfa_from_pdf(whole, output, metadata, layers, accept, embedded);
}

/// Calls `visit` with the chosen pages of the spool, or all, numbered as in the new document.
void for_each_chosen(int spool, const std::vector<int>& wanted,
                     const std::function<void(SpooledPage)>& visit) {
  int count = 0;
  for_each_page(
      spool,
      [&](SpooledPage page) {
        const int expected = wanted.empty() ? count + 1 : wanted.at(static_cast<std::size_t>(count));
        if (page.record.number != expected) throw Error("page spool: pages out of order");
        ++count;
        if (!wanted.empty()) {
          page.record.original_page = page.record.number;
          page.record.number = count;
        }
        visit(std::move(page));
      },
      wanted);
}

/// What is to be known of the pages before the archive file can be made; not their words, which may be many.
struct SpooledPages {
  int spool = -1;
  std::vector<int> wanted;  ///< as in the request
  json records = json::array();
  PagesToClassify to_classify;
  std::set<int> with_words;  ///< recognised ones
  bool all_pictures = true;  ///< each page has a picture of its own
  bool withheld = false;     ///< there were words that must not be stored
};

/// Goes through the spool once, and writes the renditions of words and text on the way. What identifies a
/// card is seen by the classifier, which marks its page, and kept nowhere (ID-01).
SpooledPages read_spool(const json& request, const std::vector<int>& descriptors) {
  SpooledPages pages;
  pages.spool = descriptors.at(1);
  pages.wanted = request.at("pages").get<std::vector<int>>();
  for_each_chosen(pages.spool, pages.wanted, [&](SpooledPage page) {
    pages.to_classify.add(page.text);
    const std::size_t before = page.text.words.size();
    withhold_from_storage(page.text);
    pages.withheld |= page.text.words.size() != before;
    if (page.picture.bytes.empty()) pages.all_pictures = false;
    if (!page.record.born_digital && !page.text.words.empty()) pages.with_words.insert(page.record.number);
    pages.records.push_back(to_json(page.record));
    write_all(descriptors.at(3), archive::page_to_jsonl(page.text, page.record.number));
    write_all(descriptors.at(4), archive::page_to_text(page.text));
  });
  return pages;
}

/// The words of the pages that were recognised.
std::vector<archive::PageTextLayer> text_layers(const SpooledPages& pages) {
  std::vector<archive::PageTextLayer> layers;
  for_each_chosen(pages.spool, pages.wanted, [&](SpooledPage page) {
    if (page.record.born_digital) return;
    withhold_from_storage(page.text);
    layers.push_back({.page = page.record.number, .text = std::move(page.text)});
  });
  return layers;
}

/// Renders the archive file: from pictures where all pages have one; else the received PDF made conforming;
/// else, when that is not possible, pictures of its pages. A PDF whose own words must not be stored becomes
/// pictures, too, whatever it could be. Descriptors as for finish.
Rendering render(const json& request, const std::vector<int>& descriptors,
                 const archive::PdfMetadata& metadata, const SpooledPages& pages) {
  const json& records = pages.records;
  const bool all_pictures = pages.all_pictures;
  const int input = descriptors.at(0);
  const int output = descriptors.at(2);
  const int scratch = descriptors.at(5);
  Rendering rendering{all_pictures ? "pictures" : "rasterised", ""};
  const auto format = static_cast<Format>(request.at("format").get<int>());
  const ReadLimits limits = limits_from(request.at("limits"));
  // The pages of several files may be on their way into one: then `input` is only the first of them.
  const bool is_one_pdf =
      format == Format::pdf && open_pages(input, format, limits)->page_count() == std::ssize(records);
  if (pages.withheld) {
    if (is_one_pdf) rendering.why_not = "the words of an identity document are not stored";
  } else if (all_pictures) {
    if (is_one_pdf && archive::keep_pdfa(input, output, pages.with_words)) return {"untouched", ""};
  } else {
    const bool is_the_original = request.at("input_is_original").get<bool>();
    const auto embedded = [&](archive::ArchivedPdf::Way way) {
      if (way == archive::ArchivedPdf::Way::untouched && is_the_original)
        return std::vector<archive::EmbeddedFile>();
      return enclosures(request, descriptors, records, {word_for(way), ""});
    };
    const archive::ArchivedPdf made =
        from_received(input, output, scratch, metadata, text_layers(pages), pages.wanted, embedded);
    if (made.way != archive::ArchivedPdf::Way::refused) return {word_for(made.way), ""};
    rendering.why_not = made.why_not;
  }
  const auto pictures = static_cast<archive::PictureChoice>(request.at("pictures").get<int>());
  const auto reader = all_pictures ? nullptr : open_pages(input, format, limits);
  archive::PdfaWriter writer(metadata, scratch);
  for_each_page(
      pages.spool,
      [&](SpooledPage page) {
        if (page.picture.bytes.empty())
          page.picture = rendered_picture(*reader, page.record.number, page.text, pictures);
        withhold_from_storage(page.text);
        writer.add_page(page.picture, page.text);
      },
      pages.wanted);
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
  const SpooledPages pages = read_spool(request, descriptors);
  Classification classification;
  if (request.contains("file_plan")) {
    const auto plan = archive::parse_stored_file_plan(request.at("file_plan").get<std::string>());
    const std::size_t model_descriptor = original_descriptor + (request.contains("original") ? 1 : 0);
    const std::optional<TypeModel> model =
        descriptors.size() > model_descriptor
            ? usable_model(fmt::format("/proc/self/fd/{}", descriptors[model_descriptor]))
            : std::nullopt;
    classification = classify(pages.to_classify, plan, model ? &*model : nullptr,
                              archive::date_from_iso(request.at("received_on").get<std::string>()).value());
  }
  const archive::PdfMetadata metadata{.title = classification.fields.title.empty()
                                                   ? request.at("name").get<std::string>()
                                                   : classification.fields.title,
                                      .author = classification.fields.sender,
                                      .language = request.at("language").get<std::string>(),
                                      .created_utc = request.at("created_utc").get<std::string>(),
                                      .document_id = request.at("document_id").get<std::string>(),
                                      .original_sha256 = request.at("sha256").get<std::string>()};
  const Rendering rendering = render(request, descriptors, metadata, pages);
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

#include "ingest/worker/jobs.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>
#include <set>

#include "archive/page_words.h"
#include "archive/pdfa.h"
#include "index/identity_lock.h"
#include "ingest/classify.h"
#include "ingest/classify/identity_document.h"
#include "ingest/error.h"
#include "ingest/formats/pdf_comparison.h"
#include "ingest/intake_queue.h"
#include "ingest/layers/archive_picture.h"
#include "ingest/page_reader.h"
#include "ingest/separators.h"
#include "ingest/worker/channel.h"
#include "ingest/worker/file_plan_job.h"
#include "ingest/worker/json_values.h"
#include "ingest/worker/message_job.h"
#include "ingest/worker/package_job.h"
#include "ingest/worker/office_job.h"
#include "ingest/worker/page_spool.h"
#include "ingest/worker/pdfa_record.h"
#include "ocr/codes.h"
#include "ocr/languages.h"
#include "ocr/read_page.h"

namespace eakte::ingest {
namespace {

using nlohmann::json;

ReadLimits limits_from(const json& value) {
  ReadLimits limits;
  limits.pixels_per_page = value.at("pixels_per_page").get<std::int64_t>();
  limits.pages = value.at("pages").get<int>();
  limits.archive_members = value.at("archive_members").get<int>();
  limits.archive_bytes = value.at("archive_bytes").get<std::int64_t>();
  limits.archive_ratio = value.at("archive_ratio").get<std::int64_t>();
  limits.drawn_words_stand = value.at("drawn_words_stand").get<bool>();
  return limits;
}

/// inspect: what is it, how many pages (0: not known without unpacking or an office program). Descriptors:
/// input.
json inspect(const json& request, const std::vector<int>& descriptors,
             const archive::FormatSignatures& signatures) {
  const int input = descriptors.at(0);
  const auto name = request.at("name").get<std::string>();
  const Format format = detect_format(input, name);
  if (format == Format::empty) throw Refused("empty_file", "no bytes");
  if (format == Format::unknown) throw Refused("unknown_type", "no format that is taken");
  const int pages = format == Format::archive || is_office(format)
                        ? 0
                        : open_pages(input, format, limits_from(request.at("limits")))->page_count();
  return {{"format", static_cast<int>(format)},
          {"pages", pages},
          {"format_id", to_json(signatures.identify(input, name))}};
}

/// Boxes of a page that was read after `turns` clockwise quarter turns, on the page as it was before.
ocr::PageText turned_back(ocr::PageText text, int turns) {
  for (; turns > 0; --turns) {
    for (ocr::Word& word : text.words) {
      const ocr::Box box = word.box;
      // A clockwise quarter turn takes (x, y) to (height - y, x); this undoes it.
      word.box = {box.top, text.width - box.left - box.width, box.height, box.width};
    }
    std::swap(text.width, text.height);
  }
  return text;
}

/// The picture of a page that has none of its own, for the archive file.
archive::PagePicture rendered_picture(PageReader& reader, int number, const ocr::PageText& text,
                                      archive::PictureChoice pictures) {
  constexpr int dpi = 300;
  ReceivedPage page;
  page.image = reader.render(number, dpi);
  page.must_be_coded = true;
  return archive_picture(std::move(page), 0, text, pictures).picture;
}

/// Whether there is more on a page of words than words: a picture, a drawing, a code.
bool has_ink_beside(PageReader& reader, int number, const ocr::PageText& text) {
  constexpr int glance_dpi = 40;
  constexpr double least_mm2 = 20;  // half of the smallest code worth looking for
  const ocr::PageImage glance = reader.render(number, glance_dpi);
  cv::Mat grey = glance.pixels.clone();
  if (grey.channels() == 3) cv::cvtColor(glance.pixels, grey, cv::COLOR_BGR2GRAY);
  const double scale = static_cast<double>(glance.dpi) / text.dpi;
  for (const ocr::Word& word : text.words) {
    const cv::Point2d corner(word.box.left * scale - 1, word.box.top * scale - 1);
    const cv::Point2d size(word.box.width * scale + 2, word.box.height * scale + 2);
    cv::rectangle(grey, cv::Point(corner), cv::Point(corner + size), cv::Scalar(255), cv::FILLED);
  }
  const double mm = 25.4 / glance.dpi;
  return cv::countNonZero(grey < 160) * mm * mm > least_mm2;
}

/// The codes on a page that has words but no picture of its own, in pixels of the page as its words are told.
std::vector<ocr::Code> codes_beside_words(PageReader& reader, int number, const ocr::PageText& text) {
  constexpr int dpi = 200;
  if (!has_ink_beside(reader, number, text)) return {};
  const ocr::PageImage drawn = reader.render(number, dpi);
  std::vector<ocr::Code> codes = ocr::find_codes(drawn);
  const auto scaled = [&](int value) {
    return static_cast<int>(std::lround(static_cast<double>(value) * text.dpi / drawn.dpi));
  };
  for (ocr::Code& code : codes)
    code.box = {scaled(code.box.left), scaled(code.box.top), scaled(code.box.width), scaled(code.box.height)};
  return codes;
}

/// Marks a page with a machine readable zone (§ 20 (3) PAuswG, § 17 PaßG), whose codes are not kept: what was
/// read from an identity document automatically must not be stored.
void mark(archive::PageRecord& record, const ocr::PageText& text, std::vector<ocr::Code> codes) {
  const std::string plain = ocr::plain_text(text);
  if (index::without_identity_numbers(plain, {}) != plain) {
    record.marks = R"(["identity_document"])";
    std::erase_if(codes, [](const ocr::Code& code) { return code.symbology != ocr::Symbology::patch; });
  }
  std::erase_if(codes, [](const ocr::Code& code) {
    return code.text.size() > 4000 || index::without_identity_numbers(code.text, {}) != code.text;
  });
  constexpr std::size_t most = 12;  // a page of labels is not worth more
  if (codes.size() > most) codes.resize(most);
  record.codes = codes_to_json(codes);
}

/// The record of a page with what was done to its picture.
std::string steps_with(std::vector<ocr::CleanupStep> steps, const ocr::CleanupStep& step) {
  steps.push_back(step);
  return steps_to_json(steps);
}

ocr::ReadPage read_picture(Recognizers& recognizers, const std::string& languages,
                           const ocr::PageImage& image) {
  if (languages != ocr::automatic_languages) return ocr::read_page(recognizers.get(languages), image);
  return ocr::read_page_in_its_language([&](const std::string& wanted) { return recognizers.find(wanted); },
                                        image);
}

SpooledPage read_one(PageReader& reader, int number, Recognizers& recognizers, const std::string& languages,
                     archive::PictureChoice pictures) {
  ReceivedPage received = reader.read(number);
  const bool stays_in_its_pdf = received.picture.bytes.empty() && !received.must_be_coded;
  SpooledPage page;
  page.record.number = number;
  page.record.steps = "[]";
  std::vector<ocr::Code> codes;
  if (received.text) {
    page.text = std::move(*received.text);
    codes = codes_beside_words(reader, number, page.text);
    page.picture = std::move(received.picture);
    page.record.born_digital = true;
    page.record.confidence = 1;
  } else {
    ocr::ReadPage read = read_picture(recognizers, languages, received.image);
    page.record.blank = read.blank;
    page.record.confidence = read.text.confidence;
    const int shown_turns = stays_in_its_pdf ? 0 : read.quarter_turns;
    if (!read.blank) codes = ocr::find_codes(ocr::turned(received.image, shown_turns));
    if (stays_in_its_pdf) {
      // The page of the received PDF is kept as it stands, so its words are told in its own orientation.
      page.picture = std::move(received.picture);
      page.text = turned_back(std::move(read.text), read.quarter_turns);
      page.record.steps = steps_to_json(read.steps);
    } else {
      ArchivePicture made = archive_picture(std::move(received), read.quarter_turns, read.text, pictures);
      page.picture = std::move(made.picture);
      page.text = std::move(read.text);
      page.record.quarter_turns = read.quarter_turns;
      page.record.steps = steps_with(std::move(read.steps), made.step);
    }
  }
  page.record.width = page.text.width;
  page.record.height = page.text.height;
  page.record.dpi = page.text.dpi;
  mark(page.record, page.text, std::move(codes));
  return page;
}

/// read: pages first..last through reading, cleaning and recognising into the spool; notes the number of each
/// page done and replies with their records. Descriptors: input, spool.
json read_pages(const json& request, const std::vector<int>& descriptors, Recognizers& recognizers,
                const std::function<void(std::string_view)>& note) {
  const auto format = static_cast<Format>(request.at("format").get<int>());
  const auto reader = open_pages(descriptors.at(0), format, limits_from(request.at("limits")));
  const auto languages = request.at("languages").get<std::string>();
  recognizers.reset();
  const bool every_picture = request.at("every_picture").get<bool>();
  const int pages_before = request.at("pages_before").get<int>();
  json records = json::array();
  const auto pictures = static_cast<archive::PictureChoice>(request.at("pictures").get<int>());
  for (int number = request.at("first").get<int>(); number <= request.at("last").get<int>(); ++number) {
    SpooledPage page = read_one(*reader, number, recognizers, languages, pictures);
    if (every_picture && page.picture.bytes.empty())
      page.picture = rendered_picture(*reader, number, page.text, pictures);
    page.record.number += pages_before;
    append_page(descriptors.at(1), page);
    records.push_back(to_json(page.record));
    note(std::to_string(number));
  }
  return {{"pages", records}};
}

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

/// What a PDF/A-3 carries beside its pages: the received file and what was done to make the PDF of it.
void embed_original(archive::PdfaWriter& writer, const json& request, int input, const json& records,
                    const Rendering& rendering) {
  const auto format = static_cast<Format>(request.at("format").get<int>());
  const auto name = request.at("name").get<std::string>();
  writer.embed({.name = name.empty() ? "Original" : name,
                .media_type = std::string(media_type_of(format)),
                .description = "Original, wie es empfangen wurde",
                .relationship = "Source",
                .descriptor = input,
                .bytes = {}});
  const json record{
      {"program", "eakte"},
      {"document", request.at("document_id")},
      {"created", request.at("created_utc")},
      {"received_on", request.at("received_on")},
      {"original", {{"name", name}, {"media_type", media_type_of(format)}, {"sha256", request.at("sha256")}}},
      {"rendering", rendering.how},
      {"why_not", rendering.why_not},
      {"pictures", name_of(static_cast<archive::PictureChoice>(request.at("pictures").get<int>()))},
      {"pages", records}};
  writer.embed({.name = "Verarbeitung.json",
                .media_type = "application/json",
                .description = "Verarbeitungsprotokoll",
                .relationship = "Supplement",
                .descriptor = -1,
                .bytes = record.dump(1)});
}

/// The received PDF, or the wanted pages of it, made conforming.
archive::ArchivedPdf from_received(int input, int output, const archive::PdfMetadata& metadata,
                                   const std::vector<archive::PageTextLayer>& layers,
                                   const std::vector<int>& wanted) {
  Descriptor part;
  if (!wanted.empty()) {
    part = Descriptor(memfd_create("part", MFD_CLOEXEC));
    archive::take_pages(input, part.get(), wanted);
  }
  const int whole = wanted.empty() ? input : part.get();
  std::set<int> other_text;
  for (const archive::PageTextLayer& layer : layers) other_text.insert(layer.page);
  return archive::make_pdfa_from_pdf(whole, output, metadata, layers, [&](std::string_view result) {
    return have_same_text(whole, result, other_text);
  });
}

/// Renders the archive file: from pictures where all pages have one; else the received PDF made conforming;
/// else, when that is not possible, pictures of its pages. Descriptors as for finish.
Rendering render(const json& request, const std::vector<int>& descriptors,
                 const archive::PdfMetadata& metadata, const std::vector<archive::PageTextLayer>& layers,
                 const json& records, const std::vector<int>& wanted, bool all_pictures) {
  const int input = descriptors.at(0);
  const int output = descriptors.at(2);
  Rendering rendering{all_pictures ? "pictures" : "rasterised", ""};
  const auto format = static_cast<Format>(request.at("format").get<int>());
  const ReadLimits limits = limits_from(request.at("limits"));
  // The pages of several files may be on their way into one: then `input` is only the first of them.
  const bool is_one_pdf =
      format == Format::pdf && open_pages(input, format, limits)->page_count() == std::ssize(records);
  if (all_pictures && is_one_pdf && archive::keep_pdfa(input, output, layers)) return {"untouched", ""};
  if (!all_pictures) {
    const archive::ArchivedPdf made = from_received(input, output, metadata, layers, wanted);
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
  const auto level = static_cast<archive::PdfaLevel>(request.at("level").get<int>());
  if (level == archive::PdfaLevel::a3u) embed_original(writer, request, input, records, rendering);
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

/// finish: classifies, renders, and writes words and text, of all pages or of the chosen ones. Descriptors:
/// input, spool, PDF/A, words, text, scratch, and the type model where there is one.
json finish(const json& request, const std::vector<int>& descriptors,
            const archive::FormatSignatures& signatures) {
  const int spool = descriptors.at(1);
  const auto wanted = request.at("pages").get<std::vector<int>>();
  std::vector<ocr::PageText> texts;
  std::vector<archive::PageTextLayer> layers;
  json records = json::array();
  bool all_pictures = true;
  for_each_page(
      spool,
      [&](SpooledPage page) {
        const std::size_t position = texts.size();
        const int expected = wanted.empty() ? static_cast<int>(position) + 1 : wanted.at(position);
        if (page.record.number != expected) throw Error("page spool: pages out of order");
        if (!wanted.empty()) {
          page.record.original_page = page.record.number;
          page.record.number = static_cast<int>(position) + 1;
        }
        if (page.picture.bytes.empty()) all_pictures = false;
        if (!page.record.born_digital) layers.push_back({.page = page.record.number, .text = page.text});
        records.push_back(to_json(page.record));
        texts.push_back(std::move(page.text));
      },
      wanted);

  Classification classification;
  if (request.contains("file_plan")) {
    const auto plan = archive::parse_stored_file_plan(request.at("file_plan").get<std::string>());
    const std::optional<TypeModel> model =
        descriptors.size() > 6 ? usable_model(fmt::format("/proc/self/fd/{}", descriptors[6])) : std::nullopt;
    classification = classify(texts, plan, model ? &*model : nullptr,
                              archive::date_from_iso(request.at("received_on").get<std::string>()).value());
  }
  // What identifies a card is seen by the classifier, which marks its page, and kept nowhere (ID-01).
  for (ocr::PageText& text : texts) withhold_from_storage(text);
  for (archive::PageTextLayer& layer : layers) withhold_from_storage(layer.text);
  const archive::PdfMetadata metadata{.title = classification.fields.title.empty()
                                                   ? request.at("name").get<std::string>()
                                                   : classification.fields.title,
                                      .author = classification.fields.sender,
                                      .language = request.at("language").get<std::string>(),
                                      .created_utc = request.at("created_utc").get<std::string>(),
                                      .document_id = request.at("document_id").get<std::string>(),
                                      .original_sha256 = request.at("sha256").get<std::string>()};
  const Rendering rendering = render(request, descriptors, metadata, layers, records, wanted, all_pictures);
  write_all(descriptors.at(3), archive::words_to_jsonl(texts));
  write_all(descriptors.at(4), archive::pages_to_text(texts));
  return {{"pages", records},
          {"classification", to_json(classification)},
          {"rendering", rendering.how},
          {"pdfa", pdfa_record(descriptors.at(0), static_cast<Format>(request.at("format").get<int>()),
                               descriptors.at(2), request.value("verapdf", ""))},
          {"why_not", rendering.why_not},
          {"format_id", to_json(signatures.identify(descriptors.at(2), "archive.pdf"))},
          {"signatures", signatures.edition()}};
}

/// office: the PDF an office program makes of the file. Descriptors: input, output.
json office(const json& request, const std::vector<int>& descriptors) {
  const bool found = office_to_pdf(descriptors.at(0), static_cast<Format>(request.at("format").get<int>()),
                                   request.at("program").get<std::string>(),
                                   limits_from(request.at("limits")), descriptors.at(1));
  return {{"program_found", found}};
}

/// unpack: all members one after the other into one file. Descriptors: input, output.
json unpack_members(const json& request, const std::vector<int>& descriptors) {
  const int output = descriptors.at(1);
  json members = json::array();
  const auto position = [&] { return static_cast<std::int64_t>(lseek(output, 0, SEEK_CUR)); };
  const auto end_last = [&] {
    if (!members.empty()) members.back()["end"] = position();
  };
  unpack(descriptors.at(0), limits_from(request.at("limits")), [&](const Member& member) {
    end_last();
    members.push_back({{"name", displayable(member.name)}, {"begin", position()}});
    return output;
  });
  end_last();
  if (members.empty()) throw Refused("archive_empty", "no regular file in the archive");
  return {{"members", members}};
}

/// picture: a page for the screen; the reply is the JPEG. Descriptors: input.
std::string page_picture(const json& request, const std::vector<int>& descriptors) {
  const int width = std::clamp(request.at("width").get<int>(), 50, 4000);
  const int input = descriptors.at(0);
  const auto reader = open_pages(input, detect_format(input), {});
  constexpr double usual_width_inches = 210 / 25.4;
  const int dpi = std::clamp(static_cast<int>(width / usual_width_inches), 20, 400);
  ocr::PageImage image = reader->render(request.at("page").get<int>(), dpi);
  if (image.pixels.cols > width) {
    const int height =
        std::max(1, static_cast<int>(std::int64_t{image.pixels.rows} * width / image.pixels.cols));
    cv::Mat smaller;
    cv::resize(image.pixels, smaller, {width, height}, 0, 0, cv::INTER_AREA);
    image.pixels = smaller;
  }
  constexpr int jpeg_quality = 80;
  return encode_jpeg(image, jpeg_quality);
}

}  // namespace

Recognizers::Recognizers(const std::string& languages, bool few_pages) : few_pages_(few_pages) {
  get(languages == ocr::automatic_languages ? std::string(ocr::usual_languages) : languages);
}

ocr::Recognizer* Recognizers::find(const std::string& languages) {
  if (const auto warm = loaded_.find(languages); warm != loaded_.end()) return warm->second.get();
  if (installed_.empty()) installed_ = ocr::installed_languages();
  for (std::size_t begin = 0; begin <= languages.size();) {
    const std::size_t end = std::min(languages.find('+', begin), languages.size());
    if (!std::ranges::binary_search(installed_, languages.substr(begin, end - begin))) return nullptr;
    begin = end + 1;
  }
  return &get(languages);
}

ocr::Recognizer& Recognizers::get(const std::string& languages) {
  auto& recognizer = loaded_[languages];
  if (!recognizer)
    recognizer = std::make_unique<ocr::Recognizer>(ocr::RecognizerOptions{
        .languages = languages, .tessdata = {}, .load_orientation_at_once = !few_pages_});
  return *recognizer;
}

void Recognizers::reset() {
  for (const auto& [languages, recognizer] : loaded_) recognizer->reset();
}

std::string run_job(std::string_view request, const std::vector<int>& descriptors, Recognizers& recognizers,
                    const archive::FormatSignatures& signatures,
                    const std::function<void(std::string_view)>& note) {
  const json message = json::parse(request);
  const auto job = message.at("job").get<std::string>();
  if (job == "inspect") return inspect(message, descriptors, signatures).dump();
  if (job == "read") return read_pages(message, descriptors, recognizers, note).dump();
  if (job == "finish") return finish(message, descriptors, signatures).dump();
  if (job == "unpack") return unpack_members(message, descriptors).dump();
  if (job == "office") return office(message, descriptors).dump();
  if (job == "picture") return page_picture(message, descriptors);
  if (job == "message") return read_message_job(message, descriptors);
  if (job == "package") return read_package_job(descriptors);
  if (job == "file_plan") return read_file_plan_job(message, descriptors);
  throw Error("unknown job " + job);
}

}  // namespace eakte::ingest

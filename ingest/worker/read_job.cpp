#include "ingest/worker/read_job.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>

#include "index/identity_lock.h"
#include "ingest/layers/archive_picture.h"
#include "ingest/separators.h"
#include "ingest/worker/json_values.h"
#include "ingest/worker/page_spool.h"
#include "ocr/codes.h"
#include "ocr/languages.h"
#include "ocr/read_page.h"

namespace eakte::ingest {
namespace {

using nlohmann::json;

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

}  // namespace

archive::PagePicture rendered_picture(PageReader& reader, int number, const ocr::PageText& text,
                                      archive::PictureChoice pictures) {
  constexpr int dpi = 300;
  ReceivedPage page;
  page.image = reader.render(number, dpi);
  page.must_be_coded = true;
  return archive_picture(std::move(page), 0, text, pictures).picture;
}

json read_pages_job(const json& request, const std::vector<int>& descriptors, Recognizers& recognizers,
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

}  // namespace eakte::ingest

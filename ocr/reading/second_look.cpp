#include "ocr/reading/second_look.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "ocr/cleanup/survey.h"
#include "ocr/reading/rulings.h"

namespace eakte::ocr::reading {
namespace {

constexpr size_t most_areas = 12;
constexpr int least_letters = 6;       // in an area; fewer are specks or parts of a drawing
constexpr float trusted_word = 0.5F;   // of a word that is added
constexpr float trusted_area = 0.70F;  // of all words of an area

cv::Rect rect_of(const Box& box) { return {box.left, box.top, box.width, box.height}; }

cv::Rect grown(const cv::Rect& rect, int x, int y, const cv::Size& within) {
  return cv::Rect(rect.x - x, rect.y - y, rect.width + 2 * x, rect.height + 2 * y) & cv::Rect({0, 0}, within);
}

/// The letters of which no word was made. A letter may reach over its word's box a little.
std::vector<cv::Rect> unread_letters(const cleanup::Survey& page, const PageText& text) {
  cv::Mat read = cv::Mat::zeros(page.grey.size(), CV_8UC1);
  for (const Word& word : text.words) {
    const cv::Rect box = rect_of(word.box);
    const int reach = box.height / 6 / page.reduction + 1;
    const cv::Rect small(box.x / page.reduction, box.y / page.reduction, box.width / page.reduction + 1,
                         box.height / page.reduction + 1);
    cv::rectangle(read, grown(small, reach, reach, read.size()), 255, cv::FILLED);
  }
  std::vector<cv::Rect> letters = cleanup::usual_letters(page);
  std::erase_if(letters, [&](const cv::Rect& letter) {
    return read.at<uchar>(letter.y + letter.height / 2, letter.x + letter.width / 2) != 0;
  });
  return letters;
}

struct Area {
  cv::Rect box;
  int letters = 0;
};

/// Letters near each other: a letter's height apart in the line, less between the lines.
std::vector<Area> areas_of(const cleanup::Survey& page, const std::vector<cv::Rect>& letters) {
  const int height = std::max(3, static_cast<int>(page.letter_height / page.reduction));
  cv::Mat near = cv::Mat::zeros(page.grey.size(), CV_8UC1);
  for (const cv::Rect& letter : letters)
    cv::rectangle(near, grown(letter, height, height * 3 / 4, near.size()), 255, cv::FILLED);
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centroids;
  const int count = cv::connectedComponentsWithStats(near, labels, stats, centroids, 8, CV_32S);
  std::vector<Area> areas(static_cast<size_t>(count));
  for (const cv::Rect& letter : letters) {
    Area& area =
        areas[static_cast<size_t>(labels.at<int>(letter.y + letter.height / 2, letter.x + letter.width / 2))];
    area.box = area.letters == 0 ? letter : area.box | letter;
    ++area.letters;
  }
  std::erase_if(areas, [](const Area& area) { return area.letters < least_letters; });
  return areas;
}

int letters_in(const Word& word) {
  return static_cast<int>(
      std::count_if(word.text.begin(), word.text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// The words of one area, in pixels of the whole page; nothing when they look like misread drawings.
std::vector<Word> read_area(Recognizer& recognizer, const PageImage& clean, const PageText& text,
                            const cv::Rect& area) {
  PageImage part;
  part.dpi = clean.dpi;
  part.pixels = clean.pixels(area).clone();
  for (const Word& word : text.words) {
    const cv::Rect known = (rect_of(word.box) & area) - area.tl();
    if (known.area() > 0) part.pixels(known).setTo(255);
  }
  remove_rulings(part.pixels, part.dpi / 10.0);
  PageText found = recognizer.recognize(part, Segmentation::block);
  if (found.confidence < trusted_area) return {};
  std::erase_if(found.words, [](const Word& word) {
    return word.confidence < trusted_word || page_confidence({word}) < trusted_word;
  });
  for (Word& word : found.words) {
    word.box.left += area.x;
    word.box.top += area.y;
  }
  return std::move(found.words);
}

}  // namespace

std::vector<cv::Rect> unread_areas(const PageImage& clean, const PageText& text) {
  const cleanup::Survey page = cleanup::survey(clean.pixels);
  if (page.letter_height <= 0) return {};
  std::vector<Area> areas = areas_of(page, unread_letters(page, text));
  std::sort(areas.begin(), areas.end(), [](const Area& a, const Area& b) { return a.letters > b.letters; });
  if (areas.size() > most_areas) areas.resize(most_areas);
  std::vector<cv::Rect> boxes;
  const int margin = static_cast<int>(page.letter_height);
  for (const Area& area : areas) {
    const cv::Rect full(area.box.tl() * page.reduction, area.box.size() * page.reduction);
    boxes.push_back(grown(full, margin, margin / 2, clean.pixels.size()));
  }
  return boxes;
}

SecondLook read_again(Recognizer& recognizer, const PageImage& clean, PageText& text) {
  SecondLook look;
  for (const cv::Rect& area : unread_areas(clean, text)) {
    ++look.areas;
    const std::vector<Word> found = read_area(recognizer, clean, text, area);
    if (found.empty()) continue;
    const int block = text.words.empty() ? 0 : text.words.back().block + 1;
    const int line = text.words.empty() ? 0 : text.words.back().line + 1;
    for (Word word : found) {
      look.gained_letters += letters_in(word);
      word.block += block;
      word.line += line;
      text.words.push_back(std::move(word));
    }
  }
  if (look.gained_letters > 0) text.confidence = page_confidence(text.words);
  return look;
}

}  // namespace eakte::ocr::reading

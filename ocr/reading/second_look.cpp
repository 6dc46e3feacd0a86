#include "ocr/reading/second_look.h"

#include <algorithm>
#include <numeric>
#include <opencv2/imgproc.hpp>

#include "ocr/cleanup/pieces.h"
#include "ocr/cleanup/survey.h"
#include "ocr/reading/rulings.h"
#include "ocr/reading/sideways.h"

namespace eakte::ocr::reading {
namespace {

constexpr size_t most_areas = 12;
constexpr int least_letters = 6;       // in an area; fewer are specks or parts of a drawing
constexpr float trusted_word = 0.5F;   // of a word that is added
constexpr float trusted_area = 0.70F;  // of all words of an area
constexpr int most_in_vain = 3;        // areas without a word, one after the other; then it is a picture
constexpr int lines_to_try = 3;        // of a large area, before all of it is read

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

/// The height of usual print that the resolution stands for (clean_page sets it so).
double letter_height(const PageImage& clean) { return clean.dpi / 10.0; }

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
  const cleanup::Pieces pieces = cleanup::pieces_of(near);
  std::vector<Area> areas(pieces.all.size());
  for (const cv::Rect& letter : letters) {
    const cv::Point middle(letter.x + letter.width / 2, letter.y + letter.height / 2);
    Area& area = areas[static_cast<size_t>(cleanup::piece_at(pieces, middle))];
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

/// Whether some lines in the middle of a large part can be read; a drawing shows there what it is.
bool promising(Recognizer& recognizer, const PageImage& part) {
  const int height = lines_to_try * part.dpi / 4;  // a line of usual print, white and all
  if (part.pixels.rows < 2 * height) return true;
  const cv::Rect middle(0, (part.pixels.rows - height) / 2, part.pixels.cols, height);
  const PageText found = recognizer.recognize({part.pixels(middle).clone(), part.dpi}, Segmentation::block);
  return found.words.empty() || found.confidence >= trusted_word;
}

/// The words of a part of the page as one block; nothing when they look like misread drawings.
std::vector<Word> read_block(Recognizer& recognizer, const PageImage& part) {
  if (!promising(recognizer, part)) return {};
  PageText found = recognizer.recognize(part, Segmentation::block);
  if (found.confidence < trusted_area) return {};
  std::erase_if(found.words, [](const Word& word) {
    return word.confidence < trusted_word || page_confidence({word}) < trusted_word;
  });
  return std::move(found.words);
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
  remove_rulings(part.pixels, letter_height(part));
  std::vector<Word> words = read_block(recognizer, part);
  if (runs_sideways(area, letter_height(part))) {
    // What is tall and narrow may also be a column of numbers.
    std::vector<Word> sideways = read_sideways(recognizer, part);
    if (page_confidence(sideways) > page_confidence(words)) words = std::move(sideways);
  }
  for (Word& word : words) {
    word.box.left += area.x;
    word.box.top += area.y;
  }
  return words;
}

/// Lines that run up or down the page and were read upside down stand for nothing: their letters count as
/// unread.
PageText without(const PageText& text, const std::vector<size_t>& indices) {
  PageText rest = text;
  for (auto i = indices.rbegin(); i != indices.rend(); ++i)
    rest.words.erase(rest.words.begin() + static_cast<std::ptrdiff_t>(*i));
  return rest;
}

/// Takes out the words of `indices` that lie in `area`. What is left of `indices` still names the same words.
void replace_in(std::vector<Word>& words, std::vector<size_t>& indices, const cv::Rect& area) {
  for (size_t at = indices.size(); at-- > 0;) {
    const Box& box = words[indices[at]].box;
    if (!area.contains({box.left + box.width / 2, box.top + box.height / 2})) continue;
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(indices[at]));
    indices.erase(indices.begin() + static_cast<std::ptrdiff_t>(at));
    for (size_t later = at; later < indices.size(); ++later) --indices[later];
  }
}

}  // namespace

cv::Rect busiest_rows(const cv::Mat& clean, int height) {
  const cleanup::Survey page = cleanup::survey(clean);
  if (height >= clean.rows) return {{0, 0}, clean.size()};
  std::vector<int> above(static_cast<size_t>(page.grey.rows) + 1, 0);  // letters that begin above a row
  for (const cv::Rect& letter : cleanup::usual_letters(page)) ++above[static_cast<size_t>(letter.y) + 1];
  std::partial_sum(above.begin(), above.end(), above.begin());
  const int window = std::min(std::max(1, height / page.reduction), page.grey.rows);
  int best = 0;
  const auto letters = [&](int top) {
    return above[static_cast<size_t>(top + window)] - above[static_cast<size_t>(top)];
  };
  for (int top = 1; top + window <= page.grey.rows; ++top) {
    if (letters(top) > letters(best)) best = top;
  }
  return cv::Rect(0, best * page.reduction, clean.cols, height) & cv::Rect({0, 0}, clean.size());
}

double unread_share(const PageImage& clean, const PageText& text) {
  const cleanup::Survey page = cleanup::survey(clean.pixels);
  const auto all = static_cast<double>(cleanup::usual_letters(page).size());
  return all == 0 ? 0 : static_cast<double>(unread_letters(page, text).size()) / all;
}

std::vector<cv::Rect> unread_areas(const PageImage& clean, const PageText& text) {
  const cleanup::Survey page = cleanup::survey(clean.pixels);
  if (page.letter_height <= 0) return {};
  const std::vector<cv::Rect> letters = unread_letters(page, text);
  if (std::ssize(letters) < least_letters) return {};
  std::vector<Area> areas = areas_of(page, letters);
  std::sort(areas.begin(), areas.end(), [](const Area& a, const Area& b) { return a.letters > b.letters; });
  if (areas.size() > most_areas) areas.resize(most_areas);
  std::vector<cv::Rect> boxes;
  const int margin = static_cast<int>(page.letter_height);
  for (const Area& area : areas) {
    const cv::Rect full(area.box.tl() * page.reduction, area.box.size() * page.reduction);
    // White before and behind a line helps the recogniser more than white above and below.
    const bool upended = runs_sideways(full, page.letter_height);
    boxes.push_back(
        grown(full, upended ? margin / 2 : margin, upended ? margin : margin / 2, clean.pixels.size()));
  }
  return boxes;
}

SecondLook read_again(Recognizer& recognizer, const PageImage& clean, PageText& text) {
  SecondLook look;
  int in_vain = 0;
  std::vector<size_t> misread = misread_sideways(text.words);
  const PageText known = without(text, misread);
  for (const cv::Rect& area : unread_areas(clean, known)) {
    const bool sideways = runs_sideways(area, letter_height(clean));
    if (!sideways && in_vain == most_in_vain) continue;
    ++look.areas;
    const std::vector<Word> found = read_area(recognizer, clean, known, area);
    if (!sideways) in_vain = found.empty() ? in_vain + 1 : 0;
    if (found.empty()) continue;
    replace_in(text.words, misread, area);
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

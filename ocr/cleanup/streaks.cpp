#include "ocr/cleanup/streaks.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "ocr/cleanup/noise.h"

namespace eakte::ocr::cleanup {
namespace {

constexpr int most_rows = 3;            // of a streak
constexpr int run_share = 5;            // a black streak is at least this part of the page's width long
constexpr int parts = 8;                // of the width, in each of which gaps are looked for
constexpr int least_cut = 20;           // columns a gap cuts through
constexpr double passed_over = 0.05;    // share of black that may be left in a gap
constexpr double least_crossed = 0.03;  // share of a black streak's columns that letters cross
constexpr double least_level = 0.95;    // share of a black streak's box that is black
constexpr int beyond_ruling = 3;        // rows from a streak; a worn, slightly tilted ruling ends before
constexpr double surely_many = 10;

struct Repair {
  cv::Mat ink;  ///< 255 where black
  Streaks found;
};

/// Marks the runs of `row` that are at least `least` long.
void mark_runs(const std::uint8_t* row, std::uint8_t* marks, int width, int least) {
  for (int x = 0; x < width; ++x) {
    if (row[x] == 0) continue;
    const int from = x;
    while (x < width && row[x] != 0) ++x;
    if (x - from >= least) std::fill(marks + from, marks + x, std::uint8_t{255});
  }
}

/// Keeps what is at most three rows high.
void keep_thin(cv::Mat runs) {
  if (runs.rows <= most_rows) return;
  cv::Mat thick;
  cv::morphologyEx(runs, thick, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {1, most_rows + 1}),
                   {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
  runs.setTo(0, thick);
}

/// Long runs of at most three rows.
cv::Mat thin_runs(const cv::Mat& ink) {
  const int least = ink.cols / run_share;
  cv::Mat marks = cv::Mat::zeros(ink.size(), CV_8UC1);
  int first = 0;  // of the rows that may have runs
  for (int y = 0; y <= ink.rows; ++y) {
    if (y < ink.rows && cv::countNonZero(ink.row(y)) >= least) {
      mark_runs(ink.ptr<std::uint8_t>(y), marks.ptr<std::uint8_t>(y), ink.cols, least);
      continue;
    }
    if (y - first > most_rows && cv::countNonZero(marks.rowRange(first, y)) > 0)
      keep_thin(marks.rowRange(first, y));
    first = y + 1;
  }
  return marks;
}

/// Whether the runs of these rows fill their box: a tilted ruling has steps.
bool is_level(const cv::Mat& runs, const cv::Mat& columns) {
  return cv::countNonZero(runs) >= least_level * runs.rows * cv::countNonZero(columns);
}

/// Whether letters cross a run: columns that are black both above and below it.
bool is_crossed(const cv::Mat& ink, const cv::Mat& columns, int top, int bottom) {
  const int above = top - 1 - beyond_ruling;
  const int below = bottom + beyond_ruling;
  if (above < 0 || below >= ink.rows) return false;
  const cv::Mat across = ink.row(above) & ink.row(below) & columns;
  return cv::countNonZero(across) >= least_crossed * cv::countNonZero(columns);
}

/// Takes level runs out of rows `top` up to `bottom`, but for what is black above and below.
void take_out(Repair& repair, const cv::Mat& all_runs, int top, int bottom) {
  const cv::Mat runs = all_runs.rowRange(top, bottom);
  cv::Mat columns;
  cv::reduce(runs, columns, 0, cv::REDUCE_MAX);
  if (!is_level(runs, columns)) return;
  if (is_crossed(repair.ink, columns, top, bottom)) ++repair.found.black;
  const cv::Mat across = repair.ink.row(top - 1) & repair.ink.row(bottom);
  for (int y = top; y < bottom; ++y) across.copyTo(repair.ink.row(y), all_runs.row(y));
}

void take_out_runs(Repair& repair) {
  const cv::Mat runs = thin_runs(repair.ink);
  for (int y = 1; y + 1 < runs.rows; ++y) {
    const int top = y;
    while (y + 1 < runs.rows && cv::countNonZero(runs.row(y)) > 0) ++y;
    if (y > top) take_out(repair, runs, top, y);
  }
}

/// How many rows from `y` on are white where the rows before and behind them are black; 0 if it is no gap.
int rows_cut(const cv::Mat& part, int y) {
  const cv::Mat above = part.row(y - 1);
  const int black = cv::countNonZero(above);
  if (black < least_cut) return 0;
  int left = 0;
  for (int rows = 1; rows <= most_rows && y + rows < part.rows; ++rows) {
    left += cv::countNonZero(part.row(y + rows - 1));
    if (left > passed_over * black) return 0;
    const int both = cv::countNonZero(above & part.row(y + rows));
    if (both >= least_cut && left <= passed_over * both) return rows;
  }
  return 0;
}

void close_gaps(Repair& repair) {
  for (int i = 0; i < parts; ++i) {
    const int left = repair.ink.cols * i / parts;
    cv::Mat part = repair.ink.colRange(left, repair.ink.cols * (i + 1) / parts);
    for (int y = 1; y + 1 < part.rows; ++y) {
      const int rows = rows_cut(part, y);
      if (rows == 0) continue;
      const cv::Mat across = part.row(y - 1) & part.row(y + rows);
      for (int row = y; row < y + rows; ++row) part.row(row).setTo(255, across);
      ++repair.found.white;
      y += rows;
    }
  }
}

Repair repaired(const cv::Mat& grey) {
  Repair repair;
  cv::threshold(grey, repair.ink, 127, 255, cv::THRESH_BINARY_INV);
  close_gaps(repair);  // first: what is left of a tilted ruling has gaps
  take_out_runs(repair);
  return repair;
}

}  // namespace

Streaks find_streaks(const cv::Mat& grey) {
  if (!is_black_and_white(grey)) return {};
  Streaks found = repaired(grey).found;
  found.confidence = std::min(1.0, (found.black + found.white) / surely_many);
  return found;
}

cv::Mat without_streaks(const cv::Mat& grey) { return ~repaired(grey).ink; }

}  // namespace eakte::ocr::cleanup

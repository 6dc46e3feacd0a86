#pragma once
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <vector>

namespace eakte::ocr::cleanup {

/// A connected piece of a black and white picture.
struct Piece {
  cv::Rect box;
  int area = 0;  ///< pixels
};

/// Pixels `begin` to before `end` of row `y`, all of one piece.
struct Run {
  int y = 0;
  int begin = 0;
  int end = 0;
  int piece = 0;  ///< index into Pieces::all
};

struct Pieces {
  std::vector<Piece> all;
  std::vector<Run> runs;  ///< row by row, from left to right
};

/// The pieces of set pixels of `picture` (CV_8UC1), connected also over corners. By runs and union-find
/// (L. He, Y. Chao, K. Suzuki, A run-based two-scan labeling algorithm, 2008): on pages, which are mostly
/// paper, several times faster than labelling all pixels. Runs shorter than `least_run` do not count.
Pieces pieces_of(const cv::Mat& picture, int least_run = 1);

/// Which piece the pixel at `point` is of; -1 where it is not set.
int piece_at(const Pieces& pieces, cv::Point point);

/// Sets the pixels of the chosen pieces in `mask`, which is as large as the picture.
void draw(const Pieces& pieces, const std::vector<bool>& chosen, cv::Mat& mask);

}  // namespace eakte::ocr::cleanup

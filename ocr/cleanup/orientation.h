#pragma once
#include "ocr/cleanup/survey.h"

namespace eakte::ocr::cleanup {

/// What the shapes on the page say about the way it stands, without reading it.
struct Stance {
  /// -1..1: above 0 the lines run from left to right or right to left, below 0 up or down.
  double level = 0;
  int level_evidence = 0;  ///< pairs of neighbours it rests on
  /// -1..1: above 0 the page stands upright, below 0 on its head. Holds for a page with level lines only.
  double upright = 0;
  int upright_evidence = 0;  ///< pairs of neighbours it rests on
};

/// Looks at pairs of neighbouring letters. Letters of a word are closer than lines are, so the direction to
/// the nearest neighbour is that of the text (docstrum, O'Gorman 1993). In Latin script capitals, digits and
/// ascenders are several times as frequent as descenders, so unequal neighbours usually share the lower edge
/// (compare Bloomberg, Kopec, Dasari 1995, who count ascenders and descenders).
Stance find_stance(const Survey& page);

}  // namespace eakte::ocr::cleanup

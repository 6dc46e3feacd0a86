#pragma once
#include <string>
#include <vector>

namespace eakte::ingest {

/// A value read off the document with the reader's belief in it.
struct Finding {
  std::string value;
  double confidence = 0;  ///< 0..1
  std::string reason;     ///< German, for people
};

/// Orders by confidence, best first, and keeps the best of equal values.
void rank(std::vector<Finding>& findings);

}  // namespace eakte::ingest

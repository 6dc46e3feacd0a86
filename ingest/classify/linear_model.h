#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ingest/classify/binary.h"
#include "ingest/classify/features.h"

namespace eakte::ingest {

/// What one linear function per label says of a text, with calibrated beliefs. A value; labels may be none.
struct LinearModel {
  struct Weight {
    std::uint16_t label = 0;
    float value = 0;
  };
  struct Belief {
    std::size_t label = 0;
    double confidence = 0;  ///< 0..1
  };

  std::vector<std::string> labels;
  std::vector<float> bias;            ///< by label
  std::vector<std::uint32_t> starts;  ///< kFeatureCount + 1 positions in `weights`
  std::vector<Weight> weights;        ///< by feature
  float weight_step = 0;              ///< every weight is a multiple of it, at most 32767 times
  float slope = 1;                    ///< of the calibration
  float unseen = 0;  ///< how likely the next text has a label that none of the learned texts had

  std::vector<double> scores(const FeatureVector& text) const;
  /// Beliefs for given scores, best first. They add up to at most 1; a text that no label claims gets little.
  std::vector<Belief> beliefs(const std::vector<double>& text_scores) const;
};

/// The shares of exp(slope * score), which add up to 1.
std::vector<double> shares_of(const std::vector<double>& scores, double slope);

/// One part of a model file, see ingest/README.md. `read_linear_model` checks every count and number.
void write_linear_model(ByteWriter& out, const LinearModel& model);
LinearModel read_linear_model(ByteReader& in);

}  // namespace eakte::ingest

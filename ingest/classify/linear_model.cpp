#include "ingest/classify/linear_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace eakte::ingest {

std::vector<double> LinearModel::scores(const FeatureVector& text) const {
  std::vector<double> result(bias.begin(), bias.end());
  if (starts.empty()) return result;
  for (const auto& [feature, value] : text) {
    for (std::uint32_t i = starts[feature]; i < starts[feature + 1]; ++i)
      result[weights[i].label] += static_cast<double>(weights[i].value * value);
  }
  return result;
}

std::vector<double> shares_of(const std::vector<double>& scores, double slope) {
  const double best = *std::max_element(scores.begin(), scores.end());
  std::vector<double> shares;
  shares.reserve(scores.size());
  for (const double score : scores) shares.push_back(std::exp(slope * (score - best)));
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= sum;
  return shares;
}

std::vector<LinearModel::Belief> LinearModel::beliefs(const std::vector<double>& text_scores) const {
  if (text_scores.empty()) return {};
  // Each function was taught -1 for what is not its label. A text that no label claims gets no belief worth
  // the name, however far one is ahead of the others.
  constexpr double kNobodysScore = -0.95;
  constexpr double kClaimed = 0.45;
  const double best = *std::max_element(text_scores.begin(), text_scores.end());
  const double claim = std::clamp((best - kNobodysScore) / kClaimed, 0.0, 1.0);
  const std::vector<double> shares = shares_of(text_scores, static_cast<double>(slope));
  std::vector<Belief> beliefs;
  for (std::size_t label = 0; label < shares.size(); ++label)
    beliefs.push_back({label, shares[label] * claim * (1 - static_cast<double>(unseen))});
  std::stable_sort(beliefs.begin(), beliefs.end(),
                   [](const Belief& a, const Belief& b) { return a.confidence > b.confidence; });
  return beliefs;
}

void write_linear_model(ByteWriter& out, const LinearModel& model) {
  out.real(model.slope);
  out.real(model.unseen);
  out.real(model.weight_step);
  out.number(static_cast<std::uint16_t>(model.labels.size()));
  for (std::size_t i = 0; i < model.labels.size(); ++i) {
    out.number(static_cast<std::uint16_t>(model.labels[i].size()));
    out.raw(model.labels[i]);
    out.real(model.bias[i]);
  }
  if (model.labels.empty()) return;
  std::uint32_t used = 0;
  for (std::uint32_t f = 0; f < kFeatureCount; ++f) used += model.starts[f + 1] > model.starts[f] ? 1 : 0;
  out.number(used);
  for (std::uint32_t f = 0; f < kFeatureCount; ++f) {
    if (model.starts[f + 1] == model.starts[f]) continue;
    out.number(f);
    out.number(static_cast<std::uint16_t>(model.starts[f + 1] - model.starts[f]));
    for (std::uint32_t i = model.starts[f]; i < model.starts[f + 1]; ++i) {
      out.number(model.weights[i].label);
      const auto steps = static_cast<std::int16_t>(std::lround(model.weights[i].value / model.weight_step));
      out.number(static_cast<std::uint16_t>(steps));
    }
  }
}

LinearModel read_linear_model(ByteReader& in) {
  LinearModel model;
  model.slope = in.real();
  model.unseen = in.real();
  model.weight_step = in.real();
  if (model.slope < 0 || model.slope > 1000 || model.unseen < 0 || model.unseen > 1 ||
      std::abs(model.weight_step) > 1000)
    in.fail("its calibration is impossible");
  const auto labels = in.number<std::uint16_t>();
  for (std::uint16_t i = 0; i < labels; ++i) {
    model.labels.emplace_back(in.raw(in.number<std::uint16_t>()));
    model.bias.push_back(in.real());
  }
  if (labels == 0) return model;
  model.starts.reserve(kFeatureCount + 1);
  for (auto used = in.number<std::uint32_t>(); used > 0; --used) {
    const auto feature = in.number<std::uint32_t>();
    if (feature >= kFeatureCount || feature < model.starts.size()) in.fail("its features are out of order");
    model.starts.resize(feature + 1, static_cast<std::uint32_t>(model.weights.size()));
    for (auto count = in.number<std::uint16_t>(); count > 0; --count) {
      const auto label = in.number<std::uint16_t>();
      if (label >= labels) in.fail("it weighs an unknown label");
      const auto steps = static_cast<std::int16_t>(in.number<std::uint16_t>());
      model.weights.push_back({label, model.weight_step * static_cast<float>(steps)});
    }
  }
  model.starts.resize(kFeatureCount + 1, static_cast<std::uint32_t>(model.weights.size()));
  return model;
}

}  // namespace eakte::ingest

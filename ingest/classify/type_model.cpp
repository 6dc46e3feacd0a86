#include <linear.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <span>

#include "ingest/classify.h"
#include "ingest/classify/features.h"
#include "ingest/error.h"

namespace eakte::ingest {
namespace {

using Features = std::vector<std::pair<std::uint32_t, float>>;

struct Weight {
  std::uint16_t type;
  float value;
};

/// One linear function per type over the hashed features, stored by feature.
struct Weights {
  std::vector<std::uint32_t> starts;  ///< kFeatureCount + 1 positions in `weights`
  std::vector<Weight> weights;
  std::vector<float> bias;  ///< by type

  std::vector<double> scores(const Features& features) const {
    std::vector<double> result(bias.begin(), bias.end());
    for (const auto& [feature, value] : features) {
      for (std::uint32_t i = starts[feature]; i < starts[feature + 1]; ++i)
        result[weights[i].type] += static_cast<double>(weights[i].value * value);
    }
    return result;
  }
};

struct Example {
  Features features;
  int type;
};

struct ModelDeleter {
  void operator()(model* trained) const { free_and_destroy_model(&trained); }
};

/// Features seen in at least two examples, numbered from 1 as liblinear wants them.
std::map<std::uint32_t, int> numbered_features(const std::vector<const Example*>& examples) {
  std::map<std::uint32_t, int> numbers;
  for (const Example* example : examples) {
    for (const auto& [feature, value] : example->features) ++numbers[feature];
  }
  std::erase_if(numbers, [](const auto& entry) { return entry.second < 2; });
  int next = 1;
  for (auto& [feature, number] : numbers) number = next++;
  return numbers;
}

std::unique_ptr<model, ModelDeleter> trained_model(const std::vector<const Example*>& examples,
                                                   const std::map<std::uint32_t, int>& numbers) {
  std::vector<feature_node> nodes;
  std::vector<std::size_t> starts;
  std::vector<double> types;
  const int bias_number = static_cast<int>(numbers.size()) + 1;
  for (const Example* example : examples) {
    starts.push_back(nodes.size());
    types.push_back(example->type);
    for (const auto& [feature, value] : example->features) {
      const auto known = numbers.find(feature);
      if (known != numbers.end()) nodes.push_back({known->second, static_cast<double>(value)});
    }
    nodes.push_back({bias_number, 1.0});
    nodes.push_back({-1, 0.0});
  }
  std::vector<feature_node*> rows;
  rows.reserve(starts.size());
  for (const std::size_t start : starts) rows.push_back(nodes.data() + start);
  problem all{static_cast<int>(rows.size()), bias_number, types.data(), rows.data(), 1.0};
  parameter how{};
  how.solver_type = L2R_L2LOSS_SVC;  // the primal solver draws no random numbers
  how.eps = 0.01;
  how.C = 2.0;
  how.p = 0.1;
  if (const char* wrong = check_parameter(&all, &how)) throw Error(std::string("type model: ") + wrong);
  set_print_string_function([](const char*) {});
  return std::unique_ptr<model, ModelDeleter>(::train(&all, &how));
}

Weights weights_of(const model& trained, const std::map<std::uint32_t, int>& numbers, std::size_t types) {
  constexpr double kNegligible =
      0.004;  // leaves the guesses as they are and makes the file a third of the size
  // With two classes liblinear keeps one function; its sign tells them apart.
  const auto classes = static_cast<std::size_t>(trained.nr_class);
  const std::size_t functions = classes == 2 ? 1 : classes;
  const auto coefficient = [&](std::size_t number, std::size_t c) {
    const double w = trained.w[(number - 1) * functions + (functions == 1 ? 0 : c)];
    return functions == 1 && c == 1 ? -w : w;
  };
  Weights result;
  result.bias.assign(types, -1.0F);
  result.starts.assign(kFeatureCount + 1, 0);
  for (std::size_t c = 0; c < classes; ++c) {
    result.bias[static_cast<std::size_t>(trained.label[c])] =
        static_cast<float>(coefficient(numbers.size() + 1, c));
  }
  auto next = numbers.begin();
  for (std::uint32_t feature = 0; feature < kFeatureCount; ++feature) {
    result.starts[feature] = static_cast<std::uint32_t>(result.weights.size());
    if (next == numbers.end() || next->first != feature) continue;
    for (std::size_t c = 0; c < classes; ++c) {
      const double w = coefficient(static_cast<std::size_t>(next->second), c);
      if (std::abs(w) >= kNegligible)
        result.weights.push_back({static_cast<std::uint16_t>(trained.label[c]), static_cast<float>(w)});
    }
    ++next;
  }
  result.starts[kFeatureCount] = static_cast<std::uint32_t>(result.weights.size());
  return result;
}

Weights learned(const std::vector<const Example*>& examples, std::size_t types) {
  const std::map<std::uint32_t, int> numbers = numbered_features(examples);
  return weights_of(*trained_model(examples, numbers), numbers, types);
}

/// The types' scores as beliefs that add up to 1: exp(slope * score), normalised ("temperature scaling", Guo
/// et al. 2017).
std::vector<double> beliefs_of(const std::vector<double>& scores, double slope) {
  const double best = *std::max_element(scores.begin(), scores.end());
  std::vector<double> beliefs;
  beliefs.reserve(scores.size());
  for (const double score : scores) beliefs.push_back(std::exp(slope * (score - best)));
  const double sum = std::accumulate(beliefs.begin(), beliefs.end(), 0.0);
  for (double& belief : beliefs) belief /= sum;
  return beliefs;
}

struct ScoredCase {
  std::vector<double> scores;
  std::size_t right;
};

/// The slope under which the held-back texts' right types are most likely, by golden section.
double calibrated_slope(const std::vector<ScoredCase>& cases) {
  const auto surprise = [&](double slope) {
    double sum = 0;
    for (const ScoredCase& one : cases)
      sum -= std::log(std::max(beliefs_of(one.scores, slope)[one.right], 1e-12));
    return sum;
  };
  const double golden = (std::sqrt(5.0) - 1) / 2;
  double low = 0.5, high = 20;
  for (int step = 0; step < 30; ++step) {
    const double left = high - golden * (high - low);
    const double right = low + golden * (high - low);
    if (surprise(left) < surprise(right)) {
      high = right;
    } else {
      low = left;
    }
  }
  return (low + high) / 2;
}

/// Scores of texts by models that have not seen them. Folds are contiguous within a type: neighbouring texts
/// often share their wording, and must not stand on both sides.
std::vector<ScoredCase> held_back_scores(const std::vector<Example>& examples, std::size_t types) {
  constexpr std::size_t kFolds = 3;
  std::vector<std::size_t> count(types, 0), seen(types, 0);
  for (const Example& example : examples) ++count[static_cast<std::size_t>(example.type)];
  std::vector<std::size_t> fold_of;
  for (const Example& example : examples) {
    const auto type = static_cast<std::size_t>(example.type);
    fold_of.push_back(seen[type]++ * kFolds / count[type]);
  }
  std::vector<ScoredCase> cases;
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    std::vector<const Example*> kept;
    for (std::size_t i = 0; i < examples.size(); ++i) {
      if (fold_of[i] != fold) kept.push_back(&examples[i]);
    }
    if (kept.empty()) continue;
    const Weights weights = learned(kept, types);
    for (std::size_t i = 0; i < examples.size(); ++i) {
      if (fold_of[i] != fold) continue;
      cases.push_back({weights.scores(examples[i].features), static_cast<std::size_t>(examples[i].type)});
    }
  }
  return cases;
}

constexpr std::array<char, 8> kMagic{'E', 'A', 'K', 'T', 'E', 'T', 'Y', 'P'};
constexpr std::uint32_t kVersion = 1;

std::uint64_t checksum_of(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

template <class Number>
void put(std::string& out, Number value) {
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    out += static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
}

void put_float(std::string& out, float value) { put(out, std::bit_cast<std::uint32_t>(value)); }

/// Reads little-endian numbers and refuses to go past the end.
class Reader {
public:
  Reader(std::string_view bytes, const std::filesystem::path& file) : bytes_(bytes), file_(file) {}
  template <class Number>
  Number number() {
    Number value = 0;
    const std::string_view raw = take(sizeof(Number));
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
      value = static_cast<Number>(
          value | static_cast<Number>(static_cast<Number>(static_cast<unsigned char>(raw[i])) << (8 * i)));
    }
    return value;
  }
  float real() {
    const float value = std::bit_cast<float>(number<std::uint32_t>());
    if (!std::isfinite(value)) fail("a weight is no number");
    return value;
  }
  std::string_view take(std::size_t size) {
    if (bytes_.size() < size) fail("it ends too early");
    const std::string_view piece = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return piece;
  }
  std::size_t left() const { return bytes_.size(); }
  [[noreturn]] void fail(const std::string& why) const {
    throw Error("type model " + file_.string() + " is damaged: " + why);
  }

private:
  std::string_view bytes_;
  std::filesystem::path file_;
};

}  // namespace

struct TypeModel::State {
  std::vector<std::string> types;
  Weights weights;
  double slope = 1;  ///< of the calibration
};

TypeModel::TypeModel(std::unique_ptr<State> state) : state_(std::move(state)) {}
TypeModel::TypeModel(TypeModel&&) noexcept = default;
TypeModel::~TypeModel() = default;

TypeModel TypeModel::train(const std::vector<TrainingText>& texts) {
  auto state = std::make_unique<State>();
  std::map<std::string, int> numbers;
  for (const TrainingText& text : texts) numbers.emplace(text.document_type, 0);
  if (numbers.size() < 2) throw Error("type model: training needs texts of at least two types");
  if (numbers.size() > 1000) throw Error("type model: more than 1000 types in the training texts");
  for (auto& [type, number] : numbers) {
    number = static_cast<int>(state->types.size());
    state->types.push_back(type);
  }
  std::vector<Example> examples;
  examples.reserve(texts.size());
  for (const TrainingText& text : texts)
    examples.push_back({features_of(text.text), numbers.at(text.document_type)});
  std::vector<const Example*> all;
  all.reserve(examples.size());
  for (const Example& example : examples) all.push_back(&example);
  state->weights = learned(all, state->types.size());
  state->slope = calibrated_slope(held_back_scores(examples, state->types.size()));
  return TypeModel(std::move(state));
}

// File: magic (8), version (u32), size of the rest without checksum (u64), rest, FNV-1a of the rest (u64).
// Rest: slope of the calibration (float), number of types (u16), each as length (u16) and bytes and bias
// (float), number of features with weights (u32), each as feature (u32), count (u16), and count times type
// (u16) and weight (float). All little-endian.
void TypeModel::save(const std::filesystem::path& file) const {
  std::string rest;
  put_float(rest, static_cast<float>(state_->slope));
  put(rest, static_cast<std::uint16_t>(state_->types.size()));
  for (std::size_t t = 0; t < state_->types.size(); ++t) {
    put(rest, static_cast<std::uint16_t>(state_->types[t].size()));
    rest += state_->types[t];
    put_float(rest, state_->weights.bias[t]);
  }
  const auto& starts = state_->weights.starts;
  std::uint32_t used = 0;
  for (std::uint32_t f = 0; f < kFeatureCount; ++f) used += starts[f + 1] > starts[f] ? 1 : 0;
  put(rest, used);
  for (std::uint32_t f = 0; f < kFeatureCount; ++f) {
    if (starts[f + 1] == starts[f]) continue;
    put(rest, f);
    put(rest, static_cast<std::uint16_t>(starts[f + 1] - starts[f]));
    for (std::uint32_t i = starts[f]; i < starts[f + 1]; ++i) {
      put(rest, state_->weights.weights[i].type);
      put_float(rest, state_->weights.weights[i].value);
    }
  }
  std::string head(kMagic.begin(), kMagic.end());
  put(head, kVersion);
  put(head, static_cast<std::uint64_t>(rest.size()));
  std::string tail;
  put(tail, checksum_of(rest));
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << head << rest << tail;
  out.close();
  if (!out) throw Error("type model " + file.string() + " cannot be written");
}

TypeModel TypeModel::load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error("type model " + file.string() + " cannot be opened");
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  Reader reader(bytes, file);
  if (reader.take(kMagic.size()) != std::string_view(kMagic.data(), kMagic.size()))
    reader.fail("it does not begin like one");
  if (const auto version = reader.number<std::uint32_t>(); version != kVersion)
    reader.fail("unknown version " + std::to_string(version));
  const auto size = reader.number<std::uint64_t>();
  if (reader.left() < 8 || size != reader.left() - 8) reader.fail("its size is not the one it tells");
  const std::string_view rest = reader.take(size);
  if (reader.number<std::uint64_t>() != checksum_of(rest)) reader.fail("wrong checksum");

  Reader body(rest, file);
  auto state = std::make_unique<State>();
  state->slope = static_cast<double>(body.real());
  const auto types = body.number<std::uint16_t>();
  for (std::uint16_t t = 0; t < types; ++t) {
    state->types.emplace_back(body.take(body.number<std::uint16_t>()));
    state->weights.bias.push_back(body.real());
  }
  auto& starts = state->weights.starts;
  starts.reserve(kFeatureCount + 1);
  for (auto used = body.number<std::uint32_t>(); used > 0; --used) {
    const auto feature = body.number<std::uint32_t>();
    if (feature >= kFeatureCount || feature < starts.size()) body.fail("its features are out of order");
    starts.resize(feature + 1, static_cast<std::uint32_t>(state->weights.weights.size()));
    for (auto count = body.number<std::uint16_t>(); count > 0; --count) {
      const auto type = body.number<std::uint16_t>();
      if (type >= types) body.fail("it weighs an unknown type");
      state->weights.weights.push_back({type, body.real()});
    }
  }
  starts.resize(kFeatureCount + 1, static_cast<std::uint32_t>(state->weights.weights.size()));
  if (types == 0 || body.left() != 0) body.fail("its parts do not add up");
  return TypeModel(std::move(state));
}

std::vector<TypeModel::Guess> TypeModel::guess(std::string_view text) const {
  const Features features = features_of(text);
  const std::vector<double> scores = state_->weights.scores(features);
  // A text that no type claims gets no belief worth the name, however far one is ahead of the others.
  constexpr double kNobodysScore = -0.95;
  const double best = *std::max_element(scores.begin(), scores.end());
  const double claim = std::clamp((best - kNobodysScore) / 0.35, 0.0, 1.0);
  const std::vector<double> beliefs = beliefs_of(scores, state_->slope);
  std::vector<Guess> guesses;
  for (std::size_t t = 0; t < scores.size(); ++t) guesses.push_back({state_->types[t], beliefs[t] * claim});
  std::stable_sort(guesses.begin(), guesses.end(),
                   [](const Guess& a, const Guess& b) { return a.confidence > b.confidence; });
  return guesses;
}

std::vector<TrainingText> read_training_texts(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw Error("training texts " + file.string() + " cannot be opened");
  std::vector<TrainingText> texts;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty()) continue;
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos || tab == 0 || tab + 1 == line.size()) {
      throw Error("training texts " + file.string() + ", line " + std::to_string(number) +
                  ": no type and text parted by a tabulator");
    }
    texts.push_back({line.substr(0, tab), line.substr(tab + 1)});
  }
  return texts;
}

}  // namespace eakte::ingest

#include "ingest/classify/training.h"

#include <linear.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>

#include "ingest/error.h"

namespace eakte::ingest {
namespace {

constexpr std::size_t kManyLessons = 4000;  // from here on one trial tells enough
constexpr std::size_t kFewConfirmed = 20;   // below this, all lessons are judged
constexpr std::size_t kMostLabels = 300;    // liblinear holds a megabyte for each

struct ModelDeleter {
  void operator()(model* trained) const { free_and_destroy_model(&trained); }
};
using TrainedFunctions = std::unique_ptr<model, ModelDeleter>;

/// The lessons that have the label, as liblinear wants them: features that stand in at least two lessons,
/// numbered from 1, and one more that is always 1.
struct Problem {
  std::vector<std::string> labels;
  std::vector<const Lesson*> lessons;
  std::vector<double> targets;      ///< position of the label
  std::vector<int> numbers;         ///< by feature; 0: left out
  std::vector<feature_node> nodes;  ///< all rows, one after the other
  std::vector<std::size_t> rows;    ///< where each lesson's row begins
  int bias_number = 1;
  std::size_t left_out = 0;  ///< confirmed lessons whose label is too rare among too many
};

void number_features(Problem& all) {
  std::size_t nodes = 0;
  std::vector<int> seen(kFeatureCount, 0);
  for (const Lesson* lesson : all.lessons) {
    for (const auto& [feature, value] : weighted(unpacked(lesson->features))) {
      ++seen[feature];
      ++nodes;
    }
  }
  all.numbers.assign(kFeatureCount, 0);
  for (std::size_t feature = 0; feature < kFeatureCount; ++feature) {
    if (seen[feature] >= 2) all.numbers[feature] = all.bias_number++;
  }
  all.nodes.reserve(nodes + 2 * all.lessons.size());
}

/// The labels to learn in the order of their names: all, or when there are too many the most frequent.
std::vector<std::string> labels_of(const std::vector<Lesson>& lessons, std::string Lesson::*label) {
  std::map<std::string, std::size_t> count;
  for (const Lesson& lesson : lessons) ++count[lesson.*label];
  count.erase("");
  std::vector<std::pair<std::size_t, std::string>> by_count;
  for (const auto& [name, lessons_of] : count) by_count.emplace_back(lessons_of, name);
  std::sort(by_count.rbegin(), by_count.rend());
  if (by_count.size() > kMostLabels) by_count.resize(kMostLabels);
  std::vector<std::string> labels;
  for (auto& [lessons_of, name] : by_count) labels.push_back(std::move(name));
  std::sort(labels.begin(), labels.end());
  return labels;
}

Problem problem_of(const std::vector<Lesson>& lessons, std::string Lesson::*label) {
  Problem all;
  all.labels = labels_of(lessons, label);
  for (const Lesson& lesson : lessons) {
    if ((lesson.*label).empty()) continue;
    const auto position = std::lower_bound(all.labels.begin(), all.labels.end(), lesson.*label);
    if (position == all.labels.end() || *position != lesson.*label) {
      all.left_out += lesson.confirmed ? 1 : 0;
      continue;
    }
    all.lessons.push_back(&lesson);
    all.targets.push_back(static_cast<double>(position - all.labels.begin()));
  }
  number_features(all);
  for (const Lesson* lesson : all.lessons) {
    all.rows.push_back(all.nodes.size());
    for (const auto& [feature, value] : weighted(unpacked(lesson->features))) {
      if (all.numbers[feature] > 0) all.nodes.push_back({all.numbers[feature], static_cast<double>(value)});
    }
    all.nodes.push_back({all.bias_number, 1.0});
    all.nodes.push_back({-1, 0.0});
  }
  return all;
}

TrainedFunctions trained_functions(Problem& all, const std::vector<std::size_t>& chosen) {
  std::vector<feature_node*> rows;
  std::vector<double> targets;
  for (const std::size_t i : chosen) {
    rows.push_back(all.nodes.data() + all.rows[i]);
    targets.push_back(all.targets[i]);
  }
  const problem part{static_cast<int>(rows.size()), all.bias_number, targets.data(), rows.data(), 1.0};
  parameter how{};
  how.solver_type = L2R_L2LOSS_SVC_DUAL;
  how.eps = 0.1;
  how.C = 1.0;
  how.p = 0.1;
  if (const char* wrong = check_parameter(&part, &how)) throw Error(std::string("type model: ") + wrong);
  set_print_string_function([](const char*) {});
  std::srand(1);  // liblinear visits the lessons in an order drawn from rand()
  return TrainedFunctions(::train(&part, &how));
}

/// The weights of one feature, or of the constant, by label. With two labels liblinear keeps one function;
/// its sign tells them apart.
class Coefficients {
public:
  explicit Coefficients(const model& trained)
      : trained_(trained),
        functions_(trained.nr_class == 2 ? 1 : static_cast<std::size_t>(trained.nr_class)) {}
  double operator()(int number, std::size_t position) const {
    const std::size_t row = static_cast<std::size_t>(number - 1) * functions_;
    if (functions_ > 1) return trained_.w[row + position];
    return position == 1 ? -trained_.w[row] : trained_.w[row];
  }

private:
  const model& trained_;
  std::size_t functions_;
};

/// The steps in which weights are kept: the greatest is 32767 of them.
float step_of(const model& trained, int numbers) {
  const Coefficients coefficient(trained);
  double greatest = 0;
  for (int number = 1; number < numbers; ++number) {
    for (std::size_t c = 0; c < static_cast<std::size_t>(trained.nr_class); ++c)
      greatest = std::max(greatest, std::abs(coefficient(number, c)));
  }
  return static_cast<float>(greatest / 32767);
}

LinearModel model_of(const Problem& all, const model& trained) {
  // Leaves nearly all guesses as they are and makes the file much smaller.
  constexpr double kNegligible = 0.01;
  const auto classes = static_cast<std::size_t>(trained.nr_class);
  const Coefficients coefficient(trained);
  LinearModel result;
  result.labels = all.labels;
  result.bias.assign(all.labels.size(), -1.0F);
  for (std::size_t c = 0; c < classes; ++c)
    result.bias[static_cast<std::size_t>(trained.label[c])] =
        static_cast<float>(coefficient(all.bias_number, c));
  result.weight_step = step_of(trained, all.bias_number);
  for (std::uint32_t feature = 0; feature < kFeatureCount; ++feature) {
    result.starts.push_back(static_cast<std::uint32_t>(result.weights.size()));
    if (all.numbers[feature] == 0) continue;
    for (std::size_t c = 0; c < classes; ++c) {
      const double w = coefficient(all.numbers[feature], c);
      if (std::abs(w) < kNegligible) continue;
      const auto steps = static_cast<float>(std::lround(w / static_cast<double>(result.weight_step)));
      result.weights.push_back({static_cast<std::uint16_t>(trained.label[c]), result.weight_step * steps});
    }
  }
  result.starts.push_back(static_cast<std::uint32_t>(result.weights.size()));
  return result;
}

struct HeldBack {
  std::vector<double> scores;
  std::size_t right = 0;
};

/// The slope under which the held-back lessons' labels are most likely, by golden section.
double calibrated_slope(const std::vector<HeldBack>& cases, std::size_t first, std::size_t step) {
  const auto surprise = [&](double slope) {
    double sum = 0;
    for (std::size_t i = first; i < cases.size(); i += step)
      sum -= std::log(std::max(shares_of(cases[i].scores, slope)[cases[i].right], 1e-12));
    return sum;
  };
  const double golden = (std::sqrt(5.0) - 1) / 2;
  double low = 0.5, high = 20;
  for (int round = 0; round < 30; ++round) {
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

/// In which trial each lesson is held back; `trial_count`: in none.
std::vector<std::size_t> trials_of(const Problem& all, std::size_t trial_count) {
  const auto confirmed = static_cast<std::size_t>(
      std::count_if(all.lessons.begin(), all.lessons.end(), [](const Lesson* l) { return l->confirmed; }));
  const auto judged = [&](const Lesson& lesson) { return lesson.confirmed || confirmed < kFewConfirmed; };
  std::vector<std::size_t> count(all.labels.size(), 0), seen(all.labels.size(), 0);
  for (std::size_t i = 0; i < all.lessons.size(); ++i) {
    if (judged(*all.lessons[i])) ++count[static_cast<std::size_t>(all.targets[i])];
  }
  std::vector<std::size_t> trials;
  for (std::size_t i = 0; i < all.lessons.size(); ++i) {
    const Lesson& lesson = *all.lessons[i];
    const auto label = static_cast<std::size_t>(all.targets[i]);
    if (!judged(lesson)) {
      trials.push_back(trial_count);
    } else if (!lesson.group.empty()) {
      trials.push_back(fnv1a(lesson.group) % trial_count);
    } else {
      trials.push_back(seen[label]++ * trial_count / count[label]);
    }
  }
  return trials;
}

std::vector<HeldBack> held_back_cases(Problem& all) {
  const bool many = all.lessons.size() >= kManyLessons;
  const std::size_t trial_count = many ? 5 : 3;
  const std::vector<std::size_t> trials = trials_of(all, trial_count);
  const std::size_t first = many ? trial_count - 1 : 0;
  std::vector<HeldBack> cases;
  for (std::size_t trial = first; trial < trial_count; ++trial) {
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < trials.size(); ++i) {
      if (trials[i] != trial) kept.push_back(i);
    }
    if (kept.empty() || kept.size() == trials.size()) continue;
    const LinearModel part = model_of(all, *trained_functions(all, kept));
    for (std::size_t i = 0; i < trials.size(); ++i) {
      if (trials[i] != trial) continue;
      cases.push_back({part.scores(weighted(unpacked(all.lessons[i]->features))),
                       static_cast<std::size_t>(all.targets[i])});
    }
  }
  return cases;
}

/// Good and Turing's estimate: the next text has an unknown label as often as a lesson is the only one of
/// its.
float unseen_share(const Problem& all) {
  std::vector<int> count(all.labels.size(), 0);
  for (const double target : all.targets) ++count[static_cast<std::size_t>(target)];
  const auto single = static_cast<std::size_t>(std::count(count.begin(), count.end(), 1)) + all.left_out;
  const auto confirmed =
      all.left_out + static_cast<std::size_t>(std::count_if(all.lessons.begin(), all.lessons.end(),
                                                            [](const Lesson* l) { return l->confirmed; }));
  if (confirmed == 0) return 0;
  return std::min(1.0F, static_cast<float>(single) / static_cast<float>(confirmed));
}

/// What the held-back lessons' judgements would have been, each half with the slope the other half gave.
std::vector<Judged> judged_cases(LinearModel model, const std::vector<HeldBack>& cases) {
  std::vector<Judged> judged(cases.size());
  for (const std::size_t half : {0U, 1U}) {
    model.slope = static_cast<float>(calibrated_slope(cases, 1 - half, 2));
    for (std::size_t i = half; i < cases.size(); i += 2) {
      const LinearModel::Belief best = model.beliefs(cases[i].scores).front();
      judged[i] = {model.labels[cases[i].right], model.labels[best.label], best.confidence};
    }
  }
  return judged;
}

}  // namespace

LearnedModel learned(const std::vector<Lesson>& lessons, std::string Lesson::*label) {
  Problem all = problem_of(lessons, label);
  LearnedModel result;
  if (all.labels.size() < 2) return result;
  std::vector<std::size_t> every(all.lessons.size());
  for (std::size_t i = 0; i < every.size(); ++i) every[i] = i;
  result.model = model_of(all, *trained_functions(all, every));
  result.model.unseen = unseen_share(all);
  const std::vector<HeldBack> cases = held_back_cases(all);
  if (cases.empty()) return result;
  result.model.slope = static_cast<float>(calibrated_slope(cases, 0, 1));
  result.judged = judged_cases(result.model, cases);
  return result;
}

}  // namespace eakte::ingest

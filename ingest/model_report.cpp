#include "ingest/model_report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "archive/json_number.h"
#include "ingest/error.h"

namespace eakte::ingest {
namespace {

using nlohmann::json;

double share(int part, int whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// How far confidence and share of right guesses differ on average, over ten bins of confidence.
double calibration_error(const std::vector<Judged>& judged) {
  struct Bin {
    double confidence = 0;
    double right = 0;
  };
  std::array<Bin, 10> bins{};
  for (const Judged& one : judged) {
    Bin& bin = bins[static_cast<std::size_t>(std::clamp(one.confidence * 10, 0.0, 9.0))];
    bin.confidence += one.confidence;
    bin.right += one.right == one.guessed ? 1 : 0;
  }
  double sum = 0;
  for (const Bin& bin : bins) sum += std::abs(bin.confidence - bin.right);
  return sum / static_cast<double>(judged.size());
}

void find_coverage(std::vector<Judged> judged, ModelReport& report) {
  constexpr double kTolerated = 0.005;
  std::sort(judged.begin(), judged.end(),
            [](const Judged& a, const Judged& b) { return a.confidence > b.confidence; });
  int wrong = 0;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    wrong += judged[i].right == judged[i].guessed ? 0 : 1;
    // Equal confidences cannot be told apart by a threshold.
    if (i + 1 < judged.size() && judged[i + 1].confidence == judged[i].confidence) continue;
    if (wrong > kTolerated * static_cast<double>(i + 1)) continue;
    report.coverage = static_cast<double>(i + 1) / static_cast<double>(judged.size());
    report.coverage_from = judged[i].confidence;
  }
}

}  // namespace

ModelReport report_on(const std::vector<Judged>& judged) {
  ModelReport report;
  report.texts = static_cast<int>(judged.size());
  if (judged.empty()) return report;
  std::map<std::string, ModelReport::Label> labels;
  std::map<std::pair<std::string, std::string>, int> confusions;
  int right = 0;
  for (const Judged& one : judged) {
    ++labels[one.right].texts;
    ++labels[one.guessed].guessed;
    if (one.right == one.guessed) {
      ++labels[one.right].right;
      ++right;
    } else {
      ++confusions[{one.right, one.guessed}];
    }
  }
  report.accuracy = share(right, report.texts);
  int occurring = 0;
  for (auto& [name, label] : labels) {
    label.name = name;
    label.f1 = share(2 * label.right, label.texts + label.guessed);
    report.macro_f1 += label.texts > 0 ? label.f1 : 0;
    occurring += label.texts > 0 ? 1 : 0;
    report.labels.push_back(label);
  }
  report.macro_f1 /= occurring;
  for (const auto& [pair, texts] : confusions) report.confusions.push_back({pair.first, pair.second, texts});
  std::stable_sort(report.confusions.begin(), report.confusions.end(),
                   [](const auto& a, const auto& b) { return a.texts > b.texts; });
  report.calibration_error = calibration_error(judged);
  find_coverage(judged, report);
  return report;
}

std::string to_json(const ModelReport& report) {
  json labels = json::array();
  for (const ModelReport::Label& label : report.labels) {
    labels.push_back({{"name", label.name},
                      {"texts", label.texts},
                      {"guessed", label.guessed},
                      {"right", label.right},
                      {"f1", label.f1}});
  }
  json confusions = json::array();
  for (const ModelReport::Confusion& one : report.confusions)
    confusions.push_back({{"right", one.right}, {"guessed", one.guessed}, {"texts", one.texts}});
  const json whole{{"texts", report.texts},       {"accuracy", report.accuracy},
                   {"macro_f1", report.macro_f1}, {"calibration_error", report.calibration_error},
                   {"coverage", report.coverage}, {"coverage_from", report.coverage_from},
                   {"labels", std::move(labels)}, {"confusions", std::move(confusions)}};
  return whole.dump(-1, ' ', false, json::error_handler_t::replace);
}

ModelReport report_from_json(const std::string& text) {
  try {
    const json whole = json::parse(text);
    ModelReport report;
    report.texts = archive::whole_number<int>(whole.at("texts"));
    report.accuracy = whole.at("accuracy").get<double>();
    report.macro_f1 = whole.at("macro_f1").get<double>();
    report.calibration_error = whole.at("calibration_error").get<double>();
    report.coverage = whole.at("coverage").get<double>();
    report.coverage_from = whole.at("coverage_from").get<double>();
    for (const json& label : whole.at("labels")) {
      report.labels.push_back({label.at("name").get<std::string>(),
                               archive::whole_number<int>(label.at("texts")),
                               archive::whole_number<int>(label.at("guessed")),
                               archive::whole_number<int>(label.at("right")), label.at("f1").get<double>()});
    }
    for (const json& one : whole.at("confusions")) {
      report.confusions.push_back({one.at("right").get<std::string>(), one.at("guessed").get<std::string>(),
                                   archive::whole_number<int>(one.at("texts"))});
    }
    return report;
  } catch (const json::exception&) {
    throw Error("the report of a type model is not readable");
  }
}

}  // namespace eakte::ingest

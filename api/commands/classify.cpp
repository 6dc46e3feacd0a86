#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "api/commands/commands.h"
#include "api/commands/first_model.h"
#include "api/commands/json_line.h"
#include "api/data_directory.h"
#include "ingest/learning.h"

namespace eakte::api {
namespace {

namespace fs = std::filesystem;
using ingest::ModelReport;
using ingest::TypeModel;

fs::path directory_of(const DataOptions& options) {
  const Config config = read_config(options.data / "eakte.toml");
  return tenant_directory(options.data, chosen_tenant(options.data, config, options.tenant));
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::int64_t peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

void print_report(const std::string& what, const ModelReport& report) {
  if (report.texts == 0) {
    fmt::print("{}: noch nichts zu beurteilen\n", what);
    return;
  }
  fmt::print("{}: {} Texte, {:.1f} % richtig, Makro-F1 {:.3f}, Kalibrierungsfehler {:.1f} %\n", what,
             report.texts, 100 * report.accuracy, report.macro_f1, 100 * report.calibration_error);
  if (report.coverage > 0) {
    fmt::print("  Bei höchstens 0,5 % Fehlern abgedeckt: {:.1f} % (Sicherheit ab {:.3f})\n",
               100 * report.coverage, report.coverage_from);
  } else {
    fmt::print("  Keine Sicherheit, ab der höchstens 0,5 % falsch sind\n");
  }
  fmt::print("  {:>6} {:>6} {:>6} {:>6}\n", "Texte", "Vorschl.", "richtig", "F1");
  for (const ModelReport::Label& label : report.labels)
    fmt::print("  {:>6} {:>8} {:>7} {:>6.3f}  {}\n", label.texts, label.guessed, label.right, label.f1,
               label.name);
  constexpr std::size_t most = 30;
  if (!report.confusions.empty()) fmt::print("  Verwechslungen (richtig -> vorgeschlagen):\n");
  for (std::size_t i = 0; i < std::min(most, report.confusions.size()); ++i) {
    const ModelReport::Confusion& one = report.confusions[i];
    fmt::print("  {:>6}  {} -> {}\n", one.texts, one.right, one.guessed);
  }
  if (report.confusions.size() > most) fmt::print("  und {} andere\n", report.confusions.size() - most);
}

nlohmann::json json_of(const ModelReport& report) { return nlohmann::json::parse(ingest::to_json(report)); }

/// Whether a text is of the fifth that is held back: texts of one group, else equal texts, stay together.
bool held_back(const ingest::TrainingText& text) {
  // The first eight digits of a SHA-256 are as good as any.
  const std::string hash = archive::sha256_hex(text.group.empty() ? text.text : text.group);
  return std::stoul(hash.substr(0, 8), nullptr, 16) % 5 == 0;
}

ModelReport judged_by(const TypeModel& model, const std::vector<ingest::TrainingText>& texts) {
  std::vector<ingest::Judged> judged;
  for (const ingest::TrainingText& text : texts) {
    const auto guesses = model.guess(text.text);
    judged.push_back({text.document_type, guesses.empty() ? "" : guesses[0].value,
                      guesses.empty() ? 0 : guesses[0].confidence});
  }
  return ingest::report_on(judged);
}

}  // namespace

fs::path training_texts_of(const fs::path& directory) {
  const fs::path own = directory / "training.tsv";
  return fs::exists(own) ? own : fs::path(EAKTE_SAMPLES) / "training.tsv";
}

int run_classify_train(const ClassifyOptions& options) {
  const fs::path directory = directory_of(options);
  archive::Archive archive(directory);
  const auto start = std::chrono::steady_clock::now();
  ingest::LearningOptions how;
  how.texts = training_texts_of(directory);
  how.actor = options.automatic ? "system" : "cli";
  const ingest::Learned learned = ingest::learn_from_filings(archive, how);
  const double seconds = seconds_since(start);
  if (learned.removed && options.form == OutputForm::text) {
    fmt::print(
        "Nach einer Vernichtung ist nichts mehr da, woraus zu lernen wäre; das Modell wurde entfernt.\n");
    return 0;
  }
  if (options.form == OutputForm::json) {
    print_json(nlohmann::json{{"generation", learned.generation},
                              {"sha256", learned.sha256},
                              {"confirmed", learned.confirmed},
                              {"read", learned.read},
                              {"left_out", learned.left_out},
                              {"texts", learned.texts},
                              {"removed", learned.removed},
                              {"seconds", seconds},
                              {"peak_megabytes", peak_megabytes()}});
    return 0;
  }
  fmt::print("Modell {} aus {} bestätigten Ablagen ({} neu gelesen) und {} mitgelieferten Texten gelernt\n",
             learned.generation, learned.confirmed, learned.read, learned.texts);
  if (learned.left_out > 0)
    fmt::print("{} bestätigte Ablagen haben keinen lesbaren Text\n", learned.left_out);
  fmt::print("SHA-256 {}; {:.1f} s, {} MB Arbeitsspeicher\n", learned.sha256, seconds, peak_megabytes());
  return 0;
}

int run_classify_report(const ClassifyOptions& options) {
  const fs::path directory = directory_of(options);
  const archive::Archive archive(directory);
  const TypeModel model = TypeModel::load(ingest::model_file(directory));
  const std::int64_t since = ingest::confirmations_since_learning(archive);
  if (options.form == OutputForm::json) {
    print_json(nlohmann::json{{"generation", model.generation()},
                              {"confirmed", model.confirmed()},
                              {"confirmations_since", since},
                              {"document_type", json_of(model.type_report())},
                              {"plan_entry", json_of(model.entry_report())}});
    return 0;
  }
  if (model.generation() == 0) {
    fmt::print("Mitgeliefertes Modell; aus Ablagen noch nicht gelernt\n");
  } else {
    fmt::print("Modell {}, gelernt aus {} bestätigten Ablagen\n", model.generation(), model.confirmed());
  }
  fmt::print("Seitdem bestätigt: {}\n", since);
  print_report("Dokumentart", model.type_report());
  print_report("Platz im Aktenplan", model.entry_report());
  return 0;
}

int run_classify_test(const ClassifyOptions& options) {
  std::vector<ingest::TrainingText> tested = ingest::read_training_texts(options.file);
  std::vector<ingest::TrainingText> learned;
  if (!options.training.empty()) {
    learned = ingest::read_training_texts(options.training);
  } else if (options.data.empty()) {
    const auto border = std::partition(tested.begin(), tested.end(), held_back);
    learned.assign(std::make_move_iterator(border), std::make_move_iterator(tested.end()));
    tested.erase(border, tested.end());
  }
  const auto start = std::chrono::steady_clock::now();
  const TypeModel model = learned.empty() ? TypeModel::load(ingest::model_file(directory_of(options)))
                                          : TypeModel::train(learned);
  const double training_seconds = seconds_since(start);
  const auto test_start = std::chrono::steady_clock::now();
  const ModelReport report = judged_by(model, tested);
  const double milliseconds =
      1000 * seconds_since(test_start) / static_cast<double>(std::max<std::size_t>(1, tested.size()));
  const std::size_t bytes = model.bytes().size();
  if (options.form == OutputForm::json) {
    print_json(nlohmann::json{{"learned", learned.size()},
                              {"training_seconds", training_seconds},
                              {"milliseconds_per_text", milliseconds},
                              {"peak_megabytes", peak_megabytes()},
                              {"model_bytes", bytes},
                              {"document_type", json_of(report)}});
    return 0;
  }
  if (!learned.empty()) fmt::print("Aus {} Texten gelernt in {:.1f} s\n", learned.size(), training_seconds);
  fmt::print("{:.2f} ms je Text, {} MB Arbeitsspeicher, Modell {:.1f} MB\n", milliseconds, peak_megabytes(),
             static_cast<double>(bytes) / 1e6);
  print_report("Dokumentart", report);
  return 0;
}

}  // namespace eakte::api

#pragma once
#include <string>
#include <vector>

namespace eakte::ingest {

/// How a model judged a text it had not seen.
struct Judged {
  std::string right;
  std::string guessed;
  double confidence = 0;  ///< of the guess, 0..1
};

/// How good a model is, from texts it had not seen. All shares are 0..1.
struct ModelReport {
  struct Label {
    std::string name;
    int texts = 0;    ///< that have this label
    int guessed = 0;  ///< that were given it
    int right = 0;    ///< both
    double f1 = 0;    ///< harmonic mean of precision and recall
  };
  struct Confusion {
    std::string right;
    std::string guessed;
    int texts = 0;
  };
  int texts = 0;
  double accuracy = 0;
  double macro_f1 = 0;                ///< mean over the labels that occur
  double calibration_error = 0;       ///< expected calibration error (Naeini et al., 2015), ten bins
  double coverage = 0;                ///< share of texts, surest first, of which at most 0.5 % are wrong
  double coverage_from = 1;           ///< the confidence from which these are
  std::vector<Label> labels;          ///< by name
  std::vector<Confusion> confusions;  ///< right and guessed differ; most frequent first
};

ModelReport report_on(const std::vector<Judged>& judged);

/// JSON and back; `report_from_json` throws Error.
std::string to_json(const ModelReport& report);
ModelReport report_from_json(const std::string& json);

}  // namespace eakte::ingest

#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/document.h"
#include "archive/file_plan.h"
#include "ocr/text.h"

namespace eakte::ingest {

/// What was found out about a document. Every proposal carries its confidence and reason.
struct Classification {
  archive::DocumentFields fields;            ///< the best proposal of each field, or empty
  std::vector<archive::Proposal> proposals;  ///< all that was found, also IBAN and amounts
  double type_confidence = 0;                ///< 0..1
  double plan_confidence = 0;                ///< 0..1
  bool folder_closed = false;                ///< its reference names a folder or case that is closed
};

/// One text with its document type, for training.
struct TrainingText {
  std::string document_type;
  std::string text;
};

/// A linear model over hashed words and character n-grams (liblinear) that proposes a document type.
/// Immutable after loading; safe for concurrent use.
class TypeModel {
public:
  ~TypeModel();
  TypeModel(TypeModel&&) noexcept;
  static TypeModel train(const std::vector<TrainingText>& texts);
  static TypeModel load(const std::filesystem::path& file);  ///< throws Error
  void save(const std::filesystem::path& file) const;
  struct Guess {
    std::string document_type;
    double confidence = 0;  ///< 0..1, calibrated on held-back training texts
  };
  /// Best first.
  std::vector<Guess> guess(std::string_view text) const;

private:
  struct State;
  explicit TypeModel(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Reads "type<TAB>text" lines (samples/training.tsv).
std::vector<TrainingText> read_training_texts(const std::filesystem::path& file);

/// Proposes type, date of the letter, sender, recipient, reference, subject, IBAN, amounts and file plan
/// entry from the words of the pages. Pure; `model` may be absent. `received_on` bounds dates.
Classification classify(const std::vector<ocr::PageText>& pages, const archive::FilePlan& plan,
                        const TypeModel* model, archive::Date received_on);

}  // namespace eakte::ingest

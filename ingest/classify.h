#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/document.h"
#include "archive/file_plan.h"
#include "ingest/model_report.h"
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

/// One text with its document type, for training and for trials.
struct TrainingText {
  std::string document_type;
  std::string text;
  std::string group;  ///< texts of one group are never on both sides of a trial; empty: on its own
};

struct Lesson;

/// Two linear models over hashed words and character n-grams (liblinear): one proposes the document type, one
/// the file plan entry. One file, see ingest/README.md. Immutable; safe for concurrent use.
class TypeModel {
public:
  ~TypeModel();
  TypeModel(TypeModel&&) noexcept;
  /// From texts with their types alone; it knows no entries. Throws Error for fewer than two types.
  static TypeModel train(const std::vector<TrainingText>& texts);
  /// From lessons that may have a type, an entry or both. Throws Error when it would learn nothing.
  static TypeModel learn(const std::vector<Lesson>& lessons, std::uint32_t generation);
  static TypeModel load(const std::filesystem::path& file);  ///< throws Error
  static TypeModel from_bytes(std::string_view bytes);       ///< throws Error
  std::string bytes() const;
  /// Replaces the file as a whole, durably. Throws Error.
  void save(const std::filesystem::path& file) const;
  struct Guess {
    std::string value;
    double confidence = 0;  ///< 0..1, calibrated on held-back training texts
  };
  /// Document types, best first.
  std::vector<Guess> guess(std::string_view text) const;
  /// Numbers of file plan entries, best first; empty while it has learned fewer than two.
  std::vector<Guess> guess_entry(std::string_view text) const;

  std::uint32_t generation() const;  ///< counts the trainings of a tenant; 0: never from its filings
  std::uint32_t confirmed() const;   ///< confirmed filings it has learned from
  const ModelReport& type_report() const;
  const ModelReport& entry_report() const;

private:
  struct State;
  explicit TypeModel(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Reads lines "type<TAB>text" or "type<TAB>text<TAB>group" (samples/training.tsv); "\n" in a text is a line
/// break. Throws Error naming the line.
std::vector<TrainingText> read_training_texts(const std::filesystem::path& file);

/// What classification has to know of a document's pages, so that they need not all be in memory.
class PagesToClassify {
public:
  /// The next page.
  void add(const ocr::PageText& page);

  /// What describes a document stands on its first pages and its last; a book of 3000 pages need not be
  /// searched for it.
  const std::vector<ocr::PageText>& telling() const { return telling_; }

  /// A proposal for each page that shows an identity card or passport.
  const std::vector<archive::Proposal>& identity_documents() const { return identity_documents_; }

private:
  int count_ = 0;
  std::vector<ocr::PageText> telling_;
  std::vector<archive::Proposal> identity_documents_;
};

/// Proposes type, date of the letter, sender, recipient, reference, subject, IBAN, amounts and file plan
/// entry from the words of the pages. Pure; `model` may be absent. `received_on` bounds dates.
Classification classify(const PagesToClassify& pages, const archive::FilePlan& plan, const TypeModel* model,
                        archive::Date received_on);

/// Likewise of all pages.
Classification classify(const std::vector<ocr::PageText>& pages, const archive::FilePlan& plan,
                        const TypeModel* model, archive::Date received_on);

}  // namespace eakte::ingest

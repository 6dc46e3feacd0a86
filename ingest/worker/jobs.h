#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/format_id.h"
#include "ocr/recognizer.h"

namespace eakte::ingest {

/// The recognisers a template holds, by language; for ocr::automatic_languages those of the usual ones. A
/// child forked from it has them warm; languages beyond the template's are loaded by the child itself.
class Recognizers {
public:
  /// `few_pages`: what a page seldom needs is loaded only when one does. `best_models`: directory of larger
  /// models, or empty.
  explicit Recognizers(const std::string& languages, bool few_pages = false, std::string best_models = {});
  /// Throws ocr::Error when a model is missing.
  ocr::Recognizer& get(const std::string& languages);
  /// Nothing when a model is missing.
  ocr::Recognizer* find(const std::string& languages);
  /// Forgets what was learned from documents so far.
  void reset();

private:
  bool few_pages_ = false;
  std::string best_models_;
  std::vector<std::string> installed_;  ///< asked when first needed
  std::map<std::string, std::unique_ptr<ocr::Recognizer>> loaded_;
};

/// Runs one job on foreign bytes and returns the reply; see job_requests.h for the messages. Throws Refused
/// and Error.
std::string run_job(std::string_view request, const std::vector<int>& descriptors, Recognizers& recognizers,
                    const archive::FormatSignatures& signatures,
                    const std::function<void(std::string_view)>& note);

}  // namespace eakte::ingest

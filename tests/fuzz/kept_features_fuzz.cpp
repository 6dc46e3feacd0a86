#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string_view>

#include "ingest/classify.h"
#include "ingest/classify/features.h"
#include "ingest/classify/kept_features.h"
#include "ingest/error.h"
#include "tests/support/temporary_directory.h"

/// What the type model is learned from: features kept between trainings, and texts an operator hands in.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace eakte;
  static const testing::TemporaryDirectory directory;
  const auto file = directory.path() / "file";
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  std::ofstream(file, std::ios::binary) << text;
  for (const auto& [sha256, kept] : ingest::load_features(file)) ingest::weighted(ingest::unpacked(kept));
  try {
    for (const ingest::TrainingText& one : ingest::read_training_texts(file)) {
      const ingest::TextFeatures features = ingest::features_of(one.text);
      if (ingest::unpacked(ingest::packed(features)) != features) std::abort();
    }
  } catch (const ingest::Error&) {
    // Refused, as it should be.
  }
  try {
    const ingest::TextFeatures features = ingest::unpacked(text);
    ingest::weighted(features);
  } catch (const ingest::Error&) {
    return 0;
  }
  return 0;
}

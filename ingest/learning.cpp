#include "ingest/learning.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "ingest/classify/features.h"
#include "ingest/classify/kept_features.h"
#include "ingest/classify/training.h"
#include "ingest/error.h"
#include "ingest/worker/channel.h"

namespace eakte::ingest {
namespace {

namespace fs = std::filesystem;

/// Held while one process trains; falls with the descriptor.
Descriptor training_lock(const fs::path& directory) {
  const fs::path file = directory / "type.lock";
  Descriptor lock(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
  if (!lock) throw archive::StorageFailure(fmt::format("{}: {}", file.string(), std::strerror(errno)));
  if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0) throw Error("the type model is being trained already");
  return lock;
}

/// The last confirmed filings, oldest first, and the features of their texts.
struct Filings {
  std::vector<Lesson> lessons;
  KeptFeatures features;
  int read = 0;
  int left_out = 0;
};

archive::Rows confirmed_rows(const archive::Archive& archive, int most) {
  return archive.database().query(
      "SELECT * FROM (SELECT document.revision, document_type, plan_entry, rendition.sha256 FROM document "
      "LEFT JOIN rendition ON rendition.document = document.id AND rendition.role = 'text' "
      "WHERE document.id IN (SELECT subject FROM audit_trail WHERE action = 'document.confirmed') "
      "ORDER BY document.revision DESC LIMIT ?) ORDER BY revision",
      {std::int64_t{most}});
}

/// The features of a stored text; nothing when it cannot be read, which `verify` is there to tell.
std::string features_of_object(const archive::Archive& archive, const std::string& sha256) {
  try {
    return packed(features_of(archive.objects().read(sha256)));
  } catch (const archive::Damaged&) {
    return {};
  } catch (const archive::NotFound&) {
    return {};
  }
}

Filings confirmed_filings(const archive::Archive& archive, int most) {
  Filings filings;
  KeptFeatures kept = load_features(archive.directory() / "type.features");
  for (const archive::Row& row : confirmed_rows(archive, most)) {
    const std::string sha256 = row.text("sha256");
    std::string features;
    if (const auto known = kept.find(sha256); known != kept.end()) {
      features = known->second;
    } else if (!sha256.empty()) {
      features = features_of_object(archive, sha256);
      ++filings.read;
    }
    if (features.empty()) {
      ++filings.left_out;
      continue;
    }
    // The texts are the archive's own; the same text filed twice is learned twice but tried on one side.
    filings.lessons.push_back({.features = features,
                               .document_type = row.text("document_type"),
                               .plan_entry = row.text("plan_entry"),
                               .group = sha256,
                               .confirmed = true});
    filings.features.emplace(sha256, std::move(features));
  }
  return filings;
}

std::uint32_t last_generation(const fs::path& file) {
  if (!fs::exists(file)) return 0;
  try {
    return TypeModel::load(file).generation();
  } catch (const Error&) {
    return 0;  // damaged, or of an earlier version: training replaces it
  }
}

/// Nothing when the model must forget and what is left gives none. Throws Error where it need not.
std::optional<TypeModel> learned(const std::vector<Lesson>& lessons, std::uint32_t generation, bool forgets) {
  try {
    return TypeModel::learn(lessons, generation);
  } catch (const Error&) {
    if (!forgets) throw;
    return std::nullopt;
  }
}

/// What was learned from is gone and nothing is left to learn from: the weights go as well (RT-10), and types
/// stay open until people have confirmed some again.
void remove_model(archive::Archive& archive, const std::string& actor) {
  const fs::path file = model_file(archive.directory());
  fs::remove(file);
  fs::remove(file.string() + ".previous");
  archive.database().write([&](archive::Connection& connection) {
    archive.record(connection, {actor, "model.removed", "type.model", {}});
  });
}

}  // namespace

fs::path model_file(const fs::path& tenant_directory) { return tenant_directory / "type.model"; }

std::int64_t confirmations_since_learning(const archive::Archive& archive) {
  return archive.database()
      .query(
          "SELECT count(*) AS confirmations FROM audit_trail WHERE action = 'document.confirmed' AND "
          "sequence > "
          "(SELECT coalesce(max(sequence), 0) FROM audit_trail WHERE action = 'model.trained')")
      .at(0)
      .integer("confirmations");
}

bool must_forget(const archive::Archive& archive) {
  return !archive.database()
              .query(
                  "SELECT 1 FROM audit_trail WHERE action IN ('destruction.begun', "
                  "'destruction.applied_again') "
                  "AND sequence > (SELECT max(sequence) FROM audit_trail WHERE action IN ('model.trained', "
                  "'model.removed')) LIMIT 1")
              .empty();
}

Learned learn_from_filings(archive::Archive& archive, const LearningOptions& options) {
  const Descriptor lock = training_lock(archive.directory());
  const bool forgets = must_forget(archive);
  Filings filings = confirmed_filings(archive, options.most);
  Learned result;
  result.confirmed = static_cast<int>(filings.lessons.size());
  result.read = filings.read;
  result.left_out = filings.left_out;
  const bool has_texts = !options.texts.empty() && fs::exists(options.texts);
  if (result.confirmed == 0 && !has_texts && !forgets) throw Error("no filing has been confirmed yet");
  save_features(archive.directory() / "type.features", filings.features);
  filings.features.clear();
  if (has_texts) {
    for (const TrainingText& text : read_training_texts(options.texts)) {
      filings.lessons.push_back({.features = packed(features_of(text.text)),
                                 .document_type = text.document_type,
                                 .plan_entry = {},
                                 .group = {},
                                 .confirmed = false});
      ++result.texts;
    }
  }
  const std::uint32_t generation = last_generation(model_file(archive.directory())) + 1;
  const std::optional<TypeModel> model = learned(filings.lessons, generation, forgets);
  if (!model) {
    remove_model(archive, options.actor);
    result.removed = true;
    return result;
  }
  result.generation = model->generation();
  result.sha256 = install_model(archive, *model, options.actor);
  if (forgets) fs::remove(model_file(archive.directory()).string() + ".previous");
  return result;
}

void forget_features(const archive::Archive& archive, const std::set<std::string>& texts) {
  const fs::path file = archive.directory() / "type.features";
  // What a training that was killed was writing.
  fs::remove(file.string() + ".new");
  if (!fs::exists(file)) return;
  const Descriptor lock = training_lock(archive.directory());
  KeptFeatures kept = load_features(file);
  const std::size_t gone = std::erase_if(kept, [&](const auto& one) { return texts.contains(one.first); });
  if (gone > 0) save_features(file, kept);
}

std::string install_model(archive::Archive& archive, const TypeModel& model, const std::string& actor) {
  const fs::path file = model_file(archive.directory());
  const std::string sha256 = archive::sha256_hex(model.bytes());
  if (fs::exists(file)) {
    const fs::path previous = file.string() + ".previous";
    fs::remove(previous);
    fs::create_hard_link(file, previous);
  }
  archive.database().write([&](archive::Connection& connection) {
    archive.record(connection,
                   {actor, model.generation() == 0 ? "model.installed" : "model.trained", "type.model",
                    fmt::format(R"({{"generation":{},"confirmed":{},"sha256":"{}"}})", model.generation(),
                                model.confirmed(), sha256)});
    model.save(file);  // the last step: where it fails, nothing is recorded
  });
  return sha256;
}

}  // namespace eakte::ingest

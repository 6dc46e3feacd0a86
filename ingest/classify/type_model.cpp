#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "ingest/classify.h"
#include "ingest/classify/binary.h"
#include "ingest/classify/training.h"
#include "ingest/error.h"
#include "ingest/worker/channel.h"

namespace eakte::ingest {
namespace {

constexpr std::string_view kMagic = "EAKTETYP";
constexpr std::uint32_t kVersion = 2;

std::vector<TypeModel::Guess> guesses_of(const LinearModel& model, std::string_view text) {
  std::vector<TypeModel::Guess> guesses;
  if (model.labels.empty()) return guesses;
  for (const LinearModel::Belief& belief : model.beliefs(model.scores(weighted(features_of(text)))))
    guesses.push_back({model.labels[belief.label], belief.confidence});
  return guesses;
}

void write_report(ByteWriter& out, const ModelReport& report) {
  const std::string json = to_json(report);
  out.number(static_cast<std::uint32_t>(json.size()));
  out.raw(json);
}

ModelReport read_report(ByteReader& in) {
  return report_from_json(std::string(in.raw(in.number<std::uint32_t>())));
}

/// Writes a file aside, syncs it, and gives it the name.
void replace_file(const std::filesystem::path& file, std::string_view bytes) {
  const auto fail = [&] {
    throw Error("type model " + file.string() + " cannot be written: " + std::strerror(errno));
  };
  const std::string aside = file.string() + ".new." + std::to_string(getpid());
  const Descriptor out(open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
  if (!out) fail();
  write_all(out.get(), bytes);
  if (fsync(out.get()) != 0 || rename(aside.c_str(), file.c_str()) != 0) fail();
  const Descriptor directory(
      open(file.has_parent_path() ? file.parent_path().c_str() : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory || fsync(directory.get()) != 0) fail();
}

std::string with_line_breaks(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 'n';
    result += escape ? '\n' : text[i];
    i += escape ? 1 : 0;
  }
  return result;
}

}  // namespace

struct TypeModel::State {
  std::uint32_t generation = 0;
  std::uint32_t confirmed = 0;
  ModelReport type_report;
  ModelReport entry_report;
  LinearModel types;
  LinearModel entries;
};

TypeModel::TypeModel(std::unique_ptr<State> state) : state_(std::move(state)) {}
TypeModel::TypeModel(TypeModel&&) noexcept = default;
TypeModel::~TypeModel() = default;

TypeModel TypeModel::train(const std::vector<TrainingText>& texts) {
  std::vector<Lesson> lessons;
  lessons.reserve(texts.size());
  for (const TrainingText& text : texts) {
    lessons.push_back({.features = packed(features_of(text.text)),
                       .document_type = text.document_type,
                       .plan_entry = {},
                       .group = text.group,
                       .confirmed = false});
  }
  return learn(lessons, 0);
}

TypeModel TypeModel::learn(const std::vector<Lesson>& lessons, std::uint32_t generation) {
  auto state = std::make_unique<State>();
  LearnedModel types = learned(lessons, &Lesson::document_type);
  LearnedModel entries = learned(lessons, &Lesson::plan_entry);
  if (types.model.labels.empty() && entries.model.labels.empty())
    throw Error("type model: training needs texts of at least two types");
  state->generation = generation;
  state->confirmed = static_cast<std::uint32_t>(
      std::count_if(lessons.begin(), lessons.end(), [](const Lesson& one) { return one.confirmed; }));
  state->types = std::move(types.model);
  state->entries = std::move(entries.model);
  state->type_report = report_on(types.judged);
  state->entry_report = report_on(entries.judged);
  return TypeModel(std::move(state));
}

std::string TypeModel::bytes() const {
  ByteWriter rest;
  rest.number(state_->generation);
  rest.number(state_->confirmed);
  write_report(rest, state_->type_report);
  write_report(rest, state_->entry_report);
  write_linear_model(rest, state_->types);
  write_linear_model(rest, state_->entries);
  ByteWriter whole;
  whole.raw(kMagic);
  whole.number(kVersion);
  whole.number(static_cast<std::uint64_t>(rest.bytes().size()));
  whole.raw(rest.bytes());
  whole.number(fnv1a(rest.bytes()));
  return whole.bytes();
}

void TypeModel::save(const std::filesystem::path& file) const { replace_file(file, bytes()); }

TypeModel TypeModel::load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error("type model " + file.string() + " cannot be opened");
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  try {
    return from_bytes(bytes);
  } catch (const Error& error) {
    throw Error(file.string() + ": " + error.what());
  }
}

TypeModel TypeModel::from_bytes(std::string_view bytes) {
  ByteReader whole(bytes, "type model");
  if (whole.raw(kMagic.size()) != kMagic) whole.fail("it does not begin like one");
  if (const auto version = whole.number<std::uint32_t>(); version != kVersion)
    whole.fail("unknown version " + std::to_string(version));
  const auto size = whole.number<std::uint64_t>();
  if (whole.left() < 8 || size != whole.left() - 8) whole.fail("its size is not the one it tells");
  const std::string_view rest = whole.raw(size);
  if (whole.number<std::uint64_t>() != fnv1a(rest)) whole.fail("wrong checksum");

  ByteReader in(rest, "type model");
  auto state = std::make_unique<State>();
  state->generation = in.number<std::uint32_t>();
  state->confirmed = in.number<std::uint32_t>();
  state->type_report = read_report(in);
  state->entry_report = read_report(in);
  state->types = read_linear_model(in);
  state->entries = read_linear_model(in);
  if (in.left() != 0) in.fail("its parts do not add up");
  return TypeModel(std::move(state));
}

std::vector<TypeModel::Guess> TypeModel::guess(std::string_view text) const {
  return guesses_of(state_->types, text);
}
std::vector<TypeModel::Guess> TypeModel::guess_entry(std::string_view text) const {
  return guesses_of(state_->entries, text);
}
std::uint32_t TypeModel::generation() const { return state_->generation; }
std::uint32_t TypeModel::confirmed() const { return state_->confirmed; }
const ModelReport& TypeModel::type_report() const { return state_->type_report; }
const ModelReport& TypeModel::entry_report() const { return state_->entry_report; }

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
    const std::size_t second = std::min(line.find('\t', tab + 1), line.size());
    texts.push_back({line.substr(0, tab), with_line_breaks(line.substr(tab + 1, second - tab - 1)),
                     second < line.size() ? line.substr(second + 1) : ""});
  }
  return texts;
}

}  // namespace eakte::ingest

#include "index/search_index.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "index/german_text.h"
#include "index/query_tree.h"
#include "index/search/catch_up.h"
#include "index/search/index_directory.h"
#include "index/search/marker.h"
#include "index/search/run_query.h"

namespace eakte::index {
namespace {

Error wrapped(const std::filesystem::path& directory, const Xapian::Error& error) {
  return Error(fmt::format("search index {}: {}", directory.string(), error.get_description()));
}

struct OpenDatabase {
  int generation = 0;
  Xapian::Database database;
};

}  // namespace

struct SearchIndex::State {
  explicit State(std::filesystem::path path) : directory(std::move(path)) {}

  IndexDirectory directory;
  Compounds compounds;
  std::mutex mutex;
  std::vector<OpenDatabase> idle;  ///< guarded by mutex; a database is used by one thread at a time
  std::mutex writing;              ///< held by the thread that changes the index

  std::filesystem::path lock_file(std::string_view name) const { return directory.path() / name; }

  // The generation in use, made anew when it is missing, damaged or of another format.
  int usable_generation() {
    const auto usable = [this](int number) {
      return number > 0 && !directory.is_damaged(number) && is_usable_database(directory.generation(number));
    };
    int number = directory.current();
    if (usable(number)) return number;
    std::filesystem::create_directories(directory.path());
    const auto lock = FileLock::acquire(lock_file("setup.lock"), FileLock::Wait::yes);
    number = directory.current();
    if (usable(number)) return number;
    return start_generation(number);
  }

  // An empty generation in use; searches find nothing until it has caught up. The setup lock is held.
  int start_generation(int unusable) const {
    const int number = directory.make_next();
    make_empty_database(directory.generation(number));
    directory.switch_to(number);
    directory.remove(unusable);
    return number;
  }

  OpenDatabase take() {
    const int current = directory.current();
    {
      const std::scoped_lock lock(mutex);
      std::erase_if(idle, [current](const OpenDatabase& open) { return open.generation != current; });
      if (!idle.empty()) {
        OpenDatabase open = std::move(idle.back());
        idle.pop_back();
        return open;
      }
    }
    const int generation = current > 0 ? current : usable_generation();
    return {generation, Xapian::Database(directory.generation(generation).string())};
  }

  void give_back(OpenDatabase open) {
    constexpr std::size_t most_idle = 16;
    const std::scoped_lock lock(mutex);
    if (idle.size() < most_idle) idle.push_back(std::move(open));
  }

  // Runs `work` on the present state of the index; again when a writer or a switch of generations
  // overtakes it.
  template <class Work>
  auto read(const Work& work) {
    constexpr int attempts = 5;
    for (int attempt = 1;; ++attempt) {
      std::optional<OpenDatabase> open;
      try {
        open = take();
        open->database.reopen();
        auto result = work(std::as_const(open->database));
        give_back(std::move(*open));
        return result;
      } catch (const Xapian::DatabaseError& error) {
        if (attempt < attempts) continue;
        const int generation = directory.current();
        if (generation > 0 && means_damage(error, directory.generation(generation))) {
          directory.mark_damaged(generation);
        }
        throw wrapped(directory.path(), error);
      } catch (const Xapian::Error& error) {
        throw wrapped(directory.path(), error);
      }
    }
  }

  // True when the generation caught up, false when it turned out to be damaged or replaced.
  bool try_to_catch_up(int generation, const archive::Archive& archive, const Progress& progress) {
    try {
      Xapian::WritableDatabase database(directory.generation(generation).string(), Xapian::DB_OPEN);
      if (revision_of(database) > archive.revision()) {
        // The archive was restored from a backup: documents the index knows may not exist.
        directory.mark_damaged(generation);
        return false;
      }
      WordAnalysis analysis(compounds);
      apply_changes(database, archive, analysis, progress);
      return true;
    } catch (const Xapian::DatabaseLockError&) {
      throw Error(fmt::format("search index {}: somebody else is catching up", directory.path().string()));
    } catch (const Xapian::DatabaseError& error) {
      if (directory.current() != generation) return false;
      if (!means_damage(error, directory.generation(generation))) throw wrapped(directory.path(), error);
      directory.mark_damaged(generation);
      return false;
    } catch (const Xapian::Error& error) {
      throw wrapped(directory.path(), error);
    }
  }

  void catch_up(const archive::Archive& archive, const Progress& progress) {
    constexpr int attempts = 3;
    for (int attempt = 1; attempt <= attempts; ++attempt) {
      try {
        if (try_to_catch_up(usable_generation(), archive, progress)) return;
      } catch (const Xapian::Error& error) {
        throw wrapped(directory.path(), error);
      }
    }
    throw Error(fmt::format("search index {}: cannot be built, it is damaged again and again",
                            directory.path().string()));
  }

  // A generation a killed rebuild has left, else a new one.
  int generation_to_build() const {
    const int left = directory.newest();
    if (left > directory.current() && is_usable_database(directory.generation(left))) return left;
    const int number = directory.make_next();
    make_empty_database(directory.generation(number));
    return number;
  }
};

SearchIndex::SearchIndex(std::filesystem::path directory)
    : state_(std::make_unique<State>(std::move(directory))) {
  try {
    state_->usable_generation();
  } catch (const Xapian::Error& error) {
    throw wrapped(state_->directory.path(), error);
  }
}

SearchIndex::~SearchIndex() = default;

std::int64_t SearchIndex::catch_up(const archive::Archive& archive, const Progress& progress) {
  const std::scoped_lock writing(state_->writing);
  state_->catch_up(archive, progress);
  return revision();
}

void SearchIndex::erase_remains(const archive::Archive& archive) {
  const std::scoped_lock writing(state_->writing);
  state_->catch_up(archive, {});
  const IndexDirectory& directory = state_->directory;
  const auto lock = FileLock::acquire(state_->lock_file("rebuild.lock"), FileLock::Wait::no);
  if (!lock)
    throw Error(fmt::format("search index {}: somebody else is rebuilding it", directory.path().string()));
  try {
    const int old = directory.current();
    // Held while it is copied: nobody else adds to the generation that goes.
    const Xapian::WritableDatabase held(directory.generation(old).string(), Xapian::DB_OPEN);
    const int anew = directory.make_next();
    Xapian::Database(directory.generation(old).string()).compact(directory.generation(anew).string());
    directory.switch_to(anew);
    directory.remove_all_but(anew);
  } catch (const Xapian::Error& error) {
    throw wrapped(directory.path(), error);
  }
}

void SearchIndex::rebuild(const archive::Archive& archive, const Progress& progress) {
  state_->usable_generation();
  const IndexDirectory& directory = state_->directory;
  const auto lock = FileLock::acquire(state_->lock_file("rebuild.lock"), FileLock::Wait::no);
  if (!lock)
    throw Error(fmt::format("search index {}: somebody else is rebuilding it", directory.path().string()));
  try {
    const int generation = state_->generation_to_build();
    {
      Xapian::WritableDatabase database(directory.generation(generation).string(), Xapian::DB_OPEN);
      WordAnalysis analysis(state_->compounds);
      apply_changes(database, archive, analysis, progress);
    }
    directory.switch_to(generation);
    directory.remove_all_but(generation);
  } catch (const Xapian::Error& error) {
    throw wrapped(directory.path(), error);
  }
}

std::int64_t SearchIndex::revision() const {
  return state_->read([](const Xapian::Database& database) { return revision_of(database); });
}

Hits SearchIndex::search(const archive::Archive& archive, const Query& query) const {
  WordAnalysis analysis(state_->compounds);
  return state_->read([&](const Xapian::Database& database) {
    Hits hits = run_search(database, archive, query, analysis);
    hits.unseen = std::max<std::int64_t>(0, archive.revision() - revision_of(database));
    return hits;
  });
}

std::vector<Hit> SearchIndex::similar(const archive::Archive& archive, const archive::DocumentId& id,
                                      const Query& query) const {
  WordAnalysis analysis(state_->compounds);
  return state_->read(
      [&](const Xapian::Database& database) { return run_similar(database, archive, id, query, analysis); });
}

std::vector<ocr::Box> SearchIndex::find_on_page(const ocr::PageText& page, const Query& query) const {
  std::string text;
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    if (i > 0) text += page.words[i].line == page.words[i - 1].line ? ' ' : '\n';
    begins.push_back(text.size());
    text += page.words[i].text;
  }
  WordAnalysis analysis(state_->compounds);
  Marker marker(parse_query(query.text), analysis);
  const TokenizedText tokenized = tokenize(text);
  const Marks marks = marker.mark(tokenized);
  std::vector<ocr::Box> boxes;
  std::size_t token = 0;
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    const std::size_t end = begins[i] + page.words[i].text.size();
    while (token < tokenized.tokens.size() && tokenized.tokens[token].end <= begins[i]) ++token;
    for (std::size_t t = token; t < tokenized.tokens.size() && tokenized.tokens[t].begin < end; ++t) {
      if (marks.leaf[t] < 0) continue;
      boxes.push_back(page.words[i].box);
      break;
    }
  }
  return boxes;
}

std::vector<std::string> SearchIndex::verify(const archive::Archive& archive) const {
  return state_->read([&](const Xapian::Database& database) {
    try {
      read_everything(database);
      return differences(database, archive);
    } catch (const Xapian::DatabaseError& error) {
      const int generation = state_->directory.current();
      if (!means_damage(error, state_->directory.generation(generation))) throw;
      state_->directory.mark_damaged(generation);
      return std::vector{
          fmt::format("generation {} of the index is damaged: {}", generation, error.get_description())};
    }
  });
}

}  // namespace eakte::index

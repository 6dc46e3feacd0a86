#include "index/search/catch_up.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "index/search/document_terms.h"
#include "index/search/suggestion.h"
#include "index/search/terms.h"

namespace eakte::index {
namespace {

constexpr int batch_documents = 500;
constexpr std::size_t batch_text = 16 << 20;  // bytes; Xapian holds a batch in about ten times as much
constexpr int page_of_changes = 10000;

std::int64_t count_changes(const archive::Archive& archive, std::int64_t seen) {
  std::int64_t count = 0;
  while (true) {
    const std::vector<archive::Change> changes = archive.changes_after(seen, page_of_changes);
    count += static_cast<std::int64_t>(changes.size());
    if (changes.size() < page_of_changes) return count;
    seen = changes.back().revision;
  }
}

// Words of the document's former version that could now be gone from the index.
std::vector<std::string> words_of(const Xapian::Database& database, const std::string& id) {
  std::vector<std::string> words;
  const auto posting = database.postlist_begin(id);
  if (posting == database.postlist_end(id)) return words;
  for (auto term = database.termlist_begin(*posting); term != database.termlist_end(*posting); ++term) {
    const std::string word = *term;
    if (word[0] >= 'a' && word[0] <= 'z' && database.get_termfreq(word) == 1) words.push_back(word);
  }
  return words;
}

// Returns the bytes of text taken in.
std::size_t put_document(Xapian::WritableDatabase& database, const archive::Archive& archive,
                         const archive::DocumentId& id, WordAnalysis& analysis) {
  const std::string unique = id_term(id.text);
  const std::vector<std::string> former = words_of(database, unique);
  std::size_t size = 0;
  try {
    const archive::Document document = archive.document(id);
    if (document.content.state == archive::DocumentState::withdrawn)
      throw archive::NotFound(fmt::format("document {} is withdrawn", id.text));
    IndexedDocument indexed = index_document(archive, document, analysis);
    database.replace_document(unique, indexed.document);
    extend_vocabulary(database, indexed.vocabulary);
    size = indexed.text_size;
  } catch (const archive::NotFound&) {
    database.delete_document(unique);
  }
  shrink_vocabulary(database, former);
  return size;
}

void commit(Xapian::WritableDatabase& database, std::int64_t revision) {
  database.set_metadata(std::string(revision_key), std::to_string(revision));
  database.commit();
}

}  // namespace

namespace {

// Xapian keeps the least and the greatest value a slot ever had, also when its document is gone. Two
// documents nobody can find hold both ends of the slots with people's words.
constexpr int guards = 2;

void add_guards(Xapian::WritableDatabase& database) {
  for (const std::string& end : {std::string("\x01"), std::string(16, '\xff')}) {
    Xapian::Document guard;
    guard.add_value(slot::type, end);
    guard.add_value(slot::sender, end);
    database.add_document(guard);
  }
}

}  // namespace

void make_empty_database(const std::filesystem::path& directory) {
  Xapian::WritableDatabase database(directory.string(),
                                    Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS);
  database.set_metadata(std::string(format_key), std::string(index_format));
  add_guards(database);
  database.commit();
}

bool means_damage(const Xapian::DatabaseError& error, const std::filesystem::path& directory) {
  // Xapian's errors have no virtual functions; the type's name is the way to tell them apart.
  const std::string_view type = error.get_type();
  if (type == "DatabaseCorruptError" || type == "DatabaseVersionError" || type == "DatabaseNotFoundError")
    return true;
  // A file that ends too early; a failing disk would come with the system's error.
  if (type == "DatabaseError") return error.get_error_string() == nullptr;
  if (type != "DatabaseOpeningError") return false;
  return !std::filesystem::exists(directory / "iamglass") ||
         !std::filesystem::exists(directory / "postlist.glass") ||
         !std::filesystem::exists(directory / "docdata.glass") ||
         !std::filesystem::exists(directory / "termlist.glass");
}

bool is_usable_database(const std::filesystem::path& directory) {
  try {
    const Xapian::Database database(directory.string());
    return database.get_metadata(std::string(format_key)) == index_format;
  } catch (const Xapian::DatabaseError& error) {
    if (means_damage(error, directory)) return false;
    throw;
  }
}

std::int64_t revision_of(const Xapian::Database& database) {
  return std::strtoll(database.get_metadata(std::string(revision_key)).c_str(), nullptr, 10);
}

void apply_changes(Xapian::WritableDatabase& database, const archive::Archive& archive,
                   WordAnalysis& analysis, const Progress& progress) {
  std::int64_t seen = revision_of(database);
  const std::int64_t all = progress ? count_changes(archive, seen) : 0;
  std::int64_t done = 0;
  while (true) {
    const std::vector<archive::Change> changes = archive.changes_after(seen, batch_documents);
    if (changes.empty()) return;
    std::size_t text = 0;
    for (const archive::Change& change : changes) {
      text += put_document(database, archive, change.document, analysis);
      seen = change.revision;
      ++done;
      if (text < batch_text) continue;
      commit(database, seen);
      text = 0;
      if (progress) progress(done, std::max(all, done));
    }
    commit(database, seen);
    if (progress) progress(done, std::max(all, done));
  }
}

void read_everything(const Xapian::Database& database) {
  for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
    const std::string name = *term;
    Xapian::doccount postings = 0;
    for (auto posting = database.postlist_begin(name); posting != database.postlist_end(name); ++posting)
      ++postings;
    if (postings != term.get_termfreq()) {
      throw Xapian::DatabaseCorruptError(
          fmt::format("{} postings instead of {}", postings, term.get_termfreq()));
    }
  }
  for (auto id = database.postlist_begin(""); id != database.postlist_end(""); ++id) {
    database.get_document(*id).get_data();
    for (auto term = database.termlist_begin(*id); term != database.termlist_end(*id); ++term) {
      term.positionlist_count();
    }
  }
}

namespace {

// Whether a document that is not in the index should be there.
bool should_be_indexed(const archive::Archive& archive, const archive::DocumentId& id) {
  try {
    return archive.document(id).content.state != archive::DocumentState::withdrawn;
  } catch (const archive::NotFound&) {
    return false;  // destroyed
  }
}

}  // namespace

std::vector<std::string> differences(const Xapian::Database& database, const archive::Archive& archive) {
  std::vector<std::string> found;
  std::int64_t seen = 0;
  std::int64_t catalogued = 0;
  while (true) {
    const std::vector<archive::Change> changes = archive.changes_after(seen, page_of_changes);
    for (const archive::Change& change : changes) {
      seen = change.revision;
      ++catalogued;
      const std::string unique = id_term(change.document.text);
      const auto posting = database.postlist_begin(unique);
      if (posting == database.postlist_end(unique)) {
        if (!should_be_indexed(archive, change.document)) {
          --catalogued;
          continue;
        }
        found.push_back(fmt::format("document {} is not in the index", change.document.text));
        continue;
      }
      const Xapian::Document document = database.get_document(*posting);
      const std::string revision = document.get_value(slot::revision);
      if (revision != std::to_string(change.revision)) {
        found.push_back(fmt::format("document {} is indexed at revision {} instead of {}",
                                    change.document.text, revision, change.revision));
      }
      if (!document.get_value(slot::textless).empty()) {
        found.push_back(fmt::format("document {} is indexed without its text", change.document.text));
      }
    }
    if (changes.size() < page_of_changes) break;
  }
  if (static_cast<std::int64_t>(database.get_doccount()) - guards <= catalogued) return found;
  for (auto id = database.valuestream_begin(slot::id); id != database.valuestream_end(slot::id); ++id) {
    try {
      archive.document(archive::DocumentId{*id});
    } catch (const archive::NotFound&) {
      found.push_back(fmt::format("the index has document {}, which the catalogue does not know", *id));
    }
  }
  return found;
}

}  // namespace eakte::index

#pragma once
#include <xapian.h>

#include <map>
#include <string>

#include "archive/archive.h"
#include "index/search/word_analysis.h"

namespace eakte::index {

/// A document ready for the index.
struct IndexedDocument {
  Xapian::Document document;
  std::map<std::string, std::string> vocabulary;  ///< words worth suggesting: folded, and as first written
  std::size_t text_size = 0;                      ///< bytes
};

/// What the index keeps with a document to make snippets from, without asking the catalogue.
struct StoredText {
  std::string id;
  std::string text_sha256;  ///< empty: no text
  bool serial_numbers_locked = false;
};
std::string write_stored_text(const StoredText& stored);
StoredText read_stored_text(const std::string& stored);

/// The text as it may be searched and shown. Throws archive::Error when the object cannot be read.
std::string searchable_text(const archive::Archive& archive, const StoredText& stored);

/// Turns a document into terms and values. A text object that cannot be read leaves the document findable by
/// its fields, and marked so that verify() tells.
IndexedDocument index_document(const archive::Archive& archive, const archive::Document& document,
                               WordAnalysis& analysis);

}  // namespace eakte::index

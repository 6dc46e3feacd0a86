#pragma once
#include <string>
#include <vector>

#include "archive/document.h"
#include "ocr/codes.h"

namespace eakte::ingest {

/// What separates the documents of a batch. A patch code T announces the next document (Kodak A-61599:
/// transfer patch), so its sheet belongs to none; 2 and 3 raise the level of the page that carries them,
/// which is therefore the first page of a document.
struct SeparatorRules {
  bool split = true;
  std::string sheet_patches = "T";        ///< patch codes of sheets
  std::string first_page_patches = "23";  ///< patch codes of first pages
  std::vector<std::string> sheet_texts{
      "PATCHT"};  ///< texts of codes on sheets; capitals and blanks do not count
  std::vector<std::string> first_page_texts{"PATCH2", "PATCH3"};
  std::string number_prefix =
      "ASN";  ///< a code of this and digits numbers the document that begins; empty: none
};

enum class BatchRole {
  page,       ///< of a document
  separator,  ///< a sheet between documents
  back        ///< the empty back of such a sheet
};
std::string_view name_of(BatchRole role);

/// How a batch falls apart.
struct BatchPlan {
  std::vector<BatchRole> roles;  ///< of each page, from the first
  std::vector<std::vector<int>>
      parts;  ///< pages of each document, numbers from 1; empty when it is not to be split
};

/// Pure. Sheets at either end and in a row make no empty documents; without a page beside the sheets nothing
/// is split.
BatchPlan plan_batch(const std::vector<archive::PageRecord>& pages, const SeparatorRules& rules);

/// The number a code gives to a document: prefix, blanks, digits. Empty when it gives none.
std::string document_number(const std::string& text, const SeparatorRules& rules);

/// Codes as they stand in PageRecord::codes, and back. Reading throws Error when it is not such an array.
std::string codes_to_json(const std::vector<ocr::Code>& codes);
std::vector<ocr::Code> codes_from_json(const std::string& text);

/// What the codes of a document's pages say about it: its number, and what may be searched for.
std::vector<archive::Proposal> proposals_of_codes(const std::vector<archive::PageRecord>& pages,
                                                  const SeparatorRules& rules);

}  // namespace eakte::ingest

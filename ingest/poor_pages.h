#pragma once
#include <string>
#include <vector>

#include "archive/document.h"

namespace eakte::ingest {

/// The pages whose text a person should look at, worst first, as proposals of the field "poor_page": value is
/// the page's number, confidence that of its reading, reason a German clause that says what is wrong with it.
/// A page is poor when it was read with less confidence than `page_below` (0..1) or when clearly less text
/// was recognised than stands on it. Blank pages are not. Pure.
std::vector<archive::Proposal> poor_pages(const std::vector<archive::PageRecord>& pages, double page_below);

/// The pages taken for blank, as proposals of the field "blank_page": value is the page's number. They stay in
/// the document; that they are blank is for a person to confirm (RS-06). Pure.
std::vector<archive::Proposal> blank_pages(const std::vector<archive::PageRecord>& pages);

/// The poor pages among a document's proposals in one German sentence, "" when there are none:
/// "Seite 3: viele Wörter sind unsicher gelesen; Seite 5: ...". Names at most five.
std::string poor_pages_sentence(const std::vector<archive::Proposal>& proposals);

}  // namespace eakte::ingest

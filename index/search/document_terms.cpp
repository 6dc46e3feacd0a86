#include "index/search/document_terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "archive/access_lock.h"
#include "archive/erasure_requests.h"
#include "index/german_text.h"
#include "index/identity_lock.h"
#include "index/search/terms.h"

namespace eakte::index {
namespace {

// Phrases do not run over the end of a page or of a field.
constexpr Xapian::termpos page_gap = 100;

constexpr std::size_t shortest_suggestion = 4;
constexpr std::size_t longest_suggestion = 30;

bool is_suggestible(const std::string& exact) {
  return exact.size() >= shortest_suggestion && exact.size() <= longest_suggestion &&
         std::ranges::all_of(exact, [](char c) { return c >= 'a' && c <= 'z'; });
}

class TermWriter {
public:
  TermWriter(IndexedDocument& target, WordAnalysis& analysis) : target_(target), analysis_(analysis) {}

  void add_body(std::string_view text) {
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\f', begin), text.size());
      const std::string_view page = text.substr(begin, end - begin);
      const TokenizedText tokenized = tokenize(page);
      add_tokens(tokenized, "", 1);
      note_body_words(page, tokenized);
      begin = end + 1;
    }
  }

  // A field counts more than the body when the whole document is searched.
  void add_field(std::string_view text, Field field, Xapian::termcount weight) {
    if (text.empty()) return;
    const TokenizedText tokenized = tokenize(text);
    add_tokens(tokenized, field_prefix(field), 1);
    if (weight > 0) add_tokens(tokenized, "", weight);
    for (const Token& token : tokenized.tokens)
      note_word(token.exact, text.substr(token.begin, token.end - token.begin));
  }

private:
  void add_tokens(const TokenizedText& tokenized, std::string_view prefix, Xapian::termcount weight) {
    const Xapian::termpos base = position_;
    for (std::size_t i = 0; i < tokenized.tokens.size(); ++i) {
      add_word(tokenized.tokens[i].exact, prefix, base + static_cast<Xapian::termpos>(i), weight);
    }
    for (const TokenRun& run : tokenized.runs) {
      const Xapian::termpos at = base + static_cast<Xapian::termpos>(run.first);
      if (run.kind == TokenRun::Kind::joined) {
        add_word(run.term, prefix, at, weight);
      } else {
        target_.document.add_posting(fmt::format("{}{}{}", prefix, number_mark, run.term), at, weight);
      }
    }
    position_ = base + static_cast<Xapian::termpos>(tokenized.tokens.size()) + page_gap;
  }

  void add_word(const std::string& exact, std::string_view prefix, Xapian::termpos at,
                Xapian::termcount weight) {
    term_.assign(prefix).append(exact);
    target_.document.add_posting(term_, at, weight);
    const AnalyzedWord& word = analysis_.of(exact);
    if (word.stem.empty()) return;
    term_.assign(stem_mark).append(prefix).append(word.stem);
    target_.document.add_posting(term_, at, weight);
    Xapian::termpos part_at = at;
    for (const std::string& part : word.part_stems) {
      term_.assign(part_mark).append(prefix).append(part);
      target_.document.add_posting(term_, part_at++, 1);
    }
  }

  // Reading errors would fill the vocabulary: a body word counts when it is known or comes twice.
  void note_body_words(std::string_view page, const TokenizedText& tokenized) {
    for (const Token& token : tokenized.tokens) {
      if (!is_suggestible(token.exact) || target_.vocabulary.contains(token.exact)) continue;
      if (++seen_[token.exact] > 1 || analysis_.compounds().knows(token.exact) ||
          !analysis_.of(token.exact).part_stems.empty()) {
        note_word(token.exact, page.substr(token.begin, token.end - token.begin));
      }
    }
  }

  void note_word(const std::string& exact, std::string_view written) {
    if (!is_suggestible(exact) || written.find('\n') != std::string_view::npos) return;
    target_.vocabulary.try_emplace(exact, written);
  }

  IndexedDocument& target_;
  WordAnalysis& analysis_;
  Xapian::termpos position_ = 1;
  std::unordered_map<std::string, int> seen_;
  std::string term_;
};

std::string digits_of(const archive::Date& date) {
  std::string digits = archive::to_iso(date);
  std::erase(digits, '-');
  return digits;
}

void add_plan_terms(const archive::Archive& archive, const std::string& number, Xapian::Document& document) {
  if (number.empty()) return;
  for (std::size_t dot = number.find('.'); dot != std::string::npos; dot = number.find('.', dot + 1)) {
    document.add_boolean_term(plan_term(number.substr(0, dot)));
  }
  std::string above = number;
  while (!above.empty()) {
    document.add_boolean_term(plan_term(above));
    const archive::FilePlanEntry* const entry = archive.file_plan().find(above);
    above = entry == nullptr || entry->parent == above ? std::string() : entry->parent;
  }
}

void add_facet(Xapian::Document& document, std::string_view facet, Xapian::valueno number,
               const std::string& value) {
  if (value.empty()) return;
  document.add_value(number, value);
  document.add_boolean_term(facet_term(facet, value));
}

void add_values(const archive::Document& source, Xapian::Document& document) {
  const archive::NewDocument& content = source.content;
  const archive::Date date = content.fields.document_date.value_or(content.received_on);
  const std::string day = digits_of(date);
  document.add_value(slot::order, day + source.id.text);
  document.add_value(slot::day, day);
  document.add_value(slot::id, source.id.text);
  document.add_value(slot::revision, std::to_string(source.revision));
  add_facet(document, "typ", slot::type, content.fields.document_type);
  add_facet(document, "jahr", slot::year, day.substr(0, 4));
  add_facet(document, "von", slot::sender, content.fields.sender);
  add_facet(document, "zustand", slot::state, std::string(archive::name_of(content.state)));
  if (!content.fields.plan_entry.empty()) document.add_value(slot::plan, content.fields.plan_entry);
}

void add_folder_terms(const archive::Archive& archive, const archive::DocumentFields& fields,
                      TermWriter& writer) {
  if (!fields.folder.empty()) {
    const archive::Folder folder = archive.folder(fields.folder);
    writer.add_field(folder.reference, Field::reference, 1);
    writer.add_field(folder.reference, Field::folder, 0);
    writer.add_field(folder.title, Field::folder, 1);
  }
  if (!fields.open_case.empty()) {
    const archive::Case open_case = archive.open_case(fields.open_case);
    writer.add_field(open_case.reference, Field::reference, 1);
    writer.add_field(open_case.reference, Field::folder, 0);
    writer.add_field(open_case.title, Field::folder, 1);
  }
}

std::vector<std::string> locks_of(const archive::Archive& archive, const archive::Document& document) {
  const archive::FilePlanEntry* const entry = archive.file_plan().find(document.content.fields.plan_entry);
  return entry == nullptr ? std::vector<std::string>() : entry->search_locks;
}

StoredText stored_text_of(const archive::Archive& archive, const archive::Document& document) {
  StoredText stored;
  stored.id = document.id.text;
  stored.serial_numbers_locked = std::ranges::count(locks_of(archive, document), "seriennummer") > 0;
  // What a person corrected goes before what the machine read.
  bool corrected = false;
  for (const archive::Rendition& rendition : document.content.renditions) {
    const bool is_correction = rendition.role == archive::RenditionRole::corrected_text;
    if (is_correction || (rendition.role == archive::RenditionRole::text && !corrected))
      stored.text_sha256 = rendition.object.sha256;
    corrected = corrected || is_correction;
  }
  return stored;
}

}  // namespace

std::string write_stored_text(const StoredText& stored) {
  return fmt::format("{}\n{}\n{}", stored.id, stored.text_sha256,
                     stored.serial_numbers_locked ? "seriennummer" : "");
}

StoredText read_stored_text(const std::string& stored) {
  const std::size_t first = stored.find('\n');
  const std::size_t second = first == std::string::npos ? first : stored.find('\n', first + 1);
  if (second == std::string::npos) return {stored.substr(0, first), {}, true};
  return {stored.substr(0, first), stored.substr(first + 1, second - first - 1), stored.size() > second + 1};
}

std::string searchable_text(const archive::Archive& archive, const StoredText& stored) {
  if (stored.text_sha256.empty()) return {};
  std::vector<std::string> locks;
  if (stored.serial_numbers_locked) locks.emplace_back("seriennummer");
  return without_identity_numbers(archive.objects().read(stored.text_sha256), locks);
}

namespace {

/// Who may find it. A stage of retention that locks takes it from everybody else, a restriction goes further.
void add_access_terms(const archive::Archive& archive, const archive::Document& document,
                      Xapian::Document& target) {
  if (!is_restricted(document) && archive::is_noted_as_locked(archive, document)) {
    target.add_boolean_term(access_term(archive::locked_access));
    return;
  }
  for (const std::string& access : document.content.access) target.add_boolean_term(access_term(access));
}

}  // namespace

IndexedDocument index_document(const archive::Archive& archive, const archive::Document& document,
                               WordAnalysis& analysis) {
  IndexedDocument indexed;
  TermWriter writer(indexed, analysis);
  const archive::DocumentFields& fields = document.content.fields;
  const std::vector<std::string> locks = locks_of(archive, document);
  writer.add_field(without_identity_numbers(fields.title, locks), Field::title, 5);
  writer.add_field(fields.sender, Field::sender, 3);
  writer.add_field(without_identity_numbers(fields.reference, locks), Field::reference, 3);
  writer.add_field(fields.document_type, Field::type, 1);
  add_folder_terms(archive, fields, writer);
  for (const archive::Proposal& proposal : document.content.proposals) {
    if (proposal.field == "code" || proposal.field == "archive_number")
      writer.add_field(without_identity_numbers(proposal.value, locks), Field::reference, 1);
  }

  const StoredText stored = stored_text_of(archive, document);
  try {
    const std::string text = searchable_text(archive, stored);
    indexed.text_size = text.size();
    writer.add_body(text);
  } catch (const archive::Error&) {
    indexed.document.add_value(slot::textless, "1");
  }
  Xapian::Document& target = indexed.document;
  target.set_data(write_stored_text(stored));
  target.add_boolean_term(id_term(document.id.text));
  target.add_boolean_term(tenant_term(archive.tenant()));
  add_access_terms(archive, document, target);
  add_plan_terms(archive, fields.plan_entry, target);
  add_values(document, target);
  return indexed;
}

}  // namespace eakte::index

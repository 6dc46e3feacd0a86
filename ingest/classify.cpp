#include "ingest/classify.h"

#include <algorithm>

#include "ingest/classify/amounts.h"
#include "ingest/classify/dates.h"
#include "ingest/classify/deadlines.h"
#include "ingest/classify/document_type.h"
#include "ingest/classify/ibans.h"
#include "ingest/classify/identity_document.h"
#include "ingest/classify/layout.h"
#include "ingest/classify/parties.h"
#include "ingest/classify/plan_entry.h"
#include "ingest/classify/references.h"
#include "ingest/classify/subject.h"

namespace eakte::ingest {
namespace {

constexpr double kBelieved = 0.3;      // a proposal below this does not fill its field
constexpr double kBelievedDate = 0.5;  // a wrong date is worse than none: it decides on retention

/// At most 300 bytes, cut between characters.
std::string shortened(std::string text) {
  constexpr std::size_t kMost = 300;
  if (text.size() <= kMost) return text;
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

std::string whole_text(const std::vector<ocr::PageText>& pages) {
  std::string text;
  for (const ocr::PageText& page : pages) text += ocr::plain_text(page);
  return text;
}

/// The document's own headline and the model's guess, weighed together: agreement strengthens, contradiction
/// weakens.
std::vector<Finding> weighed_types(std::vector<Finding> named, const TypeModel* model,
                                   const std::string& text) {
  if (model == nullptr || text.empty()) return named;
  std::vector<TypeModel::Guess> guesses = model->guess(text);
  if (guesses.size() > 3) guesses.resize(3);
  const std::string named_best = named.empty() ? "" : named[0].value;
  for (Finding& finding : named) {
    const auto same = std::find_if(guesses.begin(), guesses.end(), [&](const auto& guess) {
      return finding.value == guess.value || finding.value.starts_with(guess.value + " ");
    });
    if (same != guesses.end()) {
      finding.confidence = 1 - (1 - finding.confidence) * (1 - 0.8 * same->confidence);
      finding.reason += "; Wortlaut";
      guesses.erase(same);
    } else if (!guesses.empty()) {
      finding.confidence *= 1 - 0.25 * guesses[0].confidence;
    }
  }
  const double doubt = named.empty() ? 1.0 : 1 - 0.6 * named[0].confidence;
  for (const TypeModel::Guess& guess : guesses) {
    named.push_back(
        {guess.value, guess.confidence * doubt, "Wortlaut ähnelt anderen Dokumenten dieses Typs"});
  }
  rank(named);
  return named;
}

/// File plan entries as people have filed such texts before.
std::vector<Finding> learned_entries(const TypeModel* model, const std::string& text) {
  std::vector<Finding> entries;
  if (model == nullptr || text.empty()) return entries;
  for (const TypeModel::Guess& guess : model->guess_entry(text))
    entries.push_back({guess.value, guess.confidence, "Ähnliche Dokumente wurden hier abgelegt"});
  return entries;
}

bool starts_small(std::string_view text) {
  return (text[0] >= 'a' && text[0] <= 'z') || text.starts_with("ü");
}

/// The tallest line of the first page with the lines right below that are as tall.
std::string main_headline(const Layout& layout, const std::string& sender) {
  const std::vector<Segment> lines = headlines_of(layout);
  const auto rank_of = [&](const Segment& s) {
    const bool label = s.text.size() < 6 || s.text.ends_with(':') || s.text == sender;
    return label ? 0.0 : s.height;
  };
  double height = 0;
  for (const Segment& line : lines) height = std::max(height, rank_of(line));
  if (height <= 1.15 * layout.body_height) return {};
  // Boxes are not exact: of lines about as tall, the topmost is the headline.
  const auto tallest =
      std::find_if(lines.begin(), lines.end(), [&](const Segment& s) { return rank_of(s) > 0.92 * height; });
  std::string text = tallest->text;
  for (auto next = std::next(tallest); next != lines.end(); ++next) {
    const Segment& before = *std::prev(next);
    // "Niederschrift" goes on with "über die 14. Sitzung ..." in smaller letters.
    const bool goes_on = starts_small(next->text) ? text.find(' ') == std::string::npos
                                                  : next->height >= 0.85 * tallest->height;
    if (!goes_on || next->top - before.bottom > 1.5 * tallest->height || next->top < before.bottom - 1) break;
    text += ' ' + next->text;
  }
  return text;
}

std::string title_of(const Layout& layout, const std::optional<Finding>& subject, const std::string& type,
                     const std::string& sender, const std::vector<Finding>& invoice_numbers) {
  if (subject) return subject->value;
  if (type == "Rechnung" && !invoice_numbers.empty()) return type + " " + invoice_numbers[0].value;
  if (std::string headline = main_headline(layout, sender); !headline.empty()) return headline;
  if (!type.empty()) return sender.empty() ? type : type + " von " + sender;
  for (const Row& row : layout.rows) {
    if (row[0].text.size() > 12) return row[0].text;
  }
  return {};
}

void propose(Classification& result, const std::string& field, const std::vector<Finding>& findings,
             std::size_t most) {
  for (std::size_t i = 0; i < findings.size() && i < most; ++i) {
    result.proposals.push_back(
        {field, shortened(findings[i].value), findings[i].confidence, shortened(findings[i].reason)});
  }
}

/// Whoever reads the proposals takes the first amount for the total: one that is not is worse than none.
std::vector<Finding> believed_amounts(const Layout& layout) {
  constexpr double kLikely = 0.5;
  std::vector<Finding> amounts = amounts_of(layout);
  std::erase_if(amounts, [](const Finding& amount) { return amount.confidence < kLikely; });
  return amounts;
}

std::string best_of(const std::vector<Finding>& findings) {
  return findings.empty() || findings[0].confidence < kBelieved ? std::string{}
                                                                : shortened(findings[0].value);
}

}  // namespace

void PagesToClassify::add(const ocr::PageText& page) {
  ++count_;
  constexpr std::size_t kMostCards = 100;
  const std::optional<IdentityPage> card = identity_page_of(page);
  if (card && identity_documents_.size() < kMostCards) {
    identity_documents_.push_back(
        {"identity_document", std::to_string(count_), card->confidence, "Seite: " + card->reason});
  }
  constexpr std::ptrdiff_t kFirst = 10, kLast = 2;
  if (std::ssize(telling_) == kFirst + kLast) telling_.erase(telling_.begin() + kFirst);
  telling_.push_back(page);
}

Classification classify(const std::vector<ocr::PageText>& pages, const archive::FilePlan& plan,
                        const TypeModel* model, archive::Date received_on) {
  PagesToClassify chosen;
  for (const ocr::PageText& page : pages) chosen.add(page);
  return classify(chosen, plan, model, received_on);
}

Classification classify(const PagesToClassify& chosen, const archive::FilePlan& plan, const TypeModel* model,
                        archive::Date received_on) {
  Classification result;
  result.proposals = chosen.identity_documents();
  std::vector<ocr::PageText> pages = chosen.telling();
  for (ocr::PageText& page : pages) withhold_from_fields(page);
  const Layout layout = layout_of(pages);
  if (layout.rows.empty()) return result;
  const std::string text = whole_text(pages);
  const std::optional<Finding> subject = subject_of(layout);
  const std::vector<Finding> types =
      weighed_types(named_types(layout, plan, subject ? subject->value : ""), model, text);
  const std::vector<Finding> senders = senders_of(layout);
  const std::vector<Finding> recipients = recipients_of(layout);
  const std::vector<Finding> references = references_of(layout);
  const std::vector<Finding> invoice_numbers = invoice_numbers_of(layout);

  result.fields.document_type = best_of(types);
  result.type_confidence = types.empty() ? 0 : types[0].confidence;
  result.fields.sender = best_of(senders);
  result.fields.recipient = best_of(recipients);
  result.fields.reference = best_of(references);
  result.fields.title = shortened(
      title_of(layout, subject, result.fields.document_type, result.fields.sender, invoice_numbers));

  std::string headline = result.fields.title;
  for (const Segment& line : headlines_of(layout)) headline += ' ' + line.text;
  const std::vector<Finding> entries = weighed_entries(
      plan_entries_for({types, references, headline, text}, plan), learned_entries(model, text), plan);
  result.fields.plan_entry = best_of(entries);
  result.plan_confidence = entries.empty() ? 0 : entries[0].confidence;

  propose(result, "document_type", types, 3);
  propose(result, "plan_entry", entries, 3);
  if (const std::optional<LetterDate> date = letter_date(layout, received_on)) {
    if (date->confidence >= kBelievedDate) result.fields.document_date = date->date;
    result.proposals.push_back(
        {"document_date", archive::to_iso(date->date), date->confidence, date->reason});
  }
  propose(result, "deadline", deadlines_of(layout, result.fields.document_date, received_on), 3);
  propose(result, "sender", senders, 2);
  propose(result, "recipient", recipients, 1);
  propose(result, "reference", references, 4);
  propose(result, "kassenzeichen", payment_references_of(layout), 2);
  propose(result, "invoice_number", invoice_numbers, 1);
  propose(result, "iban", ibans_of(layout), 5);
  propose(result, "amount", believed_amounts(layout), 4);
  result.proposals.push_back({"title", result.fields.title, subject ? subject->confidence : 0.5,
                              subject ? subject->reason : "Überschrift oder erste Zeile"});
  return result;
}

}  // namespace eakte::ingest

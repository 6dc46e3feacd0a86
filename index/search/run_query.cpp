#include "index/search/run_query.h"

#include <algorithm>
#include <array>
#include <memory>

#include "index/query_tree.h"
#include "index/search/document_terms.h"
#include "index/search/snippet.h"
#include "index/search/suggestion.h"
#include "index/search/terms.h"
#include "index/search/xapian_query.h"

namespace eakte::index {
namespace {

constexpr int most_hits = 500;
constexpr std::size_t most_facet_values = 12;
constexpr Xapian::doccount suggest_up_to = 2;

struct FacetSlot {
  const char* name;
  Xapian::valueno slot;
};

constexpr std::array<FacetSlot, 5> facet_slots{{{"typ", slot::type},
                                                {"plan", slot::plan},
                                                {"jahr", slot::year},
                                                {"von", slot::sender},
                                                {"zustand", slot::state}}};

Facet facet_from(const char* name, const Xapian::ValueCountMatchSpy& spy) {
  Facet facet{name, {}};
  for (auto value = spy.top_values_begin(most_facet_values); value != spy.top_values_end(most_facet_values);
       ++value) {
    facet.values.push_back({*value, static_cast<std::int64_t>(value.get_termfreq())});
  }
  return facet;
}

void set_order(Xapian::Enquire& enquire, SortOrder order) {
  switch (order) {
    // The day breaks ties: the same hits in the same order, whatever order they were indexed in.
    case SortOrder::relevance:
      enquire.set_sort_by_relevance_then_value(slot::order, true);
      return;
    case SortOrder::newest:
      enquire.set_sort_by_value(slot::order, true);
      return;
    case SortOrder::oldest:
      enquire.set_sort_by_value(slot::order, false);
      return;
  }
}

// An unreadable text costs its hit the snippet, not everybody the search; verify() tells of it.
std::string text_for_snippet(const archive::Archive& archive, const StoredText& stored) {
  try {
    return searchable_text(archive, stored);
  } catch (const archive::Error&) {
    return {};
  }
}

std::vector<Hit> hits_from(const Xapian::MSet& found, const archive::Archive& archive, Marker& marker) {
  std::vector<Hit> hits;
  for (auto match = found.begin(); match != found.end(); ++match) {
    const StoredText stored = read_stored_text(match.get_document().get_data());
    Passage passage = find_passage(text_for_snippet(archive, stored), marker);
    hits.push_back(
        {archive::DocumentId{stored.id}, match.get_weight(), passage.page, std::move(passage.parts)});
  }
  return hits;
}

// Words that say what a document is about: stems, without numbers and short ones.
class SubjectWords : public Xapian::ExpandDecider {
public:
  bool operator()(const std::string& term) const override {
    constexpr std::size_t shortest = 5;
    return term.size() >= shortest && term[0] == stem_mark[0] && term[1] >= 'a' && term[1] <= 'z';
  }
};

Xapian::doccount limited(int limit) { return static_cast<Xapian::doccount>(std::clamp(limit, 0, most_hits)); }

}  // namespace

Hits run_search(const Xapian::Database& database, const archive::Archive& archive, const Query& query,
                WordAnalysis& analysis) {
  const QueryNode root = parse_query(query.text);
  const Xapian::Query visible = visible_query(query);
  Xapian::Enquire enquire(database);
  enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, xapian_query(root, analysis), visible));
  set_order(enquire, query.sort);
  std::vector<std::unique_ptr<Xapian::ValueCountMatchSpy>> spies;
  for (const FacetSlot& facet : facet_slots) {
    spies.push_back(std::make_unique<Xapian::ValueCountMatchSpy>(facet.slot));
    enquire.add_matchspy(spies.back().get());
  }
  // Looking at every match makes total and facets exact.
  const Xapian::MSet found = enquire.get_mset(static_cast<Xapian::doccount>(std::max(query.offset, 0)),
                                              limited(query.limit), database.get_doccount());
  Hits hits;
  hits.total = found.get_matches_estimated();
  Marker marker(root, analysis);
  hits.hits = hits_from(found, archive, marker);
  for (std::size_t i = 0; i < facet_slots.size(); ++i)
    hits.facets.push_back(facet_from(facet_slots[i].name, *spies[i]));
  if (found.get_matches_estimated() <= suggest_up_to) {
    hits.suggestion = suggest(database, query.text, root, visible, found.get_matches_estimated(), analysis);
  }
  return hits;
}

std::vector<Hit> run_similar(const Xapian::Database& database, const archive::Archive& archive,
                             const archive::DocumentId& id, const Query& query, WordAnalysis& analysis) {
  constexpr Xapian::termcount most_words = 25;
  constexpr int least_likeness = 10;  // percent of the best possible
  const Xapian::Query self(id_term(id.text));
  const Xapian::Query visible = visible_query(query);
  Xapian::Enquire enquire(database);
  // A document the asker may not see is like nothing.
  enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, self, visible));
  const Xapian::MSet own = enquire.get_mset(0, 1);
  if (own.empty()) return {};
  Xapian::RSet relevant;
  relevant.add_document(*own.begin());
  const SubjectWords subject_words;
  const Xapian::ESet words = enquire.get_eset(most_words, relevant, &subject_words);
  if (words.empty()) return {};
  const Xapian::Query alike(Xapian::Query::OP_ELITE_SET, words.begin(), words.end(), most_words);
  const Xapian::Query others(Xapian::Query::OP_AND_NOT, alike, self);
  enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, others, visible));
  enquire.set_cutoff(least_likeness);
  set_order(enquire, SortOrder::relevance);
  const Xapian::MSet found = enquire.get_mset(0, limited(query.limit));
  Marker nothing_marked(QueryNode{}, analysis);
  return hits_from(found, archive, nothing_marked);
}

}  // namespace eakte::index

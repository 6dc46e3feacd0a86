#include <gtest/gtest.h>

#include <algorithm>

#include "tests/index/filed_archive.h"

namespace eakte::index {
namespace {

using testing::query;
using Titles = std::set<std::string>;

void fields(archive::NewDocument& document, const std::string& type, const std::string& sender,
            const std::string& reference, const std::string& date, const std::string& plan) {
  document.fields.document_type = type;
  document.fields.sender = sender;
  document.fields.reference = reference;
  document.fields.document_date = archive::date_from_iso(date);
  document.fields.plan_entry = plan;
}

// The documents every test searches; made once because filing is durable and therefore slow.
struct Sample {
  Sample() : index(filed.index_directory()) {
    archive::Archive& archive = filed.archive();
    const archive::FolderId folder =
        archive.add_folder("12.20.20", "122-20/0815", "Ausweisakte Beispielgasse", "test");
    const archive::CaseId open_case = archive.add_case(folder, "122-20/0815-3", "Verlustmeldung", "test");
    tax =
        filed.add("Steuerbescheid",
                  "Gewerbe-\nsteuerbescheid für 2023\nzu zahlen sind 1.234,56 EUR\n"
                  "Grund-\nund Hundesteuer\fKassenzeichen 5.0123.456789.0\nHerr Müller\f",
                  [](auto& d) {
                    fields(d, "Bescheid", "Stadtkasse Musterstadt", "32.1-4711/24", "2024-01-15", "12.20.20");
                  });
    sewage = filed.add(
        "Abwasser", "Wir erheben Abwassergebühren. Der Bescheid folgt.\fFlurstück 123/4\f", [](auto& d) {
          fields(d, "Rechnung", "Wasserwerk Nord GmbH", "WW 99/2023", "2023-06-30", "12.20.30");
        });
    letter = filed.add(
        "Brief",
        "Sehr geehrter Herr Mueller, am 3. November 2024 tagt der Ausschuss in der Straße am Markt.\n"
        "IBAN DE89 3704 0044 0532 0130 00\f",
        [&](auto& d) {
          fields(d, "Schreiben", "Erika Beispiel", "", "2024-03-01", "12.20.20");
          d.fields.folder = folder;
          d.fields.open_case = open_case;
        });
    noise = filed.add("Notiz",
                      "Gewerbe gemeldet. Viele andere Wörter stehen hier dazwischen, bis endlich nach "
                      "langer Rede auch noch eine Steuer erwähnt wird.\f",
                      [](auto& d) {
                        d.state = archive::DocumentState::review;
                        d.review_reasons = {"plan_unclear"};
                      });
    secret = filed.add("Geheim", "Geheimvorgang Gewerbesteuer Zwiebelfisch Müller\fAusschuss\f", [](auto& d) {
      fields(d, "Geheimakte", "Nachrichtendienst", "G-1", "2022-01-01", "12.50.10");
      d.access = {"geheim"};
    });
    index.catch_up(archive);
  }

  Titles titles(const Query& q) { return testing::titles(filed.archive(), index, q); }
  Titles titles(const std::string& text) { return titles(query(text)); }
  Hits search(const Query& q) { return index.search(filed.archive(), q); }

  testing::FiledArchive filed;
  SearchIndex index;
  archive::DocumentId tax, sewage, letter, noise, secret;
};

class Search : public ::testing::Test {
protected:
  static void SetUpTestSuite() { sample = std::make_unique<Sample>(); }
  static void TearDownTestSuite() { sample.reset(); }
  static std::unique_ptr<Sample> sample;
};
std::unique_ptr<Sample> Search::sample;

TEST_F(Search, FindsByEveryOperatorAndField) {
  const std::vector<std::pair<std::string, Titles>> table{
      {"", {"Steuerbescheid", "Abwasser", "Brief", "Notiz"}},
      {"gewerbesteuerbescheid", {"Steuerbescheid"}},
      {"Müller", {"Steuerbescheid", "Brief"}},
      {"mueller", {"Steuerbescheid", "Brief"}},
      {"MULLER", {"Steuerbescheid", "Brief"}},
      {"strasse", {"Brief"}},
      {"Ausschüsse", {"Brief"}},
      {"Müller Ausschuss", {"Brief"}},
      {"Müller -Ausschuss", {"Steuerbescheid"}},
      {"Müller NICHT Kassenzeichen", {"Brief"}},
      {"-Müller", {"Abwasser", "Notiz"}},
      {"Flurstück ODER Ausschuss", {"Abwasser", "Brief"}},
      {"Herr (Kassenzeichen ODER Ausschuss)", {"Steuerbescheid", "Brief"}},
      {"\"zu zahlen sind\"", {"Steuerbescheid"}},
      {"\"sind zu zahlen\"", {}},
      {"\"Müller Kassenzeichen\"", {}},
      {"\"Bescheid folgt Flurstück\"", {}},
      {"Abwasserge*", {"Abwasser"}},
      {"Kassenz*", {"Steuerbescheid"}},
      {"der Ausschuss", {"Brief"}},
      // compounds, both ways
      {"Abwasser", {"Abwasser"}},
      {"Gewerbe", {"Steuerbescheid", "Notiz"}},
      {"Abwassergebührenbescheid", {"Abwasser"}},
      {"Gewerbesteuer", {"Steuerbescheid"}},
      {"Hundesteuer", {"Steuerbescheid"}},
      // numbers
      {"5.0123.456789.0", {"Steuerbescheid"}},
      {"123/4", {"Abwasser"}},
      {"1234,56", {"Steuerbescheid"}},
      {"1.234,56", {"Steuerbescheid"}},
      {"32.1-4711/24", {"Steuerbescheid"}},
      {"4711", {"Steuerbescheid"}},
      {"DE89370400440532013000", {"Brief"}},
      {"DE89 3704 0044 0532 0130 00", {"Brief"}},
      {"03.11.2024", {"Brief"}},
      {"3. November 2024", {"Brief"}},
      // fields
      {"typ:Bescheid", {"Steuerbescheid"}},
      {"typ:rechnung", {"Abwasser"}},
      {"typ:Bescheid ODER typ:Rechnung", {"Steuerbescheid", "Abwasser"}},
      {"-typ:Bescheid", {"Abwasser", "Brief", "Notiz"}},
      {"von:Stadtkasse", {"Steuerbescheid"}},
      {"von:\"Wasserwerk Nord\"", {"Abwasser"}},
      {"von:beisp*", {"Brief"}},
      {"von:Müller", {}},
      {"betreff:Brief", {"Brief"}},
      {"betreff:Steuer", {"Steuerbescheid"}},
      {"betreff:Müller", {}},
      {"az:32.1-4711/24", {"Steuerbescheid"}},
      {"az:\"WW 99/2023\"", {"Abwasser"}},
      {"az:32.1-47*", {"Steuerbescheid"}},
      {"az:122-20/0815", {"Brief"}},
      {"az:122-20/0815-3", {"Brief"}},
      {"akte:122-20/0815", {"Brief"}},
      {"akte:Ausweisakte", {"Brief"}},
      {"akte:Verlustmeldung", {"Brief"}},
      {"plan:12.20.20", {"Steuerbescheid", "Brief"}},
      {"plan:12.20", {"Steuerbescheid", "Abwasser", "Brief"}},
      {"plan:12", {"Steuerbescheid", "Abwasser", "Brief"}},
      {"plan:12.2*", {"Steuerbescheid", "Abwasser", "Brief"}},
      {"plan:1", {}},
      {"datum:2024", {"Steuerbescheid", "Brief", "Notiz"}},
      {"datum:2024-01", {"Steuerbescheid"}},
      {"datum:2024-01..2024-03", {"Steuerbescheid", "Brief"}},
      {"datum:..2023", {"Abwasser"}},
      {"datum:2024-03..", {"Brief", "Notiz"}},
      {"datum:15.01.2024", {"Steuerbescheid"}},
      {"nirgendwo", {}},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(sample->titles(text), expected) << text;
}

TEST_F(Search, RefusesABadQueryAndAnUnknownFilter) {
  EXPECT_THROW(sample->titles("(offen"), BadQuery);
  Query q = query("");
  q.filters = {"farbe=rot"};
  EXPECT_THROW(sample->titles(q), BadQuery);
}

TEST_F(Search, ShowsOnlyWhatAccessAndTenantAllow) {
  EXPECT_EQ(sample->titles("Zwiebelfisch"), Titles{});
  Query q = query("Müller");
  q.access = {"all", "geheim"};
  EXPECT_EQ(sample->titles(q), (Titles{"Steuerbescheid", "Brief", "Geheim"}));
  q.access = {"geheim"};
  EXPECT_EQ(sample->titles(q), Titles{"Geheim"});
  q.access = {};
  EXPECT_EQ(sample->titles(q), Titles{});
  q = query("Müller");
  q.tenant = "nachbarstadt";
  EXPECT_EQ(sample->titles(q), Titles{});
}

TEST_F(Search, CountsNothingThatMayNotBeSeen) {
  const Hits hits = sample->search(query(""));
  EXPECT_EQ(hits.total, 4);
  for (const Facet& facet : hits.facets) {
    for (const FacetValue& value : facet.values) {
      EXPECT_NE(value.value, "Geheimakte");
      EXPECT_NE(value.value, "Nachrichtendienst");
      EXPECT_NE(value.value, "2022");
    }
  }
}

TEST_F(Search, SuggestsNothingThatMayNotBeSeen) {
  EXPECT_EQ(sample->search(query("Zwiebelfich")).suggestion, "");
  Query q = query("Zwiebelfich");
  q.access = {"geheim"};
  EXPECT_EQ(sample->search(q).suggestion, "Zwiebelfisch");
}

TEST_F(Search, SuggestsTheWordThatWasMeant) {
  EXPECT_EQ(sample->search(query("Kassenzeihen")).suggestion, "Kassenzeichen");
  EXPECT_EQ(sample->search(query("Herr Kasenzeichen")).suggestion, "Herr Kassenzeichen");
  EXPECT_EQ(sample->search(query("von:Statdkasse")).suggestion, "von:Stadtkasse");
  EXPECT_EQ(sample->search(query("Kassenzeichen")).suggestion, "");
  EXPECT_EQ(sample->search(query("xqxqxqxq")).suggestion, "");
}

TEST_F(Search, CountsFacetsOverAllHitsAndFiltersByThem) {
  Query q = query("");
  q.limit = 1;
  const Hits hits = sample->search(q);
  EXPECT_EQ(hits.hits.size(), 1U);
  EXPECT_EQ(hits.total, 4);
  const auto values = [&](const std::string& name) {
    std::map<std::string, std::int64_t> counted;
    for (const Facet& facet : hits.facets) {
      if (facet.name != name) continue;
      for (const FacetValue& value : facet.values) counted[value.value] = value.count;
    }
    return counted;
  };
  using Counts = std::map<std::string, std::int64_t>;
  EXPECT_EQ(values("typ"), (Counts{{"Bescheid", 1}, {"Rechnung", 1}, {"Schreiben", 1}}));
  EXPECT_EQ(values("plan"), (Counts{{"12.20.20", 2}, {"12.20.30", 1}}));
  EXPECT_EQ(values("jahr"), (Counts{{"2023", 1}, {"2024", 3}}));
  EXPECT_EQ(values("zustand"), (Counts{{"filed", 3}, {"review", 1}}));
  EXPECT_EQ(values("von").size(), 3U);

  const std::vector<std::pair<std::vector<std::string>, Titles>> table{
      {{"typ=Bescheid"}, {"Steuerbescheid"}},
      {{"typ=Bescheid", "typ=Rechnung"}, {"Steuerbescheid", "Abwasser"}},
      {{"typ=Bescheid", "typ=Rechnung", "jahr=2023"}, {"Abwasser"}},
      {{"von=Wasserwerk Nord GmbH"}, {"Abwasser"}},
      {{"plan=12.20.20"}, {"Steuerbescheid", "Brief"}},
      {{"zustand=review"}, {"Notiz"}},
      {{"typ=" + std::string(400, 'x')}, {}},
  };
  for (const auto& [filters, expected] : table) {
    Query filtered = query("");
    filtered.filters = filters;
    EXPECT_EQ(sample->titles(filtered), expected) << filters.front();
  }
}

TEST_F(Search, SortsByDateAndPages) {
  const auto order = [&](SortOrder sort, int offset, int limit) {
    Query q = query("");
    q.sort = sort;
    q.offset = offset;
    q.limit = limit;
    std::vector<archive::DocumentId> ids;
    for (const Hit& hit : sample->search(q).hits) ids.push_back(hit.document);
    return ids;
  };
  const std::vector<archive::DocumentId> newest{sample->noise, sample->letter, sample->tax, sample->sewage};
  EXPECT_EQ(order(SortOrder::newest, 0, 10), newest);
  EXPECT_EQ(order(SortOrder::oldest, 0, 10),
            std::vector<archive::DocumentId>(newest.rbegin(), newest.rend()));
  EXPECT_EQ(order(SortOrder::newest, 1, 2), (std::vector<archive::DocumentId>{sample->letter, sample->tax}));
  EXPECT_TRUE(order(SortOrder::newest, 10, 2).empty());
}

TEST_F(Search, RanksTheWordItselfBeforeWhatOnlyContainsIt) {
  testing::FiledArchive filed;
  SearchIndex index(filed.index_directory());
  const auto part = filed.add("Eins", "Die Abwassergebühren sind fällig.\f");
  const auto word = filed.add("Zwei", "Das Abwasser ist abzuleiten dort.\f");
  index.catch_up(filed.archive());
  const Hits hits = index.search(filed.archive(), query("Abwasser"));
  ASSERT_EQ(hits.hits.size(), 2U);
  EXPECT_EQ(hits.hits[0].document, word);
  EXPECT_EQ(hits.hits[1].document, part);
}

std::string bold(const Hit& hit) {
  std::string text;
  for (const SnippetPart& part : hit.snippet) text += part.matches ? "[" + part.text + "]" : part.text;
  return text;
}

TEST_F(Search, ShowsPageAndSnippetOfTheHit) {
  const Hit tax = sample->search(query("Gewerbesteuerbescheid")).hits.at(0);
  EXPECT_EQ(tax.page, 1);
  EXPECT_EQ(bold(tax).find("[Gewerbesteuerbescheid] für 2023 zu zahlen"), 0U) << bold(tax);
  const Hit number = sample->search(query("5.0123.456789.0")).hits.at(0);
  EXPECT_EQ(number.page, 2);
  EXPECT_EQ(bold(number), "Kassenzeichen [5].[0123].[456789].[0] Herr Müller");
  EXPECT_EQ(bold(sample->search(query("Abwasser")).hits.at(0)),
            "Wir erheben [Abwassergebühren]. Der Bescheid folgt.");
  EXPECT_EQ(bold(sample->search(query("\"Der Bescheid\"")).hits.at(0)),
            "Wir erheben Abwassergebühren. [Der] [Bescheid] folgt.");
  const Hit by_field = sample->search(query("typ:Rechnung")).hits.at(0);
  EXPECT_EQ(by_field.page, 1);
  EXPECT_EQ(bold(by_field), "Wir erheben Abwassergebühren. Der Bescheid folgt.");
}

TEST_F(Search, FindsSimilarDocumentsWithinWhatMayBeSeen) {
  testing::FiledArchive filed;
  SearchIndex index(filed.index_directory());
  const std::string text = "Bebauungsplan Lindenhof Auslegung Einwendungen Grundwasser Lärmschutz Spielplatz";
  const auto one = filed.add("Eins", text + "\f");
  const auto two = filed.add("Zwei", text + " Nachtrag\f");
  const auto hidden = filed.add("Drei", text + " intern\f", [](auto& d) { d.access = {"geheim"}; });
  for (int i = 0; i < 10; ++i)
    filed.add("Anderes", "Einladung zur Sitzung mit Imbiss Nummer " + std::to_string(i) + "\f");
  index.catch_up(filed.archive());
  const auto found = index.similar(filed.archive(), one, query(""));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].document, two);
  EXPECT_TRUE(index.similar(filed.archive(), hidden, query("")).empty());
  EXPECT_TRUE(index.similar(filed.archive(), archive::DocumentId{"unknown"}, query("")).empty());
}

TEST_F(Search, NeverFindsMachineReadableZonesOrLockedSerialNumbers) {
  testing::FiledArchive filed;
  SearchIndex index(filed.index_directory());
  const std::string text =
      "Ausweis LZ6311T47 von Erika\nP<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
      "L898902C36UTO7408122F1204159ZE184226B<<<<<10\nAntrag\f";
  filed.add("Pass", text, [](auto& d) { d.fields.plan_entry = "12.20.30"; });
  filed.add("Brief", text);
  index.catch_up(filed.archive());
  archive::Archive& archive = filed.archive();
  EXPECT_EQ(testing::titles(archive, index, query("Erika")), (Titles{"Pass", "Brief"}));
  EXPECT_EQ(testing::titles(archive, index, query("Eriksson")), Titles{});
  EXPECT_EQ(testing::titles(archive, index, query("L898902C36UTO7408122F1204159ZE184226B")), Titles{});
  EXPECT_EQ(testing::titles(archive, index, query("LZ6311T47")), Titles{"Brief"});
  for (const Hit& hit : index.search(archive, query("Antrag")).hits) {
    EXPECT_EQ(bold(hit).find("ERIKSSON"), std::string::npos);
  }
}

ocr::PageText page_of(const std::vector<std::vector<std::string>>& lines) {
  ocr::PageText page;
  for (std::size_t line = 0; line < lines.size(); ++line) {
    for (std::size_t word = 0; word < lines[line].size(); ++word) {
      ocr::Word made;
      made.text = lines[line][word];
      made.line = static_cast<int>(line);
      made.box = {static_cast<int>(word) * 100, static_cast<int>(line) * 50, 90, 40};
      page.words.push_back(made);
    }
  }
  return page;
}

// Line and number of each marked word.
std::set<std::pair<int, int>> marked(const SearchIndex& index, const ocr::PageText& page,
                                     const std::string& text) {
  std::set<std::pair<int, int>> found;
  for (const ocr::Box& box : index.find_on_page(page, query(text)))
    found.insert({box.top / 50, box.left / 100});
  return found;
}

TEST_F(Search, MarksWordsOnThePage) {
  const ocr::PageText page =
      page_of({{"Der", "Bescheid", "zur", "Gewerbe-"},
               {"steuer", "ist", "zu", "zahlen."},
               {"Az.:", "32.1-4711/24", "IBAN", "DE89", "3704", "0044", "0532", "0130", "00"},
               {"Abwassergebühren", "zu", "Bescheid"}});
  using Places = std::set<std::pair<int, int>>;
  const std::vector<std::pair<std::string, Places>> table{
      {"Gewerbesteuer", {{0, 3}, {1, 0}}},
      {"Steuer", {{0, 3}, {1, 0}}},
      {"bescheide", {{0, 1}, {3, 2}}},
      {"\"zu zahlen\"", {{1, 2}, {1, 3}}},
      {"zahl*", {{1, 3}}},
      {"32.1-4711/24", {{2, 1}}},
      {"az:32.1-4711/24", {{2, 1}}},
      {"DE89370400440532013000", {{2, 3}, {2, 4}, {2, 5}, {2, 6}, {2, 7}, {2, 8}}},
      {"Abwasser", {{3, 0}}},
      {"Abwassergebührenbescheid", {{3, 0}, {3, 2}}},
      {"Bescheid -zahlen", {{0, 1}, {3, 2}}},
      {"typ:Bescheid", {}},
      {"Katze", {}},
      {"", {}},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(marked(sample->index, page, text), expected) << text;
  EXPECT_TRUE(sample->index.find_on_page({}, query("Bescheid")).empty());
}

}  // namespace
}  // namespace eakte::index

#include "archive/retention.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "archive/catalogue/folder_rows.h"
#include "archive/disposability.h"
#include "archive/file_plan.h"
#include "tests/archive/tenant.h"
#include "tests/support/day.h"

namespace eakte::archive {
namespace {

struct Vector {
  const char* id;
  const char* entry;
  std::vector<std::pair<const char*, const char*>> events;
  const char* end;     ///< last day of the period; empty: for ever
  const char* action;  ///< first day on which something may happen
  const char* disposal;
  const char* dormant;  ///< from when it is not at hand any more; empty: never before its end
};

// Ends under the sample plan, from an independent calculation.
const Vector vectors[] = {
    {"V01", "11.10.30", {{"beleg_entstanden", "2024-01-01"}}, "2032-12-31", "2033-01-01", "V", ""},
    {"V02", "11.10.30", {{"beleg_entstanden", "2024-12-31"}}, "2032-12-31", "2033-01-01", "V", ""},
    {"V03", "11.50.20", {{"rechnung_ausgestellt", "2016-06-30"}}, "2024-12-31", "2025-01-01", "V", ""},
    {"V04", "11.50.20", {{"rechnung_ausgestellt", "2017-01-02"}}, "2025-12-31", "2026-01-01", "V", ""},
    {"V05", "11.50.20", {{"rechnung_ausgestellt", "2025-03-05"}}, "2033-12-31", "2034-01-01", "V", ""},
    {"V06", "11.50.10", {{"abschluss_festgestellt", "2025-06-12"}}, "2035-12-31", "2036-01-01", "A", ""},
    {"V07", "11.50.40", {{"beleg_entstanden", "2019-12-31"}}, "2025-12-31", "2026-01-01", "V", ""},
    {"V08", "12.20.30", {{"ausweis_ungueltig", "2024-02-29"}}, "2029-02-28", "2029-03-01", "V", ""},
    {"V09", "12.20.20", {{"ausweis_ungueltig", "2026-11-03"}}, "2031-11-03", "2031-11-04", "V", ""},
    {"V10", "12.20.10", {{"wegzug_tod", "2010-07-15"}}, "2065-12-31", "2066-01-01", "B", ""},
    {"V11", "12.10.10", {{"wahltag", "2025-02-23"}}, "2025-08-23", "2025-08-24", "V", ""},
    {"V12", "12.10.10", {{"wahltag", "2025-08-31"}}, "2026-02-28", "2026-03-01", "V", ""},
    {"V13", "12.10.20", {{"naechste_hauptwahl", "2029-02-25"}}, "2028-12-26", "2028-12-27", "V", ""},
    {"V14",
     "11.60.10",
     {{"vertragsende", "2026-04-30"}, {"zuschlag", "2022-05-01"}},
     "2026-04-30",
     "2026-05-01",
     "V",
     ""},
    {"V15",
     "11.60.10",
     {{"vertragsende", "2024-04-30"}, {"zuschlag", "2023-05-01"}},
     "2026-05-01",
     "2026-05-02",
     "V",
     ""},
    {"V16", "36.20.10", {{"geburt_kind", "2024-02-29"}}, "2124-02-29", "2124-03-01", "B", ""},
    {"V17", "36.20.10", {{"geburt_kind", "1950-05-20"}}, "2050-05-20", "2050-05-21", "B", ""},
    {"V18", "12.30.10", {{"beurkundung", "1915-03-09"}}, "2025-12-31", "2026-01-01", "B", ""},
    {"V19", "12.30.20", {{"beurkundung", "1945-12-31"}}, "2025-12-31", "2026-01-01", "B", ""},
    {"V20", "12.30.30", {{"beurkundung", "1995-01-01"}}, "2025-12-31", "2026-01-01", "B", ""},
    {"V21", "11.30.10", {{"personalakte_abschluss", "2020-12-31"}}, "2025-12-31", "2026-01-01", "B", ""},
    {"V22", "11.30.30", {{"zdA", "2023-01-09"}}, "2026-12-31", "2027-01-01", "V", "2026-01-01"},
    {"V23", "11.30.40", {{"absage", "2025-08-31"}}, "2026-02-28", "2026-03-01", "V", ""},
    {"V24", "11.40.30", {{"zdA", "2025-11-20"}}, "2026-12-31", "2027-01-01", "V", ""},
    {"V25", "52.10.10", {{"abbruch", "2019-09-09"}}, "2024-12-31", "2025-01-01", "B", ""},
    {"V26", "36.10.10", {{"ende_betreuung", "2022-07-31"}}, "2025-12-31", "2026-01-01", "V", ""},
    {"V27", "36.10.20", {{"ende_betreuung", "2022-07-31"}}, "2030-12-31", "2031-01-01", "V", ""},
    {"V28", "61.10.30", {{"zdA", "2024-02-29"}}, "2032-12-31", "2033-01-01", "V", "2027-01-01"},
    {"V29", "11.20.20", {{"bestandskraft", "1999-12-31"}}, "2029-12-31", "2030-01-01", "B", ""},
    {"V30", "11.10.10", {{"zdA", "2020-05-05"}}, "", "", "A", "2026-01-01"},
    {"V31", "12.40.20", {{"zdA", "2026-04-14"}}, "2029-12-31", "2030-01-01", "V", "2029-01-01"},
};

std::string iso(const std::optional<Date>& day) { return day ? to_iso(*day) : std::string(); }

/// A folder of the entry closed on its zdA, else on the day of its last event.
FolderRecord folder_of(const Vector& vector) {
  FolderRecord folder;
  folder.about.plan_entry = vector.entry;
  folder.status = FolderStatus::closed;
  for (const auto& [name, day] : vector.events) folder.events[name] = date_from_iso(day).value();
  folder.closed_on = folder.events.begin()->second;
  return folder;
}

TEST(Retention, EndsWhereTheReferenceCalculationEnds) {
  const FilePlan plan = parse_file_plan(testing::sample_plan());
  for (const Vector& vector : vectors) {
    FolderRecord folder = folder_of(vector);
    const bool closing_known = folder.events.contains("zdA");
    compute_retention(plan, folder);
    EXPECT_EQ(iso(folder.retention.end), vector.end) << vector.id;
    EXPECT_EQ(folder.retention.unlimited, std::string(vector.end).empty()) << vector.id;
    EXPECT_TRUE(folder.retention.open_events.empty()) << vector.id;
    EXPECT_EQ(iso(disposable_from(folder, {})), vector.action) << vector.id;
    EXPECT_EQ(code_of(folder.disposal), vector.disposal) << vector.id;
    if (closing_known) {
      EXPECT_EQ(iso(folder.dormant_from), vector.dormant) << vector.id;
    }
  }
}

TEST(Retention, TheVectorsAreThoseOfTheSharedReference) {
  const std::filesystem::path file = std::filesystem::path(EAKTE_SHARED) / "data/retention-vectors.yaml";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no reference data beside the checkout";
  const std::string text = testing::file_content(file);
  for (const Vector& vector : vectors) {
    const std::size_t begin = text.find(fmt::format("- id: {}\n", vector.id));
    ASSERT_NE(begin, std::string::npos) << vector.id;
    const std::string part = text.substr(begin, text.find("- id:", begin + 5) - begin);
    EXPECT_NE(part.find(fmt::format("kz: {}\n", vector.entry)), std::string::npos) << vector.id;
    for (const auto& [name, day] : vector.events)
      EXPECT_NE(part.find(fmt::format("{}: '{}'", name, day)), std::string::npos) << vector.id;
    const std::string end = *vector.end == 0 ? "null" : fmt::format("'{}'", vector.end);
    EXPECT_NE(part.find(fmt::format("frist_ende: {}\n", end)), std::string::npos) << vector.id;
  }
}

RetentionPeriod period(int years, const char* event, Rounding rounding = Rounding::end_of_year) {
  return {years, 0, 0, event, rounding};
}

RetentionRule rule_of(RetentionRule::Combination combination, std::vector<RetentionPeriod> periods) {
  RetentionRule rule;
  rule.combination = combination;
  rule.periods = std::move(periods);
  return rule;
}

TEST(Retention, WaitsForEveryEventOfACombination) {
  const auto rule =
      rule_of(RetentionRule::Combination::latest, {period(0, "vertragsende"), period(3, "zuschlag")});
  const RetentionEnd none = retention_end(rule, {});
  EXPECT_FALSE(none.end);
  EXPECT_EQ(none.open_events, (std::vector<std::string>{"vertragsende", "zuschlag"}));
  const RetentionEnd one = retention_end(rule, {{"zuschlag", date_from_iso("2025-05-01").value()}});
  EXPECT_FALSE(one.end);
  EXPECT_EQ(one.open_events, (std::vector<std::string>{"vertragsende"}));
}

TEST(Retention, ALaterStageWaitsForTheFirst) {
  const auto rule =
      rule_of(RetentionRule::Combination::stages, {period(5, "wegzug_tod"), period(50, "vorige_stufe")});
  const RetentionEnd result = retention_end(rule, {});
  EXPECT_FALSE(result.end);
  EXPECT_EQ(result.open_events, (std::vector<std::string>{"wegzug_tod"}));
}

TEST(Retention, NeverEndsBeforeTheSameRuleWithFewerYears) {
  for (int offset = 0; offset < 3000; offset += 7) {
    const Date start(std::chrono::sys_days(date_from_iso("2019-12-01").value()) + std::chrono::days(offset));
    for (const Rounding rounding : {Rounding::end_of_year, Rounding::exact_day}) {
      const auto shorter = rule_of(RetentionRule::Combination::single, {period(3, "zdA", rounding)});
      const auto longer = rule_of(RetentionRule::Combination::single, {period(4, "zdA", rounding)});
      const Date early = retention_end(shorter, {{"zdA", start}}).end.value();
      const Date late = retention_end(longer, {{"zdA", start}}).end.value();
      EXPECT_LT(early, late);
      EXPECT_GE(early, start + std::chrono::years(2));
    }
  }
}

TEST(Retention, SaysEveryRuleInGerman) {
  const FilePlan plan = parse_file_plan(testing::sample_plan());
  const std::pair<const char*, const char*> sentences[] = {
      {"11.50.20", "8 Jahre ab Ende des Jahres, in dem die Rechnung ausgestellt wurde"},
      {"61.10.10", "10 Jahre ab Ende des Jahres der Schlussverfügung (z. d. A.)"},
      {"11.40.30", "Genau 1 Jahr ab Ende des Jahres der Schlussverfügung (z. d. A.)"},
      {"11.10.10", "Dauernd aufzubewahren"},
      {"11.30.40", "Höchstens 6 Monate ab dem Zugang der Absage"},
      {"11.60.10", "Bis zum Ende des Vertrags, mindestens jedoch 3 Jahre ab der Zuschlagserteilung"},
      {"12.10.20", "Bis 61 Tage vor der nächsten gleichartigen Wahl"},
      {"12.20.10",
       "Genau 5 Jahre ab Ende des Jahres, in dem die Person weggezogen oder gestorben ist, danach weitere 50 "
       "Jahre"},
      {"36.20.10", "100 Jahre ab der Geburt des Kindes"},
  };
  for (const auto& [entry, sentence] : sentences) EXPECT_EQ(describe(plan.find(entry)->retention), sentence);
}

TEST(Retention, EveryEventOfTheSamplePlanHasWordsOfItsOwn) {
  for (const FilePlanEntry& entry : parse_file_plan(testing::sample_plan()).entries) {
    EXPECT_EQ(describe(entry.retention).find("Ereignis"), std::string::npos) << entry.number;
  }
}

using testing::day;

RetentionRule years_after(int years, const char* event) {
  return rule_of(RetentionRule::Combination::single, {period(years, event)});
}

// BEG IV shortened vouchers from ten to eight years for every period that still ran on 1 January 2025 (Z08).
TEST(Retention, AShorterRuleHoldsForPeriodsStillRunningOnTheReferenceDay) {
  const std::vector<EarlierRule> before{{years_after(10, "beleg_entstanden"), day("2025-01-01"), "AO § 147"}};
  const RetentionRule rule = years_after(8, "beleg_entstanden");
  const std::pair<const char*, const char*> cases[] = {{"2013-06-30", "2023-12-31"},
                                                       {"2014-06-30", "2024-12-31"},
                                                       {"2015-06-30", "2023-12-31"},
                                                       {"2016-06-30", "2024-12-31"},
                                                       {"2017-01-01", "2025-12-31"}};
  for (const auto& [voucher, end] : cases) {
    const RetentionEnd result = retention_end(rule, before, {{"beleg_entstanden", day(voucher)}});
    EXPECT_EQ(iso(result.end), end) << voucher;
    EXPECT_EQ(result.by_earlier.has_value(), day(voucher).year() < std::chrono::year(2015)) << voucher;
  }
  EXPECT_EQ(retention_end(rule, before, {}).open_events, (std::vector<std::string>{"beleg_entstanden"}));
}

TEST(Retention, TheSentenceNamesTheRuleThatDecidedAndItsReferenceDay) {
  FilePlan plan{.title = "Probe", .version = "2", .entries = {FilePlanEntry{.number = "1"}}};
  plan.entries[0].retention = years_after(8, "beleg_entstanden");
  plan.entries[0].legal_basis = "AO § 147 Abs. 3 i. d. F. BEG IV";
  plan.entries[0].earlier = {
      {years_after(10, "beleg_entstanden"), day("2025-01-01"), "AO § 147 Abs. 3 a. F."}};
  FolderRecord folder{.about = {.plan_entry = "1"}, .status = FolderStatus::closed};
  folder.closed_on = day("2016-01-01");
  folder.events["beleg_entstanden"] = day("2014-05-05");
  compute_retention(plan, folder);
  EXPECT_EQ(
      folder.retention_sentence,
      "10 Jahre ab Ende des Jahres, in dem der Beleg entstanden ist (Beleg am 05.05.2014); aufzubewahren bis "
      "31.12.2024; die frühere Regel gilt, weil die Frist am Stichtag 01.01.2025 schon abgelaufen war. "
      "Rechtsgrundlage: AO § 147 Abs. 3 a. F.");
  folder.events["beleg_entstanden"] = day("2015-05-05");
  compute_retention(plan, folder);
  EXPECT_EQ(
      folder.retention_sentence,
      "8 Jahre ab Ende des Jahres, in dem der Beleg entstanden ist (Beleg am 05.05.2015); aufzubewahren bis "
      "31.12.2023; die Regel gilt für Fristen, die am Stichtag 01.01.2025 noch liefen. Rechtsgrundlage: AO § "
      "147 Abs. 3 i. d. F. BEG IV");
}

// PaßG section 21(4): gone five years after the passport ran out; a hold keeps it, but nobody uses it (Z06).
TEST(Retention, AMaximumPeriodUnderHoldRestrictsTheUse) {
  const FilePlan plan = parse_file_plan(testing::sample_plan());
  FolderRecord folder{.about = {.plan_entry = "12.20.30"}, .status = FolderStatus::closed};
  folder.closed_on = day("2024-03-01");
  folder.events["ausweis_ungueltig"] = day("2024-02-29");
  compute_retention(plan, folder);
  const HoldSpan hold{day("2028-01-01"), day("2030-06-30")};
  EXPECT_EQ(iso(folder.gone_by), "2029-02-28");
  EXPECT_FALSE(use_is_restricted(folder, {&hold, 1}, day("2029-02-28")));
  EXPECT_TRUE(use_is_restricted(folder, {&hold, 1}, day("2029-03-01")));
  EXPECT_FALSE(may_be_disposed_of(folder, {&hold, 1}, day("2029-03-01")));
  EXPECT_FALSE(use_is_restricted(folder, {&hold, 1}, day("2030-07-01"))) << "now it goes";
  EXPECT_TRUE(may_be_disposed_of(folder, {&hold, 1}, day("2030-07-01")));
}

TEST(Retention, ALimitStandsBesideAMinimumPeriod) {
  FilePlan plan{.title = "Probe", .version = "1", .entries = {FilePlanEntry{.number = "1"}}};
  plan.entries[0].retention = years_after(5, "zdA");
  plan.entries[0].limit =
      RetentionRule{.kind = RetentionRule::Kind::maximum, .periods = {period(6, "zdA", Rounding::exact_day)}};
  FolderRecord folder{.about = {.plan_entry = "1"}, .status = FolderStatus::closed};
  folder.closed_on = day("2020-02-10");
  compute_retention(plan, folder);
  EXPECT_EQ(iso(folder.retention.end), "2025-12-31");
  EXPECT_EQ(iso(folder.gone_by), "2026-02-10");
  EXPECT_NE(
      folder.retention_sentence.find("Löschfrist: Höchstens 6 Jahre ab der Schlussverfügung (z. d. A.), zu "
                                     "löschen bis 10.02.2026"),
      std::string::npos)
      << folder.retention_sentence;
}

// BMG section 13(2): five years in use, then fifty years locked.
TEST(Retention, ALaterStageMayLockTheAccess) {
  RetentionRule rule =
      rule_of(RetentionRule::Combination::stages, {period(5, "wegzug_tod"), period(50, "vorige_stufe")});
  rule.periods[1].access_locked = true;
  const Events events{{"wegzug_tod", day("2010-07-15")}};
  EXPECT_FALSE(access_locked_on(rule, events, day("2015-12-31")));
  EXPECT_TRUE(access_locked_on(rule, events, day("2016-01-01")));
  EXPECT_TRUE(access_locked_on(rule, events, day("2066-01-01"))) << "until it is gone";
  EXPECT_FALSE(access_locked_on(rule, {}, day("2016-01-01")));
}

TEST(Retention, KnowsWhichChangesMayLetSomethingGoEarlier) {
  using Kind = RetentionRule::Kind;
  const auto exact = [](int years) {
    return rule_of(RetentionRule::Combination::single, {period(years, "zdA", Rounding::exact_day)});
  };
  RetentionRule maximum = years_after(8, "zdA");
  maximum.kind = Kind::maximum;
  RetentionRule suspended = years_after(8, "zdA");
  suspended.suspension = "festsetzungsfrist";
  RetentionRule unlimited{.unlimited = true};
  const auto both =
      rule_of(RetentionRule::Combination::latest, {period(0, "vertragsende"), period(3, "zuschlag")});
  const auto both_longer =
      rule_of(RetentionRule::Combination::latest, {period(0, "vertragsende"), period(4, "zuschlag")});
  const struct {
    const char* what;
    RetentionRule before, after;
    bool earlier;
  } changes[] = {
      {"fewer years", years_after(10, "zdA"), years_after(8, "zdA"), true},
      {"more years", years_after(8, "zdA"), years_after(10, "zdA"), false},
      {"the same", years_after(8, "zdA"), years_after(8, "zdA"), false},
      {"exact day instead of the end of the year", years_after(8, "zdA"), exact(8), true},
      {"end of the year instead of the exact day", exact(8), years_after(8, "zdA"), false},
      {"nine exact years for eight full ones", years_after(8, "zdA"), exact(9), false},
      {"another event", years_after(8, "zdA"), years_after(10, "zuschlag"), true},
      {"no longer for ever", unlimited, years_after(100, "zdA"), true},
      {"for ever", years_after(100, "zdA"), unlimited, false},
      {"a maximum instead of a minimum", years_after(8, "zdA"), maximum, true},
      {"without its suspension", suspended, years_after(8, "zdA"), true},
      {"with a suspension", years_after(8, "zdA"), suspended, false},
      {"one part of a maximum longer", both, both_longer, false},
      {"one part of a maximum shorter", both_longer, both, true},
  };
  for (const auto& change : changes)
    EXPECT_EQ(may_end_earlier(change.before, change.after), change.earlier) << change.what;
}

TEST(Retention, NamesAnEventItDoesNotKnow) {
  const auto rule = rule_of(RetentionRule::Combination::single, {period(2, "pilotende")});
  EXPECT_EQ(describe(rule), "2 Jahre ab Ende des Jahres, in das das Ereignis „pilotende“ fällt");
}

}  // namespace
}  // namespace eakte::archive

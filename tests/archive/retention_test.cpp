#include "archive/retention.h"

#include <gtest/gtest.h>

#include "archive/file_plan.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

struct Vector {
  const char* id;
  const char* entry;
  std::vector<std::pair<const char*, const char*>> events;
  const char* end;  ///< last day of the period; empty: for ever
};

// Ends under the sample plan, from an independent calculation.
const Vector vectors[] = {
    {"V01", "11.10.30", {{"beleg_entstanden", "2024-01-01"}}, "2032-12-31"},
    {"V02", "11.10.30", {{"beleg_entstanden", "2024-12-31"}}, "2032-12-31"},
    {"V03", "11.50.20", {{"rechnung_ausgestellt", "2016-06-30"}}, "2024-12-31"},
    {"V04", "11.50.20", {{"rechnung_ausgestellt", "2017-01-02"}}, "2025-12-31"},
    {"V05", "11.50.20", {{"rechnung_ausgestellt", "2025-03-05"}}, "2033-12-31"},
    {"V06", "11.50.10", {{"abschluss_festgestellt", "2025-06-12"}}, "2035-12-31"},
    {"V07", "11.50.40", {{"beleg_entstanden", "2019-12-31"}}, "2025-12-31"},
    {"V08", "12.20.30", {{"ausweis_ungueltig", "2024-02-29"}}, "2029-02-28"},
    {"V09", "12.20.20", {{"ausweis_ungueltig", "2026-11-03"}}, "2031-11-03"},
    {"V10", "12.20.10", {{"wegzug_tod", "2010-07-15"}}, "2065-12-31"},
    {"V11", "12.10.10", {{"wahltag", "2025-02-23"}}, "2025-08-23"},
    {"V12", "12.10.10", {{"wahltag", "2025-08-31"}}, "2026-02-28"},
    {"V13", "12.10.20", {{"naechste_hauptwahl", "2029-02-25"}}, "2028-12-26"},
    {"V14", "11.60.10", {{"vertragsende", "2026-04-30"}, {"zuschlag", "2022-05-01"}}, "2026-04-30"},
    {"V15", "11.60.10", {{"vertragsende", "2024-04-30"}, {"zuschlag", "2023-05-01"}}, "2026-05-01"},
    {"V16", "36.20.10", {{"geburt_kind", "2024-02-29"}}, "2124-02-29"},
    {"V17", "36.20.10", {{"geburt_kind", "1950-05-20"}}, "2050-05-20"},
    {"V18", "12.30.10", {{"beurkundung", "1915-03-09"}}, "2025-12-31"},
    {"V19", "12.30.20", {{"beurkundung", "1945-12-31"}}, "2025-12-31"},
    {"V20", "12.30.30", {{"beurkundung", "1995-01-01"}}, "2025-12-31"},
    {"V21", "11.30.10", {{"personalakte_abschluss", "2020-12-31"}}, "2025-12-31"},
    {"V22", "11.30.30", {{"zdA", "2023-01-09"}}, "2026-12-31"},
    {"V23", "11.30.40", {{"absage", "2025-08-31"}}, "2026-02-28"},
    {"V24", "11.40.30", {{"zdA", "2025-11-20"}}, "2026-12-31"},
    {"V25", "52.10.10", {{"abbruch", "2019-09-09"}}, "2024-12-31"},
    {"V26", "36.10.10", {{"ende_betreuung", "2022-07-31"}}, "2025-12-31"},
    {"V27", "36.10.20", {{"ende_betreuung", "2022-07-31"}}, "2030-12-31"},
    {"V28", "61.10.30", {{"zdA", "2024-02-29"}}, "2032-12-31"},
    {"V29", "11.20.20", {{"bestandskraft", "1999-12-31"}}, "2029-12-31"},
    {"V30", "11.10.10", {{"zdA", "2020-05-05"}}, ""},
    {"V31", "12.40.20", {{"zdA", "2026-04-14"}}, "2029-12-31"},
};

Events events_of(const Vector& vector) {
  Events events;
  for (const auto& [name, day] : vector.events) events[name] = date_from_iso(day).value();
  return events;
}

TEST(Retention, EndsWhereTheReferenceCalculationEnds) {
  const FilePlan plan = parse_file_plan(testing::sample_plan());
  for (const Vector& vector : vectors) {
    const RetentionEnd result = retention_end(plan.find(vector.entry)->retention, events_of(vector));
    EXPECT_EQ(result.end ? to_iso(*result.end) : "", vector.end) << vector.id;
    EXPECT_EQ(result.unlimited, std::string(vector.end).empty()) << vector.id;
    EXPECT_TRUE(result.open_events.empty()) << vector.id;
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

TEST(Retention, NamesAnEventItDoesNotKnow) {
  const auto rule = rule_of(RetentionRule::Combination::single, {period(2, "pilotende")});
  EXPECT_EQ(describe(rule), "2 Jahre ab Ende des Jahres, in das das Ereignis „pilotende“ fällt");
}

}  // namespace
}  // namespace eakte::archive

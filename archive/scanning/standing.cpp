#include "archive/scanning/standing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace eakte::archive {
namespace {

struct Named {
  Thoroughness thoroughness;
  std::string_view name;
  std::string_view german;
};
constexpr auto names =
    std::to_array<Named>({{Thoroughness::sample, "sample", "Stichprobe"},
                          {Thoroughness::each, "each", "jedes Dokument"},
                          {Thoroughness::each_by_two, "each_by_two", "jedes Dokument durch zwei Personen"}});

Thoroughness thoroughness_from(const std::string& name) {
  const auto* const found = std::ranges::find(names, name, &Named::name);
  if (found == names.end()) throw Error(fmt::format("there is no check \"{}\"", name));
  return found->thoroughness;
}

std::vector<ScanCheck> checks_of(Connection& connection, const std::string& document,
                                 const std::string& product) {
  std::vector<ScanCheck> checks;
  for (const Row& row :
       connection.query("SELECT * FROM scan_check WHERE document = ? AND product_sha256 = ? ORDER BY number",
                        {document, product})) {
    checks.push_back({row.text("checker"), row.text("checked_at"), row.integer("good") != 0,
                      static_cast<int>(row.integer("paper_pages")), static_cast<int>(row.integer("pages")),
                      row.integer("blank_confirmed") != 0, row.integer("fields_confirmed") != 0,
                      row.text("remark")});
  }
  return checks;
}

void add_case(Connection& connection, ScanStanding& standing) {
  const Rows decided = connection.query(
      "SELECT scan_case.sample, thoroughness, scan_case.chosen, seed, rate FROM scan_case JOIN scan_sample "
      "ON "
      "scan_sample.number = scan_case.sample WHERE document = ?",
      {standing.document.text});
  if (decided.empty()) return;
  standing.decided = true;
  standing.chosen = decided[0].integer("chosen") != 0;
  standing.sample = decided[0].integer("sample");
  standing.seed = decided[0].text("seed");
  standing.rate = decided[0].real("rate");
  // An entry that has come to ask for more counts; one that asks for less now does not undo what was decided.
  standing.thoroughness = std::max(standing.thoroughness, thoroughness_from(decided[0].text("thoroughness")));
  standing.chosen = standing.chosen || standing.thoroughness != Thoroughness::sample;
}

void add_end(Connection& connection, ScanStanding& standing, const std::string& product) {
  const Rows note =
      connection.query("SELECT note_sha256 FROM transfer_note WHERE document = ? AND product_sha256 = ?",
                       {standing.document.text, product});
  if (!note.empty()) standing.note_sha256 = note[0].text("note_sha256");
  const Rows released = connection.query(
      "SELECT released_at, released_by FROM paper_release WHERE document = ?", {standing.document.text});
  if (released.empty()) return;
  standing.released_at = released[0].text("released_at");
  standing.released_by = released[0].text("released_by");
}

/// The other scans of a drawing: some are not checked, or some were bad.
struct Drawing {
  bool open = false;
  bool bad = false;
};

Drawing drawing_of(Connection& connection, std::int64_t sample) {
  const Row found =
      connection
          .query(
              "SELECT coalesce(sum(good IS NULL), 0) AS open, coalesce(sum(good = 0), 0) AS bad FROM (SELECT "
              "(SELECT min(good) FROM scan_check WHERE scan_check.document = scan_case.document) AS good "
              "FROM "
              "scan_case WHERE sample = ? AND chosen = 1 AND thoroughness = 'sample')",
              {sample})
          .at(0);
  return {found.integer("open") > 0, found.integer("bad") > 0};
}

}  // namespace

std::string_view name_of(Thoroughness thoroughness) {
  return std::ranges::find(names, thoroughness, &Named::thoroughness)->name;
}

std::string_view german_name_of(Thoroughness thoroughness) {
  return std::ranges::find(names, thoroughness, &Named::thoroughness)->german;
}

Thoroughness thoroughness_for(const FilePlan& plan, const Document& document) {
  const std::string& number = document.content.fields.plan_entry;
  const FilePlanEntry* entry = number.empty() ? nullptr : plan.find(number);
  const char integrity = entry == nullptr || entry->protection.size() != 3 ? 'h' : entry->protection[0];
  if (integrity == 's') return Thoroughness::each_by_two;
  return integrity == 'n' ? Thoroughness::sample : Thoroughness::each;
}

bool is_scan(const Document& document) {
  return std::ranges::any_of(document.content.pages,
                             [](const PageRecord& page) { return !page.born_digital; });
}

std::string product_of(const Document& document) {
  std::string product;
  for (const Rendition& rendition : document.content.renditions) {
    if (rendition.role == RenditionRole::pdfa) return rendition.object.sha256;
    if (rendition.role == RenditionRole::original) product = rendition.object.sha256;
  }
  return product;
}

ScanStanding load_standing(Connection& connection, const FilePlan& plan, const Document& document) {
  if (!is_scan(document))
    throw Forbidden("scan_born_digital", fmt::format("document {} has no paper", document.id.text));
  ScanStanding standing;
  standing.document = document.id;
  standing.thoroughness = thoroughness_for(plan, document);
  for (const PageRecord& page : document.content.pages)
    if (page.blank) standing.blank_pages.push_back(page.number);
  const std::string product = product_of(document);
  standing.checks = checks_of(connection, document.id.text, product);
  standing.fields_confirmed =
      std::ranges::any_of(standing.checks, &ScanCheck::fields_confirmed) ||
      !connection
           .query("SELECT 1 FROM audit_trail WHERE subject = ? AND action = 'document.confirmed' LIMIT 1",
                  {document.id.text})
           .empty();
  add_case(connection, standing);
  add_end(connection, standing, product);
  standing.missing = missing_checks(connection, standing);
  if (standing.missing.empty() && standing.note_sha256.empty()) standing.missing = "scan_note_missing";
  if (!standing.released_at.empty()) standing.missing.clear();
  return standing;
}

std::string missing_checks(Connection& connection, const ScanStanding& standing) {
  if (!standing.decided) return "scan_undecided";
  if (!standing.checks.empty() && !standing.checks.back().good) return "scan_bad";
  const bool checked = !standing.checks.empty();
  if (standing.chosen) {
    if (!checked) return "scan_unchecked";
    const auto by_another = [&](const ScanCheck& one) {
      return one.good && one.checker != standing.checks.back().checker;
    };
    if (standing.thoroughness == Thoroughness::each_by_two &&
        std::ranges::none_of(standing.checks, by_another))
      return "scan_second_check";
    return {};
  }
  const Drawing drawing = drawing_of(connection, standing.sample);
  if (drawing.open) return "scan_sample_open";
  return drawing.bad && !checked ? "scan_sample_bad" : "";
}

}  // namespace eakte::archive

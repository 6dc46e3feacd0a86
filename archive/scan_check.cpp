#include "archive/scan_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <string_view>

#include "archive/accounts.h"
#include "archive/catalogue/document_rows.h"
#include "archive/scanning/standing.h"

namespace eakte::archive {
namespace {

constexpr int documents_at_once = 500;

/// A place among all that are possible, 0..1, by lot.
double lot_of(const std::string& seed, const std::string& document) {
  constexpr std::size_t digits = 8;
  const std::string hash = sha256_hex(seed + document);
  std::uint32_t number = 0;
  std::from_chars(hash.data(), hash.data() + digits, number, 16);
  return std::ldexp(number, -32);
}

struct Candidate {
  DocumentId document;
  Thoroughness thoroughness;
  bool has_blank_pages = false;
  double lot = 0;
  bool chosen = false;
};

std::vector<Candidate> candidates(Connection& connection, const FilePlan& plan, const std::string& seed) {
  std::vector<Candidate> found;
  for (const Row& row : connection.query(
           "SELECT id FROM document WHERE state = 'filed' AND id NOT IN (SELECT document FROM scan_case) AND "
           "EXISTS "
           "(SELECT 1 FROM page WHERE page.document = id AND born_digital = 0) ORDER BY id LIMIT ?",
           {std::int64_t{documents_at_once}})) {
    const Document document = load_document(connection, {row.text("id")}).value();
    found.push_back({document.id, thoroughness_for(plan, document),
                     std::ranges::any_of(document.content.pages, &PageRecord::blank),
                     lot_of(seed, document.id.text), false});
  }
  return found;
}

void choose(std::vector<Candidate>& all, double rate) {
  for (Candidate& one : all)
    one.chosen = one.thoroughness != Thoroughness::sample || one.has_blank_pages || one.lot < rate;
  std::vector<Candidate*> sampled;
  for (Candidate& one : all)
    if (one.thoroughness == Thoroughness::sample && !one.has_blank_pages) sampled.push_back(&one);
  const bool none = std::ranges::none_of(sampled, [](const Candidate* one) { return one->chosen; });
  if (!none || sampled.empty()) return;
  (*std::ranges::min_element(sampled, {}, [](const Candidate* one) { return one->lot; }))->chosen = true;
}

Document document_in(Connection& connection, const DocumentId& id) {
  auto document = load_document(connection, id);
  if (!document) throw NotFound(fmt::format("there is no document {}", id.text));
  return *std::move(document);
}

/// What a check that finds everything good has to have looked at.
void require_complete(const ScanStanding& standing, const NewScanCheck& check, int pages) {
  const auto refuse = [&](const char* code, const char* what) {
    throw Forbidden(code, fmt::format("document {}: {}", standing.document.text, what));
  };
  const int blank = static_cast<int>(standing.blank_pages.size());
  // Who counts sides counts those with something on them, or all of them.
  if (check.paper_pages != pages && check.paper_pages != pages - blank)
    refuse("scan_pages", "the paper has another number of pages");
  if (blank > 0 && !check.blank_confirmed)
    refuse("scan_blank_open", "pages taken for blank are not confirmed");
  if (!check.fields_confirmed && !standing.fields_confirmed)
    refuse("scan_fields_open", "the values read by the machine are not confirmed");
}

/// Drawn scans whose paper is there, of which the condition holds, in order of their documents; only those to
/// which one of these things is missing.
std::vector<ScanStanding> scans_where(const Archive& archive, const char* condition,
                                      std::initializer_list<std::string_view> missing, int limit) {
  std::vector<ScanStanding> found;
  archive.database().read([&](Connection& connection) {
    for (const Row& row : connection.query(fmt::format(
             R"(SELECT document FROM scan_case
                WHERE NOT EXISTS (SELECT 1 FROM paper_release WHERE paper_release.document = scan_case.document)
                  AND EXISTS (SELECT 1 FROM document WHERE document.id = scan_case.document)
                  AND {} ORDER BY document)",
             condition))) {
      if (std::ssize(found) == limit) return;
      ScanStanding standing = load_standing(connection, archive.file_plan(connection),
                                            document_in(connection, {row.text("document")}));
      if (std::ranges::find(missing, standing.missing) != missing.end()) found.push_back(std::move(standing));
    }
  });
  return found;
}

}  // namespace

std::optional<ScanDrawing> draw_scans(Archive& archive, double rate, const std::string& seed,
                                      const std::string& actor) {
  std::optional<ScanDrawing> drawing;
  archive.database().write([&](Connection& connection) {
    drawing.reset();
    std::vector<Candidate> all = candidates(connection, archive.file_plan(connection), seed);
    if (all.empty()) return;
    choose(all, rate);
    const auto chosen = static_cast<int>(std::ranges::count(all, true, &Candidate::chosen));
    connection.execute(
        "INSERT INTO scan_sample(drawn_at, drawn_by, seed, rate, population, chosen) VALUES(?, ?, ?, ?, ?, "
        "?)",
        {now_utc(), actor, seed, rate, static_cast<std::int64_t>(all.size()), std::int64_t{chosen}});
    const std::int64_t number = connection.last_insert_id();
    for (const Candidate& one : all) {
      connection.execute("INSERT INTO scan_case(document, sample, thoroughness, chosen) VALUES(?, ?, ?, ?)",
                         {one.document.text, number, std::string(name_of(one.thoroughness)),
                          std::int64_t{one.chosen ? 1 : 0}});
    }
    drawing = ScanDrawing{number, seed, static_cast<int>(all.size()), chosen};
    archive.record(connection,
                   {actor, "scan.sample_drawn", archive.tenant(),
                    fmt::format(R"({{"sample":{},"seed":"{}","rate":{},"population":{},"chosen":{}}})",
                                number, seed, rate, all.size(), chosen)});
  });
  return drawing;
}

std::vector<ScanStanding> scans_to_check(const Archive& archive, int limit) {
  // A drawing with a bad scan in it is checked as a whole.
  return scans_where(archive, R"((chosen = 1 OR EXISTS
      (SELECT 1 FROM scan_case AS other JOIN scan_check ON scan_check.document = other.document
       WHERE other.sample = scan_case.sample AND other.chosen = 1 AND scan_check.good = 0)))",
                     {"scan_unchecked", "scan_second_check", "scan_sample_bad"}, limit);
}

std::vector<ScanStanding> scans_to_release(const Archive& archive, int limit) {
  return scans_where(archive, R"(CASE chosen WHEN 1
      THEN EXISTS (SELECT 1 FROM scan_check WHERE scan_check.document = scan_case.document AND good = 1)
      ELSE NOT EXISTS (SELECT 1 FROM scan_case AS other WHERE other.sample = scan_case.sample
        AND other.chosen = 1
        AND NOT EXISTS (SELECT 1 FROM scan_check WHERE scan_check.document = other.document)) END)",
                     {"", "scan_note_missing"}, limit);
}

ScanStanding scan_standing(const Archive& archive, const DocumentId& id) {
  const Document document = archive.document(id);
  ScanStanding standing;
  archive.database().read([&](Connection& connection) {
    standing = load_standing(connection, archive.file_plan(connection), document);
  });
  return standing;
}

ScanStanding record_scan_check(Archive& archive, const DocumentId& id, const NewScanCheck& check,
                               const std::string& actor) {
  archive.database().write([&](Connection& connection) {
    const Document document = document_in(connection, id);
    const ScanStanding standing = load_standing(connection, archive.file_plan(connection), document);
    if (!standing.decided)
      throw Forbidden("scan_undecided", fmt::format("document {} was in no drawing", id.text));
    if (!standing.released_at.empty())
      throw Forbidden("paper_released", fmt::format("the paper of document {} is released", id.text));
    const auto pages = static_cast<int>(document.content.pages.size());
    if (check.good) require_complete(standing, check, pages);
    if (standing.missing == "scan_second_check") {
      if (const auto code = why_not_two_people(connection, standing.checks.back().checker, actor))
        throw Forbidden(*code, fmt::format("{} cannot check document {} as the second", actor, id.text));
    }
    const std::int64_t number =
        connection
            .query("SELECT coalesce(max(number), 0) + 1 AS next FROM scan_check WHERE document = ?",
                   {id.text})
            .at(0)
            .integer("next");
    const auto truth = [](bool value) { return Value(std::int64_t{value ? 1 : 0}); };
    connection.execute(
        "INSERT INTO scan_check(document, number, product_sha256, checked_at, checker, good, paper_pages, "
        "pages, "
        "blank_confirmed, fields_confirmed, remark) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {id.text, number, product_of(document), now_utc(), actor, truth(check.good),
         std::int64_t{check.paper_pages}, std::int64_t{pages}, truth(check.blank_confirmed),
         truth(check.fields_confirmed), check.remark});
    archive.record(connection,
                   {actor, "scan.checked", id.text,
                    fmt::format(R"({{"number":{},"good":{},"paper_pages":{},"pages":{},"product":"{}"}})",
                                number, check.good, check.paper_pages, pages, product_of(document))});
  });
  return scan_standing(archive, id);
}

ScanStanding release_paper(Archive& archive, const DocumentId& id, const InstallationKey& key,
                           const std::string& actor) {
  // The note is held against its seal before the write lock is taken: objects are read and hashed for that.
  const ScanStanding before = scan_standing(archive, id);
  bool sealed = false;
  if (!before.note_sha256.empty()) {
    const TransferNote note = transfer_note(archive, id);
    sealed =
        verify_seal(note.seal, note.xml, accepted_certificates(archive, key.certificate())).errors.empty();
  }
  archive.database().write([&](Connection& connection) {
    const ScanStanding standing =
        load_standing(connection, archive.file_plan(connection), document_in(connection, id));
    const auto refuse = [&](const std::string& code) {
      throw Forbidden(code, fmt::format("the paper of document {} stays: {}", id.text, code));
    };
    if (!standing.released_at.empty()) refuse("paper_released");
    if (!standing.missing.empty()) refuse(standing.missing);
    if (!sealed || standing.note_sha256 != before.note_sha256) refuse("scan_seal");
    connection.execute(
        "INSERT INTO paper_release(document, released_at, released_by, note_sha256) VALUES(?, ?, ?, ?)",
        {id.text, now_utc(), actor, standing.note_sha256});
    archive.record(connection, {actor, "scan.paper_released", id.text,
                                fmt::format(R"({{"note":"{}"}})", standing.note_sha256)});
  });
  return scan_standing(archive, id);
}

}  // namespace eakte::archive

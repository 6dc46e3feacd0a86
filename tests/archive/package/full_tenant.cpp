#include "full_tenant.h"

#include <fmt/format.h>

#include "archive/accounts.h"
#include "archive/evidence_keeping.h"
#include "archive/folder_structure.h"
#include "archive/holds.h"
#include "archive/life_cycle.h"
#include "archive/relations.h"
#include "archive/scan_check.h"
#include "tests/support/day.h"

namespace eakte::archive {
namespace {

constexpr const char* reference_template = "{plan}-{number:04}/{year}";
constexpr const char* then = "2026-11-22T10:00:00.000Z";

using testing::day;

}  // namespace

FullTenant::FullTenant() {
  Archive& archive = tenant.archive;
  const PasswordCost cheap{1, 8};
  add_account(archive, {"a.admin", "Anna Admin", {Role::administrator}, "Regen im November 7"}, "cli", cheap,
              0);
  for (const char* name : {"m.muster", "b.beispiel"})
    add_account(archive, {name, name, {Role::records_manager}, "Regen im November 8"}, "a.admin", cheap, 0);

  const auto folder = [&](const char* title, const FolderId& parent) {
    NewFolder given;
    given.plan_entry = "11.50.20";
    given.title = title;
    given.begins_on = day("2020-01-01");
    given.parent = parent;
    return add_folder(archive, given, reference_template, day("2026-01-02"), "m.muster");
  };
  whole = folder("Gärtnerei Möhrle", {});
  part = folder("Gärtnerei Möhrle, Teil 1", whole);
  other = folder("Schreinerei Span", {});
  add_numbered_case(archive, part, "Rechnungen", "m.muster");
  in_whole = filed_in(whole, "eins");
  in_part = filed_in(part, "zwei");
  batch_here = part_of_batch(part, "Stapel");
  batch_there = part_of_batch(other, "Stapel");
  tenant.accept("ohne Dokument");
  relate(archive, RelationKind::follows, in_part.id.text, in_whole.id.text, "m.muster");
  place_hold(archive, {part}, {"Klage", "Rechtsamt", day("2027-06-30")}, "m.muster");
  archive.database().write([&](Connection& connection) {
    connection.execute("INSERT INTO folder_event VALUES(?, 'vertragsende', '2026-02-02', ?)",
                       {part.text, then});
  });
  check_scan();
  dispose();
  destroy();
  restrict();
  make_evidence(
      archive, today(),
      {[this](const std::string& request) { return authority.answer(request); }, authority.certificate()},
      "system");
}

Document FullTenant::filed_in(const FolderId& folder, const std::string& bytes) {
  const Document document = tenant.file(bytes);
  DocumentFields fields = document.content.fields;
  fields.folder = folder;
  return tenant.archive.confirm(document.id, fields, "m.muster");
}

Document FullTenant::part_of_batch(const FolderId& folder, const std::string& bytes) {
  const Document document = filed_in(folder, bytes);
  tenant.archive.database().write([&](Connection& connection) {
    connection.execute("UPDATE intake SET source = 'batch' WHERE id = ?", {document.content.intake.text});
    connection.execute(
        "INSERT INTO batch_page(intake, number, role, part, codes) VALUES(?, 1, 'page', '', '[]')",
        {document.content.intake.text});
  });
  return document;
}

void FullTenant::check_scan() {
  Archive& archive = tenant.archive;
  add_scan_profile(archive, "posteingang", "300 dpi, Farbe", "m.muster");
  release_scan_profile(archive, "posteingang", 1, "b.beispiel");
  draw_scans(archive, 1.0, "x", "m.muster");
  record_scan_check(archive, in_part.id, {true, 1, true, true, "gut"}, "m.muster");
  make_transfer_note(archive, in_part.id, {1.0, "VD 2.1", "posteingang"}, key, "m.muster");
  release_paper(archive, in_part.id, key, "m.muster");
}

/// The rows of a process with the archive, as archive/disposal writes them.
void FullTenant::dispose() {
  Archive& archive = tenant.archive;
  const std::string process = "0190c0de-0000-7000-8000-000000000001";
  const std::string name = process + "_Aussonderung.Anbieteverzeichnis.0501.zip";
  std::filesystem::create_directories(tenant.path() / "outbox");
  std::ofstream(tenant.path() / "outbox" / name) << "Nachricht";
  archive.database().write([&](Connection& connection) {
    connection.execute(
        "INSERT INTO disposal_process(id, kind, created_at, created_by) VALUES(?, 'four_stage', ?, "
        "'m.muster')",
        {process, then});
    connection.execute(
        "INSERT INTO disposal_object(process, id, kind, folder, parent, position, root) VALUES(?, ?, "
        "'folder', ?, '', 0, 1)",
        {process, other.text, other.text});
    connection.execute(
        "INSERT INTO disposal_message VALUES(?, '0501', 0, ?, ?, 9, ?, ?, ?, 'm.muster', NULL)",
        {process, name, sha256_hex("Nachricht"), sha256_hex("m"), then, then});
    connection.execute("INSERT INTO plan_appraisal VALUES(?, 'id', '11.50.20', 'A', '2026-03-03')",
                       {process});
    connection.execute(
        "INSERT INTO appraisal VALUES(?, 'V', 'Brief vom 3.3.', '2026-03-03', ?, 'm.muster', NULL, '')",
        {other.text, then});
    connection.execute(
        "INSERT INTO paper_handover VALUES(?, '2026-03-04', 'Frau Lese', '3/26', 'Blatt 1-9', ?, 'm.muster')",
        {other.text, then});
    connection.execute(
        "INSERT INTO plan_proposal VALUES('v1', 1, '2', 'Plan', 'x: 1', ?, '2027-01-01', 'proposed', 1, "
        "'Fristen', 'm.muster', ?, '', '', '', NULL)",
        {sha256_hex("x: 1"), then});
    connection.execute(
        "INSERT INTO refiling VALUES('r1', ?, '11.50.20', '11.40.10', 'proposed', 1, 'Irrtum', 'm.muster', "
        "?, "
        "'', '', '')",
        {other.text, then});
    connection.execute(
        "INSERT INTO document_refiling VALUES('r2', ?, '11.50.20', '11.40.10', 'proposed', 'Irrtum', "
        "'m.muster', ?, '', '', '')",
        {in_part.id.text, then});
  });
}

/// A destroyed folder and what stays of it.
void FullTenant::destroy() {
  Archive& archive = tenant.archive;
  const FolderId gone = archive.add_folder("11.50.20", "11.50.20/alt", "weg", "cli", day("2000-01-01"));
  archive.database().write([&](Connection& connection) {
    connection.execute("UPDATE folder SET status = 'destroyed', title = '' WHERE id = ?", {gone.text});
    connection.execute(
        "INSERT INTO destruction_permission VALUES('p1', 'VG 1', '2020-01-01', '2030-01-01', '[\"11\"]', ?, "
        "'m.muster', NULL, '')",
        {then});
    connection.execute(
        "INSERT INTO destruction VALUES('d1', ?1, 'done', 'permission', 'p1', ?2, 'm.muster', ?2, "
        "'b.beispiel', ?2, NULL, '', '', ?2, 'system', ?2, '{\"format\":\"eakte-vernichtung-1\"}')",
        {gone.text, then});
    connection.execute(
        "INSERT INTO destroyed_document(document, destruction, intake, received_on) VALUES('doc', 'd1', "
        "'intake', '2000-02-02')");
    connection.execute("INSERT INTO destroyed_file VALUES('d1', 'doc', 'original', ?, 3, 'gone')",
                       {sha256_hex("weg")});
    archive.record(connection, {"system", "folder.destroyed", gone.text,
                                fmt::format(R"({{"destruction":"d1","record":"{}"}})",
                                            sha256_hex(R"({"format":"eakte-vernichtung-1"})"))});
  });
}

void FullTenant::restrict() {
  tenant.archive.database().write([&](Connection& connection) {
    connection.execute(
        "INSERT INTO erasure_request VALUES('q1', 'Erika Muster', 'Weg 1', '', '2026-11-01', '2026-12-01', "
        "?1, "
        "'m.muster', ?1, 'm.muster', 'Brief')",
        {then});
    connection.execute("INSERT INTO erasure_item VALUES('q1', ?, ?, 'restricted', 'period')",
                       {in_part.id.text, part.text});
    connection.execute("INSERT INTO restriction VALUES(?, 'q1', '[]', ?, 'm.muster', NULL, '')",
                       {in_part.id.text, then});
    connection.execute("INSERT INTO withheld_object VALUES(?, 4, 'batch_of_others')", {sha256_hex("fern")});
    connection.execute("INSERT INTO imported_account VALUES('x', 'f.frueher', 'Frida Früher', ?, 'cli')",
                       {then});
  });
}

}  // namespace eakte::archive

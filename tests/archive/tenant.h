#pragma once
#include <fstream>
#include <iterator>
#include <string>

#include "archive/archive.h"
#include "tests/support/temporary_directory.h"

namespace eakte::testing {

inline std::string file_content(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

inline std::string sample_plan() {
  return file_content(std::filesystem::path(EAKTE_SAMPLES) / "file_plan.yaml");
}

/// A new tenant's archive with the sample file plan in a temporary directory.
class Tenant {
public:
  Tenant() : directory_(created(temporary_.path() / "musterstadt")), archive(directory_) {}

  const std::filesystem::path& path() const { return directory_; }

  /// Bytes come in: object, intake, audit entry, as ingest does it.
  archive::IntakeId accept(const std::string& bytes) {
    const archive::StoredObject object = archive.objects().put(bytes);
    archive::IntakeId id{archive::new_id_text()};
    archive.database().write([&](archive::Connection& connection) {
      connection.execute(
          "INSERT INTO intake(id, received_at, source, name, sha256, size, languages, state, updated_at) "
          "VALUES(?, ?, 'cli', 'scan.tif', ?, ?, 'deu', 'working', ?)",
          {id.text, archive::now_utc(), object.sha256, static_cast<std::int64_t>(object.size),
           archive::now_utc()});
      archive.record(connection, {"cli", "intake.accepted", id.text, ""});
    });
    return id;
  }

  /// A letter that came in with these bytes, ready to be filed.
  archive::NewDocument letter(const archive::IntakeId& intake, const std::string& bytes) {
    archive::NewDocument letter;
    letter.intake = intake;
    letter.received_on = archive::date_from_iso("2026-03-02").value();
    letter.fields.title = "Rechnung 2026-117 Gärtnerei Möhrle";
    letter.fields.document_type = "Rechnung";
    letter.fields.sender = "Gärtnerei Möhrle GmbH";
    letter.fields.document_date = archive::date_from_iso("2026-02-27");
    letter.fields.plan_entry = "11.50.20";
    letter.original_name = "scan.tif";
    letter.source = "cli";
    letter.languages = "deu";
    letter.pages = {{1, 2480, 3508, 300, 0, false, false, 0.93, R"([{"step":"deskew","degrees":0.4}])"}};
    letter.proposals = {{"document_type", "Rechnung", 0.9, "Wort „Rechnung“ im Betreff"}};
    letter.renditions = {{archive::RenditionRole::text, archive.objects().put("Rechnung\f"), "text/plain"},
                         {archive::RenditionRole::original, archive.objects().put(bytes), "image/tiff"}};
    letter.processing = R"({"program":"eakte 0.1.0"})";
    return letter;
  }

  /// Files a letter and lets its intake know, as ingest does it.
  archive::Document file(const std::string& bytes) {
    const archive::IntakeId intake = accept(bytes);
    return archive.file(letter(intake, bytes), "system",
                        [&](archive::Connection& connection, const archive::DocumentId& document) {
                          connection.execute("UPDATE intake SET state = 'filed', document = ? WHERE id = ?",
                                             {document.text, intake.text});
                        });
  }

private:
  static std::filesystem::path created(const std::filesystem::path& directory) {
    archive::Archive::create(directory, "musterstadt", sample_plan());
    return directory;
  }

  TemporaryDirectory temporary_;
  std::filesystem::path directory_;

public:
  archive::Archive archive;
};

}  // namespace eakte::testing

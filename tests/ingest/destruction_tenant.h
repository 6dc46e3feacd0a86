#pragma once
#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "archive/accounts.h"
#include "archive/archive.h"
#include "archive/calendar.h"
#include "archive/destruction.h"
#include "archive/destruction_permission.h"
#include "archive/life_cycle.h"
#include "index/search_index.h"
#include "ingest/destruction_run.h"
#include "ingest/intake_queue.h"
#include "tests/support/day.h"
#include "tests/support/temporary_directory.h"

namespace eakte::testing {

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// A tenant whose folders of entry 1 are destroyed a year after they were closed, under a permission. Takes
/// in and files as the pipeline does, without reading anything.
class DestructionTenant {
public:
  explicit DestructionTenant(const std::filesystem::path& directory)
      : archive(made(directory)), queue(archive), index(directory / "index") {
    if (archive::has_accounts(archive)) return;
    const auto account = [&](const char* name, archive::Role role) {
      archive::add_account(archive, {name, name, {role}, "lange Wörter hintereinander"}, "cli", {1, 8}, 0);
    };
    account("root", archive::Role::administrator);
    account("meier", archive::Role::records_manager);
    account("schulz", archive::Role::records_manager);
  }

  static const archive::Date& today() {
    static const archive::Date date = day("2027-06-01");
    return date;
  }

  archive::FolderId folder(const std::string& reference, const std::string& title) {
    return archive.add_folder("1", reference, title, "cli", day("2015-01-01"));
  }

  ingest::Intake accept(const std::string& bytes, const std::string& name, const std::string& key = {}) {
    archive::StagedObject staged = archive.objects().stage();
    staged.append(std::as_bytes(std::span(bytes)));
    return queue.accept(std::move(staged),
                        {.source = "upload", .name = name, .parent = {}, .idempotency_key = key});
  }

  archive::NewDocument letter(const ingest::Intake& intake, const archive::FolderId& folder,
                              const std::string& word) {
    archive::NewDocument letter{.intake = intake.id, .received_on = day("2016-03-02")};
    letter.fields = {.title = "Schreiben über " + word, .sender = word, .reference = {}, .folder = folder};
    letter.original_name = intake.name;
    letter.source = intake.source;
    letter.pages = {{.number = 1, .width = 100, .height = 100, .steps = "[]"}};
    letter.proposals = {{"sender", word, 0.9, "steht oben"}};
    const std::string words =
        R"({"number":1,"width":100,"height":100,"dpi":300,"confidence":0.9,"words":[[")" + word +
        R"(",1,1,50,10,90,0,0]]})" + "\n";
    letter.renditions = {
        {archive::RenditionRole::original, {intake.sha256, intake.size}, "image/tiff"},
        {archive::RenditionRole::text, archive.objects().put(word + " " + word + "\n\f"), "text/plain"},
        {archive::RenditionRole::words, archive.objects().put(words), "application/x-ndjson"}};
    letter.processing = R"({"rendering":"picture"})";
    return letter;
  }

  /// Takes a letter in and files it. Words of it are in bytes, title, sender, text and file name.
  archive::Document file(const archive::FolderId& folder, const std::string& bytes, const std::string& word) {
    const ingest::Intake intake = accept(bytes, word + ".tif");
    return file(intake, folder, word);
  }
  archive::Document file(const ingest::Intake& intake, const archive::FolderId& folder,
                         const std::string& word) {
    return archive.file(letter(intake, folder, word), "system",
                        [&](archive::Connection& connection, const archive::DocumentId& document) {
                          ingest::IntakeQueue::mark_filed(connection, intake.id, document,
                                                          archive::DocumentState::filed);
                        });
  }

  void close(const archive::FolderId& folder) {
    archive::close_folder(archive, folder, day("2020-05-05"), today(), "cli");
  }

  /// Closed, proposed and approved, out of quarantine today.
  archive::DestructionId approve(const archive::FolderId& folder) {
    close(folder);
    if (archive::destruction_permissions(archive).empty())
      archive::record_permission(archive, {"V-1", day("2026-01-01"), day("2030-12-31"), {"1"}}, today(),
                                 "meier");
    const auto proposed = archive::propose_destruction(archive, {folder}, today(), "meier").taken;
    archive::approve_destruction(archive, proposed, today(), 0, "schulz");
    return proposed.at(0);
  }

  ingest::DestructionRunReport run(const archive::StepReached& reached = [](std::string_view) {}) {
    return ingest::run_destructions(archive, index,
                                    {.today = today(), .actor = "system", .reached = reached});
  }

  /// Files of the tenant's directory that hold a word, in UTF-8 or UTF-16, in any case.
  std::vector<std::string> files_with(const std::string& word) const {
    std::string wide;
    for (const char c : word) wide += {c, '\0'};
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(archive.directory())) {
      if (!entry.is_regular_file()) {
        continue;
      }
      const std::string content = lower(bytes_of(entry.path()));
      if (content.find(lower(word)) != std::string::npos || content.find(lower(wide)) != std::string::npos ||
          lower(entry.path().filename().string()).find(lower(word)) != std::string::npos)
        found.push_back(entry.path().string());
    }
    return found;
  }

  /// What `eakte verify` asks.
  std::vector<std::string> problems() {
    index.catch_up(archive);
    const archive::VerifyReport report = archive::verify_archive(archive);
    std::vector<std::string> all = report.problems;
    for (const std::string& one : report.orphans) all.push_back("orphan: " + one);
    for (const std::string& one : index.verify(archive)) all.push_back(one);
    return all;
  }

private:
  static std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
  }

  static const std::filesystem::path& made(const std::filesystem::path& directory) {
    constexpr const char* plan = R"(schema_version: 1
aktenplan: {bezeichnung: Probe, version: "7"}
vorgaben: {frist: {art: mindest, jahre: 1, beginn: zdA, rundung: jahresende}, aussonderungsart: V}
einheiten:
- {kz: "1", titel: Eins, aktenbildend: true}
)";
    if (!std::filesystem::exists(directory)) archive::Archive::create(directory, "probe", plan);
    return directory;
  }

public:
  archive::Archive archive;
  ingest::IntakeQueue queue;
  index::SearchIndex index;
};

}  // namespace eakte::testing

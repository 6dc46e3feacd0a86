#include "tests/api/served_archive.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "archive/page_words.h"

namespace eakte::testing {
namespace {

std::string sample_file_plan() {
  std::ifstream stream(std::filesystem::path(EAKTE_SAMPLES) / "file_plan.yaml");
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The words in a row, 100 pixels each.
ocr::PageText page_of(const std::string& text) {
  ocr::PageText page;
  page.width = 1240;
  page.height = 1754;
  page.dpi = 150;
  page.confidence = 0.9F;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const int left = 100 + 110 * static_cast<int>(page.words.size());
    page.words.push_back({.text = word, .box = {left, 200, 100, 30}});
  }
  return page;
}

}  // namespace

ServedArchive::ServedArchive() {
  const auto tenant_directory = directory_.path() / "tenants" / "musterstadt";
  archive::Archive::create(tenant_directory, "musterstadt", sample_file_plan());
  service_.data = directory_.path();
  service_.tenants.emplace("musterstadt", std::make_unique<api::Tenant>(tenant_directory));
  service_.default_tenant = "musterstadt";
  serve({});
}

void ServedArchive::serve(api::ServerOptions options) {
  server_.reset();
  options.port = 0;
  options.log = [this](const api::RequestLog& entry) {
    const std::lock_guard lock(log_mutex_);
    log_.push_back(entry);
  };
  server_ = std::make_unique<api::Server>(service_, options);
}

archive::Document ServedArchive::file_document(const std::string& text, archive::DocumentState state) {
  api::Tenant& here = tenant();
  archive::StagedObject bytes = here.archive.objects().stage();
  bytes.append(std::as_bytes(std::span(text)));
  ingest::NewIntake about;
  about.source = "upload";
  about.name = "Brief \"an\" Müller.tif";
  const ingest::Intake intake = here.queue.accept(std::move(bytes), about);
  const std::vector<ocr::PageText> pages{page_of(text)};
  const archive::ObjectStore& objects = here.archive.objects();

  archive::NewDocument document;
  document.intake = intake.id;
  document.received_on = *archive::date_from_iso("2026-11-21");
  document.fields.title = "Schreiben";
  document.fields.document_type = "Rechnung";
  document.fields.document_date = archive::date_from_iso("2026-11-03");
  document.fields.plan_entry = "11.50.20";
  document.state = state;
  if (state == archive::DocumentState::review) document.review_reasons = {"plan_entry_unclear"};
  document.original_name = about.name;
  document.source = about.source;
  document.languages = about.languages;
  document.pages = {
      {.width = 1240, .height = 1754, .dpi = 150, .confidence = 0.9, .steps = R"([{"step":"skew"}])"}};
  document.proposals = {{"document_date", "2026-11-03", 0.9, "Datum im Informationsblock"}};
  document.renditions = {
      {archive::RenditionRole::original, {intake.sha256, intake.size}, "image/tiff"},
      {archive::RenditionRole::pdfa, objects.put("%PDF-1.7 " + text), "application/pdf"},
      {archive::RenditionRole::text, objects.put(archive::pages_to_text(pages)), "text/plain"},
      {archive::RenditionRole::words, objects.put(archive::words_to_jsonl(pages)), "application/x-ndjson"}};
  archive::Document filed = here.archive.file(
      document, "test", [&](archive::Connection& connection, const archive::DocumentId& id) {
        ingest::IntakeQueue::mark_filed(connection, intake.id, id, state);
      });
  here.index.catch_up(here.archive);
  return filed;
}

std::size_t ServedArchive::staged_files() const {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory_.path())) {
    const bool staged = entry.is_regular_file() && entry.path().parent_path().filename() == "staging";
    count += staged ? 1 : 0;
  }
  return count;
}

nlohmann::json json_of(const HttpAnswer& answer) {
  auto json = nlohmann::json::parse(answer.body, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << answer.status << " " << answer.body;
  return json;
}

}  // namespace eakte::testing

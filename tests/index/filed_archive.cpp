#include "tests/index/filed_archive.h"

#include <fstream>
#include <iterator>

namespace eakte::testing {
namespace {

constexpr const char* tenant = "musterstadt";

std::string sample_file_plan() {
  std::ifstream file(EAKTE_SAMPLES "/file_plan.yaml");
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

FiledArchive::FiledArchive() {
  archive::Archive::create(directory(), tenant, sample_file_plan());
  archive_ = std::make_unique<archive::Archive>(directory());
}

archive::DocumentId FiledArchive::add(const std::string& title, const std::string& text,
                                      const std::function<void(archive::NewDocument&)>& change) {
  archive::NewDocument document;
  document.intake = archive::IntakeId{archive::new_id_text()};
  document.received_on = *archive::date_from_iso("2024-05-02");
  document.fields.title = title;
  document.original_name = "scan.pdf";
  document.source = "test";
  document.languages = "deu";
  document.pages.emplace_back();
  document.renditions.push_back(
      {archive::RenditionRole::original, archive_->objects().put("original of " + title), "application/pdf"});
  document.renditions.push_back({archive::RenditionRole::text, archive_->objects().put(text), "text/plain"});
  if (change) change(document);
  return archive_->file(document, "test").id;
}

index::Query query(const std::string& text) {
  index::Query made;
  made.text = text;
  made.tenant = tenant;
  made.limit = 100;
  return made;
}

std::set<std::string> titles(archive::Archive& archive, const index::SearchIndex& index,
                             const index::Query& query) {
  std::set<std::string> found;
  for (const index::Hit& hit : index.search(archive, query).hits) {
    found.insert(archive.document(hit.document).content.fields.title);
  }
  return found;
}

}  // namespace eakte::testing

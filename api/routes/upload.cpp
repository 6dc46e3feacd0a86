#include "api/routes/upload.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

#include "api/http/disposition.h"
#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "ingest/reasons.h"

namespace eakte::api {
namespace {

std::string languages_of(const Request& request) {
  std::string languages(request.parameter("languages"));
  // A plus sign in a query is read as a blank.
  std::ranges::replace(languages, ' ', '+');
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '+'; };
  const bool fits =
      languages.size() >= 3 && languages.size() <= 40 && std::ranges::all_of(languages, allowed);
  if (!languages.empty() && !fits)
    throw bad_request("Die Angabe „languages“ ist ungültig. Beispiele: deu+eng, auto");
  return languages;
}

std::string idempotency_key_of(const Request& request) {
  std::string key(request.header("idempotency-key"));
  const bool printable = std::ranges::all_of(key, [](unsigned char c) { return c >= 0x20 && c < 0x7f; });
  if (key.size() > 200 || !printable) {
    throw bad_request("Der Einreichungsschlüssel darf höchstens 200 druckbare ASCII-Zeichen haben.");
  }
  return key;
}

std::string name_of_raw_body(const Request& request) {
  if (const auto name = request.parameter("name"); !name.empty()) return std::string(name);
  const auto disposition = parameterised(request.header("content-disposition"));
  return disposition ? file_name_of(*disposition).value_or("") : std::string();
}

}  // namespace

Upload::Upload(const Application& application, const Request& request)
    : application_(application), tenant_(application.tenant_of(request)) {
  about_.source = "upload";
  about_.actor = request.actor == "web" ? "" : request.actor;
  if (auto languages = languages_of(request); !languages.empty()) about_.languages = std::move(languages);
  const auto type = parameterised(request.header("content-type"));
  if (!type || type->value != "multipart/form-data") {
    about_.idempotency_key = idempotency_key_of(request);
    begin_file(name_of_raw_body(request));
    return;
  }
  const auto boundary = type->parameters.find("boundary");
  if (boundary == type->parameters.end())
    throw bad_request("Dem hochgeladenen Formular fehlt die Trennmarke.");
  form_ = std::make_unique<MultipartParser>(
      boundary->second,
      MultipartParser::Receiver{.begin =
                                    [this](const PartHead& head) {
                                      // A file field left empty comes as a part with an empty name; see end.
                                      if (head.file_name) begin_file(*head.file_name);
                                    },
                                .content = [this](std::string_view bytes) { append_to_file(bytes); },
                                .end =
                                    [this] {
                                      const bool left_empty = in_file_ && files_.back().name.empty() &&
                                                              files_.back().bytes.size() == 0;
                                      if (left_empty) files_.pop_back();
                                      in_file_ = false;
                                    }});
}

void Upload::begin_file(std::string_view name) {
  if (files_.size() == max_files)
    throw bad_request("Es können höchstens 100 Dateien auf einmal hochgeladen werden.");
  files_.push_back({ingest::displayable(name), tenant_.archive.objects().stage()});
  in_file_ = true;
}

void Upload::append_to_file(std::string_view bytes) {
  if (!in_file_) return;
  archive::StagedObject& file = files_.back().bytes;
  if (bytes.size() > application_.max_upload_bytes - std::min(file.size(), application_.max_upload_bytes)) {
    throw ingest::Refused("too_large", "upload of more than max_upload_bytes");
  }
  file.append(std::as_bytes(std::span(bytes)));
}

void Upload::append(std::string_view bytes) {
  if (form_) {
    form_->feed(bytes);
  } else {
    append_to_file(bytes);
  }
}

Response Upload::answer() {
  if (form_ && !form_->complete()) {
    throw Problem(400, "incomplete_upload", std::string(ingest::german_sentence("incomplete_upload")));
  }
  if (files_.empty()) throw bad_request("Das hochgeladene Formular enthält keine Datei.");
  Json intakes = Json::array();
  for (File& file : files_) {
    about_.name = file.name;
    const ingest::Intake intake = tenant_.queue.accept(std::move(file.bytes), about_);
    application_.events.intake_changed(tenant_.name, intake.id);
    intakes.push_back(intake_json(application_.service, tenant_, intake));
  }
  if (tenant_.processor) tenant_.processor->wake();
  return json_response({{"intakes", std::move(intakes)}}, 201);
}

}  // namespace eakte::api

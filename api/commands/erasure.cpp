#include "api/commands/erasure.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/commands/actor.h"
#include "api/commands/json_line.h"
#include "api/commands/opened_archive.h"
#include "api/data_directory.h"
#include "api/erasure_search.h"
#include "api/error.h"
#include "archive/erasure_requests.h"
#include "archive/refusals.h"

namespace eakte::api {
namespace {

using archive::ErasureDecision;
using archive::ErasureRequest;
using nlohmann::ordered_json;

std::string_view german_name(ErasureDecision decision) {
  switch (decision) {
    case ErasureDecision::proposed:
      return "zur Vernichtung vorgeschlagen";
    case ErasureDecision::restricted:
      return "abgelehnt, Verarbeitung eingeschränkt";
    case ErasureDecision::refused:
      return "abgelehnt";
  }
  return "";
}

archive::ErasureRequestId request_id(const std::string& text) {
  if (!archive::is_id(text)) throw Error("Das ist keine Kennung eines Löschantrags.");
  return {text};
}

ordered_json to_json(const ErasureRequest& request) {
  ordered_json items = ordered_json::array();
  for (const archive::ErasureItem& item : request.items) {
    items.push_back({{"document", item.document.text},
                     {"folder", item.folder.text},
                     {"decision", name_of(item.decision)},
                     {"code", item.code}});
  }
  return {{"request", request.id.text},
          {"person", request.about.person},
          {"address", request.about.address},
          {"reference", request.about.reference},
          {"received_on", archive::to_iso(request.about.received_on)},
          {"answer_by", archive::to_iso(request.answer_by)},
          {"recorded_by", request.recorded_by},
          {"decided_at", request.decided_at},
          {"decided_by", request.decided_by},
          {"letter", request.letter},
          {"items", items}};
}

void print(const ErasureRequest& request, OutputForm form) {
  if (form == OutputForm::json) return print_json(to_json(request));
  fmt::print("{}  {}, eingegangen {}, Antwort bis {}{}\n", request.id.text, request.about.person,
             archive::to_german(request.about.received_on), archive::to_german(request.answer_by),
             request.decided_at.empty() ? "; offen" : "; entschieden von " + request.decided_by);
  for (const archive::ErasureItem& item : request.items) {
    fmt::print("  {}  {}{}\n", item.document.text, german_name(item.decision),
               item.code.empty() ? "" : fmt::format(": {}", archive::refusal_sentence(item.code)));
  }
  if (!request.letter.empty()) fmt::print("\n{}", request.letter);
}

/// A tenant with its search, and who acts: always a records manager.
class OpenedTenant {
public:
  explicit OpenedTenant(const DataOptions& options)
      : config_(read_config(options.data / "eakte.toml")),
        service_(open_service(options.data, config_)),
        tenant(service_->tenant(chosen_tenant(options.data, config_, options.tenant))),
        archive(tenant.archive),
        actor(acting_person(archive, options, {archive::Role::records_manager})) {}

private:
  Config config_;
  std::unique_ptr<Service> service_;

public:
  Tenant& tenant;
  archive::Archive& archive;
  const std::string actor;
};

}  // namespace

int run_erasure_add(const ErasureOptions& options) {
  OpenedTenant opened(options);
  archive::Date received_on = archive::today();
  if (!options.received_on.empty()) {
    const auto day = archive::date_from_iso(options.received_on);
    if (!day) throw Error(fmt::format("{} ist kein Tag; erwartet wird JJJJ-MM-TT.", options.received_on));
    received_on = *day;
  }
  fmt::print("{}\n", archive::record_erasure_request(
                         opened.archive, {options.name, options.address, options.reference, received_on},
                         archive::today(), opened.actor)
                         .text);
  return 0;
}

int run_erasure_find(const ErasureOptions& options) {
  OpenedTenant opened(options);
  const ErasureRequest request = archive::erasure_request(opened.archive, request_id(options.name));
  for (const archive::DocumentId& id : documents_concerning(opened.tenant, request.about)) {
    const archive::Document document = opened.archive.document(id);
    if (options.form == OutputForm::json) {
      print_json({{"document", id.text},
                  {"title", document.content.fields.title},
                  {"folder", document.content.fields.folder.text},
                  {"restricted", is_restricted(document)}});
    } else {
      fmt::print("{}  {}{}\n", id.text, document.content.fields.title,
                 is_restricted(document) ? "  (eingeschränkt)" : "");
    }
  }
  return 0;
}

int run_erasure_decide(const ErasureOptions& options) {
  OpenedTenant opened(options);
  const ErasureRequest request = archive::erasure_request(opened.archive, request_id(options.name));
  std::vector<archive::DocumentId> documents;
  if (options.all_found) documents = documents_concerning(opened.tenant, request.about);
  for (const std::string& text : options.documents) {
    if (!archive::is_id(text)) throw Error(fmt::format("{} ist keine Kennung eines Dokuments.", text));
    documents.push_back({text});
  }
  const ErasureRequest decided =
      archive::decide_erasure(opened.archive, request.id, documents, archive::today(), opened.actor);
  OpenedArchive(options).changed();
  print(decided, options.form);
  return 0;
}

int run_erasure_show(const ErasureOptions& options) {
  OpenedTenant opened(options);
  print(archive::erasure_request(opened.archive, request_id(options.name)), options.form);
  return 0;
}

int run_erasure_list(const ErasureOptions& options) {
  OpenedTenant opened(options);
  constexpr int most = 10'000;
  for (ErasureRequest& request : archive::erasure_requests(opened.archive, most)) {
    request.letter.clear();
    print(request, options.form);
  }
  return 0;
}

int run_erasure_lift(const ErasureOptions& options) {
  OpenedTenant opened(options);
  if (!archive::is_id(options.name)) throw Error("Das ist keine Kennung eines Dokuments.");
  archive::lift_restriction(opened.archive, {options.name}, opened.actor);
  OpenedArchive(options).changed();
  return 0;
}

}  // namespace eakte::api

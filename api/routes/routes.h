#pragma once
#include <cstdint>
#include <string>

#include "api/http/event_hub.h"
#include "api/http/page_pictures.h"
#include "api/http/router.h"
#include "api/http/shapes.h"
#include "api/http/static_files.h"
#include "api/reader.h"
#include "api/service.h"

namespace eakte::api {

/// What the handlers work on. References outlive the routes.
struct Application {
  Service& service;
  EventHub& events;
  PagePictures& pictures;
  const StaticFiles& page;
  std::uint64_t max_upload_bytes;
  std::stop_token stop;          ///< the server stops: long work is cut short
  bool encrypted = false;        ///< requests come over TLS
  bool beyond_loopback = false;  ///< others than this machine reach the service

  Tenant& tenant_of(const Request& request) const { return service.tenant(request.parameter("tenant")); }
};

/// All of them.
void add_routes(Router& router, const Application& application);

/// What a route does.
using Handler = Response (*)(const Application&, const Request&);
/// The same over `application`, as the router takes it.
std::function<Response(const Request&)> handler(const Application& application, Handler handle);
/// Adds routes of accounts and sessions, whose bodies are small.
void add_small_route(Router& router, const Application& application, const char* method, const char* pattern,
                     Lane lane, Handler handle);

/// One function per file of this directory; each adds the routes of its resource.
void add_status_routes(Router& router, const Application& application);
void add_intake_routes(Router& router, const Application& application);
void add_event_routes(Router& router, const Application& application);
void add_search_routes(Router& router, const Application& application);
void add_document_routes(Router& router, const Application& application);
void add_rendition_routes(Router& router, const Application& application);
void add_page_routes(Router& router, const Application& application);
void add_file_plan_routes(Router& router, const Application& application);
void add_reason_routes(Router& router, const Application& application);
void add_audit_routes(Router& router, const Application& application);
void add_fixity_routes(Router& router, const Application& application);
void add_session_routes(Router& router, const Application& application);
void add_account_routes(Router& router, const Application& application);
void add_folder_routes(Router& router, const Application& application);
void add_structure_routes(Router& router, const Application& application);
void add_retention_routes(Router& router, const Application& application);
void add_destruction_routes(Router& router, const Application& application);
void add_disposal_routes(Router& router, const Application& application);
void add_evidence_routes(Router& router, const Application& application);
void add_scan_check_routes(Router& router, const Application& application);
void add_destruction_record_routes(Router& router, const Application& application);
void add_erasure_routes(Router& router, const Application& application);
void add_package_routes(Router& router, const Application& application);
void add_web_routes(Router& router, const Application& application);

/// Records what was refused in the audit trail of the request's tenant, and sets a damaged object aside. To
/// be called inside a catch block; does not throw.
void record_incident(const Application& application, const Request& request);

/// Who acts, as the audit trail names it.
std::string actor_of(const Request& request);

/// The document a request's first capture names. Throws Problem, archive::NotFound, archive::Forbidden:
/// document_restricted, document_locked.
archive::Document document_of(const Tenant& tenant, const Request& request);
/// Who sends the request, and what of the protected they see.
Reader reader_of(const Tenant& tenant, const Request& request);
/// Whether a document may be shown to who sends the request.
bool may_read(const Tenant& tenant, const Request& request, const archive::Document& document);
/// A folder as it is shown to them: of a locked one without its documents.
Json folder_for(const Tenant& tenant, const Request& request, const archive::FolderId& id);
/// The intake likewise.
ingest::Intake intake_of(const Tenant& tenant, const Request& request);

}  // namespace eakte::api

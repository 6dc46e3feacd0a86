#pragma once
#include <vector>

#include "api/service.h"
#include "archive/erasure_requests.h"

namespace eakte::api {

/// What may concern a person: documents with the name in either order, the address or the reference,
/// restricted ones too. Asks the index, which has to have caught up; a person decides who is meant.
std::vector<archive::DocumentId> documents_concerning(const Tenant& tenant,
                                                      const archive::NewErasureRequest& person);

}  // namespace eakte::api

#pragma once
#include <string>
#include <vector>

#include "api/service.h"

namespace eakte::api {

/// Who reads, over HTTP or by a command, and what of the protected they get to see. One rule for both: who
/// may run commands on the machine is not by that entitled to what is locked or restricted.
struct Reader {
  std::string actor;
  bool sees_restricted = false;  ///< processing restricted (Art. 18 DSGVO, RT-08): records managers
  bool sees_locked = false;      ///< locked by a stage of retention (BMG section 13(2)): auditors as well

  /// For the search; one of them must match.
  std::vector<std::string> access_terms() const;
};

/// By the roles of the account of that name; who has none sees neither.
Reader reader_named(const archive::Archive& archive, const std::string& actor);

bool may_read(const archive::Archive& archive, const Reader& reader, const archive::Document& document);

/// Throws archive::Forbidden: document_restricted, document_locked.
void require_readable(const archive::Archive& archive, const Reader& reader,
                      const archive::Document& document);

/// The document that came of an intake, of the first one where the same file came again; nothing while there
/// is none.
std::optional<archive::Document> document_behind(const Tenant& tenant, const ingest::Intake& intake);

}  // namespace eakte::api

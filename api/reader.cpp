#include "api/reader.h"

#include "archive/access_lock.h"
#include "archive/accounts.h"
#include "archive/erasure_requests.h"

namespace eakte::api {

std::vector<std::string> Reader::access_terms() const {
  std::vector<std::string> terms{"all"};
  if (sees_restricted) terms.emplace_back(archive::restricted_access);
  if (sees_locked) terms.emplace_back(archive::locked_access);
  return terms;
}

Reader reader_named(const archive::Archive& archive, const std::string& actor) {
  using archive::Role;
  try {
    const archive::Account account = archive::account_named(archive, actor);
    return {actor, account.has(Role::records_manager),
            account.has(Role::records_manager) || account.has(Role::auditor)};
  } catch (const archive::NotFound&) {
    return {actor};  // nobody is logged in
  }
}

bool may_read(const archive::Archive& archive, const Reader& reader, const archive::Document& document) {
  if (is_restricted(document)) return reader.sees_restricted;
  return reader.sees_locked || !archive::access_locked(archive, document, archive::today());
}

void require_readable(const archive::Archive& archive, const Reader& reader,
                      const archive::Document& document) {
  if (may_read(archive, reader, document)) return;
  throw archive::Forbidden(is_restricted(document) ? "document_restricted" : "document_locked",
                           "the document is not for everybody");
}

std::optional<archive::Document> document_behind(const Tenant& tenant, const ingest::Intake& intake) {
  using ingest::IntakeState;
  if (!intake.duplicate_of.empty()) return document_behind(tenant, tenant.queue.intake(intake.duplicate_of));
  if (intake.state != IntakeState::filed && intake.state != IntakeState::review) return std::nullopt;
  return tenant.archive.document(intake.document);
}

}  // namespace eakte::api

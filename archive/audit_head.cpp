#include "archive/audit_head.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "archive/json_number.h"

namespace eakte::archive {
namespace {

constexpr const char* format_name = "eakte-audit-head-1";

std::string created_at(Connection& connection) {
  return connection.query("SELECT value FROM meta WHERE key = 'created_at'").at(0).text("value");
}

/// `entry`: the hash that stands in the trail where the head ended.
void compare(const Rows& entry, const AuditHead& head, const std::string& trail,
             std::vector<std::string>& problems) {
  if (head.entries == 0) return;
  if (entry.empty()) {
    problems.push_back(fmt::format("{}: it had {} entries at {}, entry {} is missing now", trail,
                                   head.entries, head.at, head.entries));
  } else if (entry[0].text("hash") != head.hash) {
    problems.push_back(
        fmt::format("{}: entry {} is not the one that stood there at {}", trail, head.entries, head.at));
  }
}

}  // namespace

AuditHead audit_head(const Archive& archive) {
  AuditHead head;
  head.tenant = archive.tenant();
  archive.database().read([&](Connection& connection) {
    const Rows row = connection.query("SELECT entries, hash FROM audit_head WHERE id = 1");
    head.created_at = created_at(connection);
    head.entries = row.at(0).integer("entries");
    head.hash = row.at(0).text("hash");
  });
  head.at = now_utc();
  return head;
}

std::string text_of(const AuditHead& head) {
  const nlohmann::ordered_json object{
      {"format", format_name},   {"tenant", head.tenant}, {"tenant_created_at", head.created_at},
      {"entries", head.entries}, {"hash", head.hash},     {"at", head.at}};
  return object.dump() + "\n";
}

AuditHead audit_head_from(std::string_view text) {
  try {
    const auto object = nlohmann::json::parse(text);
    if (object.at("format") != format_name) throw Error("this is no head of an audit trail");
    return {object.at("tenant"), object.at("tenant_created_at"),
            whole_number<std::int64_t>(object.at("entries")), object.at("hash"), object.at("at")};
  } catch (const nlohmann::json::exception&) {
    throw Error("this is no head of an audit trail");
  }
}

std::vector<std::string> verify_audit_head(const Archive& archive, const AuditHead& head) {
  std::vector<std::string> problems;
  archive.database().read([&](Connection& connection) {
    if (head.tenant != archive.tenant() || head.created_at != created_at(connection)) {
      problems.push_back(fmt::format("audit trail: the head is of tenant {} made at {}, not of this one",
                                     head.tenant, head.created_at));
      return;
    }
    compare(connection.query("SELECT hash FROM audit_trail WHERE sequence = ?", {head.entries}), head,
            "audit trail", problems);
  });
  return problems;
}

std::vector<std::string> verify_imported_head(const Archive& archive, std::int64_t chain,
                                              const AuditHead& head) {
  std::vector<std::string> problems;
  archive.database().read([&](Connection& connection) {
    const std::string trail = fmt::format("imported evidence, chain {}", chain);
    const Rows known = connection.query("SELECT tenant FROM imported_chain WHERE chain = ?", {chain});
    if (known.empty() || known[0].text("tenant") != head.tenant)
      problems.push_back(fmt::format("{}: the head is of tenant {}", trail, head.tenant));
    compare(connection.query("SELECT hash FROM imported_audit WHERE chain = ? AND sequence = ?",
                             {chain, head.entries}),
            head, trail, problems);
  });
  return problems;
}

}  // namespace eakte::archive

#include "archive/audit_trail.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "archive/calendar.h"
#include "archive/catalogue/audit_entry_hash.h"
#include "archive/object_store.h"

namespace eakte::archive {
namespace {

constexpr int rows_at_once = 1000;
constexpr std::string_view before_the_first = before_the_first_entry;

/// A stored entry.
struct Link {
  std::int64_t sequence = 0;
  std::string at;
  AuditEntry entry;
  std::string hash;
};

std::string link_hash(std::string_view previous, const Link& link) {
  return audit_entry_hash(previous, link.sequence, link.at, link.entry);
}

Link link_from(const Row& row) {
  return {row.integer("sequence"),
          row.text("at"),
          {row.text("actor"), row.text("action"), row.text("subject"), row.text("detail")},
          row.text("hash")};
}

/// Walks the chain and collects what is wrong with it.
class ChainCheck {
public:
  void take(const Link& link) {
    if (link.sequence != last_ + 1) {
      problems_.push_back(
          fmt::format("audit trail: entries {} to {} are missing", last_ + 1, link.sequence - 1));
    } else if (link_hash(hash_, link) != link.hash) {
      problems_.push_back(
          fmt::format("audit trail: entry {} is changed or does not follow entry {}", link.sequence, last_));
    }
    last_ = link.sequence;
    hash_ = link.hash;
    ++count_;
  }

  void compare_with_head(const Rows& head) {
    if (head.size() != 1) {
      problems_.emplace_back("audit trail: the record of its length is missing");
    } else if (head[0].integer("entries") != last_) {
      problems_.push_back(fmt::format("audit trail: it ends with entry {} but had {} entries", last_,
                                      head[0].integer("entries")));
    } else if (head[0].text("hash") != hash_) {
      problems_.push_back(fmt::format("audit trail: entry {} is not the one that was written last", last_));
    }
  }

  std::int64_t last() const { return last_; }
  std::int64_t count() const { return count_; }
  std::vector<std::string> problems() && { return std::move(problems_); }

private:
  std::int64_t last_ = 0;
  std::int64_t count_ = 0;
  std::string hash_{before_the_first};
  std::vector<std::string> problems_;
};

}  // namespace

std::string audit_entry_hash(std::string_view previous, std::int64_t sequence, std::string_view at,
                             const AuditEntry& entry) {
  const std::string number = std::to_string(sequence);
  const std::array<std::string_view, 7> fields{previous,     number,        at,          entry.actor,
                                               entry.action, entry.subject, entry.detail};
  std::string bytes;
  for (const std::string_view field : fields) bytes += fmt::format("{}:{}", field.size(), field);
  return sha256_hex(bytes);
}

void append_audit_entry(Connection& connection, const AuditEntry& entry) {
  const Rows head = connection.query("SELECT entries, hash FROM audit_head WHERE id = 1");
  if (head.empty()) throw Error("audit trail: the record of its length is missing");
  Link link{head[0].integer("entries") + 1, now_utc(), entry, {}};
  link.hash = link_hash(head[0].text("hash"), link);
  connection.execute(
      "INSERT INTO audit_trail(sequence, at, actor, action, subject, detail, hash) VALUES(?, ?, ?, ?, ?, ?, "
      "?)",
      {link.sequence, link.at, entry.actor, entry.action, entry.subject, entry.detail, link.hash});
  connection.execute("UPDATE audit_head SET entries = ?, hash = ? WHERE id = 1", {link.sequence, link.hash});
}

std::vector<std::string> verify_audit_trail(Connection& connection, std::int64_t* entries) {
  ChainCheck check;
  for (;;) {
    const Rows rows = connection.query(
        "SELECT sequence, at, actor, action, subject, detail, hash FROM audit_trail WHERE sequence > ? "
        "ORDER BY sequence LIMIT ?",
        {check.last(), std::int64_t{rows_at_once}});
    if (rows.empty()) break;
    for (const Row& row : rows) check.take(link_from(row));
  }
  check.compare_with_head(connection.query("SELECT entries, hash FROM audit_head"));
  if (entries != nullptr) *entries = check.count();
  return std::move(check).problems();
}

}  // namespace eakte::archive

#include "archive/audit_list.h"

#include <algorithm>

#include "archive/catalogue/berlin_day.h"

namespace eakte::archive {

std::vector<RecordedEntry> audit_entries(const Archive& archive, const AuditQuestion& question) {
  std::string sql =
      "SELECT sequence, at, actor, action, subject, detail, hash FROM audit_trail WHERE sequence > ?";
  std::vector<Value> values{question.after};
  const auto restrict_to = [&](const char* condition, const std::string& value) {
    sql += condition;
    values.emplace_back(value);
  };
  if (!question.actor.empty()) restrict_to(" AND actor = ?", question.actor);
  if (!question.subject.empty()) restrict_to(" AND subject = ?", question.subject);
  if (!question.action.empty()) {
    restrict_to(" AND (action = ?", question.action);
    restrict_to(" OR substr(action, 1, instr(action, '.') - 1) = ?)", question.action);
  }
  if (question.from) restrict_to(" AND at >= ?", beginning_in_berlin(*question.from));
  if (question.until) restrict_to(" AND at < ?", beginning_in_berlin(next_day(*question.until)));
  sql += " ORDER BY sequence LIMIT ?";
  values.emplace_back(std::int64_t{std::max(question.limit, 1)});
  std::vector<RecordedEntry> entries;
  for (const Row& row : archive.database().query(sql, values)) {
    entries.push_back({row.integer("sequence"),
                       row.text("at"),
                       {row.text("actor"), row.text("action"), row.text("subject"), row.text("detail")},
                       row.text("hash")});
  }
  return entries;
}

}  // namespace eakte::archive

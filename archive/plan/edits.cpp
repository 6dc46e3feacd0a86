#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "archive/error.h"
#include "archive/plan/columns.h"

namespace eakte::archive {
namespace {

using plan_columns::Cells;
using plan_columns::place_of;

constexpr std::size_t number_at = place_of("Kennzeichen");
constexpr std::size_t parent_at = place_of("Übergeordnet");
constexpr std::size_t override_at = place_of("Abweichende Frist");

/// The names of the page for the columns.
const std::map<std::string, std::string_view, std::less<>>& column_names() {
  static const std::map<std::string, std::string_view, std::less<>> names{
      {"number", "Kennzeichen"},
      {"title", "Titel"},
      {"parent", "Übergeordnet"},
      {"takes_folders", "Aktenbildend"},
      {"retention", "Frist"},
      {"legal_basis", "Rechtsgrundlage"},
      {"limit", "Löschfrist"},
      {"disposal", "Aussonderungsart"},
      {"years_at_hand", "Transferfrist"},
      {"protection", "Schutzbedarf"},
      {"personal_data", "Personenbezug"},
      {"confidentiality", "Vertraulichkeit"},
      {"folder_kind", "Aktentyp"},
      {"document_types", "Dokumenttypen"},
      {"search_locks", "Suchsperre"},
      {"access", "Zugriff"},
      {"valid_from", "Gültig von"},
      {"valid_to", "Gültig bis"},
      {"override", "Abweichende Frist"}};
  return names;
}

/// Whether an entry that states nothing has what the entry above it has.
bool is_inherited(std::string_view column) {
  return column != "Kennzeichen" && column != "Titel" && column != "Übergeordnet" &&
         column != "Aktenbildend" && column != "Abweichende Frist";
}

/// Whether "11.9" comes before "11.10": part by part, numbers as numbers.
bool comes_before(std::string_view one, std::string_view other) {
  while (!one.empty() && !other.empty()) {
    const std::string_view left = one.substr(0, one.find('.'));
    const std::string_view right = other.substr(0, other.find('.'));
    if (left != right) {
      int first = 0;
      int second = 0;
      const bool numeric =
          std::from_chars(left.data(), left.data() + left.size(), first).ptr == left.data() + left.size() &&
          std::from_chars(right.data(), right.data() + right.size(), second).ptr ==
              right.data() + right.size();
      return numeric ? first < second : left < right;
    }
    one.remove_prefix(std::min(left.size() + 1, one.size()));
    other.remove_prefix(std::min(right.size() + 1, other.size()));
  }
  return one.empty() && !other.empty();
}

class EditedRows {
public:
  explicit EditedRows(std::vector<Cells> rows) : rows_(std::move(rows)) {}

  void apply(const PlanEdit& edit) {
    const auto number = edit.find("number");
    if (number == edit.end() || number->second.empty()) throw Error("an edit needs the number of its entry");
    const std::size_t row = row_of(number->second, edit);
    for (const auto& [name, text] : edit) {
      const auto column = column_names().find(name);
      if (column == column_names().end()) throw Error(fmt::format("an entry has no field {}", name));
      if (!set_own_rule(rows_[row], name, text)) set(row, column->second, text);
    }
  }

  const std::vector<Cells>& rows() const { return rows_; }

private:
  /// The row of an entry; that of a new one behind what lies before it under the same entry.
  std::size_t row_of(const std::string& number, const PlanEdit& edit) {
    const auto known = std::ranges::find(rows_, number, [](const Cells& cells) { return cells[number_at]; });
    if (known != rows_.end()) return static_cast<std::size_t>(known - rows_.begin());
    const auto parent = edit.find("parent");
    const std::string above = parent == edit.end() ? std::string() : parent->second;
    std::size_t place = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const bool before = lies_below(rows_[i], above) && comes_before(rows_[i][number_at], number);
      if (before || rows_[i][number_at] == above) place = i + 1;
    }
    rows_.insert(rows_.begin() + static_cast<std::ptrdiff_t>(place), Cells(plan_columns::columns.size()));
    return place;
  }

  bool lies_below(const Cells& cells, const std::string& above) const {
    if (above.empty()) return true;
    std::string_view parent = cells[parent_at];
    for (std::size_t steps = 0; !parent.empty() && steps < rows_.size(); ++steps) {
      if (parent == above) return true;
      const auto next = std::ranges::find(rows_, parent, [](const Cells& row) { return row[number_at]; });
      parent = next == rows_.end() ? std::string_view() : std::string_view((*next)[parent_at]);
    }
    return false;
  }

  /// The rule of an entry for which the tenant has one of its own is that one.
  static bool set_own_rule(Cells& cells, const std::string& name, const std::string& text) {
    if (cells[override_at].empty() || (name != "retention" && name != "legal_basis")) return false;
    const std::size_t bar = std::min(cells[override_at].find('|'), cells[override_at].size());
    const std::string rule = cells[override_at].substr(0, bar);
    const std::string basis = bar < cells[override_at].size() ? cells[override_at].substr(bar + 1) : "";
    cells[override_at] = name == "retention" ? text + "|" + basis : rule + "|" + text;
    return true;
  }

  /// Sets a cell, and those below that had the same by inheritance.
  void set(std::size_t row, std::string_view column, const std::string& text) {
    const std::size_t at = place_of(column);
    const std::string before = rows_[row][at];
    rows_[row][at] = text;
    if (!is_inherited(column) || before == text) return;
    const std::string number = rows_[row][number_at];
    for (std::size_t below = 0; below < rows_.size(); ++below) {
      if (rows_[below][parent_at] == number && !number.empty() && rows_[below][at] == before)
        set(below, column, text);
    }
  }

  std::vector<Cells> rows_;
};

}  // namespace

std::string edited_file_plan(const FilePlan& plan, const std::string& version, const std::string& valid_from,
                             const std::vector<PlanEdit>& edits) {
  FilePlan next;
  next.title = plan.title;
  next.version = version;
  next.valid_from = date_from_iso(valid_from);
  if (!valid_from.empty() && !next.valid_from) throw Error(fmt::format("{} is no day", valid_from));
  next.code_lists = plan.code_lists;
  next.archive = plan.archive;
  EditedRows rows(plan_columns::rows_of(plan));
  for (const PlanEdit& edit : edits) rows.apply(edit);
  return plan_columns::csv_text(next, rows.rows());
}

}  // namespace eakte::archive

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

#include "archive/error.h"
#include "archive/plan/columns.h"
#include "archive/plan/limits.h"
#include "archive/plan/readers.h"

namespace eakte::archive {
namespace {

using plan_columns::columns;

// One line is one entry, the first line names the columns. The plan's own title, version and days stand in
// lines before it: "#Bezeichnung;Aktenplan Musterstadt". Lists are separated by '|'.

struct Line {
  int number = 0;
  std::vector<std::string> cells;
};

/// Lines with cells between semicolons; a cell in double quotes may hold anything, "" is a quote (RFC 4180).
class CsvReader {
public:
  CsvReader(std::string_view text, std::vector<PlanProblem>& problems) : text_(text), problems_(problems) {
    if (text_.starts_with("\xef\xbb\xbf")) text_.remove_prefix(3);
  }

  std::vector<Line> lines() {
    std::vector<Line> all;
    while (at_ < text_.size()) {
      Line line{line_, {}};
      do line.cells.push_back(cell());
      while (more_in_line_);
      if (line.cells.size() > 1 || !line.cells[0].empty()) all.push_back(std::move(line));
    }
    return all;
  }

private:
  /// One cell, and the separator or end of line behind it.
  std::string cell() {
    std::string value = at_ < text_.size() && text_[at_] == '"' ? in_quotes() : std::string();
    while (at_ < text_.size() && text_[at_] != ';' && text_[at_] != '\n') {
      if (text_[at_] != '\r') value += text_[at_];
      ++at_;
    }
    more_in_line_ = at_ < text_.size() && text_[at_] == ';';
    if (at_ < text_.size() && text_[at_] == '\n') ++line_;
    ++at_;
    return value;
  }

  std::string in_quotes() {
    const int begun = line_;
    std::string value;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] != '"') {
        value += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        value += text_[at_++];
      } else {
        ++at_;
        return value;
      }
    }
    problems_.push_back({begun, "", "not_readable", "Ein Anführungszeichen wird nicht geschlossen."});
    return value;
  }

  std::string_view text_;
  std::vector<PlanProblem>& problems_;
  std::size_t at_ = 0;
  int line_ = 1;
  bool more_in_line_ = false;
};

class CsvPlan {
public:
  explicit CsvPlan(std::vector<PlanProblem>& problems) : problems_(problems) {}

  RawPlan read(std::string_view text) {
    bool headed = false;
    std::size_t values = 0;
    for (const Line& line : CsvReader(text, problems_).lines()) {
      values += line.cells.size();
      if (values > plan_limits::values) {
        problem(line.number, "too_much",
                fmt::format("Die Datei hat mehr als {} Angaben.", plan_limits::values));
        return std::move(plan_);
      }
      if (line.cells[0].starts_with('#')) {
        read_about(line);
      } else if (!headed) {
        headed = read_head(line);
        if (!headed) return std::move(plan_);
      } else {
        read_entry(line);
      }
    }
    if (!headed)
      problem(1, "not_readable", "Die Zeile mit den Namen der Spalten fehlt (Kennzeichen;Titel;...).");
    if (headed && plan_.entries.empty()) problem(1, "no_entries", "Der Aktenplan hat keine Einheiten.");
    return std::move(plan_);
  }

private:
  void problem(int line, const char* code, std::string reason) {
    problems_.push_back({line, "", code, std::move(reason)});
  }

  void read_about(const Line& line) {
    const std::string& key = line.cells[0];
    const RawText value{line.cells.size() > 1 ? line.cells[1] : std::string(), line.number};
    if (key == "#Bezeichnung") plan_.title = value;
    if (key == "#Version") plan_.version = value;
    if (key == "#Gültig von") plan_.valid_from = value;
    if (key == "#Gültig bis") plan_.valid_to = value;
    if (key.starts_with("#Archiv.")) plan_.archive.emplace_back(key.substr(8), value.text);
    if (key.starts_with("#Codes."))
      plan_.codes[key.substr(7)].emplace_back(value.text, line.cells.size() > 2 ? line.cells[2] : "");
  }

  bool read_head(const Line& line) {
    for (std::size_t i = 0; i < line.cells.size(); ++i) {
      const auto* const known = std::ranges::find(columns, line.cells[i]);
      if (known == columns.end()) {
        problem(line.number, "field_unknown",
                fmt::format("Die Spalte „{}“ kennt der Aktenplan nicht.", line.cells[i]));
      } else if (!places_.emplace(*known, i).second) {
        problem(line.number, "field_twice", fmt::format("Die Spalte „{}“ steht zweimal.", line.cells[i]));
      }
    }
    if (places_.contains("Kennzeichen") && places_.contains("Titel")) return true;
    problem(line.number, "not_readable", "Die erste Zeile nennt nicht die Spalten (Kennzeichen;Titel;...).");
    return false;
  }

  std::optional<RawText> cell(const Line& line, std::string_view column) const {
    const auto place = places_.find(column);
    if (place == places_.end() || place->second >= line.cells.size() || line.cells[place->second].empty())
      return std::nullopt;
    return RawText{line.cells[place->second], line.number};
  }

  void read_entry(const Line& line) {
    plan_columns::read_entry(
        plan_, line.number, [&](std::string_view column) { return cell(line, column); }, problems_);
  }

  std::vector<PlanProblem>& problems_;
  RawPlan plan_;
  std::map<std::string_view, std::size_t> places_;
};

/// A cell, quoted where it must be. What a spreadsheet would take for a formula stays text.
std::string cell_text(const std::string& value) {
  if (value.find_first_of(";\"\r\n") == std::string::npos) return value;
  std::string out = "\"";
  for (const char c : value) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace

RawPlan plan_from_csv(std::string_view text, std::vector<PlanProblem>& problems) {
  return CsvPlan(problems).read(text);
}

namespace plan_columns {

std::string csv_text(const FilePlan& plan, const std::vector<Cells>& rows) {
  std::string text;
  const auto line = [&](const Cells& cells) {
    Cells quoted;
    for (const std::string& cell : cells) quoted.push_back(cell_text(cell));
    text += fmt::format("{}\r\n", fmt::join(quoted, ";"));
  };
  line({"#Bezeichnung", plan.title});
  line({"#Version", plan.version});
  if (plan.valid_from) line({"#Gültig von", to_iso(*plan.valid_from)});
  if (plan.valid_to) line({"#Gültig bis", to_iso(*plan.valid_to)});
  for (const auto& [key, value] : plan.archive) line({"#Archiv." + key, value});
  for (const auto& [name, codes] : plan.code_lists) {
    for (const auto& [code, meaning] : codes) line({"#Codes." + name, code, meaning});
  }
  line({columns.begin(), columns.end()});
  for (const Cells& cells : rows) line(cells);
  return text;
}

std::vector<Cells> rows_of(const FilePlan& plan) {
  std::vector<Cells> rows;
  for (const FilePlanEntry& entry : plan.entries) rows.push_back(cells_of(plan, entry));
  return rows;
}

}  // namespace plan_columns

std::string file_plan_to_csv(const FilePlan& plan) {
  return plan_columns::csv_text(plan, plan_columns::rows_of(plan));
}

}  // namespace eakte::archive

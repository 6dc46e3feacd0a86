#pragma once
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/file_plan_exchange.h"
#include "archive/plan/raw_plan.h"

/// An entry as a row of named texts: a line of CSV, the extension of an entry in xdomea.
namespace eakte::archive::plan_columns {

inline constexpr std::array<std::string_view, 23> columns{"Kennzeichen",
                                                          "Titel",
                                                          "Übergeordnet",
                                                          "Aktenbildend",
                                                          "Frist",
                                                          "Rechtsgrundlage",
                                                          "Frühere Fristen",
                                                          "Löschfrist",
                                                          "Aussonderungsart",
                                                          "Transferfrist",
                                                          "Schutzbedarf",
                                                          "Personenbezug",
                                                          "Vertraulichkeit",
                                                          "Aktentyp",
                                                          "Dokumenttypen",
                                                          "Suchsperre",
                                                          "Zugriff",
                                                          "Gültig von",
                                                          "Gültig bis",
                                                          "Kennung",
                                                          "Bemerkungen",
                                                          "Abweichende Frist",
                                                          "Frühere Kennzeichen"};

/// What xdomea has no element for stands in its application specific extension of this id, by these columns.
inline constexpr std::string_view xdomea_extension = "eakte:aktenplan:1";

/// The text in a column; nothing where it is empty.
using Cell = std::function<std::optional<RawText>(std::string_view column)>;

/// Adds the entry of a row to the plan, and the tenant's own rule where it names one.
void read_entry(RawPlan& plan, int line, const Cell& cell, std::vector<PlanProblem>& problems);

/// The texts of an entry, as many as there are columns. Everything inherited is written out.
using Cells = std::vector<std::string>;
Cells cells_of(const FilePlan& plan, const FilePlanEntry& entry);
std::vector<Cells> rows_of(const FilePlan& plan);

/// The plan's head with these rows as CSV.
std::string csv_text(const FilePlan& plan, const std::vector<Cells>& rows);

constexpr std::size_t place_of(std::string_view column) {
  std::size_t place = 0;
  while (place < columns.size() && columns[place] != column) ++place;
  return place;
}

}  // namespace eakte::archive::plan_columns

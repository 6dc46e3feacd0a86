#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace eakte::archive {

// A file plan as somebody wrote it, before anything is believed: texts with the lines they stand in. Every
// form of exchange is read into it, one check makes a FilePlan of it (check.h).

struct RawText {
  std::string text;
  int line = 0;
};

/// One period of a rule.
struct RawPeriod {
  int line = 0;
  std::optional<RawText> years, months, days, event, rounding, name, access;
};

/// A retention rule.
struct RawRule {
  int line = 0;
  std::optional<RawText> unlimited, kind, combination, suspension, reference_day;
  std::vector<RawPeriod> periods;
};

/// A rule that was replaced, with its own legal basis.
struct RawEarlier {
  RawRule rule;
  std::optional<RawText> legal_basis;
};

/// What entries inherit.
struct RawFields {
  std::optional<RawRule> retention, limit;
  std::vector<RawEarlier> earlier;
  std::optional<RawText> disposal, years_at_hand, legal_basis, protection, personal_data, confidentiality,
      folder_kind;
  std::optional<std::vector<RawText>> document_types, search_locks, access;
};

struct RawEntry {
  int line = 0;
  std::optional<RawText> id, number, title, takes_folders, valid_from, valid_to;
  std::vector<RawText> former_numbers;
  std::optional<RawText> above;  ///< number of the entry above, where the form is a flat list
  int parent = -1;               ///< position of the entry above, where the form is a tree; -1: none
  RawFields fields;
  std::vector<std::pair<std::string, std::string>> notes;  ///< what is carried along unread
};

/// A tenant's own rule in the place of an entry's (RT-12).
struct RawOverride {
  int line = 0;
  std::optional<RawText> number;
  RawFields fields;  ///< retention, limit, disposal, legal_basis
};

struct RawPlan {
  int line = 1;
  std::optional<RawText> title, version, valid_from, valid_to;
  RawFields defaults;
  std::vector<std::pair<std::string, std::string>> archive;
  /// Code lists of the plan by name, code -> what it means; an absent list allows everything known.
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> codes;
  std::vector<RawEntry> entries;  ///< in the order of the file
  std::vector<RawOverride> overrides;
};

}  // namespace eakte::archive

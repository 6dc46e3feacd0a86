#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

/// In what a folder is kept (xdomea Medium 001, 002, 003).
enum class Medium { electronic, hybrid, paper };
std::string_view name_of(Medium medium);
std::optional<Medium> medium_from(std::string_view name);

/// Sub-folders lie at most so deep: receiving archives refuse more (XD-22).
constexpr int deepest_folder = 5;

struct NewFolder {
  std::string plan_entry;  ///< number; empty with a parent, whose entry it has
  std::string title;
  std::string reference;  ///< empty: generated
  FolderId parent{};      ///< the folder it is a part of (Teilakte); empty: none
  std::optional<Date> begins_on;
  Medium medium = Medium::electronic;
  std::string place{};  ///< where the paper lies: "Altregistratur, Raum 3, Regal 12"
};

/// What there is to say about a folder beside its life (life_cycle.h).
struct FolderPlace {
  FolderId parent;  ///< empty: none
  int depth = 1;    ///< 1: no parent
  Medium medium = Medium::electronic;
  std::string place;
  std::string entry_id;         ///< UUID of its entry in the file plan
  std::vector<FolderId> parts;  ///< its sub-folders, in the order they were made
};

/// A template of references: "{plan}-{number:04}/{year}". It has {number}, with or without a width; {plan}
/// and {year} where numbers begin anew for each entry or year. Throws Error saying what is wrong with it.
void require_reference_template(std::string_view text);
/// Pure: the reference for a running number.
std::string reference_of(std::string_view reference_template, const std::string& plan_entry, int number,
                         int year);

/// Makes a folder. Without a reference it gets the next number of its entry and year by the template; numbers
/// have no gap and are given once, also with many at the same time. A part of a folder is numbered after it
/// ("11.10.10-0007/2026-2"). Throws Error, NotFound, Conflict (reference taken); Forbidden: entry_closed,
/// folder_closed (the parent), too_deep, place_missing (paper without a place).
FolderId add_folder(Archive& archive, const NewFolder& folder, std::string_view reference_template,
                    Date today, const std::string& actor);

/// Makes a case with the next number of its folder: "11.10.10-0007/2026/3". Throws as Archive::add_case.
CaseId add_numbered_case(Archive& archive, const FolderId& folder, const std::string& title,
                         const std::string& actor);

FolderPlace folder_place(const Archive& archive, const FolderId& id);  ///< throws NotFound

/// Where the paper is. Throws NotFound; Forbidden: place_missing.
void set_medium(Archive& archive, const FolderId& id, Medium medium, const std::string& place,
                const std::string& actor);

}  // namespace eakte::archive

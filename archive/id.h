#pragma once
#include <compare>
#include <string>
#include <string_view>

namespace eakte::archive {

/// An id that sorts by the time it was made: 10 characters of milliseconds and 16 of randomness in
/// Crockford's base 32, lower case (the ULID layout). Typed, so that ids of different things do not mix.
template <class Tag>
struct Id {
  std::string text;
  auto operator<=>(const Id&) const = default;  // NOLINT(modernize-use-nullptr): a defaulted <=>
  bool empty() const { return text.empty(); }
};

using IntakeId = Id<struct IntakeTag>;
using DocumentId = Id<struct DocumentTag>;
using FolderId = Id<struct FolderTag>;
using CaseId = Id<struct CaseTag>;
using HoldId = Id<struct HoldTag>;

/// A new id's text. Thread-safe; ids made by one process ascend strictly.
std::string new_id_text();

/// Whether `text` has the form of an id; what comes from outside is checked before it is used.
bool is_id(std::string_view text);

}  // namespace eakte::archive

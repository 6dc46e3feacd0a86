#include "api/commands/records_names.h"

#include <fmt/format.h>

#include "api/error.h"

namespace eakte::api {

archive::Date day_of(const std::string& text) {
  if (text.empty()) return archive::today();
  const auto day = archive::date_from_iso(text);
  if (!day) throw Error(fmt::format("{} ist kein Tag; erwartet wird JJJJ-MM-TT.", text));
  return *day;
}

archive::FolderId folder_named(const archive::Archive& archive, const std::string& name) {
  if (archive::is_id(name)) return {name};
  const auto folder = archive.folder_by_reference(name);
  if (!folder) throw Error(fmt::format("Es gibt keine Akte mit dem Aktenzeichen {}.", name));
  return folder->id;
}

archive::CaseId case_named(const archive::Archive& archive, const std::string& name) {
  if (archive::is_id(name)) return {name};
  const auto found = archive.case_by_reference(name);
  if (!found) throw Error(fmt::format("Es gibt keinen Vorgang mit dem Geschäftszeichen {}.", name));
  return found->id;
}

}  // namespace eakte::api

#pragma once
#include "api/http/shapes.h"
#include "archive/due_list.h"
#include "archive/folder_list.h"
#include "archive/holds.h"

namespace eakte::api {

// The shapes of folders, holds and the due list in api/README.md.

Json listed_folder_json(const Tenant& tenant, const archive::ListedFolder& folder);
/// A folder with cases, holds, documents and the events its retention knows, as it stands on a day.
Json folder_record_json(const Tenant& tenant, const archive::FolderRecord& folder, archive::Date on);
Json hold_json(const Tenant& tenant, const archive::DisposalHold& hold);
Json due_folder_json(const Tenant& tenant, const archive::DueFolder& due);
Json due_year_json(const archive::DueYear& year);

}  // namespace eakte::api

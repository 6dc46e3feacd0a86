#pragma once
#include <string>
#include <vector>

#include "api/commands/commands.h"

namespace eakte::api {

// The subcommands of records management. Folders and cases are named by reference or id; days are ISO dates,
// empty for today.

struct FolderOptions : DataOptions {
  std::string name;
  std::string plan_entry;
  std::string title;
  std::string event;
  std::string on;
  bool delete_drafts = false;  ///< with the closing
};
int run_folder_add(const FolderOptions& options);  ///< `on`: Beginn der Laufzeit
int run_folder_show(const FolderOptions& options);
int run_folder_close(const FolderOptions& options);
int run_folder_reopen(const FolderOptions& options);
int run_folder_event(const FolderOptions& options);
int run_folder_suspend(const FolderOptions& options);

struct CaseOptions : DataOptions {
  std::string name;
  std::string folder;
  std::string title;
  std::string on;
  bool delete_drafts = false;  ///< with the closing
};
int run_case_add(const CaseOptions& options);
int run_case_close(const CaseOptions& options);
int run_case_reopen(const CaseOptions& options);

struct HoldOptions : DataOptions {
  std::vector<std::string> names;  ///< folders for add and list, holds for lift
  std::string reason;
  std::string owner;
  std::string review_on;
};
int run_hold_add(const HoldOptions& options);
int run_hold_lift(const HoldOptions& options);
int run_hold_list(const HoldOptions& options);

struct DueOptions : DataOptions {
  std::string on;
  std::string plan_entry;
  int year = 0;
  int limit = 1000;
};
int run_retention_due(const DueOptions& options);
int run_retention_years(const DataOptions& options);

struct AccountOptions : DataOptions {
  std::string name;
  std::string display_name;
  std::vector<std::string> roles;
  std::filesystem::path new_password_file;  ///< empty: asked for at the terminal
  bool enable = false;                      ///< disable takes itself back
};
int run_account_add(const AccountOptions& options);
int run_account_list(const AccountOptions& options);
int run_account_roles(const AccountOptions& options);
int run_account_password(const AccountOptions& options);
int run_account_disable(const AccountOptions& options);
int run_account_confirm(const AccountOptions& options);

}  // namespace eakte::api

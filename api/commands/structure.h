#pragma once
#include <string>
#include <vector>

#include "api/commands/commands.h"

namespace eakte::api {

// The subcommands that build and rebuild folders.

struct StructureOptions : DataOptions {
  std::string name;   ///< folder, case or document, by reference or id
  std::string other;  ///< where it goes, or what it is related to
  std::string title;
  std::string parent;
  std::string medium = "electronic";
  std::string place;
  std::string on;
  std::string reason;
  std::string kind;
  std::vector<std::string> cases;
  std::vector<std::string> documents;
  bool final = false;
};
int run_folder_new(const StructureOptions& options);
int run_folder_refile(const StructureOptions& options);
int run_document_refile(const StructureOptions& options);
int run_folder_refilings(const StructureOptions& options);
int run_refiling_release(const StructureOptions& options);
int run_refiling_reject(const StructureOptions& options);
int run_folder_merge(const StructureOptions& options);
int run_folder_split(const StructureOptions& options);
int run_case_move(const StructureOptions& options);
int run_case_merge(const StructureOptions& options);
int run_case_split(const StructureOptions& options);
int run_relation_add(const StructureOptions& options);
int run_relation_list(const StructureOptions& options);
int run_relation_remove(const StructureOptions& options);
int run_draft(const StructureOptions& options);

}  // namespace eakte::api

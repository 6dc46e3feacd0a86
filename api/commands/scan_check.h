#pragma once
#include <string>

#include "api/commands/commands.h"

namespace eakte::api {

// The subcommands of replacing scanning: checks, transfer notes, release of the paper, profiles of scanners.

struct ScanCheckOptions : DataOptions {
  std::string document;
  std::string result;  ///< "good" or "bad"
  int pages = 0;       ///< of the paper
  bool blank_confirmed = false;
  bool fields_confirmed = false;
  std::string remark;
  std::string seed;  ///< next: of the drawing; empty: a new one
  int limit = 20;
  std::filesystem::path out;  ///< note: a directory; empty: only made
  std::string on;             ///< audited: the day
  std::string procedure;      ///< audited: version; empty: as configured
  bool failed = false;        ///< audited: it was not passed
};
int run_scan_check_next(const ScanCheckOptions& options);
int run_scan_check_record(const ScanCheckOptions& options);
int run_scan_check_note(const ScanCheckOptions& options);
int run_scan_check_audited(const ScanCheckOptions& options);
int run_scan_check_release(const ScanCheckOptions& options);

struct ScanProfileOptions : DataOptions {
  std::string name;
  int version = 0;
  std::filesystem::path file;
};
int run_scan_profile_add(const ScanProfileOptions& options);
int run_scan_profile_release(const ScanProfileOptions& options);
int run_scan_profile_list(const ScanProfileOptions& options);

}  // namespace eakte::api

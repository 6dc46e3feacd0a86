#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "archive/archive.h"

namespace eakte::archive {

// Who scans so that the paper can go has the procedure audited again and again (TR-RESISCAN A.AM.G.3, RS-15:
// at least every three years). The audit is the office's; it is recorded here, and missed when it does not
// come.

/// A year, so that two may be missed before the rule is broken.
inline constexpr int scan_audit_months = 12;

struct ScanAudit {
  Date on{};
  std::string procedure;  ///< version of the Verfahrensdokumentation it was about
  bool passed = true;
  std::string recorded_at;  ///< UTC
  std::string recorded_by;
};

/// Enters an audit of the scan procedure in the audit trail (scan.procedure_audited). Throws Forbidden:
/// day_in_future, procedure_missing (no version is named), and, where there are accounts, account_needed,
/// role_missing (a records manager enters it; auditors change nothing).
void record_scan_audit(Archive& archive, Date on, const std::string& procedure, bool passed, Date today,
                       const std::string& actor);

/// The one that was held last; nothing when none was entered.
std::optional<ScanAudit> last_scan_audit(const Archive& archive);

/// A German sentence when paper is replaced by scans here and the audit is overdue or was not passed; nothing
/// else.
std::optional<std::string> scan_audit_warning(const Archive& archive, Date today);

}  // namespace eakte::archive

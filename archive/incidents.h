#pragma once
#include <map>
#include <string>
#include <string_view>

#include "archive/archive.h"

// What the audit trail tells beside the changes: who saw what is protected, who was refused what, and what
// changed in the settings (records checklist 26, RS-07).

namespace eakte::archive {

/// Whether looking at a document is recorded: its entry's confidentiality is high or very high (second letter
/// of `protection`, RS-02) or it has no entry yet, or not everybody may see it.
bool is_protected(const FilePlan& plan, const Document& document);

/// What of a document somebody gets to see.
enum class Seen { fields, pages, bytes };

/// Records that `actor` is about to see a protected document; returns when that is durable, and does nothing
/// for others. `what` is a fixed word, "pdfa". Turning pages is recorded once in ten minutes for each person
/// and document, the handing out of bytes each time.
void record_reading(Archive& archive, const Document& document, Seen seen, std::string_view what,
                    const std::string& actor);

/// Records that the rules refused `actor` something (for a missing role see accounts.h). `code` is the
/// refusal's, `what` a fixed word or pattern of a route; `subject` an id, or empty.
void record_refusal(Archive& archive, std::string_view code, std::string_view what,
                    const std::string& subject, const std::string& actor);

/// Whether a refusal is about who somebody is, which logins and roles record themselves.
bool is_about_accounts(std::string_view code);

/// Records which settings are others than at the last call, by name; their values stay out of the trail.
/// `settings` are names and values of all that are set.
void record_settings(Archive& archive, const std::map<std::string, std::string>& settings,
                     const std::string& actor);

}  // namespace eakte::archive

#pragma once
#include "archive/archive.h"

namespace eakte::archive {

/// Whether filing a document under an entry may let it go earlier than where a person has confirmed it last
/// (RT-11). False for what nobody has confirmed: a machine's proposal binds nobody.
bool shortens_confirmed(Connection& connection, const FilePlan& plan, const DocumentId& document,
                        const std::string& to_entry);

/// Throws Forbidden (second_person_needed) when it does and no second person has released it.
void require_not_shortened(Connection& connection, const FilePlan& plan, const DocumentId& document,
                           const std::string& to_entry);

}  // namespace eakte::archive

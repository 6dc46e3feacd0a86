#pragma once
#include <string>

#include "archive/erasure_requests.h"

namespace eakte::archive {

/// The German answer to a person: what will be erased, what stands against the rest and on which ground, what
/// is restricted, and where to complain (Art. 12(4), 17(3), 18, 77 DSGVO). Names folders, not titles.
std::string letter_about(Connection& connection, const FilePlan& plan, const ErasureRequest& request,
                         Date today);

}  // namespace eakte::archive

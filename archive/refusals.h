#pragma once
#include <string_view>

namespace eakte::archive {

/// The German sentence for the code of a Forbidden: what stands against it and what the person can do.
std::string_view refusal_sentence(std::string_view code);

}  // namespace eakte::archive

#pragma once
#include <span>
#include <string_view>

namespace eakte::ingest {

/// Why an intake was refused, set aside, or sent to review: a stable code and what a person is told.
struct Reason {
  std::string_view code;
  std::string_view german;  ///< one or two sentences: what happened, and what to do now
};

/// All reasons; codes never change their meaning.
std::span<const Reason> all_reasons();

/// The German sentence for a code; a general one for an unknown code.
std::string_view german_sentence(std::string_view code);

}  // namespace eakte::ingest

#pragma once
#include <cstddef>

/// How much of a foreign file plan is read at all. The largest real plans have some ten thousand entries.
namespace eakte::archive::plan_limits {

constexpr std::size_t bytes = 8'000'000;
constexpr std::size_t depth = 24;
constexpr std::size_t values = 200'000;
constexpr std::size_t text = 10'000;  ///< bytes of one value

}  // namespace eakte::archive::plan_limits

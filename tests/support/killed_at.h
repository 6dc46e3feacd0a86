#pragma once
#include <functional>

namespace eakte::testing {

enum class Killed {
  yes,    ///< at the place asked for
  no,     ///< the work ended before it, well
  failed  ///< the work threw or could not be followed
};

/// Runs `work` in a child process and kills it as it is about to make its durable call number `place`, from
/// 1: what syncs, renames, links or unlinks a file, in any of its threads. The caller must not have threads
/// of its own.
Killed killed_at(int place, const std::function<void()>& work);

}  // namespace eakte::testing

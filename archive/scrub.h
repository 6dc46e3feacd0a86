#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "archive/fixity.h"

namespace eakte::archive {

/// How an archive is read through for damages (records checklist 40).
struct ScrubPace {
  std::uint64_t bytes_per_second = 0;  ///< 0: as fast as it goes
  /// A round is spread over so many days. An object that comes in behind it is read by the next round, after
  /// twice as many at the latest: 45 keep the promise of 90.
  int round_days = 45;
  double sample = 0.01;  ///< share of all objects that is drawn each week
};

struct ScrubRound {
  std::int64_t number = 0;
  std::string began_at;
  std::string ended_at;  ///< empty: under way
  double position = 0;   ///< 0..1; addresses are spread evenly
  std::int64_t objects = 0;
  std::int64_t bytes = 0;
  std::int64_t damaged = 0;
};

struct ScrubSample {
  std::string drawn_at;
  std::string seed;  ///< the drawing can be repeated: see archive/README.md
  std::int64_t objects = 0;
  std::int64_t damaged = 0;
};

using Instant = std::chrono::sys_seconds;

/// Reads on as far as the round has to be at `now`, beginning the next one when its time has come. What is
/// done is kept every few seconds: killed, it goes on there. Returns the round.
ScrubRound scrub_due(Archive& archive, Instant now, const ScrubPace& pace);
/// Reads everything, in a round of its own, which begins anew unless one is under way.
ScrubRound scrub_all(Archive& archive, Instant now, const ScrubPace& pace);
/// Draws the week's sample and reads it when that was not done in the last seven days.
std::optional<ScrubSample> sample_due(Archive& archive, Instant now, const ScrubPace& pace);

/// Enters who has objects read through by hand (scrub.ordered); what the service does by itself has no person.
void record_scrub_order(Archive& archive, bool everything, const std::string& actor);

/// What was read when, for the report.
struct ScrubStatus {
  std::vector<ScrubRound> rounds;    ///< the last ones, newest first
  std::vector<ScrubSample> samples;  ///< likewise
  std::vector<Damage> damages;       ///< that stand
  std::string covered_since;  ///< whatever was there at this time was read since; empty: no round has ended
};
ScrubStatus scrub_status(const Archive& archive);

}  // namespace eakte::archive

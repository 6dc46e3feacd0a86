#include "archive/scrub.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <thread>

#include "archive/storage/hashing.h"
#include "archive/storage/object_path.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::steady_clock;

constexpr int groups = 256;  ///< the walk takes addresses group by group, by their first two digits
constexpr std::chrono::seconds between_notes{5};
constexpr std::chrono::days week{7};
constexpr int rows_shown = 12;
constexpr const char* actor = "system";

std::string text_of(Instant instant) {
  const auto day = floor<days>(instant);
  const std::chrono::hh_mm_ss time(instant - day);
  return fmt::format("{}T{:02}:{:02}:{:02}.000Z", to_iso(Date(day)), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

Instant instant_from(const std::string& text) {
  const auto day = date_from_iso(text.substr(0, 10));
  if (!day || text.size() < 19) throw Error(fmt::format("\"{}\" is no instant", text));
  const auto number = [&](std::size_t place) { return (text[place] - '0') * 10 + text[place + 1] - '0'; };
  return std::chrono::sys_days(*day) + std::chrono::hours(number(11)) + std::chrono::minutes(number(14)) +
         std::chrono::seconds(number(17));
}

/// Lets time pass so that the bytes told of do not come faster than the pace.
class Brake {
public:
  explicit Brake(std::uint64_t bytes_per_second) : rate_(bytes_per_second) {}
  void operator()(std::size_t bytes) {
    bytes_ += bytes;
    if (rate_ == 0) return;
    const auto due = began_ + std::chrono::microseconds(bytes_ * 1'000'000 / rate_);
    std::this_thread::sleep_until(due);
  }
  std::uint64_t bytes() const { return bytes_; }

private:
  std::uint64_t rate_;
  std::uint64_t bytes_ = 0;
  steady_clock::time_point began_ = steady_clock::now();
};

/// Where an address lies among all that are possible, 0..1.
double position_of(const std::string& sha256) {
  if (sha256.empty()) return 0;
  constexpr std::size_t digits = 8;
  std::uint32_t number = 0;
  std::from_chars(sha256.data(), sha256.data() + digits, number, 16);
  return std::ldexp(number, -32);
}

/// The addresses of one group: what lies on the disk, and what the catalogue names.
std::set<std::string> group_of(const Archive& archive, int group) {
  std::set<std::string> addresses;
  const std::string first = fmt::format("{:02x}", group);
  const std::string behind = group + 1 == groups ? "g" : fmt::format("{:02x}", group + 1);
  for (const Row& row : archive.database().query(
           "SELECT DISTINCT sha256 FROM named_object WHERE sha256 >= ?1 AND sha256 < ?2 AND sha256 NOT IN "
           "(SELECT sha256 FROM withheld_object)",
           {first, behind}))
    addresses.insert(row.text("sha256"));
  std::error_code none;
  for (fs::recursive_directory_iterator entry(archive.directory() / "objects" / first, none), end;
       entry != end; entry.increment(none)) {
    const std::string name = entry->path().filename().string();
    if (name.size() == 64 && entry->is_regular_file()) addresses.insert(name);
  }
  return addresses;
}

ScrubRound round_from(const Row& row) {
  ScrubRound round{row.integer("number"),  row.text("began_at"), row.text("ended_at"),  0,
                   row.integer("objects"), row.integer("bytes"), row.integer("damaged")};
  round.position = round.ended_at.empty() ? position_of(row.text("cursor")) : 1;
  return round;
}

constexpr const char* round_columns =
    "number, began_at, ended_at, cursor, objects, bytes, damaged FROM scrub_round";

std::optional<Row> last_round(const Archive& archive) {
  const Rows rows =
      archive.database().query(fmt::format("SELECT {} ORDER BY number DESC LIMIT 1", round_columns));
  if (rows.empty()) return std::nullopt;
  return rows[0];
}

/// One reading on in a round.
class Walk {
public:
  Walk(Archive& archive, const Row& round, const ScrubPace& pace)
      : archive_(archive),
        round_(round_from(round)),
        cursor_(round.text("cursor")),
        brake_(pace.bytes_per_second) {}

  /// Up to this position, 0..1.
  void go(double position) {
    const int first = static_cast<int>(position_of(cursor_) * groups);
    for (int group = first; group < groups; ++group) {
      if (static_cast<double>(group) / groups >= position) return note();
      for (const std::string& sha256 : group_of(archive_, group)) {
        if (sha256 <= cursor_) continue;
        if (position_of(sha256) > position) return note();
        examine(sha256);
      }
    }
    if (position >= 1) ended_ = true;
    note();
  }

  void end_at(const std::string& instant) { ended_at_ = instant; }

private:
  void examine(const std::string& sha256) {
    const bool damaged = examine_object(archive_, sha256, "scrub", actor, [this](std::size_t bytes) {
                           brake_(bytes);
                         }).has_value();
    cursor_ = sha256;
    ++round_.objects;
    if (damaged) ++round_.damaged;
    if (steady_clock::now() >= next_note_) note();
  }

  void note() {
    next_note_ = steady_clock::now() + between_notes;
    const std::int64_t bytes = round_.bytes + static_cast<std::int64_t>(brake_.bytes());
    archive_.database().write([&](Connection& connection) {
      connection.execute(
          "UPDATE scrub_round SET cursor = ?, objects = ?, bytes = ?, damaged = ?, ended_at = ? WHERE number "
          "= ?",
          {cursor_, round_.objects, bytes, round_.damaged, ended_ ? Value(ended_at_) : Value(nullptr),
           round_.number});
      if (!ended_) return;
      archive_.record(connection, {actor, "scrub.ended", archive_.tenant(),
                                   fmt::format(R"({{"round":{},"objects":{},"damaged":{}}})", round_.number,
                                               round_.objects, round_.damaged)});
    });
  }

  Archive& archive_;
  ScrubRound round_;
  std::string cursor_;
  Brake brake_;
  bool ended_ = false;
  std::string ended_at_;
  steady_clock::time_point next_note_ = steady_clock::now() + between_notes;
};

ScrubRound read_on(Archive& archive, Instant now, const ScrubPace& pace, double position) {
  Walk walk(archive, last_round(archive).value(), pace);
  walk.end_at(text_of(now));
  walk.go(position);
  return round_from(last_round(archive).value());
}

void begin_round(Archive& archive, Instant now) {
  archive.database().write([&](Connection& connection) {
    connection.execute("INSERT INTO scrub_round(began_at) VALUES(?)", {text_of(now)});
  });
}

/// The drawing: an object belongs to the sample when the first digits of SHA-256(seed, address) are below the
/// share. Of a small archive it may be none; then it is the one with the least.
std::vector<std::string> drawn(const Archive& archive, const std::string& seed, double share) {
  std::vector<std::string> sample;
  std::pair<double, std::string> least{2, ""};
  for (int group = 0; group < groups; ++group) {
    for (const std::string& sha256 : group_of(archive, group)) {
      const double lot = position_of(sha256_hex(seed + sha256));
      least = std::min(least, {lot, sha256});
      if (lot < share) sample.push_back(sha256);
    }
  }
  if (sample.empty() && !least.second.empty()) sample.push_back(least.second);
  return sample;
}

}  // namespace

ScrubRound scrub_due(Archive& archive, Instant now, const ScrubPace& pace) {
  const std::chrono::duration<double> length = days(std::max(pace.round_days, 1));
  const auto last = last_round(archive);
  if (!last || (!last->text("ended_at").empty() && now >= instant_from(last->text("began_at")) + length))
    begin_round(archive, now);
  const ScrubRound round = round_from(last_round(archive).value());
  if (!round.ended_at.empty()) return round;
  const std::chrono::duration<double> gone = now - instant_from(round.began_at);
  // A day ahead, so that a round is over when its days are.
  return read_on(archive, now, pace, std::min(1.0, (gone + days(1)) / length));
}

ScrubRound scrub_all(Archive& archive, Instant now, const ScrubPace& pace) {
  const auto last = last_round(archive);
  if (!last || !last->text("ended_at").empty()) begin_round(archive, now);
  return read_on(archive, now, pace, 1);
}

std::optional<ScrubSample> sample_due(Archive& archive, Instant now, const ScrubPace& pace) {
  const Rows last =
      archive.database().query("SELECT drawn_at FROM scrub_sample ORDER BY number DESC LIMIT 1");
  if (!last.empty() && now < instant_from(last[0].text("drawn_at")) + week) return std::nullopt;
  ScrubSample sample{text_of(now), new_id_text(), 0, 0};
  Brake brake(pace.bytes_per_second);
  for (const std::string& sha256 : drawn(archive, sample.seed, pace.sample)) {
    ++sample.objects;
    if (examine_object(archive, sha256, "sample", actor, std::ref(brake))) ++sample.damaged;
  }
  archive.database().write([&](Connection& connection) {
    connection.execute(
        "INSERT INTO scrub_sample(drawn_at, seed, share, objects, damaged) VALUES(?, ?, ?, ?, ?)",
        {sample.drawn_at, sample.seed, pace.sample, sample.objects, sample.damaged});
    archive.record(connection, {actor, "scrub.sampled", archive.tenant(),
                                fmt::format(R"({{"seed":"{}","share":{},"objects":{},"damaged":{}}})",
                                            sample.seed, pace.sample, sample.objects, sample.damaged)});
  });
  return sample;
}

ScrubStatus scrub_status(const Archive& archive) {
  ScrubStatus status;
  archive.database().read([&](Connection& connection) {
    for (const Row& row :
         connection.query(fmt::format("SELECT {} ORDER BY number DESC LIMIT {}", round_columns, rows_shown)))
      status.rounds.push_back(round_from(row));
    for (const Row& row : connection.query(
             fmt::format("SELECT * FROM scrub_sample ORDER BY number DESC LIMIT {}", rows_shown)))
      status.samples.push_back(
          {row.text("drawn_at"), row.text("seed"), row.integer("objects"), row.integer("damaged")});
  });
  const auto ended =
      std::ranges::find_if(status.rounds, [](const auto& one) { return !one.ended_at.empty(); });
  if (ended != status.rounds.end()) status.covered_since = ended->began_at;
  status.damages = standing_damages(archive);
  return status;
}

void record_scrub_order(Archive& archive, bool everything, const std::string& actor) {
  archive.database().write([&](Connection& connection) {
    append_audit_entry(connection,
                       {actor, "scrub.ordered", "", everything ? R"({"all":true})" : R"({"all":false})"});
  });
}

}  // namespace eakte::archive

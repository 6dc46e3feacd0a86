#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace eakte::ingest {

/// An owned file descriptor.
class Descriptor {
public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      close();
      number_ = std::exchange(other.number_, -1);
    }
    return *this;
  }
  ~Descriptor() { close(); }
  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  void close();

private:
  int number_ = -1;
};

/// Both ends of a connected pair of sockets, closed on exec.
std::pair<Descriptor, Descriptor> socket_pair(int type);

/// An unlinked file in `directory`; gone when closed. Throws archive::StorageFailure.
Descriptor temporary_file(const std::string& directory);

/// Writes everything to a file. Throws archive::StorageFailure.
void write_all(int descriptor, std::string_view bytes);

// Job channel: a stream of frames, each `kind` (1 byte), length (4 bytes, host order), bytes.
enum class FrameKind : std::uint8_t { request = 'q', note = 'n', reply = 'r', refused = 'x', failed = 'f' };
struct Frame {
  FrameKind kind{};
  std::string bytes;
};
constexpr std::size_t max_frame_bytes = std::size_t{64} << 20;

/// Throws Error when the other end is gone.
void send_frame(int socket, FrameKind kind, std::string_view bytes);

/// Takes frames out of received bytes. The bytes come from a process that may lie: an unknown kind or an
/// excessive length throws Error.
class FrameParser {
public:
  void feed(std::string_view bytes) { buffer_ += bytes; }
  std::optional<Frame> next();

private:
  std::string buffer_;
};

// Control channel between service and template: fixed-size packets, descriptors attached.
struct Control {
  enum class Kind : std::uint32_t { run, kill, ended };
  Kind kind{};
  std::uint32_t job = 0;
  std::int64_t memory_bytes = 0;
  std::int64_t file_bytes = 0;
  std::int32_t cpu_seconds = 0;
  std::int32_t open_files = 0;
  std::int32_t status = 0;  ///< of an ended child, as waitpid gives it
};
constexpr std::size_t max_job_descriptors = 10;

/// Throws Error when the other end is gone.
void send_control(int socket, const Control& message, const std::vector<int>& descriptors = {});

struct ReceivedControl {
  Control message;
  std::vector<Descriptor> descriptors;
};
/// Waits for a packet; nothing when the other end has closed.
std::optional<ReceivedControl> receive_control(int socket);

}  // namespace eakte::ingest

#include "ingest/worker/channel.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "archive/error.h"
#include "ingest/error.h"

namespace eakte::ingest {
namespace {

[[noreturn]] void fail(std::string_view what) {
  throw Error(fmt::format("{}: {}", what, std::strerror(errno)));
}

bool known(std::uint8_t kind) {
  switch (static_cast<FrameKind>(kind)) {
    case FrameKind::request:
    case FrameKind::note:
    case FrameKind::reply:
    case FrameKind::refused:
    case FrameKind::failed:
      return true;
  }
  return false;
}

}  // namespace

void Descriptor::close() {
  if (number_ >= 0) ::close(std::exchange(number_, -1));
}

std::pair<Descriptor, Descriptor> socket_pair(int type) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data()) != 0) fail("socketpair");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Descriptor temporary_file(const std::string& directory) {
  const int number = open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (number < 0) {
    throw archive::StorageFailure(
        fmt::format("cannot make a temporary file in {}: {}", directory, std::strerror(errno)));
  }
  return Descriptor(number);
}

void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw archive::StorageFailure(fmt::format("writing a result: {}", std::strerror(errno)));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void send_frame(int socket, FrameKind kind, std::string_view bytes) {
  const auto length = static_cast<std::uint32_t>(bytes.size());
  std::string frame(1 + sizeof length, static_cast<char>(kind));
  std::memcpy(frame.data() + 1, &length, sizeof length);
  frame += bytes;
  for (std::string_view rest = frame; !rest.empty();) {
    const ssize_t sent = send(socket, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) fail("job channel");
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::optional<Frame> FrameParser::next() {
  constexpr std::size_t head = 1 + sizeof(std::uint32_t);
  if (buffer_.size() < head) return std::nullopt;
  std::uint32_t length = 0;
  std::memcpy(&length, buffer_.data() + 1, sizeof length);
  if (!known(static_cast<std::uint8_t>(buffer_[0]))) throw Error("job channel: unknown kind of frame");
  if (length > max_frame_bytes) throw Error(fmt::format("job channel: frame of {} bytes", length));
  if (buffer_.size() < head + length) return std::nullopt;
  Frame frame{static_cast<FrameKind>(buffer_[0]), buffer_.substr(head, length)};
  buffer_.erase(0, head + length);
  return frame;
}

void send_control(int socket, const Control& message, const std::vector<int>& descriptors) {
  Control copy = message;
  iovec part{&copy, sizeof copy};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * max_job_descriptors)> attachment{};
  if (!descriptors.empty()) {
    if (descriptors.size() > max_job_descriptors) throw Error("too many descriptors for a job");
    header.msg_control = attachment.data();
    header.msg_controllen = CMSG_SPACE(sizeof(int) * descriptors.size());
    cmsghdr* rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int) * descriptors.size());
    std::memcpy(CMSG_DATA(rights), descriptors.data(), sizeof(int) * descriptors.size());
  }
  ssize_t sent = -1;
  do {
    sent = sendmsg(socket, &header, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  if (sent < 0) fail("worker control channel");
}

std::optional<ReceivedControl> receive_control(int socket) {
  ReceivedControl received;
  iovec part{&received.message, sizeof received.message};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * max_job_descriptors)> attachment{};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = attachment.data();
  header.msg_controllen = attachment.size();
  ssize_t size = -1;
  do {
    size = recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
  } while (size < 0 && errno == EINTR);
  if (size <= 0) return std::nullopt;
  for (cmsghdr* rights = CMSG_FIRSTHDR(&header); rights != nullptr; rights = CMSG_NXTHDR(&header, rights)) {
    if (rights->cmsg_level != SOL_SOCKET || rights->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (rights->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int number = -1;
      std::memcpy(&number, CMSG_DATA(rights) + i * sizeof(int), sizeof number);
      received.descriptors.emplace_back(number);
    }
  }
  if (size != static_cast<ssize_t>(sizeof received.message))
    throw Error("worker control channel: packet of odd size");
  return received;
}

}  // namespace eakte::ingest

#include "archive/disposal/outbox.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

#include "archive/id.h"
#include "archive/storage/hashing.h"
#include "archive/storage/object_path.h"

namespace eakte::archive {
namespace {

constexpr mode_t read_only = 0440;

void copy_to(int from, int to, const std::filesystem::path& path) {
  std::array<std::byte, 65536> bytes{};
  for (off_t at = 0;;) {
    const ssize_t size = pread(from, bytes.data(), bytes.size(), at);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) throw_storage_failure("cannot read the message for", path);
    if (size == 0) return;
    write_all(to, {bytes.data(), static_cast<std::size_t>(size)}, path);
    at += size;
  }
}

}  // namespace

std::filesystem::path outbox_of(const Archive& archive) { return archive.directory() / "outbox"; }

StagedMessage::StagedMessage(const Archive& archive) : outbox_(outbox_of(archive)) {
  const auto staging = staging_directory(archive.directory() / "objects");
  make_directories_below(archive.directory(), staging);
  make_directories_below(archive.directory(), outbox_);
  sync_directory(archive.directory());
  aside_ = staging / new_id_text();
  file_ = create_new_file(aside_);
}

StagedMessage::StagedMessage(StagedMessage&& other) noexcept
    : outbox_(std::move(other.outbox_)),
      aside_(std::exchange(other.aside_, {})),
      file_(std::move(other.file_)),
      file_name_(std::move(other.file_name_)),
      sha256_(std::move(other.sha256_)),
      message_sha256_(std::move(other.message_sha256_)),
      size_(other.size_) {}

StagedMessage::~StagedMessage() {
  if (!aside_.empty()) ::unlink(aside_.c_str());
}

void StagedMessage::finish() {
  if (::fchmod(file_.number(), read_only) != 0) throw_storage_failure("cannot protect", aside_);
  sync_file(file_.number(), aside_);
  const FileHash hash = hash_file(file_.number(), aside_.string());
  sha256_ = hash.sha256;
  size_ = hash.size;
}

void StagedMessage::put_in_place() {
  const auto target = outbox_ / file_name_;
  if (std::rename(aside_.c_str(), target.c_str()) != 0) throw_storage_failure("cannot rename to", target);
  aside_.clear();
  sync_directory(outbox_);
}

StagedMessage stage_message(const Archive& archive, const XdomeaMessage& message,
                            const std::map<std::string, std::string>& files,
                            const std::filesystem::path& schemas) {
  StagedMessage staged(archive);
  staged.file_name_ = container_name(message.head) + ".zip";
  write_container(staged.file_.number(), message,
                  [&](const std::string& name) { return archive.objects().open(files.at(name)); });
  check_own_container(staged.file_.number(), staged.file_name_, message, schemas);
  staged.message_sha256_ = sha256_hex(write_xdomea(message));
  staged.finish();
  return staged;
}

StagedMessage stage_received(const Archive& archive, const ReadContainer& container, int received) {
  StagedMessage staged(archive);
  staged.file_name_ = container_name(container.message.head) + (container.bare ? ".xml" : ".zip");
  copy_to(received, staged.file_.number(), staged.aside_);
  staged.message_sha256_ = container.message_sha256;
  staged.finish();
  return staged;
}

}  // namespace eakte::archive

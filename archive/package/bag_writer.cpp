#include "archive/package/bag_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

namespace eakte::archive {
namespace {

constexpr std::size_t enough_to_write = std::size_t{1} << 18U;
constexpr mode_t for_owner_and_group = 0640;

}  // namespace

GrowingText::GrowingText(const std::filesystem::path& directory)
    : file_(::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)) {
  if (file_.number() < 0) throw_storage_failure("cannot write in", directory);
}

void GrowingText::append(std::string_view text) {
  pending_ += text;
  size_ += text.size();
  if (pending_.size() >= enough_to_write) flush();
}

void GrowingText::flush() {
  write_all(file_.number(), std::as_bytes(std::span(pending_)), "package");
  pending_.clear();
}

void GrowingText::copy_to(const std::function<void(std::string_view)>& take) const {
  std::string buffer(enough_to_write, '\0');
  for (off_t at = 0;;) {
    const ssize_t got = ::pread(file_.number(), buffer.data(), buffer.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_storage_failure("cannot read", "package");
    if (got == 0) break;
    take(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)));
    at += got;
  }
  if (!pending_.empty()) take(pending_);
}

BagFile::BagFile(BagWriter& bag, std::string path)
    : bag_(bag), path_(std::move(path)), digests_({"sha256", "sha512"}) {
  const auto target = bag_.directory() / path_;
  make_directories_below(bag_.directory(), target.parent_path());
  file_ = Descriptor(
      ::open(target.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, for_owner_and_group));
  if (file_.number() < 0) throw_storage_failure("cannot make", target);
}

void BagFile::append(std::span<const std::byte> bytes) {
  digests_.add(bytes);
  size_ += bytes.size();
  pending_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (pending_.size() >= enough_to_write) flush();
}

void BagFile::flush() {
  write_all(file_.number(), std::as_bytes(std::span(pending_)), path_);
  pending_.clear();
}

PackedFile BagFile::finish() {
  flush();
  file_ = Descriptor();
  const std::vector<std::string> values = digests_.finish();
  bag_.note(path_, values.at(1), size_);
  return {path_, values.at(0), size_};
}

BagWriter::BagWriter(std::filesystem::path directory)
    : directory_(std::move(directory)), manifest_(directory_) {}

void BagWriter::note(const std::string& path, const std::string& sha512, std::uint64_t size) {
  const std::string line = fmt::format("{}  {}\n", sha512, path);
  if (!path.starts_with("data/")) {
    tag_manifest_ += line;
    return;
  }
  manifest_.append(line);
  bytes_ += size;
  ++files_;
}

PackedFile BagWriter::add(const std::string& path, std::string_view text) {
  BagFile file = begin(path);
  file.append(text);
  return file.finish();
}

PackedFile BagWriter::add(const std::string& path, int descriptor) {
  BagFile file = begin(path);
  std::vector<std::byte> buffer(enough_to_write);
  for (off_t at = 0;;) {
    const ssize_t got = ::pread(descriptor, buffer.data(), buffer.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_storage_failure("cannot read", path);
    if (got == 0) return file.finish();
    file.append(std::span(buffer).first(static_cast<std::size_t>(got)));
    at += got;
  }
}

PackedFile BagWriter::finish(const std::vector<std::pair<std::string, std::string>>& info) {
  BagFile lines = begin("manifest-sha512.txt");
  manifest_.copy_to([&](std::string_view part) { lines.append(part); });
  PackedFile manifest = lines.finish();
  add("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
  std::string text;
  for (const auto& [name, value] : info) text += fmt::format("{}: {}\n", name, value);
  text += fmt::format("Payload-Oxum: {}.{}\n", bytes_, files_);
  add("bag-info.txt", text);
  const std::string tags = tag_manifest_;  // writing it must not name itself
  add("tagmanifest-sha512.txt", tags);
  return manifest;
}

}  // namespace eakte::archive

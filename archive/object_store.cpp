#include "archive/object_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "archive/fixity.h"
#include "archive/id.h"
#include "archive/storage/durable_file.h"
#include "archive/storage/hashing.h"
#include "archive/storage/object_path.h"

namespace eakte::archive {
namespace {

constexpr mode_t read_only = 0440;

bool is_sha256(std::string_view text) {
  return text.size() == 64 &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::uint64_t file_size(int descriptor, const std::filesystem::path& path) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) throw_storage_failure("cannot look at", path);
  return static_cast<std::uint64_t>(status.st_size);
}

Descriptor open_object_file(const std::filesystem::path& directory, const std::string& sha256) {
  const auto path = object_path(directory, sha256);
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.number() < 0 && errno == ENOENT && std::filesystem::exists(set_aside_path(directory, sha256)))
    throw DamagedObject(sha256, fmt::format("object {} is damaged and set aside", sha256));
  if (file.number() < 0 && errno == ENOENT) throw NotFound(fmt::format("there is no object {}", sha256));
  if (file.number() < 0) throw_storage_failure("cannot open", path);
  return file;
}

void require_hash(const std::string& expected, const std::string& found, std::uint64_t size) {
  if (found == expected) return;
  throw DamagedObject(
      expected, fmt::format("object {} is damaged: its {} bytes have SHA-256 {}", expected, size, found));
}

OpenObject open_verified(const std::filesystem::path& directory, const std::string& sha256) {
  Descriptor file = open_object_file(directory, sha256);
  const FileHash found = hash_file(file.number(), sha256);
  require_hash(sha256, found.sha256, found.size);
  return {file.release(), found.size};
}

}  // namespace

std::filesystem::path object_path(const std::filesystem::path& directory, const std::string& sha256) {
  if (!is_sha256(sha256)) throw NotFound(fmt::format("\"{}\" is not the address of an object", sha256));
  return directory / sha256.substr(0, 2) / sha256.substr(2, 2) / sha256;
}

struct StagedObject::State {
  std::filesystem::path store;
  std::filesystem::path aside;
  Descriptor file;
  Sha256 hash;
  std::uint64_t size = 0;
  mutable bool written_by_others = false;
  bool renamed = false;
  std::optional<StoredObject> hashed;  ///< once commit() was called

  State(const std::filesystem::path& directory, const std::filesystem::path& path)
      : store(directory), aside(path), file(create_new_file(path)) {}
  ~State() {
    if (!renamed) ::unlink(aside.c_str());
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

StagedObject::StagedObject(std::unique_ptr<State> state) : state_(std::move(state)) {}
StagedObject::StagedObject(StagedObject&&) noexcept = default;
StagedObject& StagedObject::operator=(StagedObject&&) noexcept = default;
StagedObject::~StagedObject() = default;

void StagedObject::append(std::span<const std::byte> bytes) {
  write_all(state_->file.number(), bytes, state_->aside);
  state_->hash.add(bytes);
  state_->size += bytes.size();
}

int StagedObject::descriptor() const {
  state_->written_by_others = true;
  return state_->file.number();
}

std::uint64_t StagedObject::size() const {
  return state_->written_by_others ? file_size(state_->file.number(), state_->aside) : state_->size;
}

StoredObject StagedObject::hashed_object(State& state) {
  const int file = state.file.number();
  if (state.written_by_others) {
    FileHash found = hash_file(file, state.aside.string());
    return {std::move(found.sha256), found.size};
  }
  if (file_size(file, state.aside) != state.size) {
    throw StorageFailure(
        fmt::format("{} does not have the {} bytes written", state.aside.string(), state.size));
  }
  return {state.hash.finish(), state.size};
}

StoredObject StagedObject::commit() {
  State& state = *state_;
  const int file = state.file.number();
  if (!state.hashed) state.hashed = hashed_object(state);
  const StoredObject& object = *state.hashed;
  const auto target = object_path(state.store, object.sha256);
  make_directories_below(state.store, target.parent_path());
  if (::fchmod(file, read_only) != 0) throw_storage_failure("cannot protect", state.aside);
  sync_file(file, state.aside);
  if (rename_new(state.aside, target) == Renamed::yes) {
    state.renamed = true;
  } else {
    // The bytes somebody hands in now may be the last copy outside; they are not taken as safe unread.
    open_verified(state.store, object.sha256);
  }
  // When this fails the name stays: another process may have acknowledged the same bytes. A file system whose
  // journal fails takes no later sync either.
  sync_path(state.store, target.parent_path());
  return object;
}

OpenObject::OpenObject(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
OpenObject::OpenObject(OpenObject&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}
OpenObject& OpenObject::operator=(OpenObject&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}
OpenObject::~OpenObject() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

ObjectStore::ObjectStore(std::filesystem::path directory) : directory_(std::move(directory)) {
  make_directories_below(directory_, staging_directory(directory_));
}

StagedObject ObjectStore::stage() const {
  return StagedObject(
      std::make_unique<StagedObject::State>(directory_, staging_directory(directory_) / new_id_text()));
}

StoredObject ObjectStore::put(std::span<const std::byte> bytes) const {
  StagedObject object = stage();
  object.append(bytes);
  return object.commit();
}

StoredObject ObjectStore::put(std::string_view bytes) const { return put(std::as_bytes(std::span(bytes))); }

OpenObject ObjectStore::open(const std::string& sha256) const { return open_verified(directory_, sha256); }

std::string ObjectStore::read(const std::string& sha256) const {
  const Descriptor file = open_object_file(directory_, sha256);
  std::string bytes(file_size(file.number(), sha256), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::read(file.number(), bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_storage_failure("cannot read", sha256);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  require_hash(sha256, sha256_hex(bytes), done);
  return bytes;
}

bool ObjectStore::exists(const std::string& sha256) const {
  return is_sha256(sha256) && std::filesystem::is_regular_file(object_path(directory_, sha256));
}

void ObjectStore::for_each(const std::function<void(const std::string&)>& visit) const {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory_)) {
    const std::string name = entry.path().filename().string();
    if (is_sha256(name) && entry.path() == object_path(directory_, name)) visit(name);
  }
}

}  // namespace eakte::archive

#include "index/search/index_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "index/error.h"

namespace eakte::index {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view what) {
  throw Error(
      fmt::format("search index {}: {}: {}", path.string(), what, std::generic_category().message(errno)));
}

class Descriptor {
public:
  Descriptor(const std::filesystem::path& path, int flags)
      : value_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {
    if (value_ < 0) fail(path, "open");
  }
  ~Descriptor() { ::close(value_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }

private:
  int value_;
};

void sync_directory(const std::filesystem::path& directory) {
  const Descriptor descriptor(directory, O_RDONLY | O_DIRECTORY);
  if (::fsync(descriptor.get()) != 0) fail(directory, "fsync");
}

// The file is there whole or not at all, also after the power went.
void write_durably(const std::filesystem::path& file, const std::string& content) {
  const std::filesystem::path aside = fmt::format("{}.{}.new", file.string(), ::getpid());
  {
    const Descriptor descriptor(aside, O_WRONLY | O_CREAT | O_TRUNC);
    if (::write(descriptor.get(), content.data(), content.size()) != static_cast<ssize_t>(content.size())) {
      fail(aside, "write");
    }
    if (::fsync(descriptor.get()) != 0) fail(aside, "fsync");
  }
  if (::rename(aside.c_str(), file.c_str()) != 0) fail(file, "rename");
  sync_directory(file.parent_path());
}

int number_from(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && number > 0 && (end == text.data() + text.size() || *end == '\n') ? number
                                                                                                  : 0;
}

int number_in(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  return number_from(line);
}

std::vector<int> generations_in(const std::filesystem::path& directory) {
  std::vector<int> numbers;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_directory() && fmt::to_string(number_from(name)) == name)
      numbers.push_back(number_from(name));
  }
  return numbers;
}

}  // namespace

std::optional<FileLock> FileLock::acquire(const std::filesystem::path& file, Wait wait) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (descriptor < 0) fail(file, "open");
  FileLock lock(descriptor);
  int result = 0;
  do {
    result = ::flock(descriptor, LOCK_EX | (wait == Wait::no ? LOCK_NB : 0));
  } while (result != 0 && errno == EINTR);
  if (result == 0) return lock;
  if (errno == EWOULDBLOCK) return {};
  fail(file, "flock");
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

IndexDirectory::IndexDirectory(std::filesystem::path directory) : directory_(std::move(directory)) {
  std::error_code error;
  std::filesystem::create_directories(directory_, error);
  if (error) throw Error(fmt::format("search index {}: {}", directory_.string(), error.message()));
}

std::filesystem::path IndexDirectory::generation(int number) const {
  return directory_ / fmt::to_string(number);
}

int IndexDirectory::current() const { return number_in(directory_ / "current"); }

int IndexDirectory::newest() const {
  const std::vector<int> numbers = generations_in(directory_);
  return numbers.empty() ? 0 : *std::ranges::max_element(numbers);
}

int IndexDirectory::make_next() const {
  // The service goes on when somebody deletes the whole directory under it.
  std::filesystem::create_directories(directory_);
  const int number = std::max(newest(), current()) + 1;
  std::filesystem::create_directory(generation(number));
  sync_directory(directory_);
  return number;
}

void IndexDirectory::switch_to(int number) const {
  write_durably(directory_ / "current", fmt::format("{}\n", number));
}

void IndexDirectory::remove(int number) const {
  std::error_code ignored;
  std::filesystem::remove_all(generation(number), ignored);
  if (is_damaged(number)) std::filesystem::remove(directory_ / "damaged", ignored);
}

void IndexDirectory::remove_all_but(int kept) const {
  for (const int number : generations_in(directory_)) {
    if (number != kept) remove(number);
  }
  for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
    std::error_code ignored;
    if (entry.path().extension() == ".new") std::filesystem::remove(entry.path(), ignored);
  }
  sync_directory(directory_);
}

void IndexDirectory::mark_damaged(int number) const {
  write_durably(directory_ / "damaged", fmt::format("{}\n", number));
}

bool IndexDirectory::is_damaged(int number) const { return number_in(directory_ / "damaged") == number; }

}  // namespace eakte::index

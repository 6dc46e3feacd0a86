#include "archive/package/digests.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>

#include "archive/error.h"
#include "archive/storage/durable_file.h"

namespace eakte::archive {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// Bags write "sha256", METS "SHA-256"; for OpenSSL both are SHA256.
const EVP_MD* algorithm_named(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c != '-') plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  constexpr std::array<std::string_view, 6> known{"md5", "sha1", "sha224", "sha256", "sha384", "sha512"};
  if (std::ranges::find(known, plain) == known.end()) return nullptr;
  return EVP_get_digestbyname(plain.c_str());
}

Descriptor open_plainly(const std::filesystem::path& file) {
  Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (descriptor.number() < 0) throw_storage_failure("cannot open", file);
  return descriptor;
}

}  // namespace

void read_in_pieces(const std::filesystem::path& file,
                    const std::function<void(std::span<const std::byte>)>& take) {
  const Descriptor descriptor = open_plainly(file);
  std::vector<std::byte> buffer(std::size_t{1} << 18U);
  for (;;) {
    const ssize_t got = ::read(descriptor.number(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_storage_failure("cannot read", file);
    if (got == 0) return;
    take(std::span(buffer).first(static_cast<std::size_t>(got)));
  }
}

struct Digests::State {
  std::vector<std::unique_ptr<EVP_MD_CTX, FreeContext>> contexts;
};

Digests::Digests(const std::vector<std::string>& algorithms) : state_(std::make_unique<State>()) {
  for (const std::string& name : algorithms) {
    const EVP_MD* algorithm = algorithm_named(name);
    if (algorithm == nullptr) throw Error(fmt::format("the checksum {} is not known", name));
    state_->contexts.emplace_back(EVP_MD_CTX_new());
    if (EVP_DigestInit_ex(state_->contexts.back().get(), algorithm, nullptr) != 1)
      throw Error(fmt::format("the checksum {} cannot be computed here", name));
  }
}
Digests::~Digests() = default;
Digests::Digests(Digests&&) noexcept = default;
Digests& Digests::operator=(Digests&&) noexcept = default;

bool Digests::knows(std::string_view algorithm) { return algorithm_named(algorithm) != nullptr; }

void Digests::add(std::span<const std::byte> bytes) {
  for (const auto& context : state_->contexts) EVP_DigestUpdate(context.get(), bytes.data(), bytes.size());
}

std::vector<std::string> Digests::finish() {
  std::vector<std::string> values;
  for (const auto& context : state_->contexts) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> raw{};
    unsigned int size = 0;
    EVP_DigestFinal_ex(context.get(), raw.data(), &size);
    std::string text;
    for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", raw.at(i));
    values.push_back(std::move(text));
  }
  return values;
}

FileDigests digests_of_file(const std::filesystem::path& file, const std::vector<std::string>& algorithms) {
  Digests digests(algorithms);
  FileDigests result;
  read_in_pieces(file, [&](std::span<const std::byte> bytes) {
    digests.add(bytes);
    result.size += bytes.size();
  });
  result.values = digests.finish();
  return result;
}

std::string small_file(const std::filesystem::path& file, std::uint64_t most) {
  std::string content;
  read_in_pieces(file, [&](std::span<const std::byte> bytes) {
    if (content.size() + bytes.size() > most) throw Error(fmt::format("{} is too large", file.string()));
    content.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  });
  return content;
}

}  // namespace eakte::archive

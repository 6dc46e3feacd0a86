#pragma once
#include <filesystem>
#include <string>

namespace eakte::archive {

/// A time stamp authority for tests, by the program openssl; its files lie in `directory`.
class TimeStampAuthority {
public:
  explicit TimeStampAuthority(std::filesystem::path directory);
  /// The answer to a request, as an authority sends it.
  std::string answer(const std::string& request) const;
  /// The certificate to trust, PEM.
  std::string certificate() const;
  static bool available();

private:
  std::filesystem::path directory_;
};

}  // namespace eakte::archive

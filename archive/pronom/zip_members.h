#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace eakte::archive {

/// The names in a ZIP file and the first bytes behind them, as far as telling a format needs it: stored and
/// deflated members, no ZIP64. Nothing in the file is believed; a damaged one has fewer members.
class ZipMembers {
public:
  /// `bytes` must outlive the object.
  explicit ZipMembers(std::span<const std::byte> bytes);

  static bool is_one(std::span<const std::byte> bytes);

  /// The first bytes of a member, at most `most`; nothing when there is no such member.
  std::optional<std::vector<std::byte>> first_bytes(const std::string& name, std::size_t most) const;
  bool has(const std::string& name) const { return members_.contains(name); }

private:
  struct Member {
    std::uint32_t method = 0;
    std::size_t packed = 0;
    std::size_t header = 0;
  };
  void read_directory(std::size_t begin, std::size_t count);
  std::uint32_t number(std::size_t at, std::size_t length) const;

  std::span<const std::byte> bytes_;
  std::map<std::string, Member> members_;
};

}  // namespace eakte::archive

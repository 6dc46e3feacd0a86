#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace eakte::archive {

/// What format bytes are, by the registry PRONOM of The National Archives (rule PK-04).
struct FormatId {
  /// How sure it is: named by the inside of a container (ZIP, OLE2), by bytes, by the file's name only.
  enum class Basis { none, container, signature, extension };
  std::string puid;     ///< "fmt/478"; empty: not known
  std::string name;     ///< "Acrobat PDF/A - Portable Document Format"
  std::string version;  ///< "2u"; may be empty
  std::string media_type;
  Basis basis = Basis::none;
};
std::string_view name_of(FormatId::Basis basis);  ///< "container", ...; "none"

/// What the text and words renditions are, which are made here.
inline constexpr std::string_view plain_text_format = "x-fmt/111";

/// Whether `text` has the form of a PUID.
bool is_puid(std::string_view text);

/// The marks by which formats are known, and which of them go before others. A value once made; safe for
/// concurrent use.
class FormatSignatures {
public:
  /// Our own table of the formats that are taken in (archive/pronom/own_signatures.cpp).
  static const FormatSignatures& own();

  /// PRONOM's signatures as files: JSON as The National Archives publish it, one file a format or many in
  /// one, and `container-signature-*.xml`, anywhere below the directory. Throws Error naming the file that
  /// cannot be read and when there are no signatures at all.
  static FormatSignatures load(const std::filesystem::path& directory);

  ~FormatSignatures();
  FormatSignatures(FormatSignatures&&) noexcept;
  FormatSignatures& operator=(FormatSignatures&&) noexcept;

  /// What the bytes are; `name` is what the file was called and decides where bytes have no mark of their
  /// own. Of a file beyond 32 MiB the first and the last 16 are looked at. Foreign bytes: worker only.
  FormatId identify(std::span<const std::byte> bytes, std::string_view name = {}) const;
  /// The same of an open file, whose offset does not matter. Throws Error when it cannot be mapped.
  FormatId identify(int descriptor, std::string_view name = {}) const;

  /// Which signatures these are: "eakte-1", or "pronom-" and the beginning of the SHA-256 of all files.
  const std::string& edition() const;
  std::size_t formats() const;
  /// Signatures in a notation that is not known; they are left out. One sentence each.
  const std::vector<std::string>& left_out() const;

  struct Set;  ///< archive/pronom/signatures.h

private:
  explicit FormatSignatures(std::unique_ptr<const Set> set);
  std::unique_ptr<const Set> set_;
};

}  // namespace eakte::archive

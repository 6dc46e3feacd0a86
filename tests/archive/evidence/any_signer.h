#pragma once
#include <string>
#include <string_view>

#include "archive/evidence/openssl.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {

/// An installation that signs whatever it likes: behind a good signature stands what only the signer has
/// chosen.
class AnySigner {
public:
  AnySigner();

  const std::filesystem::path& data() const { return directory_.path(); }  ///< where its key lies
  const std::string& certificate() const { return pem_; }                  ///< to trust

  /// A message that holds `content`, with the encoded `value` (DER) as the time of the signature; nothing
  /// when it is none that can be put in.
  std::string signed_at(std::string_view content, std::string_view value) const;
  /// The same with `value` as the time stamp of the signature.
  std::string stamped(std::string_view content, std::string_view value) const;

private:
  testing::TemporaryDirectory directory_;
  std::string pem_;
  PrivateKey key_;
  Certificate certificate_;
};

}  // namespace eakte::archive

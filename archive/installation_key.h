#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace eakte::archive {

/// The key with which an installation seals what it says: the head of its audit trail, notes about scanned
/// paper (RS-12: an advanced seal). EC P-256 with a certificate the installation has made itself: whoever is
/// to believe it gets the certificate beforehand, by another way. Safe for concurrent use by threads.
class InstallationKey {
public:
  /// The key in `installation.key` of a data directory (mode 0600, key and certificate, PEM); makes it, and
  /// `installation.crt` beside it for others to read, when it is not there. Several processes may do so at
  /// once. Throws Error, StorageFailure.
  static InstallationKey of(const std::filesystem::path& data);
  ~InstallationKey();
  InstallationKey(InstallationKey&&) noexcept;

  const std::string& certificate() const;  ///< PEM
  /// A CMS message that holds `content` and the signature over it (RFC 5652, CAdES-BES); DER.
  std::string signed_message(std::string_view content) const;
  /// The signature alone, to lie beside what it is over; DER.
  std::string seal(std::string_view content) const;

private:
  struct State;
  explicit InstallationKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// What a seal says.
struct SealVerdict {
  std::vector<std::string> errors;  ///< German sentences; empty: it holds
  std::string content;              ///< of a signed message, once the signature holds
  std::string signed_at;            ///< as the signer says
  std::string stamped_at;           ///< as its time stamp says; empty: it has none
};

/// Verifies a signed message, or with `content` the seal beside it. `trusted_pem` holds the certificates of
/// accepted installations. `authorities_pem` as in verify_time_stamp, for the time stamp when it has one.
SealVerdict verify_signed_message(std::string_view message, const std::string& trusted_pem,
                                  const std::string& authorities_pem = {});
SealVerdict verify_seal(std::string_view seal, std::string_view content, const std::string& trusted_pem,
                        const std::string& authorities_pem = {});

/// The certificate a seal or signed message says it was made with, PEM. Proves nothing by itself. Throws
/// Error when there is none in it. Foreign bytes.
std::string sealing_certificate(std::string_view message);

/// Until when a certificate (PEM) is valid: "2056-11-22T04:15:00Z". Throws Error.
std::string certificate_ends(const std::string& pem);

/// What a time stamp for a signed message or seal has to cover: the SHA-256 of its signature (RFC 3161,
/// appendix A).
std::string to_stamp(std::string_view message);
/// The message with a time stamp token over to_stamp() in it.
std::string with_time_stamp(std::string_view message, std::string_view token);

/// "-----BEGIN CMS-----" around a message, and back; what is no PEM is taken for DER.
std::string cms_pem(std::string_view message);
std::string cms_from_pem(const std::string& text);

}  // namespace eakte::archive

#include <openssl/err.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "archive/audit_head.h"
#include "archive/error.h"
#include "archive/installation_key.h"
#include "tests/archive/evidence/any_signer.h"

namespace {

using namespace eakte::archive;

template <class Reader>
void read(Reader reader) {
  try {
    reader();
  } catch (const Error&) {
    return;
  }
}

/// Whatever is asked of a seal or signed message.
void take(const std::string& message, const std::string& trusted) {
  read([&] { certificate_ends(sealing_certificate(message)); });
  read([&] { with_time_stamp(message, to_stamp(message)); });
  verify_seal(message, "Vermerk", trusted, trusted);
  const SealVerdict verdict = verify_signed_message(message, trusted, trusted);
  read([&] {
    const AuditHead head = audit_head_from(verdict.content);
    if (text_of(audit_head_from(text_of(head))) != text_of(head)) std::abort();
  });
}

}  // namespace

/// Signed heads of an audit trail, and seals beside notes. The first byte chooses whether the rest is such a
/// message, the text of a head that somebody signs, or the time or time stamp the signer puts in.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const AnySigner signer;
  static const InstallationKey key = InstallationKey::of(signer.data());
  if (size == 0) return 0;
  const std::string rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 4) {
    case 0:
      read([&] { take(cms_from_pem(rest), signer.certificate()); });
      break;
    case 1:
      take(key.signed_message(rest), signer.certificate());
      break;
    case 2:
      take(signer.signed_at("Vermerk", rest), signer.certificate());
      break;
    default:
      take(signer.stamped("Vermerk", rest), signer.certificate());
  }
  ERR_clear_error();
  return 0;
}

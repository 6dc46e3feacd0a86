#include "archive/evidence/digests.h"

#include <openssl/obj_mac.h>

#include <array>

#include "archive/evidence/der.h"

namespace eakte::archive {
namespace {

/// All allowed digests are in the arc 2.16.840.1.101.3.4.2 (NIST), told apart by the last number.
constexpr std::string_view nist_hashes("\x60\x86\x48\x01\x65\x03\x04\x02", 8);

struct Known {
  DigestAlgorithm algorithm;
  std::string_view name;
  char last_arc;
  int nid;
  const EVP_MD* (*evp)();
};
constexpr std::array known{
    Known{DigestAlgorithm::sha256, "SHA-256", 1, NID_sha256, EVP_sha256},
    Known{DigestAlgorithm::sha384, "SHA-384", 2, NID_sha384, EVP_sha384},
    Known{DigestAlgorithm::sha512, "SHA-512", 3, NID_sha512, EVP_sha512},
    Known{DigestAlgorithm::sha3_256, "SHA3-256", 8, NID_sha3_256, EVP_sha3_256},
    Known{DigestAlgorithm::sha3_384, "SHA3-384", 9, NID_sha3_384, EVP_sha3_384},
    Known{DigestAlgorithm::sha3_512, "SHA3-512", 10, NID_sha3_512, EVP_sha3_512},
};

const Known& entry(DigestAlgorithm algorithm) { return known.at(static_cast<std::size_t>(algorithm)); }

}  // namespace

std::string_view name_of(DigestAlgorithm algorithm) { return entry(algorithm).name; }

const EVP_MD* evp_of(DigestAlgorithm algorithm) { return entry(algorithm).evp(); }

std::string digest(DigestAlgorithm algorithm, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> value{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), value.data(), &size, evp_of(algorithm), nullptr) != 1)
    throw Error("OpenSSL cannot hash");
  return {reinterpret_cast<const char*>(value.data()), size};
}

std::string algorithm_identifier(DigestAlgorithm algorithm) {
  std::string oid(nist_hashes);
  oid += entry(algorithm).last_arc;
  return der_element(der::sequence, der_element(der::object_identifier, oid));
}

std::optional<DigestAlgorithm> digest_algorithm_from(std::string_view identifier_content) {
  DerReader reader(identifier_content);
  const std::string_view oid = reader.take(der::object_identifier, "the identifier of an algorithm");
  if (oid.size() != nist_hashes.size() + 1 || !oid.starts_with(nist_hashes)) return std::nullopt;
  for (const Known& one : known)
    if (one.last_arc == oid.back()) return one.algorithm;
  return std::nullopt;
}

std::optional<DigestAlgorithm> digest_algorithm_from_nid(int nid) {
  for (const Known& one : known)
    if (one.nid == nid) return one.algorithm;
  return std::nullopt;
}

}  // namespace eakte::archive

#include "any_signer.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "archive/evidence/der.h"
#include "archive/installation_key.h"

namespace eakte::archive {
namespace {

constexpr unsigned flags = CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP;

using Attribute = Owned<X509_ATTRIBUTE, X509_ATTRIBUTE_free>;

/// Null when the values are none.
Attribute attribute_of(int nid, std::string_view values) {
  constexpr unsigned char set = 0x31;
  unsigned char* oid = nullptr;
  const int size = i2d_ASN1_OBJECT(OBJ_nid2obj(nid), &oid);
  const std::string type(reinterpret_cast<const char*>(oid), static_cast<std::size_t>(size));
  OPENSSL_free(oid);
  const std::string der = der_element(der::sequence, type + der_element(set, values));
  const unsigned char* position = unsigned_bytes(der);
  return Attribute(d2i_X509_ATTRIBUTE(nullptr, &position, static_cast<long>(der.size())));
}

std::string encoded(CMS_ContentInfo* cms) {
  unsigned char* der = nullptr;
  const int size = i2d_CMS_ContentInfo(cms, &der);
  if (size <= 0) return {};
  std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

bool finish(CMS_ContentInfo* cms, std::string_view content) {
  const bool done = CMS_final(cms, memory_of(content).get(), nullptr, CMS_BINARY) == 1;
  ERR_clear_error();
  return done;
}

}  // namespace

AnySigner::AnySigner() : pem_(InstallationKey::of(directory_.path()).certificate()) {
  std::ifstream file(directory_.path() / "installation.key");
  const std::string both{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  key_.reset(PEM_read_bio_PrivateKey(memory_of(both).get(), nullptr, nullptr, nullptr));
  certificate_.reset(PEM_read_bio_X509(memory_of(pem_).get(), nullptr, nullptr, nullptr));
  if (!key_ || !certificate_) throw std::runtime_error("the installation has no key");
}

std::string AnySigner::signed_at(std::string_view content, std::string_view value) const {
  const Attribute time = attribute_of(NID_pkcs9_signingTime, value);
  const Cms cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, flags));
  CMS_SignerInfo* signer = CMS_add1_signer(cms.get(), certificate_.get(), key_.get(), EVP_sha256(), flags);
  if (!time || CMS_signed_add1_attr(signer, time.get()) != 1 || !finish(cms.get(), content)) return {};
  return encoded(cms.get());
}

std::string AnySigner::stamped(std::string_view content, std::string_view value) const {
  const Attribute stamp = attribute_of(NID_id_smime_aa_timeStampToken, value);
  const Cms cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, flags));
  CMS_SignerInfo* signer = CMS_add1_signer(cms.get(), certificate_.get(), key_.get(), EVP_sha256(), flags);
  if (!stamp || !finish(cms.get(), content) || CMS_unsigned_add1_attr(signer, stamp.get()) != 1) return {};
  return encoded(cms.get());
}

}  // namespace eakte::archive

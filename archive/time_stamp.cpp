#include "archive/time_stamp.h"

#include <fmt/format.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <memory>

#include "archive/evidence/der.h"
#include "archive/evidence/digests.h"
#include "archive/evidence/openssl.h"

namespace eakte::archive {
namespace {

using TstInfo = Owned<TS_TST_INFO, TS_TST_INFO_free>;
using Store = Owned<X509_STORE, X509_STORE_free>;

Cms cms_of(std::string_view token) {
  const unsigned char* position = unsigned_bytes(token);
  Cms cms(d2i_CMS_ContentInfo(nullptr, &position, static_cast<long>(token.size())));
  if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed ||
      OBJ_obj2nid(CMS_get0_eContentType(cms.get())) != NID_id_smime_ct_TSTInfo) {
    ERR_clear_error();
    throw Error("the time stamp token holds no signed time stamp");
  }
  return cms;
}

TstInfo info_of(CMS_ContentInfo* cms) {
  ASN1_OCTET_STRING** content = CMS_get0_content(cms);
  if (content == nullptr || *content == nullptr) throw Error("the time stamp token has no content");
  const unsigned char* position = ASN1_STRING_get0_data(*content);
  TstInfo info(d2i_TS_TST_INFO(nullptr, &position, ASN1_STRING_length(*content)));
  if (!info) {
    ERR_clear_error();
    throw Error("malformed content of a time stamp token");
  }
  return info;
}

/// Version of the SignedData, which OpenSSL does not tell. Headers may be of open length (BER).
int version_of_signed_data(std::string_view token) {
  DerReader reader(token);
  const auto enter = [&](unsigned char tag) {
    if (reader.next_tag() != tag || reader.rest().size() < 2) throw Error("malformed time stamp token");
    const auto length = static_cast<unsigned char>(reader.rest()[1]);
    reader.skip(std::min<std::size_t>(reader.rest().size(), length > 0x80 ? 2U + (length & 0x7FU) : 2U));
  };
  enter(der::sequence);
  reader.take(der::object_identifier, "the type of a time stamp token");
  enter(der::context_0);
  enter(der::sequence);
  const std::string_view version = reader.take(der::integer, "the version of a time stamp token");
  return version.size() == 1 ? version.front() : -1;
}

Store store_of(const std::string& trusted_pem, const TS_TST_INFO* info) {
  Store store(X509_STORE_new());
  const Certificates certificates = certificates_of(trusted_pem);
  if (sk_X509_num(certificates.get()) == 0) throw Error("the file of trusted certificates holds none");
  for (int i = 0; i < sk_X509_num(certificates.get()); ++i)
    X509_STORE_add_cert(store.get(), sk_X509_value(certificates.get(), i));
  tm parts{};
  ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &parts);
  X509_VERIFY_PARAM* parameters = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_time(parameters, timegm(&parts));
  X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_TIMESTAMP_SIGN);
  // A municipality may trust an intermediate certificate of its TSA directly.
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
  return store;
}

/// The signed attribute that names the signer's certificate by a SHA-2 digest (RFC 5816).
bool names_its_certificate(CMS_SignerInfo* signer, X509* certificate) {
  const int place = CMS_signed_get_attr_by_NID(signer, NID_id_smime_aa_signingCertificateV2, -1);
  if (place < 0) return false;
  const ASN1_TYPE* value = X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(signer, place), 0);
  if (value == nullptr || value->type != V_ASN1_SEQUENCE) return false;
  const std::string encoded = bytes_of(value->value.sequence);
  const auto name = [](DerReader reader) { return reader.take(der::sequence, "the name of a certificate"); };
  DerReader first(name(DerReader(name(DerReader(name(DerReader(encoded)))))));
  auto algorithm = std::optional(DigestAlgorithm::sha256);
  if (first.next_tag() == der::sequence)
    algorithm = digest_algorithm_from(first.take(der::sequence, "the digest of a certificate"));
  if (!algorithm) return false;
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate, &der);
  if (size <= 0) return false;
  const std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return first.take(der::octet_string, "the digest of a certificate") == digest(*algorithm, bytes);
}

/// Findings about the one signer; the signature is verified, so that the signer's certificate is known.
void judge_signer(CMS_ContentInfo* cms, TimeStampFindings& findings) {
  STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(cms);
  for (int i = 0; i < sk_CMS_SignerInfo_num(signers); ++i) {
    X509* certificate = nullptr;
    CMS_SignerInfo_get0_algs(sk_CMS_SignerInfo_value(signers, i), nullptr, &certificate, nullptr, nullptr);
    if (certificate == nullptr) continue;
    if ((X509_get_extended_key_usage(certificate) & XKU_TIMESTAMP) == 0)
      findings.errors.emplace_back("Das Zertifikat des Zeitstempels ist nicht für Zeitstempel ausgestellt.");
    CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(signers, i);
    if (names_its_certificate(signer, certificate)) continue;
    if (CMS_signed_get_attr_by_NID(signer, NID_id_smime_aa_signingCertificate, -1) >= 0) {
      findings.warnings.emplace_back("Der Zeitstempel nennt sein Zertifikat nur mit SHA-1.");
    } else {
      findings.errors.emplace_back("Die Signatur des Zeitstempels nennt ihr Zertifikat nicht.");
    }
  }
}

}  // namespace

TimeStamp read_time_stamp(std::string_view token) {
  const Cms cms = cms_of(token);
  const TstInfo info = info_of(cms.get());
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info.get());
  const ASN1_OBJECT* oid = nullptr;
  X509_ALGOR_get0(&oid, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  const auto algorithm = digest_algorithm_from_nid(OBJ_obj2nid(oid));
  if (!algorithm) throw Error("the time stamp uses a digest that is not allowed");
  TimeStamp stamp{
      *algorithm, bytes_of(TS_MSG_IMPRINT_get_msg(imprint)), utc_of(TS_TST_INFO_get_time(info.get())), {}};
  if (const ASN1_INTEGER* nonce = TS_TST_INFO_get_nonce(info.get())) stamp.nonce = bytes_of(nonce);
  return stamp;
}

TimeStampFindings verify_time_stamp(std::string_view token, const std::string& trusted_pem) {
  TimeStampFindings findings;
  const Cms cms = cms_of(token);
  // 5 is for tokens with OCSP answers beside the certificates (RFC 5652, 5.1).
  if (const int version = version_of_signed_data(token); version != 3 && version != 5)
    findings.errors.push_back(fmt::format("Der Zeitstempel hat die CMS-Version {} statt 3.", version));
  if (const int signers = sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms.get())); signers != 1)
    findings.errors.push_back(fmt::format("Der Zeitstempel hat {} Unterzeichner statt einem.", signers));
  if (!Certificates(CMS_get1_certs(cms.get())))
    findings.errors.emplace_back("Dem Zeitstempel liegt kein Zertifikat bei.");
  const Bio content(BIO_new(BIO_s_mem()));
  if (CMS_verify(cms.get(), nullptr, nullptr, nullptr, content.get(),
                 CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) != 1) {
    findings.errors.push_back(fmt::format("Die Signatur des Zeitstempels stimmt nicht ({}).", complaint()));
    return findings;
  }
  judge_signer(cms.get(), findings);
  if (!trusted_pem.empty()) {
    const Store store = store_of(trusted_pem, info_of(cms.get()).get());
    if (CMS_verify(cms.get(), nullptr, store.get(), nullptr, content.get(), CMS_BINARY) != 1)
      findings.errors.push_back(
          fmt::format("Dem Zertifikat des Zeitstempels wird nicht vertraut ({}).", complaint()));
  }
  return findings;
}

std::string time_stamp_request(DigestAlgorithm algorithm, std::string_view imprint, std::string_view nonce) {
  // A nonce is a positive number: its first bit is no sign.
  std::string number(nonce);
  number.insert(number.begin(), '\1');
  const std::string message =
      der_element(der::sequence, algorithm_identifier(algorithm) + der_element(der::octet_string, imprint));
  return der_element(der::sequence, der_integer(1) + message + der_element(der::integer, number) +
                                        der_element(0x01, std::string(1, '\xFF')));
}

std::string token_of_response(std::string_view response, DigestAlgorithm algorithm, std::string_view imprint,
                              std::string_view nonce) {
  DerReader outer(response);
  DerReader reader(outer.take(der::sequence, "the answer of a time stamp authority"));
  DerReader status(reader.take(der::sequence, "the status of a time stamp answer"));
  const std::string_view value = status.take(der::integer, "the status of a time stamp answer");
  // 0 granted, 1 granted with modifications (RFC 3161, 2.4.2)
  if (value.size() != 1 || (value.front() != 0 && value.front() != 1) || reader.at_end())
    throw Error("the time stamp authority refuses a time stamp");
  std::string token(reader.take_rest());
  const TimeStamp stamp = read_time_stamp(token);
  if (stamp.algorithm != algorithm || stamp.imprint != imprint)
    throw Error("the time stamp authority answers for something else");
  if (stamp.nonce != "\1" + std::string(nonce))
    throw Error("the time stamp is not an answer to this request");
  return token;
}

}  // namespace eakte::archive

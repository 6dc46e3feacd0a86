#include "archive/installation_key.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "archive/evidence/openssl.h"
#include "archive/id.h"
#include "archive/storage/durable_file.h"
#include "archive/time_stamp.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;

constexpr long years_valid = 30;
constexpr long seconds_of_a_year = 31'557'600;
constexpr const char* cannot_make = "the installation's key cannot be made";

std::string file_text(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void require(bool done, const char* what) {
  if (!done) throw Error(fmt::format("{}: {}", what, complaint()));
}

void add_extension(X509* certificate, int name, const char* value) {
  const Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, name, value));
  require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, cannot_make);
}

Certificate certificate_for(EVP_PKEY* key) {
  Certificate certificate(X509_new());
  X509* made = certificate.get();
  std::uint64_t serial = 0;
  require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1, cannot_make);
  X509_set_version(made, X509_VERSION_3);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(made), serial >> 1U);
  X509_gmtime_adj(X509_getm_notBefore(made), 0);
  X509_gmtime_adj(X509_getm_notAfter(made), years_valid * seconds_of_a_year);
  X509_NAME* name = X509_get_subject_name(made);
  const std::string common = "eakte Installation " + new_id_text();
  require(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, unsigned_bytes(common), -1, -1, 0) == 1 &&
              X509_set_issuer_name(made, name) == 1 && X509_set_pubkey(made, key) == 1,
          cannot_make);
  add_extension(made, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(made, NID_key_usage, "critical,digitalSignature,nonRepudiation");
  require(X509_sign(made, key, EVP_sha256()) > 0, cannot_make);
  return certificate;
}

std::string certificate_pem(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_X509(bio.get(), certificate) == 1, cannot_make);
  return written_to(bio.get());
}

/// Key and certificate in one file, so that there is never one without the other.
void make_key_file(const fs::path& file) {
  const PrivateKey key(EVP_EC_gen("P-256"));
  require(key != nullptr, cannot_make);
  const Certificate certificate = certificate_for(key.get());
  const Bio bio(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
          cannot_make);
  const std::string text = written_to(bio.get()) + certificate_pem(certificate.get());
  const fs::path aside = file.string() + "." + new_id_text();
  {
    const Descriptor made = create_new_file(aside);
    write_all(made.number(), std::as_bytes(std::span(text)), aside);
    sync_file(made.number(), aside);
  }
  if (rename_new(aside, file) == Renamed::target_exists) fs::remove(aside);  // another process was faster
  sync_directory(file.parent_path());
}

void show_certificate(const fs::path& file, const std::string& pem) {
  std::error_code unknown;
  if (fs::file_size(file, unknown) == pem.size()) return;
  const fs::path aside = file.string() + "." + new_id_text();
  std::ofstream(aside, std::ios::binary) << pem;
  fs::rename(aside, file);
}

Cms message_of(std::string_view bytes) {
  const unsigned char* position = unsigned_bytes(bytes);
  Cms cms(d2i_CMS_ContentInfo(nullptr, &position, static_cast<long>(bytes.size())));
  if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed) {
    ERR_clear_error();
    throw Error("this is no signed message");
  }
  return cms;
}

CMS_SignerInfo* signer_of(CMS_ContentInfo* cms) {
  STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(cms);
  if (sk_CMS_SignerInfo_num(signers) != 1) throw Error("a sealed message has one signer");
  return sk_CMS_SignerInfo_value(signers, 0);
}

std::string der_of(CMS_ContentInfo* cms) {
  unsigned char* der = nullptr;
  const int size = i2d_CMS_ContentInfo(cms, &der);
  require(size > 0, "the signed message cannot be written");
  std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

std::string signed_at(CMS_SignerInfo* signer) {
  const int place = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1);
  if (place < 0) return {};
  const ASN1_TYPE* value = X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(signer, place), 0);
  if (value == nullptr) return {};
  // Nobody but the signer has chosen what stands there.
  if (value->type != V_ASN1_UTCTIME && value->type != V_ASN1_GENERALIZEDTIME)
    throw Error("malformed time in a seal");
  return utc_of(value->value.utctime);
}

std::string token_in(CMS_SignerInfo* signer) {
  const int place = CMS_unsigned_get_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, -1);
  if (place < 0) return {};
  const ASN1_TYPE* value = X509_ATTRIBUTE_get0_type(CMS_unsigned_get_attr(signer, place), 0);
  if (value == nullptr || value->type != V_ASN1_SEQUENCE) throw Error("malformed time stamp in a seal");
  return bytes_of(value->value.sequence);
}

void judge_stamp(std::string_view message, CMS_SignerInfo* signer, const std::string& authorities_pem,
                 SealVerdict& verdict) {
  const std::string token = token_in(signer);
  if (token.empty()) return;
  const TimeStamp stamp = read_time_stamp(token);
  if (stamp.algorithm != DigestAlgorithm::sha256 || stamp.imprint != to_stamp(message))
    verdict.errors.emplace_back("Der Zeitstempel gehört nicht zu diesem Siegel.");
  for (const std::string& error : verify_time_stamp(token, authorities_pem).errors)
    verdict.errors.push_back(error);
  verdict.stamped_at = stamp.time;
}

bool is_trusted(CMS_SignerInfo* signer, const Certificates& trusted) {
  X509* certificate = nullptr;
  CMS_SignerInfo_get0_algs(signer, nullptr, &certificate, nullptr, nullptr);
  for (int i = 0; certificate != nullptr && i < sk_X509_num(trusted.get()); ++i)
    if (X509_cmp(certificate, sk_X509_value(trusted.get(), i)) == 0) return true;
  return false;
}

SealVerdict verdict_on(std::string_view message, const std::string_view* beside,
                       const std::string& trusted_pem, const std::string& authorities_pem) {
  SealVerdict verdict;
  try {
    const Cms cms = message_of(message);
    CMS_SignerInfo* signer = signer_of(cms.get());
    const Bio given = beside == nullptr ? nullptr : memory_of(*beside);
    const Bio content(BIO_new(BIO_s_mem()));
    // Whose certificate it is, is asked below: it is self-made and stands for itself.
    if (CMS_verify(cms.get(), nullptr, nullptr, given.get(), content.get(),
                   CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) != 1) {
      verdict.errors.push_back(fmt::format("Die Signatur des Siegels stimmt nicht ({}).", complaint()));
      return verdict;
    }
    verdict.content = written_to(content.get());
    verdict.signed_at = signed_at(signer);
    if (!is_trusted(signer, certificates_of(trusted_pem)))
      verdict.errors.emplace_back("Das Siegel ist von keiner Installation, der vertraut wird.");
    judge_stamp(message, signer, authorities_pem, verdict);
  } catch (const Error& error) {
    verdict.errors.push_back(fmt::format("Das Siegel ist nicht lesbar ({}).", error.what()));
  }
  return verdict;
}

}  // namespace

struct InstallationKey::State {
  PrivateKey key;
  Certificate certificate;
  std::string pem;

  std::string signature(std::string_view content, unsigned int flags) const {
    const Bio bio = memory_of(content);
    const Cms cms(CMS_sign(certificate.get(), key.get(), nullptr, bio.get(),
                           CMS_BINARY | CMS_CADES | CMS_NOSMIMECAP | flags));
    require(cms != nullptr, "sealing failed");
    return der_of(cms.get());
  }
};

InstallationKey::InstallationKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
InstallationKey::InstallationKey(InstallationKey&&) noexcept = default;
InstallationKey::~InstallationKey() = default;

InstallationKey InstallationKey::of(const fs::path& data) {
  const fs::path file = data / "installation.key";
  if (!fs::exists(file)) make_key_file(file);
  const std::string text = file_text(file);
  auto state = std::make_unique<State>();
  state->key.reset(PEM_read_bio_PrivateKey(memory_of(text).get(), nullptr, nullptr, nullptr));
  state->certificate.reset(PEM_read_bio_X509(memory_of(text).get(), nullptr, nullptr, nullptr));
  if (!state->key || !state->certificate ||
      X509_check_private_key(state->certificate.get(), state->key.get()) != 1) {
    ERR_clear_error();
    throw Error(fmt::format("{} does not hold a key and its certificate", file.string()));
  }
  state->pem = certificate_pem(state->certificate.get());
  show_certificate(data / "installation.crt", state->pem);
  return InstallationKey(std::move(state));
}

const std::string& InstallationKey::certificate() const { return state_->pem; }

std::string InstallationKey::signed_message(std::string_view content) const {
  return state_->signature(content, 0);
}

std::string InstallationKey::seal(std::string_view content) const {
  return state_->signature(content, CMS_DETACHED);
}

SealVerdict verify_signed_message(std::string_view message, const std::string& trusted_pem,
                                  const std::string& authorities_pem) {
  return verdict_on(message, nullptr, trusted_pem, authorities_pem);
}

SealVerdict verify_seal(std::string_view seal, std::string_view content, const std::string& trusted_pem,
                        const std::string& authorities_pem) {
  return verdict_on(seal, &content, trusted_pem, authorities_pem);
}

std::string sealing_certificate(std::string_view message) {
  const Cms cms = message_of(message);
  CMS_SignerInfo* signer = signer_of(cms.get());
  const Certificates held(CMS_get1_certs(cms.get()));
  for (int i = 0; held && i < sk_X509_num(held.get()); ++i) {
    X509* certificate = sk_X509_value(held.get(), i);
    if (CMS_SignerInfo_cert_cmp(signer, certificate) == 0) return certificate_pem(certificate);
  }
  throw Error("a seal does not say whose it is");
}

std::string certificate_ends(const std::string& pem) {
  const Certificates certificates = certificates_of(pem);
  if (sk_X509_num(certificates.get()) == 0) throw Error("there is no certificate");
  return utc_of(X509_get0_notAfter(sk_X509_value(certificates.get(), 0)));
}

std::string to_stamp(std::string_view message) {
  const Cms cms = message_of(message);
  return digest(DigestAlgorithm::sha256, bytes_of(CMS_SignerInfo_get0_signature(signer_of(cms.get()))));
}

std::string with_time_stamp(std::string_view message, std::string_view token) {
  const Cms cms = message_of(message);
  require(CMS_unsigned_add1_attr_by_NID(signer_of(cms.get()), NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE,
                                        token.data(), static_cast<int>(token.size())) == 1,
          "the time stamp cannot be added");
  return der_of(cms.get());
}

std::string cms_pem(std::string_view message) {
  const Cms cms = message_of(message);
  const Bio bio(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_CMS(bio.get(), cms.get()) == 1, "the signed message cannot be written");
  return written_to(bio.get());
}

std::string cms_from_pem(const std::string& text) {
  if (!text.starts_with("-----BEGIN")) return text;
  const Cms cms(PEM_read_bio_CMS(memory_of(text).get(), nullptr, nullptr, nullptr));
  if (!cms) {
    ERR_clear_error();
    throw Error("this is no signed message");
  }
  return der_of(cms.get());
}

}  // namespace eakte::archive

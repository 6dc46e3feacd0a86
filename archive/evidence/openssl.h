#pragma once
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>

namespace eakte::archive {

// What the sources that use OpenSSL share: owners of its things, and bytes from and to them.

template <typename Type, void (*Free)(Type*)>
struct Freed {
  void operator()(Type* thing) const { Free(thing); }
};
template <typename Type, void (*Free)(Type*)>
using Owned = std::unique_ptr<Type, Freed<Type, Free>>;

using Cms = Owned<CMS_ContentInfo, CMS_ContentInfo_free>;
using Certificate = Owned<X509, X509_free>;
using PrivateKey = Owned<EVP_PKEY, EVP_PKEY_free>;
struct FreeBio {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;
struct FreeCertificates {
  void operator()(STACK_OF(X509) * certificates) const { sk_X509_pop_free(certificates, X509_free); }
};
using Certificates = std::unique_ptr<STACK_OF(X509), FreeCertificates>;

const unsigned char* unsigned_bytes(std::string_view bytes);
std::string bytes_of(const ASN1_STRING* string);
/// A reader of bytes that live on.
Bio memory_of(std::string_view bytes);
/// What was written into a memory BIO.
std::string written_to(BIO* bio);
/// What OpenSSL last complained about; the queue is empty afterwards.
std::string complaint();
/// "2026-11-22T04:15:00Z". Throws Error when it is no time.
std::string utc_of(const ASN1_TIME* time);
/// The certificates of a PEM text, in their order.
Certificates certificates_of(const std::string& pem);

}  // namespace eakte::archive

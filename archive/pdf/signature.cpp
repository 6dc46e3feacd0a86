#include "archive/pdf/signature.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <set>

#include "archive/pdf/unicode.h"

namespace eakte::archive {
namespace {

template <auto release>
struct Releaser {
  template <typename T>
  void operator()(T* object) const {
    release(object);
  }
};
using Bio = std::unique_ptr<BIO, Releaser<BIO_free_all>>;
using Pkcs7 = std::unique_ptr<PKCS7, Releaser<PKCS7_free>>;
using Cms = std::unique_ptr<CMS_ContentInfo, Releaser<CMS_ContentInfo_free>>;

/// Two stretches of the file, as ByteRange names them.
struct SignedRange {
  std::string_view first;
  std::string_view second;
};

std::optional<SignedRange> signed_range(const QPDFObjectHandle& signature, std::string_view bytes) {
  QPDFObjectHandle range = member(signature, "/ByteRange");
  if (!range.isArray() || range.getArrayNItems() != 4) return std::nullopt;
  std::array<std::size_t, 4> numbers{};
  for (int i = 0; i < 4; ++i) {
    QPDFObjectHandle number = item(range, i);
    if (!number.isInteger() || number.getIntValue() < 0) return std::nullopt;
    numbers.at(static_cast<std::size_t>(i)) = static_cast<std::size_t>(number.getIntValue());
  }
  const auto [begin, length, next, rest] = numbers;
  if (begin > bytes.size() || length > bytes.size() - begin) return std::nullopt;
  if (next > bytes.size() || rest > bytes.size() - next || next < begin + length) return std::nullopt;
  return SignedRange{bytes.substr(begin, length), bytes.substr(next, rest)};
}

/// The DER bytes; the room reserved for them is padded with zeros, which the reader ignores.
std::string container_bytes(const QPDFObjectHandle& signature) {
  QPDFObjectHandle contents = member(signature, "/Contents");
  return contents.isString() ? contents.getStringValue() : std::string();
}

Cms cms_of(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  if (der.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return nullptr;
  Cms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed) return nullptr;
  return cms;
}

/// What is signed, handed to OpenSSL piece by piece.
struct SignedBytes {
  const PdfBytes& file;
  SignedRange left;
};

int read_signed_bytes(BIO* bio, char* into, int size) {
  auto& bytes = *static_cast<SignedBytes*>(BIO_get_data(bio));
  std::string_view& left = bytes.left.first.empty() ? bytes.left.second : bytes.left.first;
  const std::string_view piece = left.substr(0, static_cast<std::size_t>(std::max(size, 0)));
  std::copy(piece.begin(), piece.end(), into);
  bytes.file.looked_at(piece);
  left.remove_prefix(piece.size());
  return static_cast<int>(piece.size());
}

/// OpenSSL flushes what it verifies, and asks for nothing else.
long answer_control(BIO* /*bio*/, int command, long /*number*/, void* /*pointer*/) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

const BIO_METHOD* signed_bytes_method() {
  static const std::unique_ptr<BIO_METHOD, Releaser<BIO_meth_free>> method = [] {
    std::unique_ptr<BIO_METHOD, Releaser<BIO_meth_free>> made(
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "signed bytes of a PDF"));
    if (made) {
      BIO_meth_set_read(made.get(), read_signed_bytes);
      BIO_meth_set_ctrl(made.get(), answer_control);
    }
    return made;
  }();
  return method.get();
}

/// Whether digest and signature fit the bytes and the certificate that came with them. Who issued that
/// certificate is not asked.
bool is_intact(CMS_ContentInfo* cms, const SignedRange& range, const PdfBytes& file) {
  SignedBytes bytes{file, range};
  const BIO_METHOD* method = signed_bytes_method();
  const Bio content(method != nullptr ? BIO_new(method) : nullptr);
  if (content) {
    BIO_set_data(content.get(), &bytes);
    BIO_set_init(content.get(), 1);
  }
  const unsigned flags = CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY;
  const bool is_good = content && CMS_verify(cms, nullptr, nullptr, content.get(), nullptr, flags) == 1;
  ERR_clear_error();
  return is_good;
}

std::string signer_name(CMS_ContentInfo* cms) {
  STACK_OF(X509)* certificates = CMS_get0_signers(cms);
  if (certificates == nullptr) return {};
  std::string name;
  if (sk_X509_num(certificates) > 0) {
    X509_NAME* subject = X509_get_subject_name(sk_X509_value(certificates, 0));
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    unsigned char* utf8 = nullptr;
    const int length =
        at < 0 ? -1 : ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    if (length > 0) {
      constexpr std::size_t longest = 200;
      const std::string text(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(length));
      name = printable_utf8(std::string_view(text).substr(0, longest));
    }
    OPENSSL_free(utf8);
  }
  sk_X509_free(certificates);
  return name;
}

}  // namespace

std::vector<QPDFObjectHandle> signature_dictionaries(QPDF& pdf) {
  /// A field with what it inherits.
  struct Field {
    QPDFObjectHandle dictionary;
    bool is_signature = false;
    QPDFObjectHandle value;
  };
  std::vector<Field> waiting;
  const auto add_all = [&waiting](QPDFObjectHandle fields, bool is_signature, const QPDFObjectHandle& value) {
    if (!fields.isArray()) return;
    for (const QPDFObjectHandle& field : fields.getArrayAsVector())
      waiting.push_back({field, is_signature, value});
  };
  add_all(member(member(pdf.getRoot(), "/AcroForm"), "/Fields"), false, QPDFObjectHandle::newNull());
  std::set<QPDFObjGen> seen;
  std::set<QPDFObjGen> known;
  std::vector<QPDFObjectHandle> found;
  while (!waiting.empty()) {
    Field field = waiting.back();
    waiting.pop_back();
    if (field.dictionary.isIndirect() && !seen.insert(field.dictionary.getObjGen()).second) continue;
    QPDFObjectHandle type = member(field.dictionary, "/FT");
    if (!type.isNull()) field.is_signature = type.isNameAndEquals("/Sig");
    QPDFObjectHandle value = member(field.dictionary, "/V");
    if (value.isDictionary()) field.value = value;
    if (field.is_signature && field.value.isDictionary()) {
      if (!field.value.isIndirect() || known.insert(field.value.getObjGen()).second)
        found.push_back(field.value);
    }
    add_all(member(field.dictionary, "/Kids"), field.is_signature, field.value);
  }
  return found;
}

bool has_signature(QPDF& pdf) { return !signature_dictionaries(pdf).empty(); }

std::optional<SignatureContainer> signature_container(const QPDFObjectHandle& signature) {
  const std::string der = container_bytes(signature);
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const Pkcs7 pkcs7(d2i_PKCS7(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (!pkcs7 || !PKCS7_type_is_signed(pkcs7.get()) || pkcs7->d.sign == nullptr) return std::nullopt;
  SignatureContainer container;
  container.has_certificate = sk_X509_num(pkcs7->d.sign->cert) > 0;
  container.signers = sk_PKCS7_SIGNER_INFO_num(pkcs7->d.sign->signer_info);
  return container;
}

bool covers_whole_file(const QPDFObjectHandle& signature, std::string_view bytes) {
  const std::optional<SignedRange> range = signed_range(signature, bytes);
  if (!range || range->first.data() != bytes.data()) return false;
  if (range->second.data() + range->second.size() != bytes.data() + bytes.size()) return false;
  // What lies between the two has to be the signature and nothing else.
  const auto gap_begin = range->first.size();
  const auto gap_end = static_cast<std::size_t>(range->second.data() - bytes.data());
  return gap_end > gap_begin + 1 && bytes[gap_begin] == '<' && bytes[gap_end - 1] == '>';
}

PdfSignature examined_signature(const QPDFObjectHandle& signature, const PdfBytes& bytes) {
  PdfSignature state;
  QPDFObjectHandle kind = member(signature, "/SubFilter");
  if (kind.isName()) state.kind = printable_utf8(kind.getName().substr(1, 60));
  state.covers_whole_file = covers_whole_file(signature, bytes.all());
  const std::string der = container_bytes(signature);
  const std::optional<SignedRange> range = signed_range(signature, bytes.all());
  const Cms cms = cms_of(der);
  if (!cms || !range) return state;
  state.digest =
      is_intact(cms.get(), *range, bytes) ? PdfSignature::Digest::intact : PdfSignature::Digest::broken;
  // The certificates are known only after the attempt to verify has looked for them.
  state.signer = signer_name(cms.get());
  return state;
}

}  // namespace eakte::archive

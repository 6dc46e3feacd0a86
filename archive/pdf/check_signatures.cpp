#include "archive/pdf/checker.h"
#include "archive/pdf/signature.h"

namespace eakte::archive {
namespace {

void check_signature(const QPDFObjectHandle& signature, std::string_view bytes, Findings& findings) {
  if (!covers_whole_file(signature, bytes))
    findings.add("6.4.3", "a signature does not cover the whole file");
  const std::optional<SignatureContainer> container = signature_container(signature);
  if (!container) return findings.add("6.4.3", "a signature is no PKCS#7 object");
  if (!container->has_certificate) findings.add("6.4.3", "a signature brings no certificate");
  if (container->signers != 1) findings.add("6.4.3", "a signature has not exactly one signer");
}

void check_permissions(const QPDFObjectHandle& permissions, Findings& findings) {
  if (!QPDFObjectHandle(permissions).isDictionary()) return;
  for (const std::string& key : QPDFObjectHandle(permissions).getKeys()) {
    if (key != "/UR3" && key != "/DocMDP") findings.add("6.1.12", "there are unknown permissions");
  }
  if (member(permissions, "/DocMDP").isNull()) return;
  for (const char* signature : {"/DocMDP", "/UR3"}) {
    QPDFObjectHandle references = member(member(permissions, signature), "/Reference");
    if (!references.isArray()) continue;
    for (const QPDFObjectHandle& reference : references.getArrayAsVector()) {
      for (const char* key : {"/DigestLocation", "/DigestMethod", "/DigestValue"}) {
        if (!member(reference, key).isNull())
          findings.add("6.1.12", "a signature reference has a digest of its own");
      }
    }
  }
}

}  // namespace

void check_signatures(QPDF& pdf, const PdfBytes& bytes, Findings& findings) {
  for (const QPDFObjectHandle& signature : signature_dictionaries(pdf)) {
    check_signature(signature, bytes.all(), findings);
  }
  check_permissions(member(pdf.getRoot(), "/Perms"), findings);
}

}  // namespace eakte::archive

#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/pdf/descriptor.h"
#include "archive/pdf/qpdf.h"
#include "archive/received_pdf.h"

namespace eakte::archive {

/// A signature field of the form has a value.
bool has_signature(QPDF& pdf);

/// The signature dictionaries of the form, each once.
std::vector<QPDFObjectHandle> signature_dictionaries(QPDF& pdf);

/// What the PKCS#7 object in a signature dictionary shows.
struct SignatureContainer {
  bool has_certificate = false;
  int signers = 0;
};
/// Nothing when Contents is no PKCS#7 object.
std::optional<SignatureContainer> signature_container(const QPDFObjectHandle& signature);

/// The signature is made over the whole file but for its own bytes.
bool covers_whole_file(const QPDFObjectHandle& signature, std::string_view bytes);

/// What can be said of the signature without a list of trusted certificates.
PdfSignature examined_signature(const QPDFObjectHandle& signature, const PdfBytes& bytes);

}  // namespace eakte::archive

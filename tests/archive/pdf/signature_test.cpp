#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

#include "archive/pdfa.h"
#include "archive/received_pdf.h"
#include "tests/archive/pdf_samples.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

using testing::OpenFile;

/// A PDF signed by the openssl program with a certificate of its own making.
class SignedPdf : public ::testing::Test {
protected:
  void SetUp() override {
    if (!testing::has_program("openssl")) GTEST_SKIP() << "openssl is not installed";
    std::string pdf = testing::plain_pdf(
        {"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ 5 0 R ] /SigFlags 3 >> >>",
         "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 /MediaBox [ 0 0 400 600 ] >>",
         "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << >> >>",
         testing::stream_object("", "q 20 20 100 50 re S Q"),
         "<< /FT /Sig /T (s) /V 6 0 R /Type /Annot /Subtype /Widget /Rect [ 0 0 0 0 ] /F 4 >>",
         "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [ 0 1111111111 "
         "2222222222 3333333333 ] /Contents <" +
             std::string(6000, '0') + "> >>"});
    const std::size_t begin = pdf.find("<0000");
    const std::size_t end = pdf.find('>', begin) + 1;
    pdf.replace(pdf.find("1111111111"), 10, fmt::format("{:010}", begin));
    pdf.replace(pdf.find("2222222222"), 10, fmt::format("{:010}", end));
    pdf.replace(pdf.find("3333333333"), 10, fmt::format("{:010}", pdf.size() - end));
    const std::string place = directory_.path().string();
    std::ofstream(directory_.path() / "data", std::ios::binary) << pdf.substr(0, begin) << pdf.substr(end);
    testing::output_of(fmt::format(
        "cd {} && openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out certificate -days 30 "
        "-subj '/CN=Erika Beispiel' 2>/dev/null && openssl cms -sign -binary -in data -signer certificate "
        "-inkey key -outform DER -md sha256 -out signature",
        place));
    std::string digits;
    for (const char c : testing::file_bytes(directory_.path() / "signature"))
      digits += fmt::format("{:02x}", static_cast<unsigned char>(c));
    bytes_ = pdf.replace(begin + 1, digits.size(), digits);
  }

  PdfSignature examined(const std::string& bytes) {
    const OpenFile file(directory_.path() / "signed.pdf", bytes);
    const auto signatures = ReceivedPdf(file.descriptor()).signatures();
    EXPECT_EQ(signatures.size(), 1U);
    return signatures.empty() ? PdfSignature() : signatures.front();
  }

  testing::TemporaryDirectory directory_;
  std::string bytes_;
};

TEST_F(SignedPdf, IsIntactAsLongAsNothingIsChanged) {
  const PdfSignature signature = examined(bytes_);
  EXPECT_EQ(signature.kind, "adbe.pkcs7.detached");
  EXPECT_TRUE(signature.covers_whole_file);
  EXPECT_EQ(signature.digest, PdfSignature::Digest::intact);
  EXPECT_EQ(signature.signer, "Erika Beispiel");
}

TEST_F(SignedPdf, ShowsWhatWasChangedAndWhatWasAppended) {
  std::string changed = bytes_;
  changed.replace(changed.find("100 50 re"), 9, "100 51 re");
  EXPECT_EQ(examined(changed).digest, PdfSignature::Digest::broken);
  const PdfSignature extended = examined(bytes_ + "% appended\n");
  EXPECT_EQ(extended.digest, PdfSignature::Digest::intact);
  EXPECT_FALSE(extended.covers_whole_file);
}

TEST_F(SignedPdf, IsNeverMended) {
  const OpenFile input(directory_.path() / "in.pdf", bytes_);
  const OpenFile output(directory_.path() / "out.pdf");
  PdfMetadata metadata;
  metadata.created_utc = "2026-11-21T10:15:30Z";
  const ArchivedPdf made = make_pdfa_from_pdf(input.descriptor(), output.descriptor(), metadata, {});
  EXPECT_EQ(made.way, ArchivedPdf::Way::refused);
  EXPECT_EQ(made.why_not, "the file is signed");
}

}  // namespace
}  // namespace eakte::archive

#include "archive/pdf/jbig2.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "archive/received_pdf.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes += static_cast<char>(number >> static_cast<unsigned>(shift));
  return bytes;
}

std::string segment(std::uint32_t number, int type, const std::string& data,
                    const std::string& references = {}) {
  std::string bytes = big_endian(number);
  bytes += static_cast<char>(type);
  bytes += static_cast<char>(references.size() << 5U);
  bytes += references + '\x01' + big_endian(static_cast<std::uint32_t>(data.size())) + data;
  return bytes;
}

constexpr int page_information = 48;
constexpr int generic_region = 38;
constexpr int text_region = 6;

TEST(Jbig2, WithoutSymbolsIsAllowed) {
  EXPECT_FALSE(uses_symbols(""));
  EXPECT_FALSE(uses_symbols(segment(0, page_information, std::string(19, 'x')) +
                            segment(1, generic_region, "picture") + segment(2, 49, "")));
  EXPECT_FALSE(uses_symbols(segment(0, 16, "patterns of a halftone") + segment(1, 22, "halftone", "\x01")));
}

TEST(Jbig2, WithASymbolDictionaryOrATextRegionIsFound) {
  EXPECT_TRUE(uses_symbols(segment(0, 0, "symbols")));
  EXPECT_TRUE(uses_symbols(segment(0, page_information, std::string(19, 'x')) +
                           segment(1, generic_region, "p") +
                           segment(2, text_region, "text", std::string(1, '\0'))));
  // Many references, in the long form, from a segment with a high number.
  std::string many = big_endian(70'000) + std::string(1, static_cast<char>(text_region)) +
                     big_endian(0xE0000005U) + std::string(1, '\0') + std::string(5 * 4, '\0') + '\x01' +
                     big_endian(0);
  EXPECT_TRUE(uses_symbols(many));
  EXPECT_TRUE(uses_symbols(segment(0, generic_region, "p") + many));
}

TEST(Jbig2, ThatIsCutOffAnywhereEndsTheWalk) {
  const std::string whole = segment(0, generic_region, "p") + segment(1, 0, "symbols");
  for (std::size_t size = 0; size < whole.size(); ++size) uses_symbols(whole.substr(0, size));
  EXPECT_FALSE(uses_symbols(whole.substr(0, 10)));
  EXPECT_FALSE(uses_symbols(std::string(40, '\xFF')));
}

bool is_flagged(const std::filesystem::path& file) {
  const int input = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const bool found = ReceivedPdf(input).has_symbol_coding();
  ::close(input);
  return found;
}

TEST(Jbig2, OfAPdfIsLookedInto) {
  const testing::TemporaryDirectory directory;
  const auto written = [&](const std::string& name, const std::string& data, const std::string& globals) {
    QPDF pdf;
    pdf.emptyPDF();
    QPDFObjectHandle picture = QPDFObjectHandle::newStream(&pdf, data);
    picture.replaceDict(
        QPDFObjectHandle::parse("<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace "
                                "/DeviceGray /BitsPerComponent 1 /Filter "
                                "/JBIG2Decode >>"));
    if (!globals.empty()) {
      QPDFObjectHandle parameters = QPDFObjectHandle::newDictionary();
      parameters.replaceKey("/JBIG2Globals", QPDFObjectHandle::newStream(&pdf, globals));
      picture.getDict().replaceKey("/DecodeParms", parameters);
    }
    QPDFObjectHandle page = QPDFObjectHandle::parse("<< /Type /Page /MediaBox [0 0 8 8] >>");
    page.replaceKey("/Resources", QPDFObjectHandle::parse("<< /XObject << >> >>"));
    page.getKey("/Resources").getKey("/XObject").replaceKey("/Im0", pdf.makeIndirectObject(picture));
    page.replaceKey("/Contents", QPDFObjectHandle::newStream(&pdf, "8 0 0 8 0 0 cm /Im0 Do"));
    pdf.addPage(pdf.makeIndirectObject(page), false);
    const std::filesystem::path file = directory.path() / name;
    QPDFWriter writer(pdf, file.c_str());
    writer.write();
    return file;
  };
  const std::string plain = segment(0, generic_region, "p");
  EXPECT_FALSE(is_flagged(written("plain.pdf", plain, "")));
  EXPECT_TRUE(is_flagged(written("symbols.pdf", segment(0, 0, "s") + plain, "")));
  EXPECT_TRUE(is_flagged(written("globals.pdf", plain, segment(0, 0, "s"))));
}

TEST(Jbig2, OfOthersFilesIsLookedInto) {
  const std::filesystem::path file = EAKTE_SHARED "/data/bad-inputs/pdf/pikepdf__jbig2global.pdf";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no ../shared/data/bad-inputs";
  EXPECT_TRUE(is_flagged(file));
}

}  // namespace
}  // namespace eakte::archive

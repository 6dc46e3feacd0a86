#include "tests/archive/pdf_samples.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <leptonica/allheaders.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>

namespace eakte::testing {
namespace {

struct PixDestroyer {
  void operator()(PIX* pix) const { pixDestroy(&pix); }
};
using Picture = std::unique_ptr<PIX, PixDestroyer>;

Picture painted(int width, int height, int depth) {
  Picture pix(pixCreate(width, height, depth));
  const bool is_bilevel = depth == 1;
  if (!is_bilevel) pixSetAll(pix.get());
  const int dark = is_bilevel ? PIX_SET : PIX_CLR;
  pixRasterop(pix.get(), 0, 0, width / 4, height / 4, dark, nullptr, 0, 0);
  pixRasterop(pix.get(), width / 4, height / 2, width / 2, height / 50, dark, nullptr, 0, 0);
  return pix;
}

archive::PagePicture jpeg(int width, int height, int dpi, int depth) {
  const Picture pix = painted(width, height, depth);
  l_uint8* bytes = nullptr;
  std::size_t size = 0;
  if (pixWriteMemJpeg(&bytes, &size, pix.get(), 80, 0) != 0) throw std::runtime_error("no JPEG");
  archive::PagePicture picture;
  picture.width = width;
  picture.height = height;
  picture.dpi = dpi;
  picture.components = depth == 32 ? 3 : 1;
  picture.bytes.assign(reinterpret_cast<const char*>(bytes), size);
  std::free(bytes);
  return picture;
}

}  // namespace

archive::PagePicture grey_jpeg(int width, int height, int dpi) { return jpeg(width, height, dpi, 8); }

archive::PagePicture colour_jpeg(int width, int height, int dpi) { return jpeg(width, height, dpi, 32); }

archive::PagePicture group4(int width, int height, int dpi) {
  const Picture pix = painted(width, height, 1);
  L_COMP_DATA* coded = nullptr;
  // Leptonica takes G4 from a TIFF file of its own, so that the bytes are those a scanner would send.
  std::array<char, 32> name{"/tmp/eakte-g4-XXXXXX"};
  const int descriptor = mkstemp(name.data());
  if (descriptor < 0) throw std::runtime_error("no temporary file");
  close(descriptor);
  pixWrite(name.data(), pix.get(), IFF_TIFF_G4);
  coded = l_generateG4Data(name.data(), 0);
  unlink(name.data());
  if (coded == nullptr) throw std::runtime_error("no Group 4");
  archive::PagePicture picture;
  picture.coding = archive::PictureCoding::ccitt_g4;
  picture.width = width;
  picture.height = height;
  picture.dpi = dpi;
  picture.bytes.assign(reinterpret_cast<const char*>(coded->datacomp), coded->nbytescomp);
  l_CIDataDestroy(&coded);
  return picture;
}

ocr::PageText typeset(const std::vector<std::string>& lines, int width, int height, int dpi) {
  ocr::PageText text;
  text.width = width;
  text.height = height;
  text.dpi = dpi;
  const int size = dpi * 12 / 72;
  for (int line = 0; line < static_cast<int>(lines.size()); ++line) {
    std::istringstream words(lines[static_cast<std::size_t>(line)]);
    int x = width / 10;
    const int y = height / 12 + line * size * 8 / 5 + line / 4 * size * 2;
    for (std::string word; words >> word;) {
      ocr::Word placed;
      placed.text = word;
      const int letters = static_cast<int>(std::count_if(
          word.begin(), word.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
      placed.box = {x, y, letters * size * 11 / 20, size};
      placed.line = line;
      placed.block = line / 4;
      x += placed.box.width + size / 3;
      text.words.push_back(placed);
    }
  }
  return text;
}

std::string plain_pdf(const std::vector<std::string>& objects, const std::string& trailer) {
  std::string pdf = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
  std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t start = pdf.size();
  return pdf + table +
         fmt::format(
             "trailer\n<< /Size {} /Root 1 0 R /ID [ <00112233> <00112233> ] {} >>\nstartxref\n{}\n%%EOF\n",
             objects.size() + 1, trailer, start);
}

std::string stream_object(const std::string& keys, const std::string& data) {
  return fmt::format("<< {} /Length {} >>\nstream\n{}\nendstream", keys, data.size(), data);
}

OpenFile::OpenFile(const std::filesystem::path& path, const std::string& content) {
  if (!content.empty()) std::ofstream(path, std::ios::binary) << content;
  descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0) throw std::runtime_error("cannot open " + path.string());
}

OpenFile::~OpenFile() { close(descriptor_); }

std::string file_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string output_of(const std::string& command) {
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string output;
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    output.append(buffer.data(), got);
  const int status = pclose(pipe);
  if (status != 0) throw std::runtime_error(fmt::format("{} ended with {}: {}", command, status, output));
  return output;
}

bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

double order_kept(const std::string& expected, const std::string& actual) {
  const auto words_of = [](const std::string& text) {
    std::istringstream stream(text);
    return std::vector<std::string>(std::istream_iterator<std::string>(stream), {});
  };
  const std::vector<std::string> a = words_of(expected);
  const std::vector<std::string> b = words_of(actual);
  std::vector<std::size_t> row(b.size() + 1, 0);
  for (const std::string& word : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = word == b[j - 1] ? diagonal + 1 : std::max(row[j], row[j - 1]);
      diagonal = above;
    }
  }
  return a.empty() ? 1.0
                   : static_cast<double>(row.back()) / static_cast<double>(std::max(a.size(), b.size()));
}

}  // namespace eakte::testing

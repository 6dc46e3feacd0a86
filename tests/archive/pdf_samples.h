#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "archive/pdfa.h"
#include "ocr/text.h"

namespace eakte::testing {

/// A page picture with a dark square at its upper left and a bar below, made by Leptonica.
archive::PagePicture grey_jpeg(int width, int height, int dpi);
archive::PagePicture colour_jpeg(int width, int height, int dpi);
archive::PagePicture group4(int width, int height, int dpi);

/// Lines of words at plausible places of a page of that size; a new block every four lines.
ocr::PageText typeset(const std::vector<std::string>& lines, int width, int height, int dpi);

/// A PDF of the given objects, the first of which (object 1) is the catalogue; with cross references and ID.
std::string plain_pdf(const std::vector<std::string>& objects, const std::string& trailer = "");

/// A stream object with its dictionary.
std::string stream_object(const std::string& keys, const std::string& data);

/// A file open for reading and writing; closed at the end.
class OpenFile {
public:
  explicit OpenFile(const std::filesystem::path& path, const std::string& content = "");
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int descriptor() const { return descriptor_; }

private:
  int descriptor_;
};

std::string file_bytes(const std::filesystem::path& path);

/// What a shell command printed, errors included; throws when it did not end with 0.
std::string output_of(const std::string& command);
bool has_program(const std::string& name);

/// Share of the words of `expected` that stand in `actual` in the same order (longest common subsequence).
double order_kept(const std::string& expected, const std::string& actual);

}  // namespace eakte::testing

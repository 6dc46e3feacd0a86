#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include "ingest/page_reader.h"
#include "ocr/codes.h"

namespace eakte::ingest {
namespace {

namespace fs = std::filesystem;

/// The texts of all codes on all pages of a file; pages without a picture are drawn at 200 dpi.
std::multiset<std::string> texts_on(const fs::path& file, int most_pages = 100) {
  std::multiset<std::string> texts;
  const int input = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const auto reader = open_pages(input, detect_format(input));
  for (int page = 1; page <= std::min(most_pages, reader->page_count()); ++page) {
    const ReceivedPage received = reader->read(page);
    for (const ocr::Code& code : ocr::find_codes(received.text ? reader->render(page, 200) : received.image))
      texts.insert((code.symbology == ocr::Symbology::patch ? "patch " : "") + code.text);
  }
  close(input);
  return texts;
}

TEST(CodesOnFiles, AreTheSeparatorsOfTheSampleBatchAndNothingElseInTheSamples) {
  for (const char* name :
       {"hundesteuer_anmeldung.tif", "umlagebescheid_tabelle.jpg", "rechnung_winterdienst.pdf",
        "foto_kuendigung.jpg", "fax_stellungnahme.tif", "hundesteuersatzung.pdf"}) {
    EXPECT_TRUE(texts_on(fs::path(EAKTE_SAMPLES) / "documents" / name).empty()) << name;
  }
  EXPECT_EQ(texts_on(fs::path(EAKTE_SAMPLES) / "documents" / "stapel_mit_trennblaettern.pdf"),
            (std::multiset<std::string>{"PATCHT", "PATCHT", "PATCHT", "PATCHT", "PATCHT", "PATCHT"}));
}

TEST(CodesOnFiles, AreWhatStandsOnRealAndBlackBoxSamples) {
  const fs::path directory = fs::path(EAKTE_SHARED) / "data" / "ocr" / "barcodes";
  if (!fs::exists(directory)) GTEST_SKIP() << directory << " is not there";
  std::ifstream table(directory / "expected.tsv");
  std::string line;
  std::getline(table, line);
  int readable = 0;
  int found = 0;
  while (std::getline(table, line)) {
    std::istringstream fields(line);
    std::string name;
    std::string expected;
    std::getline(fields, name, '\t');
    std::getline(fields, expected, '\t');
    if (!name.ends_with(".png") && !name.ends_with(".webp")) continue;  // the PDFs are told in words
    const auto texts = texts_on(directory / name);
    if (expected == "no barcode") {
      EXPECT_TRUE(texts.empty()) << name << ": " << *texts.begin();
      continue;
    }
    ++readable;
    found += std::ranges::any_of(texts, [&](const std::string& text) { return text.starts_with(expected); })
                 ? 1
                 : 0;
    const std::size_t readings = name.find("code32") == std::string::npos ? 1 : 2;  // also as Code 39
    EXPECT_LE(texts.size(), readings) << name;
  }
  EXPECT_EQ(found, readable);
}

TEST(CodesOnFiles, AreOnNoOrdinaryPage) {
  const fs::path directory = fs::path(EAKTE_SHARED) / "data" / "ocr" / "pages";
  if (!fs::exists(directory)) GTEST_SKIP() << directory << " is not there";
  std::vector<fs::path> pages;
  for (const auto& entry : fs::directory_iterator(directory)) pages.push_back(entry.path());
  std::ranges::sort(pages);
  for (std::size_t i = 0; i < pages.size(); i += 8) {
    if (pages[i].filename().string().find("trennblatt") != std::string::npos) continue;
    EXPECT_TRUE(texts_on(pages[i], 1).empty()) << pages[i];
  }
}

}  // namespace
}  // namespace eakte::ingest

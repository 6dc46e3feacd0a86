// Reads pages as a worker does and writes what came out, so that a change of the reading can be measured.
//
//   read_pages OUT [BEST] <LIST        LIST: lines of  id <TAB> file <TAB> languages
//                                      BEST: directory of larger models for the second look
//
// For each line all pages of the file go through ingest's PageReader and ocr::read_page; OUT/<id>.txt gets
// the text, OUT/log.tsv one line: id, CPU seconds (decoding and reading, without loading models), confidence
// of the poorest page, its quarter turns, whether blank, reasons, steps. Texts are judged by
// tests/bench/run.py or any other tool that knows the truth. To be run with OMP_THREAD_LIMIT=1.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <opencv2/core/utility.hpp>
#include <sstream>

#include "ingest/page_reader.h"
#include "ocr/read_page.h"

namespace {

using eakte::ocr::Recognizer;

double cpu_seconds() {
  timespec spent{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) * 1e-9;
}

struct Outcome {
  std::string text;
  float confidence = 1;
  std::string remarks;  ///< of the poorest page
};

std::string remarks_of(const eakte::ocr::ReadPage& page) {
  std::string remarks = fmt::format("turns={}\tblank={}\t", page.quarter_turns, page.blank ? 1 : 0);
  for (const auto& step : page.steps) {
    remarks += fmt::format("{}{}{:.3g}(", step.name, step.applied ? '+' : '-', step.confidence);
    for (const auto& [name, value] : step.parameters) remarks += fmt::format("{}={:.4g} ", name, value);
    remarks += ") ";
  }
  return remarks;
}

Outcome read_file(const std::string& file, Recognizer& recognizer) {
  const int input = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (input < 0) throw std::runtime_error("cannot open " + file);
  Outcome outcome;
  {
    const auto reader = eakte::ingest::open_pages(input, eakte::ingest::detect_format(input));
    for (int number = 1; number <= reader->page_count(); ++number) {
      const auto received = reader->read(number);
      if (received.text) {
        outcome.text += eakte::ocr::plain_text(*received.text);
        continue;
      }
      const auto page = eakte::ocr::read_page(recognizer, received.image);
      outcome.text += eakte::ocr::plain_text(page.text);
      if (number > 1 && page.text.confidence >= outcome.confidence) continue;
      outcome.confidence = page.text.confidence;
      outcome.remarks = remarks_of(page);
    }
  }
  ::close(input);
  return outcome;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2 && count != 3) {
    std::cerr << "read_pages OUT [BEST] <LIST (id <TAB> file <TAB> languages)\n";
    return 2;
  }
  cv::setNumThreads(1);
  const std::filesystem::path out = arguments[1];
  std::filesystem::create_directories(out);
  std::ofstream log(out / "log.tsv");
  std::map<std::string, Recognizer> recognizers;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream fields(line);
    std::string id;
    std::string file;
    std::string languages;
    std::getline(fields, id, '\t');
    std::getline(fields, file, '\t');
    std::getline(fields, languages, '\t');
    auto found = recognizers.find(languages);
    if (found == recognizers.end())
      found = recognizers
                  .emplace(languages, Recognizer({.languages = languages,
                                                  .tessdata = {},
                                                  .best_tessdata = count == 3 ? arguments[2] : ""}))
                  .first;
    found->second.reset();
    const double began = cpu_seconds();
    const Outcome outcome = read_file(file, found->second);
    const double spent = cpu_seconds() - began;
    std::ofstream(out / (id + ".txt")) << outcome.text;
    log << fmt::format("{}\t{:.3f}\t{:.3f}\t{}\n", id, spent, outcome.confidence, outcome.remarks)
        << std::flush;
  }
  return 0;
}

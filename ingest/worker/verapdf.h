#pragma once
#include <chrono>
#include <string>

namespace eakte::ingest {

/// What veraPDF, the reference checker, says of a file.
struct VerapdfAnswer {
  std::string word;    ///< "valid", "invalid", or "failed" when it gave no verdict
  std::string detail;  ///< profile it checked by, or why it failed; printable
};

/// Runs the program with the file and reads its XML report. Without shell, with the limits of the calling
/// process, little memory for Java, and ended after `patience`. Never throws about what the program does; a
/// checker that fails says nothing about the file. Worker only, not with threads running.
VerapdfAnswer ask_verapdf(const std::string& program, int file,
                          std::chrono::seconds patience = std::chrono::seconds(60));

}  // namespace eakte::ingest

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

#include "archive/error.h"
#include "archive/pdfa.h"
#include "archive/received_pdf.h"

namespace {

using namespace eakte;

int memory_file() { return ::memfd_create("pdf", MFD_CLOEXEC); }

/// What is asked of a received PDF before anything is made of it.
void look_at(int file) {
  try {
    const archive::ReceivedPdf pdf(file);
    for (int page = 1; page <= pdf.page_count() && page <= 20; ++page) {
      pdf.only_picture(page);
      pdf.has_visible_text(page);
      pdf.hidden_text(page);
    }
    pdf.has_symbol_coding();
    pdf.is_signed();
    pdf.signatures();
  } catch (const archive::Error&) {
    return;
  }
}

/// The ladder to PDF/A: what it takes for done must pass the checker.
void make_archive_file(int file) {
  ocr::PageText text{.width = 600, .height = 800, .dpi = 72, .words = {}, .confidence = 0.9F};
  text.words.push_back({.text = "Bescheid", .box = {60, 80, 120, 20}, .confidence = 0.9F});
  const int output = memory_file();
  try {
    const archive::ArchivedPdf made = archive::make_pdfa_from_pdf(
        file, output, {.title = "Brief", .created_utc = "2026-11-21T10:15:30Z"}, {{1, text}});
    if (made.way != archive::ArchivedPdf::Way::refused && !archive::check_pdfa(output).empty()) std::abort();
  } catch (const archive::Error&) {
    ::close(output);
    return;
  }
  ::close(output);
}

void part(int file) {
  const int output = memory_file();
  try {
    archive::take_pages(file, output, {1});
  } catch (const archive::Error&) {
    ::close(output);
    return;
  }
  ::close(output);
}

}  // namespace

/// A received PDF on its way to the archive file: pictures taken out, signatures, repair, one page alone.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const int file = memory_file();
  if (file < 0 || ::write(file, bytes, size) != static_cast<ssize_t>(size)) std::abort();
  look_at(file);
  make_archive_file(file);
  part(file);
  ::close(file);
  return 0;
}

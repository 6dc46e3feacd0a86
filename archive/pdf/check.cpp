#include <fmt/format.h>

#include <exception>

#include "archive/pdf/checker.h"
#include "archive/pdf/descriptor.h"
#include "archive/pdfa.h"

namespace eakte::archive {

std::vector<std::string> check_pdfa_bytes(std::string_view bytes) {
  Findings findings;
  try {
    QPDF pdf;
    pdf.setAttemptRecovery(false);
    open_pdf(pdf, bytes);
    PdfaClaim claim;
    check_metadata(pdf, claim, findings);
    check_output_intents(pdf, claim, findings);
    check_objects(pdf, findings);
    check_fonts(check_contents(pdf, claim, findings).fonts, claim, findings);
    check_file(pdf, bytes, findings);
  } catch (const std::exception& reason) {
    findings.add("6.1", fmt::format("the file cannot be read: {}", reason.what()));
  }
  return findings.sentences();
}

std::vector<std::string> check_pdfa(int input) {
  const MappedFile file(input);
  return check_pdfa_bytes(file.bytes());
}

}  // namespace eakte::archive

#include <fmt/format.h>

#include <exception>

#include "archive/pdf/checker.h"
#include "archive/pdf/descriptor.h"
#include "archive/pdfa.h"

namespace eakte::archive {
namespace {

/// "PDF/A-3b", empty when nothing is claimed.
std::string claimed_standard(const PdfaClaim& claim) {
  if (claim.part == 0) return {};
  const std::string level = claim.level >= 'A' && claim.level <= 'Z'
                                ? std::string(1, static_cast<char>(claim.level - 'A' + 'a'))
                                : std::string();
  return fmt::format("PDF/A-{}{}", claim.part, level);
}

}  // namespace

PdfaVerdict judge_pdfa_bytes(const PdfBytes& bytes, Enclosure enclosure) {
  Findings findings;
  PdfaClaim claim;
  try {
    QPDF pdf;
    pdf.setAttemptRecovery(false);
    open_pdf(pdf, bytes);
    // What qpdf has to say about the cross references themselves is not what the standard asks.
    pdf.getWarnings();
    check_metadata(pdf, claim, findings);
    check_output_intents(pdf, claim, findings);
    check_catalogue(pdf, findings);
    check_objects(pdf, claim, enclosure, findings);
    check_signatures(pdf, bytes, findings);
    check_fonts(check_contents(pdf, claim, findings).fonts, claim, findings);
    check_file(pdf, bytes, findings);
  } catch (const std::exception& reason) {
    findings.add("6.1", fmt::format("the file cannot be read: {}", reason.what()));
  }
  return {claimed_standard(claim), findings.sentences()};
}

std::string claimed_pdfa(const PdfBytes& bytes) {
  try {
    QPDF pdf;
    open_pdf(pdf, bytes);
    Findings ignored;
    PdfaClaim claim;
    check_metadata(pdf, claim, ignored);
    return claimed_standard(claim);
  } catch (const std::exception&) {
    return {};  // what cannot be read claims nothing
  }
}

std::string claimed_pdfa(int input) {
  const MappedFile file(input);
  return claimed_pdfa(file);
}

PdfaVerdict judge_pdfa(int input) {
  const MappedFile file(input);
  return judge_pdfa_bytes(file, Enclosure::outer);
}

std::vector<std::string> check_pdfa(int input) { return judge_pdfa(input).violations; }

}  // namespace eakte::archive

#pragma once
#include <string>

#include "ingest/page_reader.h"

namespace eakte::ingest {

/// Has an office program (LibreOffice) print an office file as PDF/A-2b. It runs as a process of its own for
/// this one file, with a profile made for it, without network and macros, and reads nothing but the program,
/// the fonts and the file. `program` is the directory of soffice.bin; `output` is open for writing. Returns
/// false when there is no office program for this format. Throws Refused (damaged_file, encrypted,
/// office_too_large), WorkerFailed and Error. Worker only; moves the process into namespaces of its own.
bool office_to_pdf(int input, Format format, const std::string& program, const ReadLimits& limits,
                   int output);

}  // namespace eakte::ingest

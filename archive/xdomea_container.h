#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "archive/object_store.h"
#include "archive/xdomea.h"

namespace eakte::archive {

/// The file name of a message without extension: "<ProzessID>_Aussonderung.Anbieteverzeichnis.0501" (XD-10).
std::string container_name(const MessageHead& head);

/// Where the bytes of a primary file come from; asked once for each file, when it is its turn.
using FileSource = std::function<OpenObject(const std::string& name)>;

/// Writes the container: a flat ZIP with the message and its primary files (XD-10), names as UTF-8. The
/// same input gives the same bytes. Throws StorageFailure.
void write_container(int descriptor, const XdomeaMessage& message, const FileSource& file);

/// What a received file held.
struct ReadContainer {
  XdomeaMessage message;
  std::string message_sha256;  ///< of the XML
  bool bare = false;  ///< an XML file without container: its primary files are not there to be checked
  std::vector<std::string> files;  ///< primary files in the container, names in UTF-8
};

struct ContainerLimits {
  std::uint64_t message_bytes = 100'000'000;
  std::uint64_t files = 100'000;
  std::uint64_t bytes = 50'000'000'000;  ///< of all files together, unpacked
};

/// Reads a ZIP or a bare XML file. Refused are directories, names twice, primary files that are missing or
/// that nobody named (1.4), what is packed otherwise than stored or deflated, encrypted, damaged. Names are
/// UTF-8 or, where the sender did not say so, CP437 (XD-11). Throws BadMessage.
ReadContainer read_container(int descriptor, const std::filesystem::path& schemas,
                             const ContainerLimits& limits = {});

/// What the receiving archive checks (domain rules 1.4), on a container we wrote: its name, that it reads, is
/// valid and says what was meant, and is not nested deeper than 5 (XD-22). With the own 0502's decisions:
/// every object of a 0503 was appraised A, none that was is missing. Throws Error telling what is wrong.
void check_own_container(int descriptor, const std::string& file_name, const XdomeaMessage& meant,
                         const std::filesystem::path& schemas);

}  // namespace eakte::archive

#include "archive/xdomea_container.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include "archive/xdomea/characters.h"
#include "archive/xdomea/zip.h"

namespace eakte::archive {
namespace {

constexpr int deepest_for_archives = 5;  // XD-22

[[noreturn]] void refuse(const std::string& what) { throw BadMessage("xdomea_container", what); }

/// "<UUID>_Aussonderung....0503.xml": the process and the message a name stands for.
struct MessageName {
  std::string process;
  std::string root;
};
std::optional<MessageName> message_name_from(std::string_view name) {
  constexpr std::size_t uuid = 36;
  if (!name.ends_with(".xml") || name.size() < uuid + 6 || name[uuid] != '_' ||
      !is_uuid(name.substr(0, uuid)))
    return std::nullopt;
  const std::string_view root = name.substr(uuid + 1, name.size() - uuid - 5);
  const auto type = message_type_from(root.substr(root.size() < 4 ? 0 : root.size() - 4));
  if (!type || root_of(*type) != root) return std::nullopt;
  MessageName read{std::string(name.substr(0, uuid)), std::string(root)};
  std::ranges::transform(read.process, read.process.begin(), [](unsigned char c) { return std::tolower(c); });
  return read;
}

std::string all_of(int descriptor, std::uint64_t most) {
  struct stat about {};
  if (fstat(descriptor, &about) != 0)
    throw Error(fmt::format("cannot read the message: {}", std::strerror(errno)));
  if (static_cast<std::uint64_t>(about.st_size) > most)
    throw BadMessage("xdomea_malformed", "the message is too large");
  std::string bytes(static_cast<std::size_t>(about.st_size), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = pread(descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error(fmt::format("cannot read the message: {}", std::strerror(errno)));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

const ZipEntry& message_in(const ZipReader& zip, const ContainerLimits& limits) {
  const ZipEntry* message = nullptr;
  std::set<std::string> names;
  std::uint64_t bytes = 0;
  for (const ZipEntry& entry : zip.entries()) {
    if (entry.name.find_first_of("/\\") != std::string::npos)
      refuse(fmt::format("{} lies in a directory; the container must be flat", entry.name));
    if (entry.link) refuse(fmt::format("{} is a link", entry.name));
    if (entry.encrypted) refuse(fmt::format("{} is encrypted", entry.name));
    if (!names.insert(entry.name).second) refuse(fmt::format("{} occurs twice", entry.name));
    if (entry.size > limits.bytes - bytes) refuse("the container unpacks to too much");
    bytes += entry.size;
    if (!message_name_from(entry.name)) continue;
    if (message != nullptr) refuse("there are two messages in the container");
    message = &entry;
  }
  if (message == nullptr)
    throw BadMessage("xdomea_name", "no file in the container is named <ProzessID>_<Nachricht>.xml");
  if (message->size > limits.message_bytes) throw BadMessage("xdomea_malformed", "the message is too large");
  return *message;
}

std::set<std::string> named_files(const XdomeaMessage& message) {
  std::set<std::string> names;
  for (const RecordObject& object : message.objects)
    for_each_object(object, [&](const RecordObject& one, int) {
      for (const RecordFile& file : one.files) names.insert(file.name);
    });
  return names;
}

void require_files(const ReadContainer& container) {
  std::set<std::string> wanted = named_files(container.message);
  for (const std::string& name : container.files) {
    if (wanted.erase(name) == 0)
      throw BadMessage("xdomea_file_surplus", fmt::format("{} is named by no document", name));
  }
  if (!wanted.empty()) throw BadMessage("xdomea_file_missing", fmt::format("{} is missing", *wanted.begin()));
}

void require(bool holds, const std::string& what) {
  if (!holds) throw Error("our own message does not stand the archive's check: " + what);
}

}  // namespace

std::string container_name(const MessageHead& head) {
  return fmt::format("{}_{}", head.process, root_of(head.type));
}

void write_container(int descriptor, const XdomeaMessage& message, const FileSource& file) {
  ZipWriter zip(descriptor);
  zip.add_deflated(container_name(message.head) + ".xml", write_xdomea(message));
  for (const std::string& name : named_files(message)) zip.add_stored(name, file(name));
  zip.finish();
}

ReadContainer read_container(int descriptor, const std::filesystem::path& schemas,
                             const ContainerLimits& limits) {
  ReadContainer container;
  if (!begins_like_zip(descriptor)) {
    const std::string xml = all_of(descriptor, limits.message_bytes);
    container.message = read_xdomea(xml, schemas);
    container.message_sha256 = sha256_hex(xml);
    container.bare = true;
    return container;
  }
  const ZipReader zip(descriptor, limits.files);
  const ZipEntry& entry = message_in(zip, limits);
  std::string xml;
  zip.read(entry, [&](std::span<const std::byte> bytes) {
    xml.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  });
  container.message = read_xdomea(xml, schemas);
  container.message_sha256 = sha256_hex(xml);
  const MessageName named = message_name_from(entry.name).value();
  const MessageHead& head = container.message.head;
  if (named.process != head.process || named.root != root_of(head.type))
    throw BadMessage("xdomea_name", fmt::format("{} holds another process or message", entry.name));
  for (const ZipEntry& one : zip.entries())
    if (&one != &entry) container.files.push_back(one.name);
  require_files(container);
  for (const ZipEntry& one : zip.entries())
    if (&one != &entry) zip.read(one, [](std::span<const std::byte>) {});
  return container;
}

void check_own_container(int descriptor, const std::string& file_name, const XdomeaMessage& meant,
                         const std::filesystem::path& schemas) {
  require(file_name == container_name(meant.head) + ".zip", "its name is " + file_name);
  ReadContainer read;
  try {
    read = read_container(descriptor, schemas);
  } catch (const BadMessage& bad) {
    require(false, fmt::format("{}: {}", bad.code, bad.what()));
  }
  read.message.head.version = meant.head.version;
  require(read.message == meant, "it does not say what was meant");
  for (const RecordObject& object : meant.objects)
    for_each_object(object, [&](const RecordObject& one, int depth) {
      require(depth <= deepest_for_archives, fmt::format("{} is nested deeper than 5", one.id));
      require(meant.head.type == MessageType::transfer || one.files.empty(),
              "a list of offers has primary files");
    });
}

}  // namespace eakte::archive

#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "archive/archive.h"
#include "archive/storage/durable_file.h"
#include "archive/xdomea_container.h"

namespace eakte::archive {

/// Where the messages of a tenant's disposal lie, those that go and those that came.
std::filesystem::path outbox_of(const Archive& archive);

/// A message written aside: durable, under no name yet. Gone with its object unless it was put in place.
class StagedMessage {
public:
  StagedMessage(StagedMessage&& other) noexcept;
  StagedMessage& operator=(StagedMessage&&) = delete;
  ~StagedMessage();

  const std::string& file_name() const { return file_name_; }
  const std::string& sha256() const { return sha256_; }
  const std::string& message_sha256() const { return message_sha256_; }
  std::uint64_t size() const { return size_; }

  /// Gives it its name, durably. Called in the transaction that adds its row, which no other process can be
  /// in: a file of that name is what a crash left before its commit, and is replaced. Throws StorageFailure.
  void put_in_place();

private:
  friend StagedMessage stage_message(const Archive&, const XdomeaMessage&,
                                     const std::map<std::string, std::string>&, const std::filesystem::path&);
  friend StagedMessage stage_received(const Archive&, const ReadContainer&, int);
  explicit StagedMessage(const Archive& archive);
  void finish();

  std::filesystem::path outbox_;
  std::filesystem::path aside_;
  Descriptor file_;
  std::string file_name_;
  std::string sha256_;
  std::string message_sha256_;
  std::uint64_t size_ = 0;
};

/// Writes one of our messages, its primary files taken from the object store by the hashes in `files`, and
/// does to it what the receiving archive will do (domain rules 1.4). Throws Error, Damaged, StorageFailure.
StagedMessage stage_message(const Archive& archive, const XdomeaMessage& message,
                            const std::map<std::string, std::string>& files,
                            const std::filesystem::path& schemas);

/// A message that came, byte for byte.
StagedMessage stage_received(const Archive& archive, const ReadContainer& container, int received);

}  // namespace eakte::archive

#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/error.h"

namespace eakte::archive {

/// The bytes of one stored object: address and size.
struct StoredObject {
  std::string sha256;  ///< 64 lower-case hexadecimal digits
  std::uint64_t size = 0;
};

/// An object being written aside. Nobody sees it before commit(); destroying it without commit leaves
/// nothing.
class StagedObject {
public:
  StagedObject(StagedObject&&) noexcept;
  StagedObject& operator=(StagedObject&&) noexcept;
  ~StagedObject();

  /// Adds bytes, hashing on the way. Throws StorageFailure (disk full).
  void append(std::span<const std::byte> bytes);
  /// The open file, for a worker to write into instead of append(). Stays owned by this object.
  int descriptor() const;
  /// Size so far.
  std::uint64_t size() const;

  /// Makes the object durable: fsync, read-only, rename to its hash, fsync of the directory. What a worker
  /// wrote through the descriptor is hashed here. An object that is there already is left alone and only
  /// its presence with the right size is made sure. May be called again while nothing names the object yet:
  /// when the one that was there already was destroyed meanwhile, these bytes take its place. Throws
  /// StorageFailure; never retries a failed fsync.
  StoredObject commit();

private:
  friend class ObjectStore;
  struct State;
  static StoredObject hashed_object(State& state);
  explicit StagedObject(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// An opened, verified object. Owns the descriptor; the offset is 0.
class OpenObject {
public:
  OpenObject(int descriptor, std::uint64_t size);
  OpenObject(OpenObject&&) noexcept;
  OpenObject& operator=(OpenObject&&) noexcept;
  ~OpenObject();
  int descriptor() const { return descriptor_; }
  std::uint64_t size() const { return size_; }

private:
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

/// The content-addressed objects of one tenant, immutable and read-only on disk:
/// `objects/<first two>/<next two>/<sha256>`. Safe for concurrent use by threads and processes.
class ObjectStore {
public:
  explicit ObjectStore(std::filesystem::path directory);

  StagedObject stage() const;
  /// stage, append, commit.
  StoredObject put(std::span<const std::byte> bytes) const;
  StoredObject put(std::string_view bytes) const;

  /// Opens after verifying size and SHA-256 of the whole content. Throws NotFound, Damaged.
  OpenObject open(const std::string& sha256) const;
  /// The verified bytes. Throws NotFound, Damaged.
  std::string read(const std::string& sha256) const;
  bool exists(const std::string& sha256) const;

  /// Calls `visit` with the address of every object on disk, in no order.
  void for_each(const std::function<void(const std::string& sha256)>& visit) const;

private:
  std::filesystem::path directory_;
};

/// SHA-256 of bytes as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace eakte::archive

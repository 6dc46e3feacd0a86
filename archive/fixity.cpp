#include "archive/fixity.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

#include "archive/storage/durable_file.h"
#include "archive/storage/hashing.h"
#include "archive/storage/object_path.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece = 1U << 20U;

struct Named {
  DamageKind kind;
  std::string_view name;
  std::string_view german;
};
constexpr auto names = std::to_array<Named>({{DamageKind::changed, "changed", "verändert"},
                                             {DamageKind::missing, "missing", "nicht mehr da"},
                                             {DamageKind::unreadable, "unreadable", "nicht lesbar"}});

DamageKind kind_from(const std::string& name) {
  const auto* const found = std::ranges::find(names, name, &Named::name);
  if (found == names.end()) throw Error(fmt::format("there is no damage \"{}\"", name));
  return found->kind;
}

/// What an object's file holds: past the page cache as far as the system allows, for the disk is asked, not
/// the memory.
std::optional<DamageKind> look_at(const fs::path& file, const std::string& sha256,
                                  const std::function<void(std::size_t)>& slowly) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (opened.number() < 0) return errno == ENOENT ? DamageKind::missing : DamageKind::unreadable;
  ::posix_fadvise(opened.number(), 0, 0, POSIX_FADV_DONTNEED);
  std::vector<std::byte> buffer(piece);
  Sha256 hash;
  for (;;) {
    const ssize_t got = ::read(opened.number(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return DamageKind::unreadable;
    if (got == 0) break;
    const auto size = static_cast<std::size_t>(got);
    hash.add(std::span(buffer).first(size));
    if (slowly) slowly(size);
  }
  if (hash.finish() != sha256) return DamageKind::changed;
  return std::nullopt;
}

bool is_named(Connection& connection, const std::string& sha256) {
  return !connection.query("SELECT 1 FROM named_object WHERE sha256 = ? LIMIT 1", {sha256}).empty();
}

/// Takes the object out of reach; the empty file in the place of a missing one says to readers that it was
/// there.
void set_aside(const fs::path& objects, const std::string& sha256, DamageKind kind) {
  const fs::path aside = set_aside_path(objects, sha256);
  make_directories_below(objects, aside.parent_path());
  if (kind == DamageKind::missing) {
    const Descriptor made(::open(aside.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0440));
    if (made.number() < 0) throw_storage_failure("cannot make", aside);
  } else if (::rename(object_path(objects, sha256).c_str(), aside.c_str()) != 0 && errno != ENOENT) {
    throw_storage_failure("cannot set aside", object_path(objects, sha256));
  }
  sync_path(objects, aside.parent_path());
  sync_path(objects, object_path(objects, sha256).parent_path());
}

std::vector<DocumentId> documents_of(Connection& connection, const std::string& sha256) {
  std::vector<DocumentId> documents;
  for (const Row& row : connection.query(
           "SELECT DISTINCT document FROM rendition WHERE sha256 = ? ORDER BY document", {sha256}))
    documents.push_back({row.text("document")});
  return documents;
}

/// The files that could be the object, in the layouts `from` may have.
std::vector<fs::path> copies_of(const fs::path& from, const std::string& tenant, const std::string& sha256) {
  std::vector<fs::path> copies;
  for (const fs::path& objects :
       {from, from / "objects", from / "tenants" / tenant / "objects", from / tenant / "objects"}) {
    fs::path file = object_path(objects, sha256);
    if (fs::is_regular_file(file)) copies.push_back(std::move(file));
  }
  return copies;
}

void take_over(const ObjectStore& store, const fs::path& copy, const std::string& sha256) {
  const Descriptor file(::open(copy.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.number() < 0) throw_storage_failure("cannot open", copy);
  StagedObject staged = store.stage();
  std::vector<std::byte> buffer(piece);
  for (;;) {
    const ssize_t got = ::read(file.number(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_storage_failure("cannot read", copy);
    if (got == 0) break;
    staged.append(std::span(buffer).first(static_cast<std::size_t>(got)));
  }
  const StoredObject stored = staged.commit();
  if (stored.sha256 != sha256)  // it changed under our eyes; what came in is an orphan at its own address
    throw Damaged(fmt::format("{} does not have SHA-256 {}", copy.string(), sha256));
}

}  // namespace

fs::path set_aside_path(const fs::path& objects, const std::string& sha256) {
  return objects / "damaged" / object_path(objects, sha256).filename();
}

std::string_view name_of(DamageKind kind) { return std::ranges::find(names, kind, &Named::kind)->name; }
std::string_view german_name_of(DamageKind kind) {
  return std::ranges::find(names, kind, &Named::kind)->german;
}

std::optional<Damage> examine_object(Archive& archive, const std::string& sha256, std::string_view found_by,
                                     const std::string& actor,
                                     const std::function<void(std::size_t)>& slowly) {
  const fs::path objects = archive.directory() / "objects";
  const auto kind = look_at(object_path(objects, sha256), sha256, slowly);
  if (!kind) return std::nullopt;
  std::optional<Damage> damage;
  archive.database().read([&](Connection& connection) {
    if (*kind == DamageKind::missing && !is_named(connection, sha256)) return;
    damage = Damage{sha256, *kind, now_utc(), std::string(found_by), documents_of(connection, sha256)};
  });
  if (!damage) return std::nullopt;
  set_aside(objects, sha256, *kind);
  archive.database().write([&](Connection& connection) {
    if (!connection.query("SELECT 1 FROM damaged_object WHERE sha256 = ? AND repaired_at IS NULL", {sha256})
             .empty())
      return;
    connection.execute(
        "INSERT INTO damaged_object(sha256, kind, found_at, found_by) VALUES(?, ?, ?, ?) ON CONFLICT(sha256) "
        "DO "
        "UPDATE SET kind = excluded.kind, found_at = excluded.found_at, found_by = excluded.found_by, "
        "repaired_at = NULL",
        {sha256, std::string(name_of(*kind)), damage->found_at, damage->found_by});
    archive.record(connection, {actor, "object.damaged", sha256,
                                fmt::format(R"({{"kind":"{}","by":"{}"}})", name_of(*kind), found_by)});
  });
  return damage;
}

std::vector<Damage> standing_damages(const Archive& archive) {
  std::vector<Damage> damages;
  archive.database().read([&](Connection& connection) {
    for (const Row& row :
         connection.query("SELECT sha256, kind, found_at, found_by FROM damaged_object WHERE "
                          "repaired_at IS NULL ORDER BY found_at, sha256")) {
      damages.push_back({row.text("sha256"), kind_from(row.text("kind")), row.text("found_at"),
                         row.text("found_by"), documents_of(connection, row.text("sha256"))});
    }
  });
  return damages;
}

RepairReport repair_from(Archive& archive, const fs::path& from, const std::string& actor) {
  RepairReport report;
  const fs::path objects = archive.directory() / "objects";
  for (const Damage& damage : standing_damages(archive)) {
    const std::string& sha256 = damage.sha256;
    const std::vector<fs::path> copies = copies_of(from, archive.tenant(), sha256);
    const auto fit =
        std::ranges::find_if(copies, [&](const fs::path& copy) { return !look_at(copy, sha256, {}); });
    if (fit == copies.end()) {
      (copies.empty() ? report.not_found : report.unfit).push_back(sha256);
      continue;
    }
    take_over(archive.objects(), *fit, sha256);
    archive.database().write([&](Connection& connection) {
      connection.execute("UPDATE damaged_object SET repaired_at = ? WHERE sha256 = ?", {now_utc(), sha256});
      archive.record(connection, {actor, "object.repaired", sha256, ""});
    });
    forget_set_aside(objects, sha256);
    report.repaired.push_back(sha256);
  }
  return report;
}

void forget_set_aside(const fs::path& objects, const std::string& sha256) {
  const fs::path aside = set_aside_path(objects, sha256);
  if (fs::remove(aside)) sync_directory(aside.parent_path());
}

}  // namespace eakte::archive

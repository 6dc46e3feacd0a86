#include <fmt/format.h>

#include <map>

#include "archive/audit_head.h"
#include "archive/evidence/kept_records.h"
#include "archive/evidence_keeping.h"
#include "archive/hash_tree.h"
#include "archive/time_stamp.h"

namespace eakte::archive {
namespace {

/// A record that holds, on its way to be renewed.
struct Renewed {
  KeptRecord kept;
  EvidenceRecord record;
  std::size_t group = 0;  ///< of the new tree
};

std::vector<KeptRecord> all_records(const Archive& archive) {
  std::vector<KeptRecord> records;
  archive.database().read([&](Connection& connection) { records = kept_records(connection); });
  return records;
}

std::string verdict_of(const Archive& archive, const KeptRecord& kept, const EvidenceRecord& record,
                       const std::string& trusted_pem) {
  const EvidenceVerdict verdict =
      verify_evidence(record, proven_by(archive, kept), trusted_pem, Joining::as_they_stand);
  return verdict.errors.empty() ? "" : fmt::format("{}: {}", kept.name(), verdict.errors.front());
}

/// The records that hold; what is wrong with the others goes into the report.
std::vector<Renewed> sound_records(const Archive& archive, const std::string& trusted_pem,
                                   RenewalReport& report) {
  std::vector<Renewed> sound;
  for (KeptRecord& kept : all_records(archive)) {
    try {
      EvidenceRecord record = decode_evidence_record(archive.objects().read(kept.record_sha256));
      std::string wrong = verdict_of(archive, kept, record, trusted_pem);
      if (wrong.empty()) {
        sound.push_back({std::move(kept), std::move(record), 0});
      } else {
        report.problems.push_back(std::move(wrong));
      }
    } catch (const Error& error) {
      report.problems.push_back(fmt::format("{}: {}", kept.name(), error.what()));
    }
  }
  return sound;
}

/// Stores the renewed records and lets the catalogue name them, all in one commit. One that somebody replaced
/// or destroyed meanwhile stays as it is.
void keep(Archive& archive, std::vector<Renewed>& renewals, const char* action, std::string_view detail,
          const std::string& actor) {
  std::vector<StoredObject> stored;
  for (const Renewed& one : renewals) stored.push_back(archive.objects().put(encode(one.record)));
  archive.database().write([&](Connection& connection) {
    const std::string now = now_utc();
    for (std::size_t i = 0; i < renewals.size(); ++i) {
      const KeptRecord& kept = renewals[i].kept;
      const Value size = static_cast<std::int64_t>(stored[i].size);
      if (kept.document.empty()) {
        connection.execute(
            fmt::format(
                "UPDATE {} SET record_sha256 = ?, record_size = ?, renewed_at = ? WHERE record_sha256 "
                "= ?",
                kept.chain == 0 ? "evidence_day" : "imported_evidence_day"),
            {stored[i].sha256, size, now, kept.record_sha256});
      } else {
        connection.execute(
            "UPDATE evidence SET record_sha256 = ?, record_size = ?, renewed_at = ? WHERE document = ? AND "
            "manifest_sha256 = ? AND record_sha256 = ?",
            {stored[i].sha256, size, now, kept.document, kept.manifest_sha256, kept.record_sha256});
      }
    }
    archive.record(connection, {actor, action, archive.tenant(),
                                fmt::format(R"({{"records":{}{}}})", renewals.size(), detail)});
  });
}

DigestAlgorithm algorithm_of_chain(const EvidenceRecord& record) {
  const ArchiveTimeStamp& stamp = record.chains.back().back();
  return stamp.algorithm ? *stamp.algorithm : read_time_stamp(stamp.token).algorithm;
}

}  // namespace

RenewalReport renew_time_stamps(Archive& archive, const StampingAuthority& authority,
                                const std::string& actor) {
  RenewalReport report;
  std::vector<Renewed> all = sound_records(archive, authority.trusted_pem, report);
  // The records of a day share their time stamp, so the new tree has one group for each day and digest.
  std::map<DigestAlgorithm, std::vector<Renewed*>> by_algorithm;
  for (Renewed& one : all) by_algorithm[algorithm_of_chain(one.record)].push_back(&one);
  for (auto& [algorithm, records] : by_algorithm) {
    std::vector<std::vector<std::string>> groups;
    std::map<std::string, std::size_t> places;
    for (Renewed* one : records) {
      const std::string covered = to_renew(one->record);
      const auto [place, is_new] = places.emplace(covered, groups.size());
      if (is_new) groups.push_back({covered});
      one->group = place->second;
    }
    const HashTree tree(algorithm, groups);
    const std::string token = stamped(tree.root(), algorithm, authority);
    for (Renewed* one : records)
      one->record = renewed(std::move(one->record), {algorithm, tree.reduced(one->group), token});
  }
  report.records = std::ssize(all);
  if (!all.empty()) keep(archive, all, "evidence.time_stamps_renewed", "", actor);
  return report;
}

RenewalReport renew_hash_trees(Archive& archive, DigestAlgorithm algorithm,
                               const StampingAuthority& authority, const std::string& actor) {
  RenewalReport report;
  std::vector<Renewed> all = sound_records(archive, authority.trusted_pem, report);
  if (all.empty()) return report;
  std::vector<std::vector<std::string>> groups;
  for (Renewed& one : all) {
    std::vector<std::string>& group = groups.emplace_back();
    for (const ProvenObject& object : proven_by(archive, one.kept))
      group.push_back(to_rehash(one.record, algorithm, object.digest(algorithm)));
    one.group = groups.size() - 1;
  }
  const HashTree tree(algorithm, groups);
  const std::string token = stamped(tree.root(), algorithm, authority);
  for (Renewed& one : all)
    one.record = rehashed(std::move(one.record), algorithm, {algorithm, tree.reduced(one.group), token});
  report.records = std::ssize(all);
  keep(archive, all, "evidence.hash_trees_renewed", fmt::format(R"(,"digest":"{}")", name_of(algorithm)),
       actor);
  return report;
}

std::vector<std::string> verify_kept_evidence(const Archive& archive, const std::string& trusted_pem) {
  std::vector<std::string> problems;
  for (const KeptRecord& kept : all_records(archive)) {
    try {
      const EvidenceRecord record = decode_evidence_record(archive.objects().read(kept.record_sha256));
      std::string wrong = verdict_of(archive, kept, record, trusted_pem);
      if (!wrong.empty()) problems.push_back("evidence of " + wrong);
      if (!kept.document.empty()) continue;
      const AuditHead head = audit_head_from(kept.audit_head);
      for (std::string& problem : kept.chain == 0 ? verify_audit_head(archive, head)
                                                  : verify_imported_head(archive, kept.chain, head))
        problems.push_back(std::move(problem));
    } catch (const Error& error) {
      problems.push_back(fmt::format("evidence of {}: {}", kept.name(), error.what()));
    }
  }
  for (const Row& row : archive.database().query(R"(
         SELECT document.id, document.manifest_sha256 FROM document
         WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.document = document.id
                           AND evidence.manifest_sha256 = document.manifest_sha256)
           AND (SELECT max(sequence) FROM audit_trail WHERE subject = document.id
                AND instr(detail, document.manifest_sha256) > 0)
               <= (SELECT max(last_sequence) FROM evidence_day))")) {
    problems.push_back(
        fmt::format("document {}: it has no evidence although that of its day was made", row.text("id")));
  }
  return problems;
}

}  // namespace eakte::archive

#include "archive/evidence_verification.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "archive/time_stamp.h"

namespace eakte::archive {
namespace {

/// A digest that a time stamp must cover, in each of the forms that are accepted.
struct Covered {
  std::string name;
  std::vector<std::string> forms;
};

std::string joined_digest(DigestAlgorithm algorithm, std::string first, std::string second, bool sorted) {
  if (sorted && second < first) std::swap(first, second);
  return digest(algorithm, first + second);
}

class Verification {
public:
  Verification(const EvidenceRecord& record, const std::vector<ProvenObject>& objects,
               const std::string& trusted_pem, Joining joining)
      : record_(record), objects_(objects), trusted_pem_(trusted_pem), joining_(joining) {}

  EvidenceVerdict run() {
    if (record_.version != 1) error("Der Beweisdatensatz hat die Version {} statt 1.", record_.version);
    if (record_.has_crypto_infos) warn("Der Beweisdatensatz enthält Angaben zu einer Verschlüsselung.");
    for (std::size_t chain = 0; chain < record_.chains.size(); ++chain)
      for (std::size_t stamp = 0; stamp < record_.chains[chain].size(); ++stamp) judge(chain, stamp);
    return std::move(verdict_);
  }

private:
  template <typename... Values>
  void error(fmt::format_string<Values...> sentence, Values&&... values) {
    verdict_.errors.push_back(fmt::format(sentence, std::forward<Values>(values)...));
  }
  void warn(const std::string& sentence) { verdict_.warnings.push_back(sentence); }

  void judge(std::size_t chain, std::size_t position) {
    const ArchiveTimeStamp& stamp = record_.chains[chain][position];
    const std::string place = fmt::format("Zeitstempel {} der Kette {}", position + 1, chain + 1);
    TimeStamp read;
    try {
      read = read_time_stamp(stamp.token);
      const TimeStampFindings findings = verify_time_stamp(stamp.token, trusted_pem_);
      for (const std::string& finding : findings.errors) error("{}: {}", place, finding);
      for (const std::string& finding : findings.warnings) warn(fmt::format("{}: {}", place, finding));
    } catch (const Error& failed) {
      return error("{}: nicht lesbar ({}).", place, failed.what());
    }
    judge_order(chain, position, read, place);
    const DigestAlgorithm algorithm = stamp.algorithm.value_or(read.algorithm);
    if (algorithm != read.algorithm)
      error("{}: Hashbaum und Zeitstempel verwenden verschiedene Hashverfahren.", place);
    judge_coverage(stamp, read, algorithm, covered_by(chain, position, algorithm), place);
  }

  void judge_order(std::size_t chain, std::size_t position, const TimeStamp& read, const std::string& place) {
    if (verdict_.proven_since.empty()) verdict_.proven_since = read.time;
    if (read.time < last_time_) error("{}: Er ist älter als der vorige.", place);
    last_time_ = read.time;
    if (position == 0) {
      chain_algorithm_ = read.algorithm;
    } else if (read.algorithm != chain_algorithm_) {
      error("{}: Die Kette wechselt das Hashverfahren.", place);
    }
    if (std::ranges::find(record_.algorithms, read.algorithm) == record_.algorithms.end())
      warn(fmt::format("Das Hashverfahren {} der Kette {} steht nicht in der Liste.", name_of(read.algorithm),
                       chain + 1));
  }

  std::vector<Covered> covered_by(std::size_t chain, std::size_t position, DigestAlgorithm algorithm) const {
    if (position > 0)
      return {{"voriger Zeitstempel", {digest(algorithm, record_.chains[chain][position - 1].token)}}};
    std::vector<Covered> covered;
    const std::string earlier = chain == 0 ? "" : digest(algorithm, encode_chains(record_, chain));
    for (const ProvenObject& object : objects_) {
      const std::string own = object.digest(algorithm);
      Covered& one = covered.emplace_back(Covered{object.name, {}});
      if (chain == 0) one.forms.push_back(own);
      if (chain > 0 && joining_ != Joining::sorted)
        one.forms.push_back(joined_digest(algorithm, own, earlier, false));
      if (chain > 0 && joining_ != Joining::as_they_stand)
        one.forms.push_back(joined_digest(algorithm, own, earlier, true));
    }
    return covered;
  }

  void judge_coverage(const ArchiveTimeStamp& stamp, const TimeStamp& read, DigestAlgorithm algorithm,
                      const std::vector<Covered>& covered, const std::string& place) {
    std::multiset<std::string> first;
    if (stamp.tree.empty()) {
      first.insert(read.imprint);
    } else {
      first.insert(stamp.tree.front().begin(), stamp.tree.front().end());
      judge_root(stamp, read, algorithm, place);
    }
    for (const Covered& one : covered) {
      const auto found =
          std::ranges::find_if(one.forms, [&](const std::string& form) { return first.contains(form); });
      if (found == one.forms.end()) {
        error("{}: Er deckt nicht ab: {}.", place, one.name);
      } else {
        first.erase(first.find(*found));
      }
    }
    if (!covered.empty() && !first.empty())
      warn(fmt::format("{}: Er deckt {} weitere Hashwerte ab.", place, first.size()));
  }

  void judge_root(const ArchiveTimeStamp& stamp, const TimeStamp& read, DigestAlgorithm algorithm,
                  const std::string& place) {
    const std::string root = root_of(stamp.tree, algorithm);
    if (root == read.imprint) return;
    const bool single = stamp.tree.size() == 1 && stamp.tree.front().size() == 1;
    if (single && digest(algorithm, root) == read.imprint) {
      warn(fmt::format("{}: Der einzelne Hashwert ist noch einmal gehasht.", place));
    } else {
      error("{}: Der Hashbaum führt nicht zum Zeitstempel.", place);
    }
  }

  const EvidenceRecord& record_;
  const std::vector<ProvenObject>& objects_;
  const std::string& trusted_pem_;
  Joining joining_;
  EvidenceVerdict verdict_;
  std::string last_time_;
  DigestAlgorithm chain_algorithm_ = DigestAlgorithm::sha256;
};

DigestAlgorithm algorithm_of(const ArchiveTimeStamp& stamp) {
  return stamp.algorithm ? *stamp.algorithm : read_time_stamp(stamp.token).algorithm;
}

}  // namespace

EvidenceVerdict verify_evidence(const EvidenceRecord& record, const std::vector<ProvenObject>& objects,
                                const std::string& trusted_pem, Joining joining) {
  return Verification(record, objects, trusted_pem, joining).run();
}

std::string to_renew(const EvidenceRecord& record) {
  const ArchiveTimeStamp& last = record.chains.back().back();
  return digest(algorithm_of(last), last.token);
}

std::string to_rehash(const EvidenceRecord& record, DigestAlgorithm algorithm,
                      const std::string& object_digest) {
  return joined_digest(algorithm, object_digest,
                       digest(algorithm, encode_chains(record, record.chains.size())), false);
}

EvidenceRecord renewed(EvidenceRecord record, ArchiveTimeStamp stamp) {
  record.chains.back().push_back(std::move(stamp));
  record.encoded.resize(std::min(record.encoded.size(), record.chains.size() - 1));
  return record;
}

EvidenceRecord rehashed(EvidenceRecord record, DigestAlgorithm algorithm, ArchiveTimeStamp stamp) {
  if (std::ranges::find(record.algorithms, algorithm) == record.algorithms.end())
    record.algorithms.push_back(algorithm);
  record.chains.push_back({std::move(stamp)});
  return record;
}

}  // namespace eakte::archive

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "archive/evidence_verification.h"
#include "archive/hash_tree.h"
#include "archive/time_stamp.h"
#include "evidence/time_stamp_authority.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

using eakte::testing::TemporaryDirectory;

const std::string nonce = "12345678";

std::string file(const std::string& name) {
  std::ostringstream content;
  content << std::ifstream(std::string(EAKTE_SHARED "/data/tresor/") + name, std::ios::binary).rdbuf();
  std::string bytes = content.str();
  if (!name.ends_with("b64")) return bytes;
  std::erase_if(bytes, [](char letter) { return letter == '\n' || letter == '\r' || letter == ' '; });
  std::string decoded(bytes.size(), '\0');
  const int size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(decoded.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  const auto padding = static_cast<std::size_t>(std::count(bytes.end() - 2, bytes.end(), '='));
  decoded.resize(static_cast<std::size_t>(std::max(size, 0)) - padding);
  return decoded;
}

bool shared_is_there() { return std::filesystem::exists(EAKTE_SHARED "/data/tresor/xaip/xaip_ok.ers"); }

ProvenObject object(const std::string& content) {
  return {content, [content](DigestAlgorithm algorithm) { return digest(algorithm, content); }};
}

std::string all(const std::vector<std::string>& sentences) {
  std::string joined;
  for (const std::string& sentence : sentences) joined += sentence + "\n";
  return joined;
}

struct KnownAnswer {
  const char* name;
  std::vector<std::vector<std::size_t>> lists;  ///< sizes of the lists of each time stamp
  const char* error;                            ///< part of the expected error; empty: it holds
  const char* warning;
};

class KnownRecords : public ::testing::TestWithParam<KnownAnswer> {};

TEST_P(KnownRecords, ComeOutAsStated) {
  if (!shared_is_there()) GTEST_SKIP() << "no ../shared/data/tresor";
  const KnownAnswer& known = GetParam();
  const EvidenceRecord record = decode_evidence_record(file(known.name));
  std::vector<std::vector<std::size_t>> lists;
  for (const auto& chain : record.chains) {
    for (const auto& stamp : chain) {
      std::vector<std::size_t>& sizes = lists.emplace_back();
      for (const auto& list : stamp.tree) sizes.push_back(list.size());
    }
  }
  EXPECT_EQ(lists, known.lists);
  const EvidenceVerdict verdict = verify_evidence(record, {}, "");
  if (*known.error == '\0') {
    EXPECT_EQ(all(verdict.errors), "");
  } else {
    EXPECT_NE(all(verdict.errors).find(known.error), std::string::npos) << all(verdict.errors);
  }
  if (*known.warning == '\0') {
    EXPECT_EQ(all(verdict.warnings), "");
  } else {
    EXPECT_NE(all(verdict.warnings).find(known.warning), std::string::npos) << all(verdict.warnings);
  }
  EXPECT_TRUE(decode_evidence_record(encode(record)).encoded == record.encoded) << "written as it was read";
}

INSTANTIATE_TEST_SUITE_P(
    TrEsor, KnownRecords,
    ::testing::Values(
        KnownAnswer{"xaip/xaip_ok.ers", {{4}}, "", ""},
        KnownAnswer{"xaip/xaip_ok_qualified.ers", {{4}}, "", "nur mit SHA-1"},
        KnownAnswer{"xaip/xaip_ok_qualified_dtrust.ers", {{4}}, "", ""},
        KnownAnswer{"xaip/xaip_ok.rehashed.ers.b64", {{4}, {1}, {4}}, "", ""},
        KnownAnswer{"xaip/xaip_ok_ers_resigned.b64", {{4}, {1}, {4}}, "", ""},
        KnownAnswer{"xaip/xaip_ok_sig_ok.ers.b64", {{7, 3}}, "", ""},
        KnownAnswer{"xaip/xaip_xml_meta.ers", {{4}}, "", ""},
        KnownAnswer{"bin/ATS1_BIN_ER.ers.b64", {{1998, 63}}, "", ""},
        KnownAnswer{"bin/ER_SHA256-DGN_XAIP_OK_SC1.ers", {{}}, "", "nur mit SHA-1"},
        KnownAnswer{"bin/ER_DOUBLE_HASHED_FOR_TXT_DATA.ers", {{1}}, "", "noch einmal gehasht"},
        KnownAnswer{"bin/basis_ers.b64", {{1}}, "", ""},
        KnownAnswer{
            "xaip/xaip_nok.ers.b64", {{3, 1}}, "Der Hashbaum führt nicht zum Zeitstempel", "nur mit SHA-1"},
        KnownAnswer{"bin/er_nok_wrong_version.er.b64", {{3, 1}}, "Version 0 statt 1", "nur mit SHA-1"},
        KnownAnswer{"bin/example_wrong_cms_version.ers.b64", {{1}}, "CMS-Version 1", "nur mit SHA-1"}));

TEST(Evidence, OfAForeignRecordProvesItsDataAndNoOther) {
  if (!shared_is_there()) GTEST_SKIP() << "no ../shared/data/tresor";
  const EvidenceRecord record = decode_evidence_record(file("bin/ER_SHA256-DGN_XAIP_OK_SC1.ers"));
  const std::string data = file("bin/TXT_DATA.txt.b64");
  EXPECT_EQ(all(verify_evidence(record, {object(data)}, "").errors), "");
  EXPECT_NE(all(verify_evidence(record, {object(data + " ")}, "").errors), "");
}

TEST(HashTree, LeadsFromEveryGroupToItsRoot) {
  for (const std::size_t count : {1U, 2U, 3U, 4U, 5U, 8U, 13U, 100U}) {
    std::vector<std::vector<std::string>> groups;
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<std::string>& group = groups.emplace_back();
      for (std::size_t k = 0; k <= i % 3; ++k)
        group.push_back(digest(DigestAlgorithm::sha256, std::to_string(i * 10 + k)));
    }
    const HashTree tree(DigestAlgorithm::sha256, groups);
    for (std::size_t i = 0; i < count; ++i) {
      const ReducedHashTree path = tree.reduced(i);
      EXPECT_EQ(root_of(path, DigestAlgorithm::sha256), tree.root()) << i << " of " << count;
      EXPECT_EQ(path.front(), groups[i]);
    }
  }
}

TEST(HashTree, KeepsEqualDigests) {
  const std::string same = digest(DigestAlgorithm::sha256, "same");
  EXPECT_EQ(root_of({{same, same}}, DigestAlgorithm::sha256), digest(DigestAlgorithm::sha256, same + same));
}

class OwnEvidence : public ::testing::Test {
protected:
  void SetUp() override {
    if (!TimeStampAuthority::available()) GTEST_SKIP() << "no program openssl";
    authority_.emplace(directory_.path());
  }
  std::string stamped(DigestAlgorithm algorithm, const std::string& imprint) {
    const std::string answer = authority_->answer(time_stamp_request(algorithm, imprint, nonce));
    return token_of_response(answer, algorithm, imprint, nonce);
  }
  EvidenceVerdict verdict(const EvidenceRecord& record, const std::string& content) {
    return verify_evidence(record, {object(content)}, authority_->certificate(), Joining::as_they_stand);
  }
  /// Evidence for "zwei" out of a tree of three documents.
  EvidenceRecord first_record() {
    std::vector<std::vector<std::string>> groups;
    for (const char* content : {"eins", "zwei", "drei"})
      groups.push_back({digest(DigestAlgorithm::sha256, content)});
    const HashTree tree(DigestAlgorithm::sha256, groups);
    return {.algorithms = {DigestAlgorithm::sha256},
            .chains = {{{std::nullopt, tree.reduced(1), stamped(DigestAlgorithm::sha256, tree.root())}}}};
  }
  TemporaryDirectory directory_;
  std::optional<TimeStampAuthority> authority_;
};

TEST_F(OwnEvidence, ProvesADocumentOutOfATree) {
  const EvidenceRecord record = decode_evidence_record(encode(first_record()));
  const EvidenceVerdict holds = verdict(record, "zwei");
  EXPECT_EQ(all(holds.errors), "");
  EXPECT_EQ(all(holds.warnings), "");
  EXPECT_EQ(holds.proven_since.size(), 20U);
  EXPECT_NE(all(verdict(record, "eins").errors).find("deckt nicht ab"), std::string::npos);
}

TEST_F(OwnEvidence, StaysProvenAfterBothKindsOfRenewal) {
  EvidenceRecord record = first_record();
  record = renewed(record, {std::nullopt, {}, stamped(DigestAlgorithm::sha256, to_renew(record))});
  const std::string again =
      to_rehash(record, DigestAlgorithm::sha512, digest(DigestAlgorithm::sha512, "zwei"));
  const HashTree tree(DigestAlgorithm::sha512, {{again}, {digest(DigestAlgorithm::sha512, "x")}});
  record =
      rehashed(record, DigestAlgorithm::sha512,
               {DigestAlgorithm::sha512, tree.reduced(0), stamped(DigestAlgorithm::sha512, tree.root())});
  const EvidenceRecord read = decode_evidence_record(encode(record));
  EXPECT_EQ(all(verdict(read, "zwei").errors), "");
  EXPECT_NE(all(verdict(read, "drei").errors), "");
}

TEST_F(OwnEvidence, IsNotTrustedByAStranger) {
  TemporaryDirectory elsewhere;
  const TimeStampAuthority stranger(elsewhere.path());
  const EvidenceRecord record = first_record();
  const EvidenceVerdict verdict = verify_evidence(record, {object("zwei")}, stranger.certificate());
  EXPECT_NE(all(verdict.errors).find("nicht vertraut"), std::string::npos) << all(verdict.errors);
}

TEST_F(OwnEvidence, BreaksWithAnyChangedDigestOnThePathAndAnyChangedTime) {
  const EvidenceRecord record = first_record();
  const ReducedHashTree& tree = record.chains[0][0].tree;
  for (std::size_t list = 0; list < tree.size(); ++list) {
    EvidenceRecord changed = record;
    changed.chains[0][0].tree[list][0][7] ^= 1;
    EXPECT_FALSE(verdict(changed, "zwei").errors.empty()) << "list " << list;
  }
  EvidenceRecord later = record;
  std::string& token = later.chains[0][0].token;
  const std::size_t place = token.find("20", token.find("\x18\x0f")) + 3;
  token[place] = token[place] == '9' ? '8' : '9';
  EXPECT_NE(all(verdict(later, "zwei").errors).find("Signatur"), std::string::npos);
}

TEST_F(OwnEvidence, OfForeignTimeStampsWithoutATrustedRootDoesNotHold) {
  if (!shared_is_there()) GTEST_SKIP() << "no ../shared/data/tresor";
  // Its trees and signatures are right; its authorities are what makes it invalid.
  const EvidenceRecord record = decode_evidence_record(file("bin/example_invalidTSPs.ers.b64"));
  const EvidenceVerdict verdict = verify_evidence(record, {}, authority_->certificate());
  EXPECT_EQ(verdict.errors.size(), 4U) << all(verdict.errors);
  EXPECT_NE(all(verdict.errors).find("nicht vertraut"), std::string::npos);
}

TEST_F(OwnEvidence, TakesOnlyTheAnswerToItsOwnRequest) {
  const std::string imprint = digest(DigestAlgorithm::sha256, "eins");
  const std::string answer = authority_->answer(time_stamp_request(DigestAlgorithm::sha256, imprint, nonce));
  EXPECT_THROW(token_of_response(answer, DigestAlgorithm::sha256, imprint, "87654321"), Error);
  EXPECT_THROW(
      token_of_response(answer, DigestAlgorithm::sha256, digest(DigestAlgorithm::sha256, "zwei"), nonce),
      Error);
  EXPECT_THROW(token_of_response("0\x03\x02\x01\x02", DigestAlgorithm::sha256, imprint, nonce), Error);
}

TEST(EvidenceRecordDecoding, RefusesWhatIsCutOffAnywhere) {
  EvidenceRecord record{.algorithms = {DigestAlgorithm::sha256}, .chains = {{{std::nullopt, {{"a"}}, "0"}}}};
  const std::string bytes = encode(record);
  for (std::size_t size = 0; size <= bytes.size(); ++size)
    EXPECT_THROW(decode_evidence_record(bytes.substr(0, size)), Error) << size;
}

}  // namespace
}  // namespace eakte::archive

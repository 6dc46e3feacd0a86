#include "archive/installation_key.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "archive/error.h"
#include "archive/time_stamp.h"
#include "evidence/any_signer.h"
#include "evidence/time_stamp_authority.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;
using eakte::testing::TemporaryDirectory;

TEST(InstallationKey, IsMadeOnceForItsOwnerOnly) {
  const TemporaryDirectory data;
  const std::string first = InstallationKey::of(data.path()).certificate();
  EXPECT_EQ(InstallationKey::of(data.path()).certificate(), first);
  EXPECT_EQ(fs::status(data.path() / "installation.key").permissions(), fs::perms(0600));
  EXPECT_EQ(testing::file_content(data.path() / "installation.crt"), first);
  EXPECT_EQ(first.find("PRIVATE"), std::string::npos);
}

TEST(InstallationKey, IsOneForAllWhoMakeItAtOnce) {
  const TemporaryDirectory data;
  std::vector<std::string> certificates(4);
  {
    std::vector<std::jthread> threads;
    for (std::string& certificate : certificates)
      threads.emplace_back([&] { certificate = InstallationKey::of(data.path()).certificate(); });
  }
  for (const std::string& certificate : certificates) EXPECT_EQ(certificate, certificates[0]);
  EXPECT_EQ(std::distance(fs::directory_iterator(data.path()), fs::directory_iterator()), 2);
}

TEST(InstallationKey, SaysWhenItsFileHoldsNoKey) {
  const TemporaryDirectory data;
  std::ofstream(data.path() / "installation.key") << "nothing";
  EXPECT_THROW(InstallationKey::of(data.path()), Error);
}

/// A signer may put anything in the place of the time.
TEST(Seal, HasATimeOrIsNotReadable) {
  const AnySigner signer;
  using namespace std::string_literals;
  const auto errors_with = [&](const std::string& time) {
    return verify_signed_message(signer.signed_at("Stand", time), signer.certificate()).errors;
  };
  EXPECT_TRUE(errors_with("\x17\x0d"s
                          "261122101530Z")
                  .empty());  // UTCTime
  EXPECT_TRUE(errors_with("\x18\x0f"s
                          "20561122101530Z")
                  .empty());                                             // GeneralizedTime
  for (const std::string& other : {"\x01\x01\xff"s,                      // BOOLEAN
                                   "\x05\x00"s,                          // NULL
                                   "\x06\x03\x55\x04\x03"s,              // OBJECT IDENTIFIER
                                   "\x04\x0d"s + "261122101530Z",        // OCTET STRING
                                   "\x30\x00"s, "\x17\x03"s + "abc"}) {  // SEQUENCE, no time
    const std::vector<std::string> errors = errors_with(other);
    ASSERT_EQ(errors.size(), 1U) << ::testing::PrintToString(other);
    EXPECT_NE(errors[0].find("nicht lesbar"), std::string::npos) << errors[0];
  }
}

TEST(Seal, HoldsForWhatWasSealedAndForNothingElse) {
  const TemporaryDirectory data;
  const InstallationKey key = InstallationKey::of(data.path());
  const std::string seal = key.seal("Vermerk");
  const SealVerdict good = verify_seal(seal, "Vermerk", key.certificate());
  EXPECT_TRUE(good.errors.empty()) << good.errors.at(0);
  EXPECT_EQ(good.signed_at.size(), 20U);
  EXPECT_FALSE(verify_seal(seal, "Vermerk.", key.certificate()).errors.empty());
  // The signature stands at the end.
  for (std::size_t place = seal.size() - 60; place < seal.size(); place += 7) {
    std::string changed = seal;
    changed[place] = static_cast<char>(changed[place] ^ 0x40);
    EXPECT_FALSE(verify_seal(changed, "Vermerk", key.certificate()).errors.empty()) << place;
  }
  const TemporaryDirectory elsewhere;
  const SealVerdict foreign =
      verify_seal(seal, "Vermerk", InstallationKey::of(elsewhere.path()).certificate());
  ASSERT_EQ(foreign.errors.size(), 1U);
  EXPECT_NE(foreign.errors[0].find("keiner Installation"), std::string::npos);
}

TEST(Seal, OfAMessageGivesItsContentBack) {
  const TemporaryDirectory data;
  const InstallationKey key = InstallationKey::of(data.path());
  const std::string pem = cms_pem(key.signed_message("17 Einträge\n"));
  EXPECT_TRUE(pem.starts_with("-----BEGIN CMS-----\n"));
  const SealVerdict verdict = verify_signed_message(cms_from_pem(pem), key.certificate());
  EXPECT_TRUE(verdict.errors.empty());
  EXPECT_EQ(verdict.content, "17 Einträge\n");
  EXPECT_FALSE(verify_signed_message("no message", key.certificate()).errors.empty());
  EXPECT_THROW(cms_from_pem("-----BEGIN CMS-----\nnone\n"), Error);
}

TEST(Seal, CarriesATimeStamp) {
  if (!TimeStampAuthority::available()) GTEST_SKIP() << "no program openssl";
  const TemporaryDirectory data;
  const TemporaryDirectory files;
  const TimeStampAuthority authority(files.path());
  const InstallationKey key = InstallationKey::of(data.path());
  const auto token_for = [&](const std::string& message) {
    const std::string imprint = to_stamp(message);
    return token_of_response(
        authority.answer(time_stamp_request(DigestAlgorithm::sha256, imprint, "12345678")),
        DigestAlgorithm::sha256, imprint, "12345678");
  };
  const std::string message = key.signed_message("Stand");
  const SealVerdict verdict = verify_signed_message(with_time_stamp(message, token_for(message)),
                                                    key.certificate(), authority.certificate());
  EXPECT_TRUE(verdict.errors.empty()) << verdict.errors.at(0);
  EXPECT_EQ(verdict.stamped_at.size(), 20U);
  EXPECT_EQ(verdict.content, "Stand");

  const std::string other = token_for(key.signed_message("anderer"));
  const SealVerdict wrong =
      verify_signed_message(with_time_stamp(message, other), key.certificate(), authority.certificate());
  ASSERT_FALSE(wrong.errors.empty());
  EXPECT_NE(wrong.errors[0].find("gehört nicht"), std::string::npos);
}

}  // namespace
}  // namespace eakte::archive

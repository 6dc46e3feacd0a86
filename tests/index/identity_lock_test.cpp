#include "index/identity_lock.h"

#include <gtest/gtest.h>

namespace eakte::index {
namespace {

// The specimens of ICAO 9303.
constexpr std::string_view passport =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
constexpr std::string_view card =
    "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";

bool has_ink(std::string_view text) { return text.find_first_not_of(" \n\f") != std::string_view::npos; }

TEST(IdentityLock, TakesOutMachineReadableZones) {
  EXPECT_FALSE(has_ink(without_identity_numbers(passport, {})));
  EXPECT_FALSE(has_ink(without_identity_numbers(card, {})));
}

TEST(IdentityLock, KeepsTheLinesAroundAZoneAndTheOffsets) {
  const std::string text = "Reisepass\n" + std::string(passport) + "\nAntrag vom 3. Mai";
  const std::string open = without_identity_numbers(text, {});
  EXPECT_EQ(open.size(), text.size());
  EXPECT_TRUE(open.starts_with("Reisepass\n"));
  EXPECT_TRUE(open.ends_with("\nAntrag vom 3. Mai"));
  EXPECT_EQ(open.find("ERIKSSON"), std::string::npos);
}

TEST(IdentityLock, SeesZonesThatWereReadWithBlanksAndGuillemets) {
  EXPECT_FALSE(has_ink(without_identity_numbers("I<UTOD2314 58907<<<<<<<<< <<<<<<", {})));
  EXPECT_FALSE(has_ink(without_identity_numbers("P<UTOERIKSSON««ANNA<MARIA«««««««««<", {})));
}

TEST(IdentityLock, RecognisesAZoneWithoutFillersByItsCheckDigits) {
  EXPECT_FALSE(has_ink(without_identity_numbers("L898902C36UTO7408122F1204159ZE184226BABCDE10", {})));
  const std::string other = "L898902C30UTO7408120F1204150ZE184226BABCDE10";
  EXPECT_EQ(without_identity_numbers(other, {}), other);
}

TEST(IdentityLock, LeavesOrdinaryTextAlone) {
  for (const std::string text : {"GEWERBESTEUERBESCHEID 2024", "IBAN DE89 3704 0044 0532 0130 00",
                                 "if a << b", "<<Name>> <<Ort>>", "KASSENZEICHEN 5012345678901234567890"}) {
    EXPECT_EQ(without_identity_numbers(text, {"mrz"}), text);
  }
}

TEST(IdentityLock, TakesOutSerialNumbersOnlyWhereTheFilePlanLocksThem) {
  const std::string text = "Ausweis Nr. LZ6311T47, Frau Beispiel";
  EXPECT_EQ(without_identity_numbers(text, {}), text);
  EXPECT_EQ(without_identity_numbers(text, {"seriennummer"}), "Ausweis Nr.          , Frau Beispiel");
  EXPECT_EQ(without_identity_numbers("T220001293", {"seriennummer"}), "          ");
  EXPECT_EQ(without_identity_numbers("T220001290", {"seriennummer"}), "T220001290");
  EXPECT_EQ(without_identity_numbers("Gebäude 123456789", {"seriennummer"}), "Gebäude 123456789");
}

}  // namespace
}  // namespace eakte::index

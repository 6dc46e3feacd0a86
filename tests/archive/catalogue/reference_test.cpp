#include "archive/catalogue/reference.h"

#include <gtest/gtest.h>

namespace eakte::archive {
namespace {

TEST(Reference, IsComparedWithoutBlanksCaseAndKindOfDash) {
  const std::string key = reference_key("32.1-mü/2026");
  for (const char* written : {"32.1-MÜ/2026", "32.1 - Mü / 2026", " 32.1 – mü/2026\n",
                              "32.1\u00a0\u2011\u202fMÜ/2026", "32.1\t\u2212 Mü/20\u00ad26"}) {
    EXPECT_EQ(reference_key(written), key) << written;
  }
  EXPECT_NE(reference_key("32.1-mu/2026"), key);
  EXPECT_NE(reference_key("321-mü/2026"), key);
  EXPECT_EQ(reference_key(" \t"), "");
}

}  // namespace
}  // namespace eakte::archive

#include <gtest/gtest.h>

#include "ingest/intake_queue.h"

namespace eakte::ingest {
namespace {

TEST(Displayable, KeepsUtf8AndReadsTheRestAsWindows1252) {
  const std::pair<std::string, std::string> cases[] = {
      {"Grüße.tif", "Grüße.tif"},
      {"gr\xfc\xdf"
       "e.tif",
       "grüße.tif"},
      {"10 \x80.pdf", "10 €.pdf"},
      {"", ""},
      {"a\nb",
       "a\xEF\xBF\xBD"
       "b"},
      {"ein\xE2\x80\xAE"
       "fdp.exe",
       "ein\xEF\xBF\xBD"
       "fdp.exe"},
      {"\xC0\xAF", "À¯"},              // an overlong slash is no UTF-8
      {"\xED\xA0\x80", "í\xC2\xA0€"},  // nor is a surrogate
      {"\xF0\x9F\x93\x84", "\xF0\x9F\x93\x84"},
  };
  for (const auto& [given, shown] : cases) EXPECT_EQ(displayable(given), shown);
}

}  // namespace
}  // namespace eakte::ingest

#include "api/http/disposition.h"

#include <gtest/gtest.h>

namespace eakte::api {
namespace {

TEST(Disposition, ReadsFileNamesInEveryFormSendersUse) {
  struct Row {
    const char* header;
    std::optional<std::string> name;
  };
  const Row rows[] = {
      {"form-data; name=\"f\"; filename=\"Brief.tif\"", "Brief.tif"},
      {"form-data; name=f; filename=Brief.tif", "Brief.tif"},
      {"form-data; filename=\"C:\\post\\Brief.tif\"", "C:\\post\\Brief.tif"},
      {"form-data; filename=\"a\\\"b\"", "a\"b"},
      {"form-data; filename=\"a%22b%0D%0Ac%41\"", "a\"b\r\nc%41"},
      {"attachment; filename=\"x\"; filename*=UTF-8''M%C3%BCller%20%26.pdf", "Müller &.pdf"},
      {"attachment; filename*=iso-8859-1'de'M%FCller.pdf", "Müller.pdf"},
      {"attachment; filename=\"x\"; filename*=utf-16''abc", "x"},
      {"attachment; filename=\"x\"; filename*=UTF-8''%zz", "x"},
      {"form-data; name=\"f\"", std::nullopt},
      {"form-data; filename=\"\"", ""},
  };
  for (const Row& row : rows) {
    const auto parsed = parameterised(row.header);
    ASSERT_TRUE(parsed) << row.header;
    EXPECT_EQ(file_name_of(*parsed), row.name) << row.header;
  }
}

TEST(Disposition, RefusesMalformedValues) {
  for (const char* header : {"", " ", "form-data name=x", "form-data; name", "form-data; =x",
                             "form-data; name=\"x", "form-data; a=1; a=2", "form-data; name=x y"}) {
    EXPECT_FALSE(parameterised(header)) << header;
  }
}

TEST(Disposition, WritesANameThatCannotLeaveItsQuotes) {
  EXPECT_EQ(content_disposition(Disposition::attachment, "Brief \"an\" Müller/..\r\n.tif"),
            "attachment; filename=\"Brief _an_ M_ller_..__.tif\"; "
            "filename*=UTF-8''Brief%20%22an%22%20M%C3%BCller%2F..%0D%0A.tif");
  EXPECT_EQ(content_disposition(Disposition::inline_view, ".."),
            "inline; filename=\"Dokument\"; filename*=UTF-8''..");
  EXPECT_EQ(content_disposition(Disposition::attachment, ""),
            "attachment; filename=\"Dokument\"; filename*=UTF-8''Dokument");
}

}  // namespace
}  // namespace eakte::api

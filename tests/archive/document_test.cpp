#include "archive/document.h"

#include <gtest/gtest.h>

namespace eakte::archive {
namespace {

TEST(Document, RolesAndTheirNamesAgree) {
  for (const RenditionRole role :
       {RenditionRole::original, RenditionRole::pdfa, RenditionRole::text, RenditionRole::words}) {
    EXPECT_EQ(rendition_role_from(name_of(role)), role);
  }
  EXPECT_FALSE(rendition_role_from("thumbnail"));
  EXPECT_EQ(name_of(DocumentState::filed), "filed");
  EXPECT_EQ(name_of(DocumentState::review), "review");
}

}  // namespace
}  // namespace eakte::archive

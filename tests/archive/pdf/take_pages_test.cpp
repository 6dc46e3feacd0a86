#include <gtest/gtest.h>

#include "archive/error.h"
#include "archive/pdfa.h"
#include "tests/archive/pdf_samples.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

using testing::OpenFile;

TEST(TakePages, OfWhatIsNoPdfThrowsError) {
  const testing::TemporaryDirectory directory;
  const OpenFile target(directory.path() / "target.pdf", "");
  int number = 0;
  for (const std::string bytes : {"", "no PDF", "trailer<</Length 9223372036854775807>>stream\n"}) {
    const OpenFile file(directory.path() / std::to_string(++number), bytes);
    EXPECT_THROW(take_pages(file.descriptor(), target.descriptor(), {1}), Error) << bytes;
    EXPECT_FALSE(keep_pdfa(file.descriptor(), target.descriptor(), {1})) << bytes;
    EXPECT_EQ(make_pdfa_from_pdf(file.descriptor(), target.descriptor(), {}, {}).way,
              ArchivedPdf::Way::refused)
        << bytes;
  }
}

}  // namespace
}  // namespace eakte::archive

#include "archive/pdf/page_view.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/archive/pdf_samples.h"

namespace eakte::archive {
namespace {

using testing::plain_pdf;
using testing::stream_object;

/// A page that shows a form ten times, which shows another ten times, and so on.
PageView view_of_nested(int levels) {
  std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>",
                                   "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
                                   "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 360 720 ] /Contents 4 0 R "
                                   "/Resources << /XObject << /X 5 0 R "
                                   ">> >> >>",
                                   stream_object("", "/X Do")};
  for (int level = 1; level <= levels; ++level) {
    std::string content;
    for (int i = 0; i < 10; ++i) content += "/X Do ";
    objects.push_back(stream_object(
        fmt::format("/Type /XObject /Subtype /Form /BBox [ 0 0 360 720 ] /Resources << {} >>",
                    level < levels ? fmt::format("/XObject << /X {} 0 R >>", level + 5) : std::string()),
        level < levels ? content : "0 0 m"));
  }
  const std::string bytes = plain_pdf(objects);
  QPDF pdf;
  pdf.processMemoryFile("nested", bytes.data(), bytes.size());
  return view_page(pdf.getAllPages().at(0));
}

TEST(PageViews, OfFormsWithinFormsEnd) {
  EXPECT_TRUE(view_of_nested(4).is_complete);
  EXPECT_FALSE(view_of_nested(7).is_complete);
}

}  // namespace
}  // namespace eakte::archive

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "archive/pdf/checker.h"
#include "archive/pdf/content.h"

namespace eakte::archive {
namespace {

void check_layers(const QPDFObjectHandle& root, Findings& findings) {
  QPDFObjectHandle properties = member(root, "/OCProperties");
  if (!properties.isDictionary()) return;
  std::vector<QPDFObjectHandle> configurations = {member(properties, "/D")};
  QPDFObjectHandle more = member(properties, "/Configs");
  if (more.isArray()) {
    for (const QPDFObjectHandle& each : more.getArrayAsVector()) configurations.push_back(each);
  }
  std::set<std::string> names;
  for (const QPDFObjectHandle& configuration : configurations) {
    QPDFObjectHandle name = member(configuration, "/Name");
    if (!name.isString() || name.getStringValue().empty()) {
      findings.add("6.9", "a configuration of layers has no name");
    } else if (!names.insert(name.getUTF8Value()).second) {
      findings.add("6.9", "two configurations of layers have the same name");
    }
    if (!member(configuration, "/AS").isNull())
      findings.add("6.9", "a configuration of layers switches them itself");
    QPDFObjectHandle order = member(configuration, "/Order");
    QPDFObjectHandle groups = member(properties, "/OCGs");
    if (!order.isArray() || !groups.isArray()) continue;
    const std::string listed = order.unparseResolved();
    for (QPDFObjectHandle group : groups.getArrayAsVector()) {
      const bool is_listed =
          fmt::format(" {} ", listed).find(fmt::format(" {} ", group.unparse())) != std::string::npos;
      if (!is_listed) findings.add("6.9", "a layer is missing in the order of layers");
    }
  }
}

/// 6.1.13: of a page, inherited or its own.
void check_boundaries(const QPDFObjectHandle& page, Findings& findings) {
  QPDFPageObjectHelper helper(page);
  for (const char* name : {"/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"}) {
    const bool is_inheritable = std::string_view(name) == "/MediaBox" || std::string_view(name) == "/CropBox";
    QPDFObjectHandle box = is_inheritable ? helper.getAttribute(name, false) : member(page, name);
    if (!box.isRectangle()) continue;
    const auto edges = box.getArrayAsRectangle();
    const double width = std::abs(edges.urx - edges.llx);
    const double height = std::abs(edges.ury - edges.lly);
    if (std::min(width, height) < 3 || std::max(width, height) > 14400) {
      findings.add("6.1.13", "a page boundary is smaller than 3 or larger than 14400 units");
    }
  }
}

void check_root(const QPDFObjectHandle& root, Findings& findings) {
  if (!member(root, "/AA").isNull()) findings.add("6.5.2", "the document has additional actions");
  if (!member(root, "/Requirements").isNull()) findings.add("6.11", "the document has requirements");
  if (!member(root, "/NeedsRendering").isNull())
    findings.add("6.4.2", "the document needs rendering by a form reader");
  QPDFObjectHandle names = member(root, "/Names");
  if (!member(names, "/AlternatePresentations").isNull())
    findings.add("6.10", "there are alternate presentations");
  if (!member(names, "/JavaScript").isNull()) findings.add("6.5.1", "there are scripts");
  QPDFObjectHandle form = member(root, "/AcroForm");
  if (!member(form, "/XFA").isNull()) findings.add("6.4.2", "the form is an XFA form");
  QPDFObjectHandle flag = member(form, "/NeedAppearances");
  if (flag.isBool() && flag.getBoolValue())
    findings.add("6.4.1", "the appearances of the form are to be made anew");
}

}  // namespace

void check_catalogue(QPDF& pdf, Findings& findings) {
  check_root(pdf.getRoot(), findings);
  check_layers(pdf.getRoot(), findings);
  for (const QPDFObjectHandle& page : pdf.getAllPages()) check_boundaries(page, findings);
}

}  // namespace eakte::archive

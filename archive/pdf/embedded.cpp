#include "archive/pdf/embedded.h"

#include <fmt/format.h>

#include <functional>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>

#include "archive/error.h"
#include "archive/pdf/conformance.h"
#include "archive/pdf/descriptor.h"
#include "archive/pdf/unicode.h"

namespace eakte::archive {

namespace {

/// The name, or "name (2)" and so on where a file of that name is in there already: none may push another
/// out.
std::string free_name(QPDFEmbeddedFileDocumentHelper& helper, const std::string& name) {
  std::string candidate = name;
  for (int i = 2; helper.getEmbeddedFile(candidate); ++i) candidate = fmt::format("{} ({})", name, i);
  return candidate;
}

}  // namespace

void embed_file(QPDF& pdf, const EmbeddedFile& file, const std::string& created_utc) {
  QPDFEmbeddedFileDocumentHelper helper(pdf);
  const std::string name = free_name(helper, printable_utf8(file.name));
  if (name.empty()) throw Error("PDF/A: an embedded file without a name");
  QPDFEFStreamObjectHelper stream = [&] {
    if (file.descriptor < 0) return QPDFEFStreamObjectHelper::createEFStream(pdf, file.bytes);
    return QPDFEFStreamObjectHelper::createEFStream(pdf, [descriptor = file.descriptor](Pipeline* pipeline) {
      const MappedFile mapped(descriptor);
      pass_on(mapped, *pipeline);
      pipeline->finish();
    });
  }();
  const std::string date = info_date(created_utc);
  stream.setSubtype(file.media_type).setCreationDate(date).setModDate(date);
  QPDFFileSpecObjectHelper specification = QPDFFileSpecObjectHelper::createFileSpec(pdf, name, stream);
  specification.setDescription(file.description);
  QPDFObjectHandle object = specification.getObjectHandle();
  object.replaceKey("/AFRelationship", QPDFObjectHandle::newName(fmt::format("/{}", file.relationship)));
  helper.replaceEmbeddedFile(name, specification);
  QPDFObjectHandle root = pdf.getRoot();
  if (!root.getKey("/AF").isArray()) root.replaceKey("/AF", QPDFObjectHandle::newArray());
  root.getKey("/AF").appendItem(object);
}

}  // namespace eakte::archive

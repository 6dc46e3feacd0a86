#include "archive/pdf/signature.h"

#include <set>
#include <vector>

namespace eakte::archive {

bool has_signature(QPDF& pdf) {
  /// A field with what it inherits.
  struct Field {
    QPDFObjectHandle dictionary;
    bool is_signature = false;
    bool has_value = false;
  };
  std::vector<Field> waiting;
  const auto add_all = [&waiting](QPDFObjectHandle fields, bool is_signature, bool has_value) {
    if (!fields.isArray()) return;
    for (const QPDFObjectHandle& field : fields.getArrayAsVector())
      waiting.push_back({field, is_signature, has_value});
  };
  add_all(member(pdf.getRoot().getKey("/AcroForm"), "/Fields"), false, false);
  std::set<QPDFObjGen> seen;
  while (!waiting.empty()) {
    Field field = waiting.back();
    waiting.pop_back();
    if (field.dictionary.isIndirect() && !seen.insert(field.dictionary.getObjGen()).second) continue;
    QPDFObjectHandle type = member(field.dictionary, "/FT");
    if (!type.isNull()) field.is_signature = type.isNameAndEquals("/Sig");
    field.has_value = field.has_value || member(field.dictionary, "/V").isDictionary();
    if (field.is_signature && field.has_value) return true;
    add_all(member(field.dictionary, "/Kids"), field.is_signature, field.has_value);
  }
  return false;
}

}  // namespace eakte::archive

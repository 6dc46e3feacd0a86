#include "archive/package/xdomea_part.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "archive/disposal/record_objects.h"
#include "archive/xdomea.h"

namespace eakte::archive {
namespace {

/// The places of the files; the history is left to the audit part, which can be checked. What lies outside is
/// not referred to: where the package is taken over it may not be there.
void adapt(RecordObject& object, const std::set<std::string>& inside) {
  object.history.clear();
  std::erase_if(object.references, [&](const RecordReference& one) { return !inside.contains(one.id); });
  if (object.kind == RecordKind::document) {
    if (const auto id = id_from_uuid(object.id))
      object.note = fmt::format("representations/pdfa/data/{}.pdf", *id);
  }
  for (RecordObject& child : object.children) adapt(child, inside);
}

}  // namespace

std::string xdomea_of_folder(Connection& connection, const FilePlan& plan, const std::string& tenant,
                             const FolderId& folder, const std::string& at, const std::string& program) {
  XdomeaMessage message;
  message.head.type = MessageType::transfer;
  message.head.process = named_uuid("package:" + folder.text);
  message.head.created_at = at;
  message.head.sender.name = tenant;
  message.head.recipient.name = "-";
  message.head.system = program;
  std::map<std::string, std::string> files;
  message.objects = objects_of(connection, plan, {folder}, &files);
  std::set<std::string> inside;
  for_each_object(message.objects.front(),
                  [&](const RecordObject& object, int) { inside.insert(object.id); });
  adapt(message.objects.front(), inside);
  return write_xdomea(message);
}

}  // namespace eakte::archive

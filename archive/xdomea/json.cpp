#include <nlohmann/json.hpp>

#include "archive/json_number.h"
#include "archive/shallow_json.h"
#include "archive/xdomea.h"

namespace eakte::archive {
namespace {

using nlohmann::json;

json to_json(const Office& office) {
  return {{"name", office.name}, {"unit", office.unit}, {"code", office.code}};
}

Office office_from(const json& value) {
  return {value.at("name").get<std::string>(), value.at("unit").get<std::string>(),
          value.at("code").get<std::string>()};
}

json to_json(const MessageHead& head) {
  return {{"version", head.version},
          {"type", number_of(head.type)},
          {"process", head.process},
          {"created_at", head.created_at},
          {"sender", to_json(head.sender)},
          {"recipient", to_json(head.recipient)},
          {"system", head.system},
          {"note", head.note},
          {"receipt_wanted", head.receipt_wanted},
          {"references_wanted", head.references_wanted}};
}

MessageHead head_from(const json& value) {
  const auto type = message_type_from(value.at("type").get<std::string>());
  if (!type) throw Error("the message has an unknown type");
  return {.version = value.at("version").get<std::string>(),
          .type = *type,
          .process = value.at("process").get<std::string>(),
          .created_at = value.at("created_at").get<std::string>(),
          .sender = office_from(value.at("sender")),
          .recipient = office_from(value.at("recipient")),
          .system = value.at("system").get<std::string>(),
          .note = value.at("note").get<std::string>(),
          .receipt_wanted = value.at("receipt_wanted").get<bool>(),
          .references_wanted = value.at("references_wanted").get<bool>()};
}

std::string_view name_of(RecordKind kind) {
  if (kind == RecordKind::folder) return "folder";
  return kind == RecordKind::record_case ? "case" : "document";
}

RecordKind kind_from(const std::string& name) {
  if (name == "folder") return RecordKind::folder;
  if (name == "case") return RecordKind::record_case;
  if (name == "document") return RecordKind::document;
  throw Error("the message has an object of an unknown kind");
}

/// The fields of an object that are plain text, by their name in JSON.
struct TextField {
  const char* name;
  std::string RecordObject::*field;
};
constexpr TextField text_fields[] = {{"title", &RecordObject::title},
                                     {"reference", &RecordObject::reference},
                                     {"note", &RecordObject::note},
                                     {"medium", &RecordObject::medium},
                                     {"place", &RecordObject::place},
                                     {"plan_entry", &RecordObject::plan_entry},
                                     {"plan_title", &RecordObject::plan_title},
                                     {"disposal", &RecordObject::disposal},
                                     {"proposal", &RecordObject::proposal},
                                     {"retention_end", &RecordObject::retention_end},
                                     {"begins_on", &RecordObject::begins_on},
                                     {"ends_on", &RecordObject::ends_on},
                                     {"closed_on", &RecordObject::closed_on},
                                     {"type", &RecordObject::type},
                                     {"foreign_reference", &RecordObject::foreign_reference},
                                     {"received_on", &RecordObject::received_on},
                                     {"document_date", &RecordObject::document_date},
                                     {"sender", &RecordObject::sender},
                                     {"recipient", &RecordObject::recipient}};

json to_json(const HistoryLine& line) {
  return {{"actor", line.actor},
          {"at", line.at},
          {"action", line.action},
          {"field", line.field},
          {"old_value", line.old_value},
          {"new_value", line.new_value},
          {"note", line.note}};
}

HistoryLine history_from(const json& value) {
  return {value.at("actor").get<std::string>(),     value.at("at").get<std::string>(),
          value.at("action").get<std::string>(),    value.at("field").get<std::string>(),
          value.at("old_value").get<std::string>(), value.at("new_value").get<std::string>(),
          value.at("note").get<std::string>()};
}

json to_json(const RecordFile& file) {
  return {{"name", file.name},
          {"original_name", file.original_name},
          {"format", file.format},
          {"other_format", file.other_format},
          {"format_version", file.format_version},
          {"version", file.version}};
}

RecordFile file_from(const json& value) {
  return {value.at("name").get<std::string>(),           value.at("original_name").get<std::string>(),
          value.at("format").get<std::string>(),         value.at("other_format").get<std::string>(),
          value.at("format_version").get<std::string>(), value.at("version").get<std::string>()};
}

json to_json(const RecordReference& reference) {
  return {{"kind", name_of(reference.kind)},
          {"id", reference.id},
          {"reference", reference.reference},
          {"note", reference.note}};
}

RecordReference reference_from(const json& value) {
  return {kind_from(value.at("kind").get<std::string>()), value.at("id").get<std::string>(),
          value.at("reference").get<std::string>(), value.at("note").get<std::string>()};
}

template <class Value>
json list_of(const std::vector<Value>& values);

json to_json(const RecordObject& object) {
  json value{{"kind", name_of(object.kind)},
             {"id", object.id},
             {"retention_unlimited", object.retention_unlimited},
             {"closed", object.closed},
             {"attachment", object.attachment},
             {"history", list_of(object.history)},
             {"files", list_of(object.files)},
             {"references", list_of(object.references)},
             {"children", list_of(object.children)}};
  value["retention_years"] = object.retention_years ? json(*object.retention_years) : json(nullptr);
  for (const TextField& field : text_fields) value[field.name] = object.*field.field;
  return value;
}

RecordObject object_from(const json& value) {
  RecordObject object;
  object.kind = kind_from(value.at("kind").get<std::string>());
  object.id = value.at("id").get<std::string>();
  object.retention_unlimited = value.at("retention_unlimited").get<bool>();
  object.closed = value.at("closed").get<bool>();
  object.attachment = value.at("attachment").get<bool>();
  if (!value.at("retention_years").is_null())
    object.retention_years = whole_number<int>(value.at("retention_years"));
  for (const TextField& field : text_fields) object.*field.field = value.at(field.name).get<std::string>();
  for (const json& line : value.at("history")) object.history.push_back(history_from(line));
  for (const json& file : value.at("files")) object.files.push_back(file_from(file));
  for (const json& one : value.at("references")) object.references.push_back(reference_from(one));
  for (const json& child : value.at("children")) object.children.push_back(object_from(child));
  return object;
}

json to_json(const AppraisedObject& object) { return {{"id", object.id}, {"code", object.code}}; }

json to_json(const ImportedObject& object) {
  return {{"id", object.id},
          {"success", object.success},
          {"message", object.message},
          {"archive_reference", object.archive_reference}};
}

ImportedObject imported_from(const json& value) {
  return {value.at("id").get<std::string>(), value.at("success").get<bool>(),
          value.at("message").get<std::string>(), value.at("archive_reference").get<std::string>()};
}

json to_json(const PlanUnit& unit) {
  return {{"id", unit.id},
          {"number", unit.number},
          {"title", unit.title},
          {"disposal", unit.disposal},
          {"retired", unit.retired},
          {"retention_years", unit.retention_years ? json(*unit.retention_years) : json(nullptr)},
          {"children", list_of(unit.children)}};
}

PlanUnit unit_from(const json& value) {
  PlanUnit unit{value.at("id").get<std::string>(),
                value.at("number").get<std::string>(),
                value.at("title").get<std::string>(),
                value.at("disposal").get<std::string>(),
                value.at("retired").get<bool>(),
                std::nullopt,
                {}};
  if (!value.at("retention_years").is_null())
    unit.retention_years = whole_number<int>(value.at("retention_years"));
  for (const json& child : value.at("children")) unit.children.push_back(unit_from(child));
  return unit;
}

template <class Value>
json list_of(const std::vector<Value>& values) {
  json list = json::array();
  for (const Value& value : values) list.push_back(to_json(value));
  return list;
}

XdomeaMessage message_from(const json& value) {
  XdomeaMessage message;
  message.head = head_from(value.at("head"));
  if (!is_uuid(message.head.process)) throw Error("the process of the message is no UUID");
  for (const json& object : value.at("objects")) message.objects.push_back(object_from(object));
  for (const json& object : value.at("appraised"))
    message.appraised.push_back({object.at("id").get<std::string>(), object.at("code").get<std::string>()});
  for (const json& object : value.at("imported")) message.imported.push_back(imported_from(object));
  if (value.contains("whole_import")) message.whole_import = imported_from(value.at("whole_import"));
  if (value.contains("plan")) {
    const json& plan = value.at("plan");
    message.plan = PlanForAppraisal{plan.at("id").get<std::string>(),
                                    plan.at("title").get<std::string>(),
                                    plan.at("version").get<std::string>(),
                                    {}};
    for (const json& unit : plan.at("units")) message.plan->units.push_back(unit_from(unit));
  }
  return message;
}

}  // namespace

std::string xdomea_to_json(const XdomeaMessage& message) {
  json value{{"head", to_json(message.head)},
             {"objects", list_of(message.objects)},
             {"appraised", list_of(message.appraised)},
             {"imported", list_of(message.imported)}};
  if (message.whole_import) value["whole_import"] = to_json(*message.whole_import);
  if (message.plan)
    value["plan"] = {{"id", message.plan->id},
                     {"title", message.plan->title},
                     {"version", message.plan->version},
                     {"units", list_of(message.plan->units)}};
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

XdomeaMessage xdomea_from_json(std::string_view text) {
  try {
    // An object within another takes two levels; libxml2 reads at most 256 elements within one another.
    constexpr int deepest = 600;
    return message_from(shallow_json<json>(text, deepest));
  } catch (const json::exception& error) {
    throw Error(std::string("the message is not of the agreed form: ") + error.what());
  }
}

}  // namespace eakte::archive

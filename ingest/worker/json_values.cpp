#include "ingest/worker/json_values.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "archive/calendar.h"
#include "archive/json_number.h"
#include "archive/shallow_json.h"
#include "ingest/error.h"
#include "ingest/separators.h"

namespace eakte::ingest {
namespace {

using nlohmann::json;

int bounded(const json& value, const char* name, int least, int most) {
  const auto number = archive::whole_number<std::int64_t>(value.at(name));
  if (number < least || number > most) throw Error(std::string("worker reply: ") + name + " is out of range");
  return static_cast<int>(number);
}

double unit_interval(const json& value, const char* name) {
  const auto number = value.at(name).get<double>();
  if (!std::isfinite(number)) throw Error(std::string("worker reply: ") + name + " is no number");
  return std::clamp(number, 0.0, 1.0);
}

std::string short_text(const json& value, const char* name, std::size_t most = 2000) {
  auto text = value.at(name).get<std::string>();
  if (text.size() > most) throw Error(std::string("worker reply: ") + name + " is too long");
  return text;
}

/// A list that is kept as text and taken apart later. Empty: there is none.
std::string list_text(const json& value, const char* name, std::size_t most) {
  std::string text = short_text(value, name, most);
  if (!text.empty() && !archive::shallow_json<json>(text).is_array())
    throw Error(std::string("worker reply: ") + name + " is no list");
  return text;
}

constexpr int max_pixels = 200'000;
constexpr std::size_t max_layers = 10'000;

}  // namespace

json to_json(const ReadLimits& limits) {
  return {{"pixels_per_page", limits.pixels_per_page}, {"pages", limits.pages},
          {"archive_members", limits.archive_members}, {"archive_bytes", limits.archive_bytes},
          {"archive_ratio", limits.archive_ratio},     {"drawn_words_stand", limits.drawn_words_stand}};
}

ReadLimits limits_from(const json& value) {
  ReadLimits limits;
  limits.pixels_per_page = archive::whole_number<std::int64_t>(value.at("pixels_per_page"));
  limits.pages = archive::whole_number<int>(value.at("pages"));
  limits.archive_members = archive::whole_number<int>(value.at("archive_members"));
  limits.archive_bytes = archive::whole_number<std::int64_t>(value.at("archive_bytes"));
  limits.archive_ratio = archive::whole_number<std::int64_t>(value.at("archive_ratio"));
  limits.drawn_words_stand = value.at("drawn_words_stand").get<bool>();
  return limits;
}

json to_json(const archive::FormatId& format) {
  return {{"puid", format.puid},
          {"name", format.name},
          {"version", format.version},
          {"media_type", format.media_type},
          {"basis", static_cast<int>(format.basis)}};
}

archive::FormatId format_id_from(const json& value) {
  archive::FormatId format;
  format.puid = short_text(value, "puid");
  if (!format.puid.empty() && !archive::is_puid(format.puid))
    throw Error("worker reply: the format has no PUID");
  format.name = short_text(value, "name");
  format.version = short_text(value, "version");
  format.media_type = short_text(value, "media_type");
  format.basis = static_cast<archive::FormatId::Basis>(
      bounded(value, "basis", 0, static_cast<int>(archive::FormatId::Basis::extension)));
  return format;
}

json to_json(const archive::PageRecord& record) {
  return {{"number", record.number},
          {"width", record.width},
          {"height", record.height},
          {"dpi", record.dpi},
          {"quarter_turns", record.quarter_turns},
          {"blank", record.blank},
          {"born_digital", record.born_digital},
          {"confidence", record.confidence},
          {"steps", record.steps},
          {"original_page", record.original_page},
          {"codes", record.codes},
          {"marks", record.marks}};
}

archive::PageRecord page_record_from(const json& value) {
  archive::PageRecord record;
  record.number = bounded(value, "number", 1, 1'000'000);
  record.width = bounded(value, "width", 0, max_pixels);
  record.height = bounded(value, "height", 0, max_pixels);
  record.dpi = bounded(value, "dpi", 1, 10'000);
  record.quarter_turns = bounded(value, "quarter_turns", 0, 3);
  record.blank = value.at("blank").get<bool>();
  record.born_digital = value.at("born_digital").get<bool>();
  record.confidence = unit_interval(value, "confidence");
  record.steps = list_text(value, "steps", 65536);
  record.original_page = bounded(value, "original_page", 0, 1'000'000);
  record.codes = short_text(value, "codes", 65536);
  codes_from_json(record.codes);  // throws when it is not what it should be
  record.marks = list_text(value, "marks", 200);
  return record;
}

json to_json(const archive::PagePicture& picture) {
  json layers = json::array();
  for (const archive::PictureLayer& layer : picture.layers) {
    layers.push_back({{"stencil", layer.is_stencil},
                      {"left", layer.place.left},
                      {"top", layer.place.top},
                      {"width", layer.place.width},
                      {"height", layer.place.height},
                      {"components", layer.components},
                      {"colour", layer.colour}});
  }
  return {{"coding", static_cast<int>(picture.coding)},
          {"width", picture.width},
          {"height", picture.height},
          {"components", picture.components},
          {"dpi", picture.dpi},
          {"quarter_turns", picture.quarter_turns},
          {"reduction", picture.reduction},
          {"layers", layers}};
}

namespace {

archive::PictureLayer picture_layer_from(const json& value) {
  archive::PictureLayer layer;
  layer.is_stencil = value.at("stencil").get<bool>();
  layer.place = {.left = bounded(value, "left", 0, max_pixels),
                 .top = bounded(value, "top", 0, max_pixels),
                 .width = bounded(value, "width", 1, max_pixels),
                 .height = bounded(value, "height", 1, max_pixels)};
  layer.components = bounded(value, "components", 1, 3);
  const json& colour = value.at("colour");
  for (std::size_t i = 0; i < layer.colour.size(); ++i)
    layer.colour[i] = archive::whole_number<std::uint8_t>(colour.at(i));
  return layer;
}

}  // namespace

archive::PagePicture page_picture_from(const json& value) {
  archive::PagePicture picture;
  picture.coding = static_cast<archive::PictureCoding>(bounded(value, "coding", 0, 2));
  picture.width = bounded(value, "width", 0, max_pixels);
  picture.height = bounded(value, "height", 0, max_pixels);
  picture.components = bounded(value, "components", 1, 3);
  picture.dpi = bounded(value, "dpi", 1, 10'000);
  picture.quarter_turns = bounded(value, "quarter_turns", 0, 3);
  picture.reduction = bounded(value, "reduction", 1, 100);
  if (value.at("layers").size() > max_layers) throw Error("worker reply: too many layers");
  for (const json& layer : value.at("layers")) picture.layers.push_back(picture_layer_from(layer));
  return picture;
}

json to_json(const Classification& classification) {
  const archive::DocumentFields& fields = classification.fields;
  json proposals = json::array();
  for (const archive::Proposal& proposal : classification.proposals) {
    proposals.push_back({{"field", proposal.field},
                         {"value", proposal.value},
                         {"confidence", proposal.confidence},
                         {"reason", proposal.reason}});
  }
  return {{"title", fields.title},
          {"document_type", fields.document_type},
          {"sender", fields.sender},
          {"recipient", fields.recipient},
          {"reference", fields.reference},
          {"document_date", fields.document_date ? archive::to_iso(*fields.document_date) : ""},
          {"plan_entry", fields.plan_entry},
          {"type_confidence", classification.type_confidence},
          {"plan_confidence", classification.plan_confidence},
          {"proposals", proposals}};
}

Classification classification_from(const json& value) {
  Classification classification;
  archive::DocumentFields& fields = classification.fields;
  fields.title = short_text(value, "title");
  fields.document_type = short_text(value, "document_type");
  fields.sender = short_text(value, "sender");
  fields.recipient = short_text(value, "recipient");
  fields.reference = short_text(value, "reference");
  fields.document_date = archive::date_from_iso(short_text(value, "document_date"));
  fields.plan_entry = short_text(value, "plan_entry");
  classification.type_confidence = unit_interval(value, "type_confidence");
  classification.plan_confidence = unit_interval(value, "plan_confidence");
  if (value.at("proposals").size() > 1000) throw Error("worker reply: too many proposals");
  for (const json& proposal : value.at("proposals")) {
    classification.proposals.push_back({.field = short_text(proposal, "field"),
                                        .value = short_text(proposal, "value"),
                                        .confidence = unit_interval(proposal, "confidence"),
                                        .reason = short_text(proposal, "reason")});
  }
  return classification;
}

std::string steps_to_json(const std::vector<ocr::CleanupStep>& steps) {
  json array = json::array();
  for (const ocr::CleanupStep& step : steps) {
    array.push_back({{"name", step.name},
                     {"applied", step.applied},
                     {"confidence", step.confidence},
                     {"parameters", step.parameters}});
  }
  return array.dump();
}

}  // namespace eakte::ingest

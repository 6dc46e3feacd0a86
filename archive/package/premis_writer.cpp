#include "archive/package/premis_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/xml_text.h"

namespace eakte::archive {
namespace {

std::string linked(std::string_view what, std::string_view value) {
  return fmt::format(
      "<linking{0}Identifier><linking{0}IdentifierType>local</linking{0}IdentifierType>"
      "<linking{0}IdentifierValue>{1}</linking{0}IdentifierValue></linking{0}Identifier>",
      what, xml_escaped(value));
}

std::string registry(const std::string& puid) {
  if (puid.empty()) return {};
  return fmt::format(
      "<formatRegistry><formatRegistryName>PRONOM</formatRegistryName>"
      "<formatRegistryKey>{}</formatRegistryKey></formatRegistry>",
      xml_escaped(puid));
}

}  // namespace

PremisWriter::PremisWriter(BagWriter& bag, std::string path, std::string program)
    : bag_(bag),
      path_(std::move(path)),
      program_(std::move(program)),
      objects_(bag.directory()),
      events_(bag.directory()),
      agents_{program_} {}

void PremisWriter::add(const PremisFile& file) {
  const std::string name = file.original_name.empty() ? std::string()
                                                      : fmt::format("<originalName>{}</originalName>",
                                                                    xml_escaped(file.original_name));
  objects_.append(fmt::format(
      "<object xsi:type=\"file\"><objectIdentifier><objectIdentifierType>local</objectIdentifierType>"
      "<objectIdentifierValue>{}</objectIdentifierValue></objectIdentifier><objectCharacteristics>"
      "<compositionLevel>0</compositionLevel><fixity><messageDigestAlgorithm>SHA-256</messageDigestAlgorithm>"
      "<messageDigest>{}</messageDigest></fixity><size>{}</size><format><formatDesignation><formatName>{}"
      "</formatName></formatDesignation>{}</format></objectCharacteristics>{}</object>\n",
      xml_escaped(file.id), file.sha256, file.size, xml_escaped(file.media_type), registry(file.format_id),
      name));
}

void PremisWriter::add(const PremisEvent& event) {
  const std::string& agent = event.agent.empty() ? program_ : event.agent;
  if (std::ranges::find(agents_, agent) == agents_.end()) agents_.push_back(agent);
  std::string objects;
  for (const std::string& id : event.objects) objects += linked("Object", id);
  events_.append(fmt::format(
      "<event><eventIdentifier><eventIdentifierType>local</eventIdentifierType><eventIdentifierValue>event-{}"
      "</eventIdentifierValue></eventIdentifier><eventType>{}</eventType><eventDateTime>{}</eventDateTime>"
      "<eventDetailInformation><eventDetail>{}</eventDetail></eventDetailInformation>"
      "<eventOutcomeInformation><eventOutcome>{}</eventOutcome></eventOutcomeInformation>{}{}</event>\n",
      ++last_event_, event.type, event.at, xml_escaped(event.detail), xml_escaped(event.outcome),
      linked("Agent", agent), objects));
}

PackedFile PremisWriter::finish() {
  BagFile premis = bag_.begin(path_);
  premis.append(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<premis xmlns=\"http://www.loc.gov/premis/v3\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" version=\"3.0\">\n");
  objects_.copy_to([&](std::string_view part) { premis.append(part); });
  events_.copy_to([&](std::string_view part) { premis.append(part); });
  for (const std::string& agent : agents_) {
    premis.append(fmt::format(
        "<agent><agentIdentifier><agentIdentifierType>local</agentIdentifierType><agentIdentifierValue>{0}"
        "</agentIdentifierValue></agentIdentifier><agentName>{0}</agentName><agentType>{1}</agentType></"
        "agent>\n",
        xml_escaped(agent), agent == program_ ? "software" : "person"));
  }
  premis.append("</premis>\n");
  return premis.finish();
}

}  // namespace eakte::archive

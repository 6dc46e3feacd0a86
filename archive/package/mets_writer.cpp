#include "archive/package/mets_writer.h"

#include <fmt/format.h>

#include "archive/xml_text.h"

namespace eakte::archive {
namespace {

/// More ids than this are not listed in one attribute; files name their metadata themselves.
constexpr std::size_t most_ids_in_a_division = 500;

std::string joined(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : " ") + id;
  return text;
}

std::string reference_to(const std::string& href, const MetadataKind& kind, const PackedFile& file,
                         const std::string& created) {
  const std::string other =
      kind.other_type.empty() ? std::string() : fmt::format(R"( OTHERMDTYPE="{}")", kind.other_type);
  return fmt::format(
      R"(<mdRef LOCTYPE="URL" xlink:type="simple" xlink:href="{}" MDTYPE="{}"{} MIMETYPE="{}" SIZE="{}" CREATED="{}" CHECKSUM="{}" CHECKSUMTYPE="SHA-256"/>)",
      xml_escaped(href), kind.type, other, kind.media_type, file.size, created, file.sha256);
}

}  // namespace

MetsWriter::MetsWriter(BagWriter& bag, std::string directory, MetsHead head)
    : bag_(bag),
      directory_(std::move(directory)),
      head_(std::move(head)),
      descriptions_(bag.directory()),
      provenance_(bag.directory()) {}

std::string MetsWriter::next_id() { return fmt::format("ID-{}", ++last_id_); }

std::string MetsWriter::relative(const PackedFile& file) const {
  return file.path.substr(directory_.size() + 1);
}

std::string MetsWriter::add_description(const PackedFile& file, const MetadataKind& kind,
                                        const std::string& created) {
  const std::string id = next_id();
  descriptions_.append(fmt::format("<dmdSec ID=\"{}\" CREATED=\"{}\" STATUS=\"CURRENT\">{}</dmdSec>\n", id,
                                   created, reference_to(relative(file), kind, file, created)));
  if (first_descriptions_.size() <= most_ids_in_a_division) first_descriptions_.push_back(id);
  return id;
}

void MetsWriter::add_provenance(const PackedFile& file, const MetadataKind& kind,
                                const std::string& created) {
  provenance_ids_.push_back(next_id());
  provenance_.append(fmt::format("<digiprovMD ID=\"{}\" CREATED=\"{}\" STATUS=\"CURRENT\">{}</digiprovMD>\n",
                                 provenance_ids_.back(), created,
                                 reference_to(relative(file), kind, file, created)));
}

MetsWriter::Group& MetsWriter::group(const std::string& use) {
  const auto found = groups_.find(use);
  if (found != groups_.end()) return found->second;
  return groups_.emplace(use, Group{next_id(), GrowingText(bag_.directory())}).first->second;
}

void MetsWriter::add_file(const std::string& use, const PackedFile& file, std::string_view media_type,
                          const std::string& created, const std::string& description) {
  Group& to = group(use);
  const std::string metadata =
      description.empty() ? std::string() : fmt::format(R"( DMDID="{}")", description);
  to.files.append(fmt::format(
      "<file ID=\"{}\" MIMETYPE=\"{}\" SIZE=\"{}\" CREATED=\"{}\" CHECKSUM=\"{}\" CHECKSUMTYPE=\"SHA-256\"{}>"
      "<FLocat LOCTYPE=\"URL\" xlink:type=\"simple\" xlink:href=\"{}\"/></file>\n",
      next_id(), xml_escaped(media_type), file.size, created, file.sha256, metadata,
      xml_escaped(relative(file))));
}

void MetsWriter::add_representation(const std::string& name, const PackedFile& mets,
                                    const std::string& created) {
  add_file("Representations/" + name, mets, "application/xml", created);
  pointers_.emplace_back(name, relative(mets));
}

void MetsWriter::write_files(BagFile& mets) const {
  if (groups_.empty()) return;
  mets.append("<fileSec ID=\"ID-fileSec\">\n");
  for (const auto& [use, group] : groups_) {
    const bool content = use.starts_with("Representations/");
    mets.append(fmt::format("<fileGrp ID=\"{}\" USE=\"{}\"{}>\n", group.id, use,
                            content ? R"( csip:CONTENTINFORMATIONTYPE="MIXED")" : ""));
    group.files.copy_to([&](std::string_view part) { mets.append(part); });
    mets.append("</fileGrp>\n");
  }
  mets.append("</fileSec>\n");
}

void MetsWriter::write_structure(BagFile& mets) {
  mets.append(fmt::format(
      "<structMap ID=\"ID-structMap\" TYPE=\"PHYSICAL\" LABEL=\"CSIP\">\n<div ID=\"{}\" LABEL=\"{}\">\n",
      next_id(), xml_escaped(head_.object_id)));
  std::string ids;
  if (!first_descriptions_.empty() && first_descriptions_.size() <= most_ids_in_a_division)
    ids += fmt::format(R"( DMDID="{}")", joined(first_descriptions_));
  if (!provenance_ids_.empty()) ids += fmt::format(R"( ADMID="{}")", joined(provenance_ids_));
  mets.append(fmt::format("<div ID=\"{}\" LABEL=\"Metadata\"{}/>\n", next_id(), ids));
  for (const auto& [use, group] : groups_) {
    if (use.starts_with("Representations/")) continue;
    mets.append(
        fmt::format("<div ID=\"{}\" LABEL=\"{}\"><fptr FILEID=\"{}\"/></div>\n", next_id(), use, group.id));
  }
  for (const auto& [name, file] : pointers_) {
    mets.append(
        fmt::format("<div ID=\"{}\" LABEL=\"Representations/{}\"><mptr LOCTYPE=\"URL\" xlink:type=\"simple\" "
                    "xlink:href=\"{}\" xlink:title=\"{}\"/></div>\n",
                    next_id(), name, xml_escaped(file), groups_.at("Representations/" + name).id));
  }
  mets.append("</div>\n</structMap>\n");
}

PackedFile MetsWriter::finish() {
  BagFile mets = bag_.begin(directory_ + "/METS.xml");
  const std::size_t blank = head_.program.find(' ');
  mets.append(fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<mets xmlns="http://www.loc.gov/METS/" xmlns:csip="https://DILCIS.eu/XML/METS/CSIPExtensionMETS" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.loc.gov/METS/ http://www.loc.gov/standards/mets/mets.xsd https://DILCIS.eu/XML/METS/CSIPExtensionMETS https://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd http://www.w3.org/1999/xlink http://www.loc.gov/standards/xlink/xlink.xsd" OBJID="{}" LABEL="{}" TYPE="Mixed" PROFILE="https://earkcsip.dilcis.eu/profile/E-ARK-CSIP-v2-2-0.xml" csip:CONTENTINFORMATIONTYPE="MIXED">
<metsHdr CREATEDATE="{}" csip:OAISPACKAGETYPE="AIP">
<agent ROLE="CREATOR" TYPE="OTHER" OTHERTYPE="SOFTWARE"><name>{}</name><note csip:NOTETYPE="SOFTWARE VERSION">{}</note></agent>
</metsHdr>
)",
      xml_escaped(head_.object_id), xml_escaped(head_.label), head_.created,
      xml_escaped(head_.program.substr(0, blank)),
      xml_escaped(blank == std::string::npos ? "-" : head_.program.substr(blank + 1))));
  descriptions_.copy_to([&](std::string_view part) { mets.append(part); });
  if (!provenance_.empty()) {
    mets.append("<amdSec ID=\"ID-amdSec\">\n");
    provenance_.copy_to([&](std::string_view part) { mets.append(part); });
    mets.append("</amdSec>\n");
  }
  write_files(mets);
  write_structure(mets);
  mets.append("</mets>\n");
  return mets.finish();
}

}  // namespace eakte::archive

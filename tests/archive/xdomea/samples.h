#pragma once
#include <filesystem>
#include <string>

#include "archive/xdomea.h"

namespace eakte::testing {

/// The XSDs, which are not ours and lie outside of the checkout; empty where they are absent.
inline std::filesystem::path xdomea_schemas() {
  const std::filesystem::path directory = std::filesystem::path(EAKTE_SHARED) / "data/xdomea/xsd";
  return std::filesystem::exists(directory) ? directory : std::filesystem::path();
}

inline archive::MessageHead head_of(archive::MessageType type) {
  archive::MessageHead head;
  head.version = "3.1.0";
  head.type = type;
  head.process = "0b9f4d62-7a61-4f0e-8a55-3f1f0a1c2d3e";
  head.created_at = "2037-01-05T10:00:00Z";
  head.sender = {"Stadt Musterstadt", "Hauptamt", "15083411"};
  head.recipient = {"Kreisarchiv Musterland", "", "KA-1"};
  head.system = "eakte 0.1.0";
  head.note = "Angebot 2037 <&>";
  return head;
}

/// A folder with a case and two documents, one directly in the folder.
inline archive::RecordObject folder_object() {
  using namespace archive;
  RecordObject letter;
  letter.kind = RecordKind::document;
  letter.id = "c0000000-0000-4000-8000-000000000001";
  letter.title = "Bescheid für Frau Özgül";
  letter.received_on = "2015-02-03";
  letter.document_date = "2015-02-01";
  letter.type = "Bescheid";
  letter.sender = "Jörg Beispiel";
  letter.recipient = "Stadt Musterstadt";
  letter.foreign_reference = "VB 3";
  letter.medium = "001";
  RecordObject loose = letter;
  loose.id = "c0000000-0000-4000-8000-000000000002";
  RecordObject one;
  one.kind = RecordKind::record_case;
  one.id = "b0000000-0000-4000-8000-000000000001";
  one.title = "Veranlagung";
  one.reference = "61.10.30/77-1";
  one.disposal = "B";
  one.closed = true;
  one.closed_on = "2018-05-05";
  one.begins_on = "2015-01-01";
  one.ends_on = "2018-05-05";
  one.children = {letter};
  RecordObject folder;
  folder.id = "a0000000-0000-4000-8000-000000000001";
  folder.title = "Hundesteuer Müller";
  folder.reference = "61.10.30/77";
  folder.medium = "001";
  folder.plan_entry = "61.10.30";
  folder.plan_title = "Hundesteuer";
  folder.retention_years = 8;
  folder.disposal = "B";
  folder.proposal = "V";
  folder.retention_end = "2026-12-31";
  folder.begins_on = "2015-01-01";
  folder.ends_on = "2018-05-05";
  folder.closed = true;
  folder.closed_on = "2018-05-05";
  folder.history = {{"cli", "2018-05-05T08:00:00.000Z", "geschlossen", "", "", "", ""}};
  folder.children = {loose, one};
  return folder;
}

inline archive::XdomeaMessage offer() {
  archive::XdomeaMessage message;
  message.head = head_of(archive::MessageType::offer);
  message.head.receipt_wanted = true;
  message.objects = {folder_object()};
  return message;
}

inline const std::string letter_file = "d0000000-0000-4000-8000-000000000001_Bescheid.pdf";
inline const std::string loose_file = "d0000000-0000-4000-8000-000000000002.tif";

inline archive::XdomeaMessage transfer() {
  archive::XdomeaMessage message = offer();
  message.head.type = archive::MessageType::transfer;
  message.head.references_wanted = true;
  message.objects[0].children[0].files = {{loose_file, "Böschung.tif", "024", "", "6.0", "1"}};
  message.objects[0].children[1].children[0].files = {{letter_file, "Bescheid.pdf", "044", "", "2u", "1"}};
  return message;
}

}  // namespace eakte::testing

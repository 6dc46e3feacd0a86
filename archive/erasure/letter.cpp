#include "archive/erasure/letter.h"

#include <fmt/format.h>

#include <map>

#include "archive/catalogue/folder_rows.h"

namespace eakte::archive {
namespace {

/// Why a document is not erased, to be followed by how it is kept. `end` is the folder's retention end.
std::string ground_of(const std::string& code, const std::optional<Date>& end) {
  if (code == "retention_running")
    return fmt::format(
        "Wir sind rechtlich verpflichtet, sie aufzubewahren{} (Art. 17 Abs. 3 Buchst. b DSGVO).",
        end ? " bis " + to_german(*end) : ", solange die Frist nicht endet");
  if (code == "hold_standing")
    return "Sie werden zur Geltendmachung, Ausübung oder Verteidigung von Rechtsansprüchen gebraucht "
           "(Art. 17 Abs. 3 Buchst. e DSGVO).";
  if (code == "folder_not_closed")
    return "Der Vorgang ist noch in Bearbeitung; wir brauchen sie, um eine Aufgabe im öffentlichen Interesse "
           "zu "
           "erfüllen (Art. 17 Abs. 3 Buchst. b DSGVO).";
  if (code == "not_in_a_folder")
    return "Sie sind noch keiner Akte zugeordnet. Darüber entscheiden wir, sobald das geschehen ist, und "
           "unterrichten Sie.";
  return "Sie sind dem zuständigen Archiv anzubieten, das noch nicht entschieden hat oder sie übernimmt "
         "(Art. 17 "
         "Abs. 3 Buchst. d DSGVO in Verbindung mit dem Archivgesetz des Landes).";
}

std::string documents_of(int number) {
  return number == 1 ? "ein Dokument" : fmt::format("{} Dokumente", number);
}

struct Group {
  int documents = 0;
  ErasureDecision decision = ErasureDecision::refused;
  std::string code;
};

}  // namespace

std::string letter_about(Connection& connection, const FilePlan& plan, const ErasureRequest& request,
                         Date today) {
  std::map<std::string, Group> by_folder;
  for (const ErasureItem& item : request.items) {
    Group& group = by_folder[item.folder.text];
    ++group.documents;
    group.decision = item.decision;
    group.code = item.code;
  }
  std::string letter = fmt::format(
      "{}\n{}\n\n{}\n\nIhr Antrag auf Löschung vom {}\n\nSehr geehrte Damen und Herren,\n\n",
      request.about.person, request.about.address, to_german(today), to_german(request.about.received_on));
  if (by_folder.empty())
    return letter +
           "wir haben unsere elektronischen Akten durchsucht und keine Dokumente gefunden, die Sie "
           "betreffen.\n";
  letter += "zu Ihrem Antrag nach Art. 17 DSGVO teilen wir Ihnen mit:\n";
  for (const auto& [folder, group] : by_folder) {
    const auto record = load_folder_record(connection, plan, {folder});
    const std::string where = record ? "Akte " + record->about.reference : "Ohne Akte";
    letter += fmt::format("\n{}, {}: ", where, documents_of(group.documents));
    if (group.decision == ErasureDecision::proposed) {
      letter += "Die Löschung ist eingeleitet und wird nach der vorgeschriebenen Freigabe ausgeführt.\n";
      continue;
    }
    letter += ground_of(group.code, record ? record->retention.end : std::nullopt);
    letter += group.decision == ErasureDecision::restricted
                  ? " Anstelle der Löschung ist ihre Verarbeitung eingeschränkt (Art. 18 DSGVO, § 35 Abs. 3 "
                    "BDSG): nur "
                    "die Schriftgutverwaltung hat noch Zugang.\n"
                  : "\n";
  }
  return letter +
         "\nSie können sich bei der Aufsichtsbehörde für den Datenschutz beschweren (Art. 77 DSGVO) und "
         "gerichtlich "
         "gegen diese Entscheidung vorgehen.\n";
}

}  // namespace eakte::archive

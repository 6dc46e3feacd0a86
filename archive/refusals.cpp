#include "archive/refusals.h"

#include <algorithm>
#include <array>

namespace eakte::archive {
namespace {

struct Refusal {
  std::string_view code;
  std::string_view german;
};

constexpr auto refusals = std::to_array<Refusal>({
    {"folder_closed",
     "Die Akte oder der Vorgang ist geschlossen; darin wird nichts mehr geändert. Bitte zuerst wieder "
     "öffnen."},
    {"folder_open", "Die Akte oder der Vorgang ist schon offen."},
    {"case_open", "In der Akte ist noch ein Vorgang offen. Bitte zuerst alle Vorgänge schließen."},
    {"disposal_begun",
     "Die Akte ist schon angeboten, bewertet, abgegeben oder vernichtet; das geht nicht mehr zurück."},
    {"day_in_future", "Der Tag liegt in der Zukunft. Bitte den Tag eintragen, an dem es geschehen ist."},
    {"day_too_early",
     "Der Tag liegt vor dem letzten Eingang oder vor dem Beginn der Akte. Bitte das Datum prüfen."},
    {"event_unknown",
     "Auf dieses Ereignis wartet die Frist der Akte nicht. Bitte die Frist im Aktenplan ansehen."},
    {"no_suspension", "Die Frist dieser Akte kennt keine Ablaufhemmung."},
    {"folder_not_due",
     "Die Aufbewahrungsfrist der Akte ist an diesem Tag noch nicht vorbei. Bitte die Fristenliste ansehen."},
    {"appraised_already",
     "Das Archiv hat über diese Akte schon entschieden; die Entscheidung steht fest. Bitte die eingetragene "
     "Bewertung ansehen und sich bei einem Widerspruch an das Archiv wenden."},
    {"hold_lifted", "Die Löschsperre ist schon aufgehoben."},
});

}  // namespace

std::string_view refusal_sentence(std::string_view code) {
  const auto* const found = std::ranges::find(refusals, code, &Refusal::code);
  return found == refusals.end() ? "Das lassen die Regeln der Schriftgutverwaltung nicht zu." : found->german;
}

}  // namespace eakte::archive

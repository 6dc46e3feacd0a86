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
    // Disposal with the archive.
    {"parties_missing",
     "Es fehlt, wer wem anbietet. Bitte in eakte.toml unter [xdomea] authority (abgebende Stelle) und "
     "archive "
     "(zuständiges Archiv) eintragen."},
    {"part_without_whole",
     "Teilakten werden nur mit der ganzen Akte angeboten und bewertet. Bitte die Akte auswählen, zu der sie "
     "gehören."},
    {"nothing_chosen", "Es gibt nichts anzubieten oder abzugeben. Bitte mindestens eine Akte auswählen."},
    {"appraisal_open", "Das Archiv hat noch nicht bewertet (Nachricht 0502). Abgegeben wird erst danach."},
    {"transferred_already", "Das ist schon an das Archiv abgegeben. Bitte die Bestätigung (0506) abwarten."},
    {"transfer_undecided",
     "Das Archiv hat diese Akte nicht mit A (archivwürdig) bewertet; abgegeben wird nur, was es übernehmen "
     "will."},
    {"transfer_open",
     "Die Abgabe dieser Akte steht in ihrem eigenen Aussonderungsvorgang noch aus. Bitte dort abgeben."},
    {"handover_incomplete",
     "Zum Übergabeprotokoll gehören, wer das Papier übernommen hat, die Nummer oder das Datum des Protokolls "
     "und die Liste des Übergebenen. Bitte ergänzen."},
    {"not_on_paper",
     "Diese Akte ist elektronisch; sie wird mit einer Aussonderung (0503) abgegeben. Liegt sie auch auf "
     "Papier, "
     "bitte zuerst eintragen, wo."},
    {"handover_electronic",
     "In dieser Akte liegen auch elektronische Dokumente. Die Akte bitte mit einer Aussonderung (0503) "
     "abgeben; "
     "gelöscht wird sie nach der Bestätigung (0506)."},
    {"plan_not_appraised",
     "Für diesen Eintrag des Aktenplans hat das Archiv nicht im Voraus entschieden. Bitte die Akte "
     "anbieten."},
    {"process_unknown",
     "Zu dieser Nachricht gibt es hier keinen Aussonderungsvorgang. Bitte prüfen, ob sie für diesen "
     "Mandanten "
     "bestimmt ist."},
    {"answer_unexpected",
     "Diese Nachricht passt nicht zum Stand des Aussonderungsvorgangs. Bitte den Vorgang ansehen."},
    {"answer_wrong_sender",
     "Die Behördenkennung von Absender oder Empfänger stimmt nicht mit den Einstellungen überein. Bitte beim "
     "Archiv nachfragen."},
    {"answer_repeated",
     "Eine andere Nachricht dieser Art ist in diesem Vorgang schon angenommen; je Vorgang gibt es nur eine. "
     "Bitte beim Archiv nachfragen."},
    {"object_unknown",
     "Die Nachricht nennt etwas, das in diesem Vorgang weder angeboten noch abgegeben wurde. Bitte beim "
     "Archiv nachfragen."},
    {"appraisal_unclear",
     "Die Bewertung nennt weder A (archivwürdig) noch V (vernichten). Bitte vom Archiv eine eindeutige "
     "Entscheidung anfordern."},
    {"appraisal_incomplete",
     "Die Bewertung sagt nicht zu allem Angebotenen etwas. Bitte vom Archiv eine vollständige Bewertung "
     "anfordern."},
    {"offer_withdrawn",
     "Diese Anbietung wurde zurückgenommen; Antworten darauf werden nicht mehr angenommen. Bitte dem Archiv "
     "mitteilen, dass die Akten neu angeboten werden."},
    {"offer_answered",
     "Das Archiv hat auf diese Anbietung schon geantwortet; sie lässt sich nicht mehr zurücknehmen."},
    {"import_unnamed",
     "Die Bestätigung nennt keine Objekte; gelöscht wird aber nur, was ausdrücklich bestätigt ist. Bitte vom "
     "Archiv eine Bestätigung mit den Kennungen der Objekte anfordern."},
    {"package_not_ours",
     "Das ist kein Paket, das eakte ausgegeben hat; es wird nicht eingelesen. Dateien daraus können mit "
     "„eakte "
     "ingest“ aufgenommen werden."},
    {"package_damaged",
     "Das Paket ist beschädigt oder unvollständig; es wurde nichts übernommen. Bitte eine andere Kopie "
     "verwenden."},
    {"package_too_new",
     "Das Paket stammt aus einer neueren Version des Programms. Bitte zuerst das Programm aktualisieren."},
    {"archive_not_empty",
     "In diesem Archiv ist schon etwas abgelegt. Ein Paket wird nur in ein leeres Archiv eingelesen; bitte "
     "einen "
     "neuen Mandanten dafür nehmen (--tenant)."},
    {"entry_closed",
     "Diese Einheit des Aktenplans ist geschlossen oder gilt noch nicht. Bitte eine andere Einheit wählen."},
    {"part_open", "Eine Teilakte ist noch offen. Bitte zuerst alle Teilakten schließen."},
    {"too_deep",
     "Teilakten liegen höchstens fünf Ebenen tief; Archive nehmen mehr nicht an. Bitte weiter oben anlegen."},
    {"place_missing", "Bei Papier- und Hybridakten bitte angeben, wo das Papier liegt."},
    {"second_person_needed",
     "Dort endet die Aufbewahrung früher. Bitte die Akte mit einem Grund umgliedern lassen; eine zweite "
     "Person "
     "gibt das frei."},
    {"document_second_person",
     "Dieses Dokument hat schon eine Person einem Eintrag mit längerer Aufbewahrung zugeordnet. Bitte den "
     "Wechsel mit einem Grund zur Freigabe vorschlagen (auf der Seite des Dokuments oder mit eakte folder "
     "refile-document); eine zweite Person entscheidet."},
    {"second_person_not_needed",
     "Dort endet die Aufbewahrung nicht früher. Bitte das Dokument einfach dort bestätigen."},
    {"document_locked",
     "In dieser Stufe der Aufbewahrung ist der Zugriff gesperrt. Lesen dürfen nur Schriftgutverwaltung und "
     "Revision; bitte dort nachfragen."},
    {"part_of_whole", "Teilakten werden nur mit der ganzen Akte umgegliedert oder zusammengeführt."},
    {"same_place", "Das liegt schon dort; bitte ein anderes Ziel wählen."},
    {"not_in_there", "Etwas Ausgewähltes liegt nicht in dieser Akte oder diesem Vorgang. Bitte neu laden."},
    {"not_a_draft",
     "Gelöscht werden beim Schließen nur Entwürfe; darunter ist ein Dokument, das keiner (mehr) ist. Bitte "
     "neu "
     "laden."},
    {"nothing_to_split", "Bitte mindestens einen Vorgang oder ein Dokument auswählen, das abgetrennt wird."},
    {"relation_unfit",
     "So lassen sich die beiden nicht verknüpfen: Dokumente gehören zu Dokumenten, und nur „folgt auf“ "
     "verbindet "
     "auch Akten."},
    {"relation_stays",
     "Was Fassungen, Zusammenführen und Abtrennen an Beziehungen hinterlassen, bleibt bestehen."},
    {"version_taken", "Ein Dokument hat höchstens eine frühere und eine spätere Fassung."},
    {"refiling_decided", "Über diese Umgliederung ist schon entschieden."},
    {"plan_faulty", "So kann der Aktenplan nicht gelten. Bitte die genannten Stellen berichtigen."},
    {"plan_unchanged", "Der Aktenplan sagt nichts anderes als der geltende; es gibt nichts zu ändern."},
    {"plan_decided", "Über diesen Vorschlag ist schon entschieden."},
    {"plan_outdated",
     "Seit dem Vorschlag gilt eine andere Version des Aktenplans. Bitte den Vorschlag neu einreichen."},
    {"reason_missing", "Bitte einen Grund angeben."},
    {"scan_born_digital", "Dieses Dokument wurde nicht gescannt; es gibt kein Papier dazu."},
    {"scan_undecided",
     "Über die Prüfung dieses Scans ist noch nicht entschieden. Bitte zuerst die Stichprobe ziehen lassen "
     "(eakte scan-check next)."},
    {"scan_unchecked",
     "Dieser Scan ist noch nicht geprüft. Bitte mit dem Papier vergleichen und das Ergebnis eintragen."},
    {"scan_second_check",
     "Dieser Scan muss von einer zweiten Person geprüft werden, bevor das Papier vernichtet werden darf."},
    {"scan_bad", "Die letzte Prüfung hat einen Mangel festgestellt. Bitte neu scannen oder erneut prüfen."},
    {"scan_sample_open",
     "Die Stichprobe, zu der dieser Scan gehört, ist noch nicht fertig geprüft. Bitte zuerst die gezogenen "
     "Scans "
     "prüfen."},
    {"scan_sample_bad",
     "In der Stichprobe war ein Mangel; deshalb ist nun jeder Scan dieser Ziehung zu prüfen, auch dieser."},
    {"scan_pages",
     "Das Papier hat eine andere Seitenzahl als das Dokument. Bitte nachzählen; fehlt eine Seite, neu "
     "scannen."},
    {"scan_blank_open",
     "Seiten sind als leer erkannt. Bitte auf dem Papier nachsehen und bestätigen, dass sie leer sind."},
    {"scan_fields_open",
     "Die erkannten Angaben sind Vorschläge. Bitte die Angaben zum Dokument prüfen und bestätigen."},
    {"scan_note_missing", "Der Transfervermerk fehlt. Bitte zuerst den Vermerk erstellen."},
    {"scan_seal", "Das Siegel des Transfervermerks stimmt nicht. Bitte den Vermerk neu erstellen."},
    {"scan_procedure_missing",
     "Die Version der Verfahrensdokumentation ist nicht eingestellt ([scan] procedure in eakte.toml)."},
    {"scan_profile_missing",
     "Es ist kein freigegebenes Scanprofil eingestellt ([scan] profile in eakte.toml; freigeben mit eakte "
     "scan-profile release)."},
    {"procedure_missing",
     "Bitte angeben, welche Version der Verfahrensdokumentation geprüft wurde (--procedure, sonst [scan] "
     "procedure in eakte.toml)."},
    {"profile_released", "Diese Version des Scanprofils ist schon freigegeben."},
    {"paper_released", "Das Papier ist schon zur Vernichtung freigegeben; daran ändert sich nichts mehr."},
    {"hold_lifted", "Die Löschsperre ist schon aufgehoben."},
    {"account_name",
     "Ein Benutzername besteht aus 2 bis 40 Kleinbuchstaben ohne Umlaute, Ziffern, Punkt, Binde- oder "
     "Unterstrich "
     "und beginnt mit einem Buchstaben; „system“, „cli“ und „web“ sind vergeben."},
    {"account_display_name", "Bitte den Namen der Person angeben, höchstens 200 Zeichen."},
    {"account_roles", "Ein Konto braucht mindestens eine Rolle."},
    {"account_exists",
     "Ein Konto mit diesem Benutzernamen gibt es schon. Benutzernamen werden nie ein zweites Mal vergeben."},
    {"first_administrator", "Das erste Konto braucht die Rolle Systemverwaltung (administrator)."},
    {"last_administrator",
     "Das ist das letzte Konto mit der Rolle Systemverwaltung. Bitte diese Rolle zuerst einem anderen Konto "
     "geben."},
    {"own_roles",
     "Die eigenen Rollen kann niemand ändern. Das macht ein anderes Konto mit der Rolle Systemverwaltung."},
    {"password_short",
     "Das Passwort braucht mindestens 12 Zeichen, zum Beispiel mehrere Wörter hintereinander."},
    {"password_long", "Das Passwort ist zu lang; höchstens 1000 Byte sind möglich."},
    {"password_common",
     "Dieses Passwort ist leicht zu erraten. Bitte ein anderes wählen, zum Beispiel mehrere zufällige "
     "Wörter."},
    {"login_failed", "Benutzername oder Passwort stimmt nicht, oder das Konto ist gesperrt."},
    {"login_delayed",
     "Nach mehreren Fehlversuchen ist die Anmeldung kurz gesperrt. Bitte etwas warten und dann erneut "
     "versuchen."},
    {"account_needed",
     "Das geht nur mit einem Benutzerkonto. Bitte anmelden; Konten legt an: eakte account add."},
    {"role_missing", "Dafür fehlt diesem Konto die Rolle. Rollen vergibt die Systemverwaltung."},
    {"same_person",
     "Hier entscheiden zwei Personen: Bestätigen muss ein anderes Konto als das, das es begonnen hat."},
    {"password_of_other",
     "Hier entscheiden zwei Personen, und eine von beiden hat das Passwort der anderen gesetzt. Es zählt "
     "erst "
     "wieder als zweite Person, wer das eigene Passwort selbst geändert hat."},
    {"account_unconfirmed",
     "Hier entscheiden zwei Personen, und das Passwort eines der beiden Konten hat vor kurzem jemand anderes "
     "gesetzt. Dieses Konto zählt erst, wenn eine dritte Person es bestätigt hat (Seite „Benutzerkonten“ "
     "oder "
     "eakte account confirm) oder die Wartezeit vorbei ist."},
    {"password_still_given",
     "Die Person hat noch kein eigenes Passwort gewählt. Bitte das Konto erst danach bestätigen."},
    {"account_counts", "Dieses Konto braucht keine Bestätigung."},
    {"password_to_change",
     "Das Passwort hat jemand anderes gesetzt. Bitte zuerst ein eigenes wählen: auf der Webseite nach dem "
     "Anmelden oder mit eakte account password NAME --as NAME."},
    {"password_unchanged", "Das neue Passwort ist das alte. Bitte ein anderes wählen."},
    {"folder_not_closed", "Die Akte ist nicht geschlossen. Ausgesondert wird nur, was z. d. A. verfügt ist."},
    {"retention_running",
     "Die Aufbewahrungsfrist der Akte ist noch nicht abgelaufen oder steht nicht fest. Bitte die Frist der "
     "Akte ansehen."},
    {"hold_standing",
     "Auf der Akte liegt eine Löschsperre. Solange auch nur eine besteht, wird nichts angeboten, "
     "abgegeben oder vernichtet."},
    {"appraisal_missing",
     "Das Archiv hat über die Akte noch nicht entschieden. Bitte sie anbieten und die Bewertung (0502) "
     "einlesen."},
    {"permission_missing",
     "Für diesen Eintrag des Aktenplans ist keine gültige Vernichtungsgenehmigung des Archivs hinterlegt. "
     "Bitte sie eintragen oder die Akte dem Archiv anbieten."},
    {"transfer_unconfirmed",
     "Das Archiv übernimmt die Akte, hat den Import aber noch nicht bestätigt (0506). Vorher wird die eigene "
     "Ausfertigung nicht gelöscht."},
    {"already_destroyed", "Die Akte ist schon vernichtet."},
    {"destruction_underway", "Die Vernichtung dieser Akte ist schon vorgeschlagen oder freigegeben."},
    {"destruction_not_proposed",
     "Dieser Vorschlag steht nicht mehr zur Freigabe: er ist freigegeben, zurückgenommen oder ausgeführt."},
    {"destruction_withdrawn", "Dieser Vorschlag ist schon zurückgenommen."},
    {"destruction_begun",
     "Die Vernichtung ist ausgeführt oder hat begonnen; sie lässt sich nicht zurücknehmen."},
    {"hold_placed_meanwhile",
     "Seit dem Vorschlag wurde eine Löschsperre gesetzt. Die Vernichtung ist angehalten und muss neu "
     "vorgeschlagen werden."},
    {"document_restricted",
     "Die Verarbeitung dieses Dokuments ist eingeschränkt (Art. 18 DSGVO). Zugang hat nur die "
     "Schriftgutverwaltung."},
    {"erasure_decided", "Über diesen Löschantrag ist schon entschieden."},
    {"not_restricted", "Die Verarbeitung dieses Dokuments ist nicht eingeschränkt."},
    {"not_in_a_folder",
     "Das Dokument liegt in keiner Akte; ohne Akte gibt es keine Frist. Bitte es zuerst einer Akte "
     "zuordnen."},
    {"permission_exists", "Eine Vernichtungsgenehmigung mit dieser Nummer ist schon hinterlegt."},
    {"permission_revoked", "Die Vernichtungsgenehmigung ist schon widerrufen."},
});

}  // namespace

std::string_view refusal_sentence(std::string_view code) {
  const auto* const found = std::ranges::find(refusals, code, &Refusal::code);
  return found == refusals.end() ? "Das lassen die Regeln der Schriftgutverwaltung nicht zu." : found->german;
}

}  // namespace eakte::archive

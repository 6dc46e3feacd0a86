#include "ingest/reasons.h"

#include <algorithm>
#include <array>

namespace eakte::ingest {
namespace {

constexpr auto reasons = std::to_array<Reason>({
    // Refused: the input itself cannot be taken.
    {"empty_file", "Die Datei ist leer. Bitte das Dokument erneut scannen oder die Datei neu speichern."},
    {"unknown_type",
     "Dieses Dateiformat wird nicht angenommen. Bitte als PDF, TIFF, JPEG oder PNG speichern."},
    {"office_too_large",
     "Die Office-Datei wird beim Öffnen zu groß und wurde nicht gelesen. Bitte als PDF einreichen."},
    {"damaged_file",
     "Die Datei ist beschädigt und lässt sich nicht lesen. Bitte erneut scannen oder neu anfordern."},
    {"truncated_file", "Die Datei ist unvollständig. Bitte erneut scannen oder noch einmal übertragen."},
    {"encrypted", "Die Datei ist mit einem Kennwort geschützt. Bitte ohne Kennwortschutz neu anfordern."},
    {"picture_too_large",
     "Eine Seite hat mehr Bildpunkte, als verarbeitet werden. Bitte mit geringerer Auflösung scannen."},
    {"too_many_pages", "Das Dokument hat mehr Seiten, als verarbeitet werden. Bitte in Teilen einreichen."},
    {"no_pages", "Die Datei enthält keine Seite. Bitte die richtige Datei auswählen."},
    {"archive_too_many_members",
     "Das Archiv enthält zu viele Dateien. Bitte in mehreren Archiven einreichen."},
    {"archive_too_large", "Das Archiv wird beim Entpacken zu groß. Bitte die Dateien einzeln einreichen."},
    {"archive_ratio",
     "Das Archiv ist auffällig stark gepackt und wurde nicht entpackt. Bitte die Dateien einzeln "
     "einreichen."},
    {"archive_too_deep",
     "Das Archiv enthält zu tief verschachtelte Archive. Bitte die Dateien einzeln einreichen."},
    {"archive_empty", "Das Archiv enthält keine Dateien. Bitte das richtige Archiv auswählen."},
    // Messages of disposal (xdomea).
    {"xdomea_malformed",
     "Die Nachricht ist kein lesbares XML oder enthält Verbotenes (DTD). Bitte beim Absender neu anfordern."},
    {"xdomea_version",
     "Diese Version von xdomea wird nicht gelesen. Bitte den Absender um die Nachricht in xdomea 3.1.0 "
     "bitten "
     "(gelesen werden 2.3.0, 2.4.0, 3.0.0 und 3.1.0)."},
    {"xdomea_unknown_message",
     "Die Datei ist keine Nachricht der Aussonderung nach xdomea (0501 bis 0507, 0511 bis 0515). Bitte die "
     "richtige Datei auswählen."},
    {"xdomea_structure",
     "Die Nachricht ist nicht so aufgebaut, wie xdomea es vorschreibt. Bitte mit der Zeilenangabe beim "
     "Absender eine berichtigte Nachricht anfordern."},
    {"xdomea_invalid",
     "Die Nachricht entspricht nicht dem XML-Schema von xdomea. Bitte mit der Zeilenangabe beim Absender "
     "eine "
     "berichtigte Nachricht anfordern."},
    {"xdomea_duplicate_id",
     "In der Nachricht kommt dieselbe Kennung mehrfach vor. Bitte beim Absender eine berichtigte Nachricht "
     "anfordern."},
    {"xdomea_too_deep",
     "Die Nachricht ist zu tief verschachtelt. Bitte beim Absender eine berichtigte Nachricht anfordern."},
    {"xdomea_container",
     "Der Container (ZIP) ist beschädigt, verschlüsselt oder enthält Verzeichnisse oder doppelte Dateien. "
     "Bitte beim Absender einen flachen, unverschlüsselten Container anfordern."},
    {"xdomea_name",
     "Im Container heißt keine Datei <ProzessID>_<Nachricht>.xml, oder der Name passt nicht zum Inhalt. "
     "Bitte "
     "beim Absender einen berichtigten Container anfordern."},
    {"xdomea_file_missing",
     "Im Container fehlt eine Datei, die die Nachricht nennt. Bitte beim Absender vollständig anfordern."},
    {"xdomea_file_surplus",
     "Der Container enthält eine Datei, die die Nachricht nicht nennt. Bitte beim Absender einen "
     "berichtigten "
     "Container anfordern."},
    {"cancelled", "Die Verarbeitung wurde abgebrochen. Die Datei kann erneut eingereicht werden."},
    // Not taken at the door: nothing was kept.
    {"too_large", "Die Datei ist größer als erlaubt. Bitte in Teilen einreichen."},
    {"storage_full",
     "Der Speicher ist voll oder gestört, es wurde nichts angenommen. Bitte die Systembetreuung verständigen "
     "und später erneut versuchen."},
    {"incomplete_upload",
     "Die Übertragung brach ab, es wurde nichts angenommen. Bitte noch einmal hochladen."},
    {"idempotency_key_reused",
     "Dieser Einreichungsschlüssel wurde schon für eine andere Datei benutzt. Bitte einen neuen Schlüssel "
     "verwenden."},
    {"source_unreadable", "Die Datei lässt sich nicht öffnen. Bitte Pfad und Zugriffsrechte prüfen."},
    // Quarantined: processing failed although it was tried again.
    {"worker_crashed",
     "Beim Lesen der Datei ist das Leseprogramm wiederholt abgestürzt. Die Datei liegt unverändert in der "
     "Quarantäne; bitte die Systembetreuung verständigen."},
    {"worker_timeout",
     "Das Lesen der Datei dauerte zu lange und wurde beendet. Die Datei liegt unverändert in der Quarantäne; "
     "bitte das Dokument neu scannen."},
    {"worker_memory",
     "Das Lesen der Datei brauchte zu viel Speicher und wurde beendet. Die Datei liegt unverändert in der "
     "Quarantäne; bitte das Dokument neu scannen."},
    {"worker_bad_reply",
     "Das Leseprogramm lieferte ein unbrauchbares Ergebnis. Die Datei liegt unverändert in der Quarantäne; "
     "bitte die Systembetreuung verständigen."},
    {"render_failed",
     "Aus der Datei ließ sich keine Archivfassung erzeugen. Die Datei liegt unverändert in der Quarantäne; "
     "bitte die Systembetreuung verständigen."},
    {"processing_failed",
     "Die Verarbeitung ist wiederholt gescheitert. Die Datei liegt unverändert in der Quarantäne; bitte die "
     "Systembetreuung verständigen."},
    {"object_damaged",
     "Die gespeicherte Datei stimmt nicht mehr mit ihrer Prüfsumme überein und wird nicht verwendet. Bitte "
     "sofort die Systembetreuung verständigen."},
    // Linked to what is there already.
    {"duplicate",
     "Dieselbe Datei liegt schon vor; der Eingang wurde mit dem vorhandenen Dokument verknüpft."},
    // Review: filed provisionally, a person decides.
    {"plan_entry_unclear", "Der Platz im Aktenplan ist unsicher. Bitte die Zuordnung prüfen und bestätigen."},
    {"symbol_coding",
     "Der Scanner hat die Seitenbilder mit JBIG2-Symbolen gespeichert; dabei können Zeichen vertauscht "
     "werden. "
     "Für das ersetzende Scannen ist das verboten: Bitte am Scanner abstellen, neu scannen und den Text "
     "prüfen."},
    {"type_unclear", "Die Art des Dokuments ist unsicher. Bitte prüfen und bestätigen."},
    {"poorly_read",
     "Mindestens eine Seite wurde schlecht erkannt. Bitte den Text prüfen oder die Seite neu scannen."},
    {"no_office_program",
     "Die Office-Datei liegt unverändert vor, aber ohne Archivfassung und ohne Text: Auf diesem Rechner "
     "fehlt "
     "LibreOffice. Bitte die Systembetreuung verständigen; gefunden wird sie bis dahin nur über ihre "
     "Angaben."},
    {"identity_document",
     "Das Dokument zeigt einen Ausweis oder Pass. Bitte prüfen, ob die Kopie aufbewahrt werden darf; Nummer "
     "und "
     "maschinenlesbare Zone werden weder als Text gespeichert noch durchsucht."},
    {"folder_closed",
     "Das Aktenzeichen gehört zu einer geschlossenen Akte. Bitte die Akte wieder öffnen oder das Dokument "
     "einer "
     "anderen zuordnen."},
    {"nothing_read", "Auf dem Dokument wurde kein Text erkannt. Bitte prüfen, ob es richtig gescannt wurde."},
});

}  // namespace

std::span<const Reason> all_reasons() { return reasons; }

std::string_view german_sentence(std::string_view code) {
  const auto found = std::ranges::find(reasons, code, &Reason::code);
  return found != reasons.end()
             ? found->german
             : "Das Dokument konnte nicht verarbeitet werden. Bitte die Systembetreuung verständigen.";
}

}  // namespace eakte::ingest

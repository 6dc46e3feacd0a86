#include "archive/package/explanation.h"

#include <fmt/format.h>

namespace eakte::archive {

std::string package_explanation(const std::string& name, const std::string& tenant, const std::string& scope,
                                const std::string& at) {
  constexpr const char* text = R"(WAS DAS HIER IST

Dieses Verzeichnis ist ein Archivpaket: {scope} des Mandanten „{tenant}“ aus dem elektronischen
Aktensystem „eakte“, Stand {at} (UTC). Es ist vollständig und ohne dieses oder ein anderes besonderes
Programm lesbar.

WIE MAN ETWAS FINDET

  data/{name}/documentation/Verzeichnis.csv
      Liste aller Dokumente mit Aktenzeichen, Betreff, Datum und dem Ort ihrer Dateien. Öffnet jede
      Tabellenkalkulation (Zeichensatz UTF-8, Spalten durch Semikolon getrennt).
  data/{name}/representations/pdfa/data/
      Jedes Dokument als durchsuchbare PDF/A-Datei; der Dateiname ist die Kennung des Dokuments.
  data/{name}/representations/original/data/
      Die Dateien, wie sie eingegangen sind, Byte für Byte; der Dateiname ist die SHA-256-Prüfsumme.
      Ein Original kann zu mehreren Dokumenten gehören, wenn ein Stapel getrennt wurde. Zeigt es auch
      Dokumente, die nicht zu dieser Akte gehören, so fehlt es; catalogue/withheld_object.ndjson nennt es.
  data/{name}/representations/text/data/
      KENNUNG.txt             der erkannte Text, UTF-8, Seiten durch Seitenvorschub getrennt
      KENNUNG.words.ndjson    je Seite eine Zeile JSON mit jedem Wort und seinem Ort auf der Seite
      KENNUNG.corrected.*     dasselbe nach Berichtigung durch eine Person
  data/{name}/representations/original/metadata/descriptive/
      KENNUNG.PRUEFSUMME.json: alle Angaben zu einem Dokument; je Änderung eine Datei, „previous“ nennt die
      vorige.

WAS SONST DARIN IST (unter data/{name}/metadata)

  descriptive/file_plan.yaml      der Aktenplan mit Aufbewahrungsfristen und Rechtsgrundlagen
  descriptive/xdomea/             je Akte eine Beschreibung nach xdomea 3.1.0 (Vorgänge, Dokumente)
  descriptive/catalogue/          Akten, Vorgänge, Ereignisse, Löschsperren, Bewertungen und alle übrigen Angaben
                                  als JSON, eine Zeile je Eintrag
  preservation/premis.xml         was mit den Akten geschah (PREMIS 3); ebenso bei jeder Darstellung
  preservation/audit-N.ndjson     das Protokoll: wer wann was getan hat
  preservation/evidence/          Beweisdatensätze (RFC 4998) zu KENNUNG und PRUEFSUMME ihrer Angaben, mit Zeitstempeln
                                  (RFC 3161); head-N-M: der Stand des Protokolls N nach seinem Eintrag M
  preservation/transfer-notes/    Transfervermerke gescannter Dokumente, daneben ihr Siegel (CMS). Prüfen:
                                  openssl cms -verify -binary -inform DER -in X.xml.p7s -content X.xml -noverify
  preservation/disposal-messages/ Nachrichten an das Archiv und von ihm (xdomea)

IST ALLES UNVERÄNDERT?

Das Verzeichnis ist ein BagIt-Paket (RFC 8493). Auf jedem Linux-Rechner, in diesem Verzeichnis:

    sha512sum -c manifest-sha512.txt
    sha512sum -c tagmanifest-sha512.txt

Jede Zeile muss „OK“ sagen. Der Aufbau folgt E-ARK CSIP 2.2 (METS.xml nennt jede Datei mit Größe und SHA-256).

Das Protokoll ist eine Kette. Der Eintrag n hat die Prüfsumme

    hash = SHA-256( f(previous) f(sequence) f(at) f(actor) f(action) f(subject) f(detail) )

wobei f(x) die Länge von x in Bytes, ein Doppelpunkt und x ist; „previous“ ist die Prüfsumme des Eintrags davor. So
lässt sich jeder Eintrag nachrechnen. Zeilen, die nur „sequence“ und „hash“ haben, betreffen anderen Inhalt. Wie lang
die Kette beim Ausgeben war und ihre letzte Prüfsumme stehen in bag-info.txt.

ZURÜCK IN EIN AKTENSYSTEM

    eakte import --data DATENVERZEICHNIS DIESES_VERZEICHNIS

nimmt das Paket in ein leeres Archiv auf, mit denselben Kennungen. „eakte“ ist freie Software.
)";
  return fmt::format(fmt::runtime(text), fmt::arg("scope", scope), fmt::arg("tenant", tenant),
                     fmt::arg("at", at), fmt::arg("name", name));
}

}  // namespace eakte::archive

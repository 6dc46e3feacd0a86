#pragma once
#include <array>
#include <string_view>

namespace eakte::index {

/// Parts of compounds as offices use them: short words a noun list cannot safely contribute, verb and
/// adjective stems, and the nouns needed when no word list is installed.
// clang-format off
inline constexpr std::array office_stems = std::to_array<std::string_view>({
    // short
    "amt", "bau", "rat", "weg", "gas", "hof", "see", "tag", "tor", "alt", "neu", "kfz", "eid", "öl", "ehe",
    "bus", "rad", "zug", "hund", "müll", "haus", "ort", "kita",
    // adjective and verb stems that stand first
    "melde", "melder", "hoch", "tief", "groß", "klein", "frei", "voll", "fach", "nah", "fern", "schwer",
    "bebauungs", "eheschließungs", "schließung", "prüf", "miet", "pacht", "wohn", "fahr", "führer", "park",
    "halte", "lade", "bade", "schwimm", "schul", "lehr", "lern", "kranken", "pflege", "sozial", "zahl",
    "zahlungs", "mahn", "vollstreckungs", "widerspruchs", "antrags", "genehmigungs", "nutzungs",
    "änderungs", "entsorgungs", "abfall", "abfuhr", "trenn", "sperr", "bio", "grün", "rest", "winter",
    "sommer", "straßen", "wege", "grund", "boden", "wasser", "abwasser", "trinkwasser", "regenwasser",
    "niederschlags", "schmutzwasser", "kanal", "anschluss", "beitrags", "gewerbe", "hundesteuer",
    "vergnügungs", "zweitwohnung", "zweitwohnungs", "grundstücks",
    // nouns
    "steuer", "steuern", "gebühr", "gebühren", "bescheid", "bescheide", "bescheides", "antrag", "anträge",
    "antrages", "satzung", "satzungen", "verordnung", "ordnung", "beitrag", "beiträge", "rechnung",
    "rechnungen", "mahnung", "stelle", "stellen", "behörde", "behörden", "verwaltung", "gemeinde",
    "gemeinden", "stadt", "städte", "kreis", "land", "bund", "länder", "bürger", "meister", "einwohner",
    "wohner", "standes", "urkunde", "urkunden", "geburt", "geburts", "sterbe", "heirats", "ausweis",
    "personal", "reise", "pass", "aufenthalts", "ausländer", "titel", "erlaubnis", "genehmigung",
    "bewilligung", "zulassung", "zulassungs", "anmeldung", "abmeldung", "ummeldung", "bescheinigung",
    "bestätigung", "erklärung", "meldung", "mitteilung", "auskunft", "einsicht", "akte", "akten", "zeichen",
    "kassen", "kasse", "konto", "konten", "haushalts", "haushalt", "plan", "pläne", "planung", "planungs",
    "flächen", "nutzung", "nutzungen", "bebauung", "grundstück", "stück", "flur", "flurstück", "parzelle",
    "kataster", "vermessung", "vermessungs", "grenze", "gebäude", "wohnung", "wohnungs", "garten", "gärten",
    "schule", "schulen", "kinder", "jugend", "alten", "heim", "hilfe", "hilfen", "leistung", "leistungs",
    "leistungen", "geld", "kosten", "kostenersatz", "ersatz", "zuschuss", "förder", "förderung", "mittel",
    "vertrag", "verträge", "vertrags", "vereinbarung", "ausschuss", "sitzung", "sitzungs", "protokoll",
    "niederschrift", "beschluss", "vorlage", "verfahren", "verfahrens", "widerspruch", "klage", "frist",
    "fristen", "feuer", "wehr", "feuerwehr", "brand", "schutz", "natur", "umwelt", "lärm", "immissions",
    "verkehr", "verkehrs", "zeichnung", "sperrung", "schild", "fahrzeug", "schein", "scheine", "halter",
    "platz", "plätze", "friedhof", "friedhofs", "grab", "gräber", "bestattung", "bestattungs", "wahl",
    "wahlen", "wähler", "verzeichnis", "brief", "abfälle", "tonne", "tonnen", "abholung", "reinigung",
    "reinigungs", "räum", "streu", "pflicht", "pflichten", "recht", "rechte", "rechts", "gericht",
    "gerichts", "amts", "betrieb", "betriebs", "gaststätten", "handwerk", "handwerks", "markt", "fest",
    "verein", "vereins", "sport", "halle", "hallen", "bad", "bücherei", "museum", "archiv", "archive",
    "post", "eingang", "eingangs", "ausgang", "mail", "telefon", "nummer", "datum", "zeit", "zeiten",
    "öffnungs", "termin",
});
// clang-format on

}  // namespace eakte::index

#include "archive/xdomea/grammar.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <span>

#include "archive/xdomea.h"

namespace eakte::archive {
namespace {

constexpr int many = 1'000'000'000;

/// A child in its sequence. `type` is a name of `types` below, or one of the simple ones of check_leaf.
struct ChildRule {
  std::string_view name;
  int least;
  int most;
  std::string_view type;
};
enum class In { both, two, three };
struct TypeRule {
  std::string_view name;
  In in;
  bool choice;  ///< exactly one of the children instead of all in order
  std::vector<ChildRule> children;
};

const std::vector<TypeRule>& types() {
  static const std::vector<TypeRule> rules{
      // Messages.
      {"0501",
       In::both,
       false,
       {{"Kopf", 1, 1, "head+receipt"},
        {"Anschreiben", 0, many, "any"},
        {"Schriftgutobjekt", 1, many, "record"},
        {"Aktenplan", 0, 1, "any"}}},
      {"0502", In::both, false, {{"Kopf", 1, 1, "head+receipt"}, {"BewertetesObjekt", 1, many, "appraised"}}},
      {"0503",
       In::both,
       false,
       {{"Kopf", 1, 1, "head+import"},
        {"Anschreiben", 0, many, "letter"},
        {"Schriftgutobjekt", 1, many, "record"},
        {"Aktenplan", 0, 1, "any"}}},
      {"0504", In::both, false, {{"Kopf", 1, 1, "head"}}},
      {"0505", In::both, false, {{"Kopf", 1, 1, "head"}}},
      {"0506", In::two, false, {{"Kopf", 1, 1, "head"}, {"ErfolgOderMisserfolg", 1, 1, "outcome"}}},
      {"0506", In::three, false, {{"Kopf", 1, 1, "head"}, {"AusgesondertesSGO", 1, many, "imported"}}},
      {"0507", In::three, false, {{"Kopf", 1, 1, "head"}}},
      {"0511", In::three, false, {{"Kopf", 1, 1, "head+others"}, {"Aktenplan", 1, 1, "plan"}}},
      {"0512", In::three, false, {{"Kopf", 1, 1, "head"}}},
      {"0513",
       In::three,
       false,
       {{"Kopf", 1, 1, "head+others"}, {"BewerteteAktenplaneinheit", 1, many, "appraised"}}},
      {"0514",
       In::three,
       false,
       {{"Kopf", 1, 1, "head"}, {"BewerteteAktenplaneinheit", 1, many, "imported unit"}}},
      {"0515", In::three, false, {{"Kopf", 1, 1, "head"}}},
      // Heads: what follows the common part is added by children_of.
      {"head",
       In::both,
       false,
       {{"ProzessID", 1, 1, "uuid"},
        {"Nachrichtentyp", 1, 1, "code nachrichtentyp"},
        {"Erstellungszeitpunkt", 1, 1, "time"},
        {"Absender", 1, 1, "any"},
        {"Empfaenger", 1, 1, "any"},
        {"SendendesSystem", 0, 1, "any"},
        {"Hinweis", 0, 1, "text"},
        {"AnwendungsspezifischeErweiterung", 0, 1, "any"},
        {"AnwendungsspezifischeErweiterungXML", 0, 1, "any"}}},
      {"receipt", In::both, false, {{"Empfangsbestaetigung", 1, 1, "truth"}}},
      {"import",
       In::two,
       false,
       {{"Importbestaetigung", 1, 1, "true"}, {"RueckmeldungArchivkennung", 1, 1, "truth"}}},
      {"import",
       In::three,
       false,
       {{"Importbestaetigung", 1, 1, "true"},
        {"RueckmeldungArchivkennung", 1, 1, "truth"},
        {"Empfangsbestaetigung", 1, 1, "truth"}}},
      {"others",
       In::three,
       false,
       {{"WeitererEmpfaenger", 0, many, "any"}, {"Empfangsbestaetigung", 1, 1, "truth"}}},
      // Answers.
      {"appraised",
       In::two,
       false,
       {{"ID", 1, 1, "uuid"}, {"Aussonderungsart", 1, 1, "code aussonderungsart"}}},
      {"appraised", In::three, false, {{"ID", 1, 1, "uuid"}, {"Aussonderungsart", 1, 1, "disposal"}}},
      {"disposal",
       In::three,
       true,
       {{"Aussonderungsart", 1, 1, "code aussonderungsart"},
        {"AussonderungsartKonfigurierbar", 1, 1, "text"}}},
      {"outcome",
       In::two,
       false,
       {{"Erfolgreich", 1, 1, "truth"},
        {"Fehlermeldung", 0, 1, "text"},
        {"Rueckgabeparameter", 0, many, "returned"}}},
      {"returned", In::two, false, {{"ID", 1, 1, "uuid"}, {"Archivkennung", 1, 1, "text"}}},
      {"imported",
       In::three,
       false,
       {{"IDSGO", 1, 1, "uuid"},
        {"Erfolgreich", 1, 1, "truth"},
        {"Fehlermeldung", 0, many, "text"},
        {"FehlermeldungCode", 0, many, "any"},
        {"Archivkennung", 0, 1, "text"}}},
      {"imported unit",
       In::three,
       false,
       {{"ID", 1, 1, "uuid"},
        {"Erfolgreich", 1, 1, "truth"},
        {"Fehlermeldung", 0, many, "text"},
        {"FehlermeldungCode", 0, many, "any"}}},
      // Records.
      {"record",
       In::both,
       true,
       {{"Akte", 1, 1, "Akte"}, {"Vorgang", 1, 1, "Vorgang"}, {"Dokument", 1, 1, "Dokument"}}},
      {"Akte",
       In::two,
       false,
       {{"Identifikation", 1, 1, "identity"},
        {"AllgemeineMetadaten", 0, 1, "general"},
        {"ArchivspezifischeMetadaten", 0, 1, "archival"},
        {"Standort", 0, 1, "text"},
        {"Typ", 0, 1, "text"},
        {"Laufzeit", 0, 1, "period"},
        {"HistorienProtokollInformation", 0, many, "history"},
        {"InternerGeschaeftsgang", 0, 1, "any"},
        {"Akteninhalt", 0, 1, "folder contents"},
        {"Verweis", 0, many, "any"},
        {"Kontakt", 0, many, "any"},
        {"Teilakte", 0, many, "Akte"},
        {"AnwendungsspezifischeErweiterung", 0, 1, "any"}}},
      {"Akte",
       In::three,
       false,
       {{"Identifikation", 1, 1, "identity"},
        {"AllgemeineMetadaten", 0, 1, "general"},
        {"ArchivspezifischeMetadaten", 0, 1, "archival"},
        {"Standort", 0, 1, "text"},
        {"Typ", 0, 1, "text"},
        {"Laufzeit", 0, 1, "period"},
        {"HistorienProtokollInformation", 0, many, "history"},
        {"InternerGeschaeftsgang", 0, 1, "any"},
        {"Akteninhalt", 0, 1, "folder contents"},
        {"Verweis", 0, many, "any"},
        {"Kontakt", 0, many, "any"},
        {"ZdA", 0, 1, "truth"},
        {"ZdADatum", 0, 1, "date"},
        {"AnwendungsspezifischeErweiterung", 0, 1, "any"},
        {"AnwendungsspezifischeErweiterungXML", 0, 1, "any"}}},
      {"folder contents",
       In::both,
       false,
       {{"Dokument", 0, many, "Dokument"}, {"Vorgang", 0, many, "Vorgang"}, {"Teilakte", 0, many, "Akte"}}},
      {"Vorgang",
       In::two,
       false,
       {{"Identifikation", 1, 1, "identity"},
        {"AllgemeineMetadaten", 0, 1, "general"},
        {"ArchivspezifischeMetadaten", 0, 1, "archival"},
        {"Aktenbetreff", 0, 1, "text"},
        {"Typ", 0, 1, "text"},
        {"ZdA", 0, 1, "truth"},
        {"Laufzeit", 0, 1, "period"},
        {"HistorienProtokollInformation", 0, many, "history"},
        {"InternerGeschaeftsgang", 0, 1, "any"},
        {"Dokument", 0, many, "Dokument"},
        {"Verweis", 0, many, "any"},
        {"Kontakt", 0, many, "any"},
        {"AnwendungsspezifischeErweiterung", 0, 1, "any"},
        {"Teilvorgang", 0, many, "Vorgang"}}},
      {"Vorgang",
       In::three,
       false,
       {{"Identifikation", 1, 1, "identity"},
        {"AllgemeineMetadaten", 0, 1, "general"},
        {"ArchivspezifischeMetadaten", 0, 1, "archival"},
        {"Aktenbetreff", 0, 1, "text"},
        {"Typ", 0, 1, "text"},
        {"ZdA", 0, 1, "truth"},
        {"ZdADatum", 0, 1, "date"},
        {"Laufzeit", 0, 1, "period"},
        {"HistorienProtokollInformation", 0, many, "history"},
        {"InternerGeschaeftsgang", 0, 1, "any"},
        {"Dokument", 0, many, "Dokument"},
        {"Verweis", 0, many, "any"},
        {"Kontakt", 0, many, "any"},
        {"Teilvorgang", 0, many, "Vorgang"},
        {"AnwendungsspezifischeErweiterung", 0, 1, "any"},
        {"AnwendungsspezifischeErweiterungXML", 0, 1, "any"}}},
      {"Dokument",
       In::both,
       false,
       {{"Identifikation", 1, 1, "identity"},
        {"AllgemeineMetadaten", 0, 1, "general"},
        {"FremdesGeschaeftszeichen", 0, 1, "text"},
        {"Posteingangsdatum", 0, 1, "date"},
        {"Postausgangsdatum", 0, 1, "date"},
        {"DatumDesSchreibens", 0, 1, "date"},
        {"Bezug", 0, 1, "text"},
        {"Hier", 0, 1, "text"},
        {"Bearbeiter", 0, 1, "text"},
        {"Typ", 0, 1, "text"},
        {"HistorienProtokollInformation", 0, many, "history"},
        {"InternerGeschaeftsgang", 0, 1, "any"},
        {"Version", 0, many, "version"},
        {"Verweis", 0, many, "any"},
        {"Anlage", 0, many, "attachment"},
        {"Absender", 0, many, "any"},
        {"Empfaenger", 0, many, "any"},
        // 2.x has these two the other way round; the XSD tells.
        {"AnwendungsspezifischeErweiterung", 0, many, "any"},
        {"WeitererKontakt", 0, many, "any"},
        {"AnwendungsspezifischeErweiterung", 0, many, "any"},
        {"AnwendungsspezifischeErweiterungXML", 0, 1, "any"}}},
      {"identity",
       In::two,
       false,
       {{"ID", 1, 1, "uuid"}, {"NummerImUebergeordnetenContainer", 0, 1, "text"}}},
      {"identity",
       In::three,
       false,
       {{"ID", 1, 1, "uuid"}, {"NummerImUebergeordnetenContainer", 0, 1, "number"}}},
      {"general",
       In::both,
       false,
       {{"Betreff", 0, 1, "text"},
        {"Kennzeichen", 0, 1, "text"},
        {"Federfuehrung", 0, 1, "text"},
        {"Aktenfuehrung", 0, 1, "text"},
        {"Vertraulichkeitsstufe", 0, 1, "code vertraulichkeitsstufe"},
        {"Bemerkung", 0, 1, "text"},
        {"Medium", 0, 1, "code medium"},
        {"Aktenplaneinheit", 0, 1, "unit"}}},
      {"unit",
       In::both,
       false,
       {{"Kennzeichen", 0, 1, "text"}, {"Inhaltsangabe", 0, 1, "text"}, {"BetreffKurz", 0, 1, "text"}}},
      {"archival",
       In::two,
       false,
       {{"Aufbewahrungsdauer", 0, 1, "number"},
        {"Aussonderungsart", 0, 1, "code aussonderungsart"},
        {"Kennung", 0, 1, "text"},
        {"Bewertungsvorschlag", 0, 1, "code bewertungsvorschlag"},
        {"Aufbewahrungsende", 0, 1, "year"}}},
      {"archival",
       In::three,
       false,
       {{"Aufbewahrungsdauer", 0, 1, "retention"},
        {"Aussonderungsart", 0, 1, "disposal"},
        {"Kennung", 0, 1, "text"},
        {"Bewertungsvorschlag", 0, 1, "code bewertungsvorschlag"},
        {"Aufbewahrungsende", 0, 1, "date"}}},
      {"retention", In::three, true, {{"AnzahlJahre", 1, 1, "number"}, {"Unbefristet", 1, 1, "true"}}},
      {"period", In::both, false, {{"Beginn", 0, 1, "date"}, {"Ende", 0, 1, "date"}}},
      {"history",
       In::two,
       false,
       {{"Metadatum", 0, 1, "text"},
        {"AlterWert", 0, 1, "text"},
        {"NeuerWert", 0, 1, "text"},
        {"Akteur", 1, 1, "text"},
        {"DatumUhrzeit", 1, 1, "time"},
        {"Bemerkung", 0, 1, "text"},
        {"Aktion", 1, 1, "text"}}},
      {"history",
       In::three,
       false,
       {{"MetadatumName", 0, 1, "text"},
        {"MetadatumAlterWert", 0, 1, "text"},
        {"MetadatumNeuerWert", 0, 1, "text"},
        {"Akteur", 1, 1, "text"},
        {"DatumUhrzeit", 1, 1, "time"},
        {"Bemerkung", 0, 1, "text"},
        {"Aktion", 1, 1, "text"}}},
      {"version", In::both, false, {{"Nummer", 1, 1, "text"}, {"Format", 1, many, "format"}}},
      {"format",
       In::both,
       false,
       {{"Name", 1, 1, "code dateiformat"},
        {"SonstigerName", 0, 1, "text"},
        {"Version", 1, 1, "text"},
        {"Primaerdokument", 1, 1, "primary file"}}},
      {"primary file",
       In::both,
       false,
       {{"Dateiname", 1, 1, "file name"},
        {"DateinameOriginal", 0, 1, "text"},
        {"Ersteller", 0, 1, "text"},
        {"DatumUhrzeit", 0, 1, "time"},
        {"Signaturdaten", 0, 1, "any"},
        {"SignaturSiegel", 0, 1, "any"}}},
      // The file plan of a 0511.
      {"plan",
       In::three,
       false,
       {{"ID", 0, 1, "uuid"},
        {"Bezeichnung", 1, 1, "text"},
        {"Typ", 0, 1, "text"},
        {"Version", 1, 1, "text"},
        {"Einheit", 0, many, "plan unit"},
        {"Gueltigkeit", 0, 1, "period"},
        {"Aktenplandatei", 0, many, "any"}}},
      {"plan unit",
       In::three,
       false,
       {{"Kennzeichen", 0, 1, "text"},
        {"Inhaltsangabe", 0, 1, "text"},
        {"BetreffKurz", 0, 1, "text"},
        {"ID", 0, 1, "uuid"},
        {"Aussonderungsart", 1, 1, "disposal"},
        {"Gueltigkeit", 0, 1, "period"},
        {"Stillgelegt", 1, 1, "truth"},
        {"Aufbewahrungsdauer", 1, 1, "retention"},
        {"Einheit", 0, many, "plan unit"},
        {"VerweisAktenplaneinheit", 0, many, "text"},
        {"AnwendungsspezifischeErweiterung", 0, 1, "any"},
        {"AnwendungsspezifischeErweiterungXML", 0, 1, "any"}}},
  };
  return rules;
}

/// Codes of the closed lists (XD-21).
const std::map<std::string_view, std::vector<std::string_view>>& code_lists() {
  static const std::map<std::string_view, std::vector<std::string_view>> lists{
      {"nachrichtentyp", {}},
      {"dateiformat", {}},
      {"aussonderungsart", {"A", "B", "V"}},
      {"bewertungsvorschlag", {"A", "V"}},
      {"medium", {"001", "002", "003"}},
      {"vertraulichkeitsstufe", {"001", "002", "003", "004", "005"}}};
  return lists;
}

[[noreturn]] void fail(const XdomeaNode& node, std::string_view what) {
  throw BadMessage("xdomea_structure", fmt::format("line {}: {}: {}", node.line, node.name, what));
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// XSD collapses blanks around these.
std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// The time zone XSD allows after a date or time.
bool is_zone(std::string_view text) {
  if (text.empty() || text == "Z") return true;
  return text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':' &&
         all_digits(text.substr(1, 2)) && all_digits(text.substr(4, 2));
}

bool is_date(std::string_view text) {
  return text.size() >= 10 && date_from_iso(text.substr(0, 10)) && is_zone(text.substr(10));
}

bool is_time(std::string_view text) {
  if (text.size() < 19 || !date_from_iso(text.substr(0, 10)) || text[10] != 'T') return false;
  const std::string_view clock = text.substr(11, 8);
  if (!all_digits(clock.substr(0, 2)) || clock[2] != ':' || !all_digits(clock.substr(3, 2)) ||
      clock[5] != ':' || !all_digits(clock.substr(6, 2)))
    return false;
  if (clock.substr(0, 2) > "24" || clock.substr(3, 2) > "59" || clock.substr(6, 2) > "59") return false;
  std::string_view rest = text.substr(19);
  if (rest.starts_with('.')) {
    const auto end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    if (end == 1) return false;
    rest = rest.substr(end);
  }
  return is_zone(rest);
}

class Grammar {
public:
  explicit Grammar(const XdomeaNode& root, XdomeaFamily family) : space_(root.space), family_(family) {}

  void check(const XdomeaNode& node, std::string_view type) const {
    if (type == "any") return;
    if (type == "letter" || type == "attachment") return check_document(node, type);
    if (type.starts_with("code ")) return check_code(node, type.substr(5));
    const auto plus = type.find('+');
    if (plus != std::string_view::npos) {
      std::vector<ChildRule> rules = rule(type.substr(0, plus))->children;
      std::ranges::copy(rule(type.substr(plus + 1))->children, std::back_inserter(rules));
      return check_sequence(node, rules);
    }
    const TypeRule* const found = rule(type);
    if (found == nullptr) return check_leaf(node, type);
    if (found->choice) return check_choice(node, found->children);
    check_sequence(node, found->children);
  }

  bool knows(std::string_view type) const { return rule(type) != nullptr; }

private:
  const TypeRule* rule(std::string_view type) const {
    const auto found = std::ranges::find_if(types(), [&](const TypeRule& one) {
      return one.name == type &&
             (one.in == In::both || (one.in == In::two) == (family_ == XdomeaFamily::two));
    });
    return found == types().end() ? nullptr : &*found;
  }

  void require_space(const XdomeaNode& node) const {
    if (node.space != space_) fail(node, "it is not of the message's namespace");
    if (node.prefix != "xdomea") fail(node, "the prefix must be xdomea");
  }

  void check_sequence(const XdomeaNode& node, std::span<const ChildRule> rules) const {
    std::size_t at = 0;
    int count = 0;
    for (const XdomeaNode& child : node.children) {
      require_space(child);
      while (at < rules.size() && rules[at].name != child.name) {
        if (count < rules[at].least) fail(node, fmt::format("{} is missing", rules[at].name));
        ++at;
        count = 0;
      }
      if (at == rules.size()) fail(child, fmt::format("it has no place here in {}", node.name));
      if (++count > rules[at].most) fail(child, "it occurs too often");
      check(child, rules[at].type);
    }
    for (; at < rules.size(); ++at, count = 0)
      if (count < rules[at].least) fail(node, fmt::format("{} is missing", rules[at].name));
  }

  void check_choice(const XdomeaNode& node, std::span<const ChildRule> rules) const {
    if (node.children.size() != 1) fail(node, "exactly one element is expected in it");
    const XdomeaNode& child = node.children[0];
    require_space(child);
    const auto found = std::ranges::find(rules, child.name, &ChildRule::name);
    if (found == rules.end()) fail(child, fmt::format("it has no place here in {}", node.name));
    check(child, found->type);
  }

  /// An Anlage is a Dokument with a number behind it; an Anschreiben is one as well.
  void check_document(const XdomeaNode& node, std::string_view type) const {
    std::vector<ChildRule> rules = rule("Dokument")->children;
    if (type == "attachment") rules.push_back({"Nummer", 0, 1, "text"});
    check_sequence(node, rules);
  }

  /// Children of code types have no namespace (XD-01).
  void check_code(const XdomeaNode& node, std::string_view list) const {
    const bool format_of_three = list == "dateiformat" && family_ == XdomeaFamily::three;
    bool has_code = false;
    for (const XdomeaNode& child : node.children) {
      if (!child.space.empty()) fail(child, "it must have no namespace");
      if (child.name == "code" && !has_code) {
        has_code = true;
      } else if (child.name != "name" || !has_code || format_of_three) {
        fail(child, fmt::format("it has no place here in {}", node.name));
      }
    }
    const std::string code = node.text_of("code");
    if (!has_code || trimmed(code).empty()) fail(node, "code is missing");
    const auto& possible = code_lists().at(list);
    if (!possible.empty() && std::ranges::find(possible, trimmed(code)) == possible.end())
      fail(node, fmt::format("the list {} has no code {}", list, trimmed(code)));
    const std::string* const uri = node.attribute("listURI");
    if (uri != nullptr && *uri != fmt::format("urn:xoev-de:xdomea:codeliste:{}", list))
      fail(node, "listURI names another list");
    if (format_of_three && node.attribute("listVersionID") == nullptr) fail(node, "listVersionID is missing");
  }

  static void check_leaf(const XdomeaNode& node, std::string_view type) {
    if (!node.children.empty()) fail(node, "no elements are expected in it");
    const std::string_view text = trimmed(node.text);
    if (type == "uuid" && !is_uuid(node.text)) fail(node, "it is no UUID");
    if (type == "date" && !is_date(text)) fail(node, "it is no date (JJJJ-MM-TT)");
    if (type == "year" && (text.size() != 4 || !all_digits(text))) fail(node, "it is no year (JJJJ)");
    if (type == "time" && !is_time(text)) fail(node, "it is no time (JJJJ-MM-TThh:mm:ss)");
    if (type == "number" && (!all_digits(text) || text.size() > 5)) fail(node, "it is no number");
    const bool truth = text == "1" || text == "true" || text == "0" || text == "false";
    if (type == "truth" && !truth) fail(node, "it is neither true nor false");
    if (type == "true" && text != "1" && text != "true") fail(node, "it must be 1");
    if (type == "file name" && !(node.text.size() >= 36 && is_uuid(node.text.substr(0, 36))))
      fail(node, "a file name begins with a UUID (XD-11)");
  }

  std::string_view space_;
  XdomeaFamily family_;
};

}  // namespace

void require_structure(const XdomeaNode& root, XdomeaFamily family) {
  const std::string number = root.name.substr(root.name.rfind('.') + 1);
  const Grammar grammar(root, family);
  if (!grammar.knows(number))
    throw BadMessage("xdomea_unknown_message", fmt::format("this version has no message {}", root.name));
  grammar.check(root, number);
}

}  // namespace eakte::archive

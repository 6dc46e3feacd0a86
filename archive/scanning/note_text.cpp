#include "archive/scanning/note_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "archive/xml_text.h"

namespace eakte::archive {
namespace {

using Attributes = std::vector<std::pair<std::string_view, std::string>>;

/// Writes elements with their indentation.
class XmlText {
public:
  void open(std::string_view name, const Attributes& attributes = {}) {
    begin(name, attributes);
    text_ += ">\n";
    names_.emplace_back(name);
  }
  void close() {
    const std::string name = names_.back();
    names_.pop_back();
    text_ += std::string(2 * names_.size(), ' ') + "</" + name + ">\n";
  }
  void element(std::string_view name, const std::string& content, const Attributes& attributes = {}) {
    begin(name, attributes);
    text_ += content.empty() ? "/>\n" : fmt::format(">{}</{}>\n", xml_escaped(content), name);
  }
  std::string text() && { return std::move(text_); }

private:
  void begin(std::string_view name, const Attributes& attributes) {
    text_ += std::string(2 * names_.size(), ' ') + "<" + std::string(name);
    for (const auto& [key, value] : attributes) text_ += fmt::format(" {}=\"{}\"", key, xml_escaped(value));
  }
  std::string text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  std::vector<std::string> names_;
};

std::string numbers(const std::vector<int>& values) {
  std::string text;
  for (const int value : values) text += (text.empty() ? "" : " ") + std::to_string(value);
  return text;
}

std::string truth(bool value) { return value ? "ja" : "nein"; }

void write_environment(XmlText& xml, const NoteContent& content, const Document& document) {
  xml.open("Umgebung");
  xml.element("Verfahrensdokumentation", content.settings.procedure);
  xml.element("Scanprofil", content.profile.name,
              {{"version", std::to_string(content.profile.version)},
               {"sha256", content.profile.sha256},
               {"freigegebenAm", content.profile.released_at},
               {"freigegebenVon", content.profile.released_by}});
  xml.element("Eingangsweg", document.content.source);
  xml.element("Sprachen", document.content.languages);
  xml.element("Verarbeitung", document.content.processing);
  xml.close();
}

/// Steps of the cleanup as they were recorded, page by page: image processing must be logged (RS-09).
void write_pages(XmlText& xml, const Document& document) {
  xml.open("Auffaelligkeiten");
  for (const std::string& reason : document.content.review_reasons) xml.element("Pruefgrund", reason);
  for (const PageRecord& page : document.content.pages) {
    if (page.born_digital) continue;
    xml.open("Seite", {{"nummer", std::to_string(page.number)},
                       {"breite", std::to_string(page.width)},
                       {"hoehe", std::to_string(page.height)},
                       {"dpi", std::to_string(page.dpi)},
                       {"leer", truth(page.blank)},
                       {"sicherheit", fmt::format("{:.2f}", page.confidence)}});
    if (page.quarter_turns != 0)
      xml.element("Verarbeitungsschritt",
                  fmt::format(R"({{"step":"turn","quarter_turns":{}}})", page.quarter_turns));
    const auto steps = nlohmann::json::parse(page.steps, nullptr, false);
    if (steps.is_array())
      for (const auto& step : steps)
        xml.element("Verarbeitungsschritt",
                    step.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    xml.close();
  }
  xml.close();
}

void write_quality(XmlText& xml, const Document& document, const ScanStanding& standing) {
  xml.open("Qualitaetssicherung", {{"umfang", std::string(name_of(standing.thoroughness))},
                                   {"bezeichnung", std::string(german_name_of(standing.thoroughness))},
                                   {"gezogen", truth(standing.chosen)}});
  xml.element("Ziehung", "",
              {{"nummer", std::to_string(standing.sample)},
               {"startwert", standing.seed},
               {"anteil", fmt::format("{}", standing.rate)}});
  xml.element("Vollstaendigkeit", "",
              {{"seiten", std::to_string(document.content.pages.size())},
               {"leereSeiten", numbers(standing.blank_pages)}});
  for (const ScanCheck& check : standing.checks) {
    xml.element("Pruefung", check.remark,
                {{"person", check.checker},
                 {"zeitpunkt", check.checked_at},
                 {"ergebnis", check.good ? "gut" : "mangelhaft"},
                 {"seitenPapier", std::to_string(check.paper_pages)},
                 {"seitenDokument", std::to_string(check.pages)},
                 {"leereSeitenBestaetigt", truth(check.blank_confirmed)},
                 {"angabenBestaetigt", truth(check.fields_confirmed)}});
  }
  xml.close();
}

}  // namespace

std::string note_text(const NoteContent& content, const Document& document, const ScanStanding& standing) {
  XmlText xml;
  xml.open("Transfervermerk", {{"xmlns", "urn:eakte:transfervermerk:1.0"},
                               {"id", content.id},
                               {"dokument", document.id.text},
                               {"erstelltAm", content.made_at}});
  xml.open("Ersteller");
  xml.element("Vermerk", content.made_by);
  xml.element("Erfassung", content.captured_by);
  xml.element("Mandant", content.tenant);
  xml.close();
  write_environment(xml, content, document);
  xml.open("Erfassung");
  xml.element("Zeitpunkt", content.captured_at, {{"art", "eingegangen"}});
  xml.element("Zeitpunkt", content.filed_at, {{"art", "abgelegt"}});
  xml.element("Datei", document.content.original_name);
  xml.close();
  write_pages(xml, document);
  write_quality(xml, document, standing);
  xml.open("Scanprodukt", {{"manifest", document.manifest_sha256}});
  for (const Rendition& rendition : document.content.renditions)
    xml.element("Objekt", "",
                {{"art", std::string(name_of(rendition.role))},
                 {"sha256", rendition.object.sha256},
                 {"bytes", std::to_string(rendition.object.size)}});
  xml.close();
  xml.element(
      "Erklaerung",
      standing.chosen
          ? "Die elektronische Wiedergabe stimmt mit dem Papieroriginal bildlich und inhaltlich überein; "
            "sie wurde mit ihm verglichen."
          : "Die elektronische Wiedergabe stimmt mit dem Papieroriginal bildlich und inhaltlich überein; "
            "sie entstand im dokumentierten Verfahren, dessen Stichprobe ohne Mangel war.");
  xml.close();
  return std::move(xml).text();
}

}  // namespace eakte::archive

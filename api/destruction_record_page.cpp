#include "api/destruction_record_page.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "archive/xml_text.h"

namespace eakte::api {
namespace {

using Json = nlohmann::ordered_json;

/// A member of the record as text, "" where there is none.
std::string text_at(const Json& record, const char* pointer) {
  const Json::json_pointer at(pointer);
  if (!record.contains(at)) return {};
  const Json& value = record.at(at);
  return value.is_string() ? value.get<std::string>() : value.is_null() ? std::string() : value.dump();
}

std::string row(const char* name, const std::string& value) {
  return value.empty() ? std::string()
                       : fmt::format("<tr><th>{}</th><td>{}</td></tr>\n", name, archive::xml_escaped(value));
}

std::string basis_of(const Json& record) {
  const std::string kind = text_at(record, "/basis/kind");
  const std::string source = text_at(record, "/basis/source");
  if (kind == "permission") return "Vernichtungsgenehmigung des Archivs " + source;
  if (kind == "appraisal") return "Bewertung V des Archivs, " + source;
  if (kind == "draft") return "Entwürfe, gelöscht mit der Schlussverfügung";
  return "Übernahme durch das Archiv bestätigt, " + source;
}

std::string person_at(const Json& record, const std::string& who) {
  return fmt::format("{}, {}", text_at(record, ("/" + who + "/by").c_str()),
                     text_at(record, ("/" + who + "/at").c_str()));
}

std::string files_of(const Json& owner, const std::string& name) {
  std::string rows;
  for (const Json& file : owner.value("files", Json::array())) {
    rows += fmt::format("<tr><td>{}</td><td>{}</td><td><code>{}</code></td><td>{}</td></tr>\n",
                        archive::xml_escaped(name), archive::xml_escaped(file.value("role", std::string())),
                        archive::xml_escaped(file.value("sha256", std::string())),
                        archive::xml_escaped(file.value("kept", std::string())));
  }
  return rows;
}

std::string document_name(const Json& document) {
  const std::string person = document.value("person", std::string());
  return "Dokument " + document.value("document", std::string()) +
         (person.empty() ? "" : ", Person (Pseudonym) " + person);
}

std::string files_table(const Json& record) {
  std::string rows;
  for (const Json& document : record.value("documents", Json::array()))
    rows += files_of(document, document_name(document));
  for (const Json& intake : record.value("intakes", Json::array()))
    rows += files_of(intake, "Eingang " + intake.value("intake", std::string()));
  return "<table>\n<tr><th>Gehörte zu</th><th>Art</th><th>SHA-256</th><th>Behalten, weil</th></tr>\n" + rows +
         "</table>\n";
}

constexpr const char* head = R"(<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>Vernichtungsprotokoll</title>
<style>body{font-family:sans-serif;margin:2em}table{border-collapse:collapse;margin-bottom:1.5em}
th,td{border:1px solid #888;padding:.3em .6em;text-align:left;vertical-align:top}code{font-size:.8em;word-break:break-all}</style>
</head><body>
<h1>Vernichtungsprotokoll</h1>
<table>
)";

}  // namespace

std::string destruction_record_page(const std::string& text) {
  const Json record = Json::parse(text);
  std::string page = head;
  page += row("Vorgang der Vernichtung", text_at(record, "/destruction"));
  page += row("Mandant", text_at(record, "/tenant"));
  page += row("Aktenzeichen", text_at(record, "/folder/reference"));
  page += row("Betreff", text_at(record, "/folder/title") + " (der Betreff wurde mit vernichtet)");
  page +=
      row("Laufzeit", text_at(record, "/folder/begins_on") + " bis " + text_at(record, "/folder/closed_on"));
  page += row("Aktenplan", fmt::format("{} {}, Fassung {}", text_at(record, "/plan_entry/number"),
                                       text_at(record, "/plan_entry/title"),
                                       text_at(record, "/plan_entry/file_plan_version")));
  page += row("Frist", text_at(record, "/plan_entry/rule"));
  page += row("Rechtsgrundlage", text_at(record, "/plan_entry/legal_basis"));
  page += row("Ende der Frist", text_at(record, "/retention_end"));
  page += row("Grundlage der Vernichtung", basis_of(record));
  page += row("Vorgeschlagen", person_at(record, "proposed"));
  page += row("Freigegeben", person_at(record, "approved"));
  page += row("Ausgeführt", person_at(record, "executed"));
  page += row("Beendet", text_at(record, "/finished_at"));
  page += row("Nach einer Wiederherstellung erneut angewandt", text_at(record, "/applied_again/at"));
  page += row("Verfahren", text_at(record, "/method"));
  page += row("Sicherungen", text_at(record, "/backups"));
  page += row("Aussonderungsart dieses Protokolls", text_at(record, "/disposal_of_this_record"));
  return page + "</table>\n<h2>Vernichtete Dateien</h2>\n" + files_table(record) + "</body></html>\n";
}

}  // namespace eakte::api

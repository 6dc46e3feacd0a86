#include "archive/catalogue/document_rows.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace eakte::archive {
namespace {

using nlohmann::json;

std::string list_text(const std::vector<std::string>& values) {
  return json(values).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<std::string> list_from(const std::string& text) {
  try {
    return json::parse(text).get<std::vector<std::string>>();
  } catch (const json::exception&) {
    throw Error("catalogue: a list of words is not readable");
  }
}

Value text_or_null(const std::string& text) { return text.empty() ? Value(nullptr) : Value(text); }
Value date_or_null(const std::optional<Date>& date) { return date ? Value(to_iso(*date)) : Value(nullptr); }
Value number(bool value) { return std::int64_t{value ? 1 : 0}; }
Value number(int value) { return std::int64_t{value}; }

DocumentFields fields_from(const Row& row) {
  DocumentFields fields;
  fields.title = row.text("title");
  fields.document_type = row.text("document_type");
  fields.sender = row.text("sender");
  fields.recipient = row.text("recipient");
  fields.reference = row.text("reference");
  fields.document_date = date_from_iso(row.text("document_date"));
  fields.plan_entry = row.text("plan_entry");
  fields.folder.text = row.text("folder");
  fields.open_case.text = row.text("record_case");
  return fields;
}

Document document_from(const Row& row) {
  Document document;
  document.id.text = row.text("id");
  document.revision = row.integer("revision");
  document.manifest_sha256 = row.text("manifest_sha256");
  document.retention_end = date_from_iso(row.text("retention_end"));
  document.retention_unlimited = row.integer("retention_unlimited") != 0;
  document.retention_sentence = row.text("retention_sentence");
  document.disposal = row.text("disposal");
  NewDocument& content = document.content;
  content.intake.text = row.text("intake");
  content.received_on = date_from_iso(row.text("received_on")).value_or(Date());
  content.fields = fields_from(row);
  const auto state = document_state_from(row.text("state"));
  if (!state) throw Error(fmt::format("catalogue: document state \"{}\" is unknown", row.text("state")));
  content.state = *state;
  content.review_reasons = list_from(row.text("review_reasons"));
  content.original_name = row.text("original_name");
  content.source = row.text("source");
  content.languages = row.text("languages");
  content.access = list_from(row.text("access"));
  content.processing = row.text("processing");
  return document;
}

PageRecord page_from(const Row& row) {
  PageRecord page;
  page.number = static_cast<int>(row.integer("number"));
  page.width = static_cast<int>(row.integer("width"));
  page.height = static_cast<int>(row.integer("height"));
  page.dpi = static_cast<int>(row.integer("dpi"));
  page.quarter_turns = static_cast<int>(row.integer("quarter_turns"));
  page.blank = row.integer("blank") != 0;
  page.born_digital = row.integer("born_digital") != 0;
  page.confidence = row.real("confidence");
  page.steps = row.text("steps");
  page.original_page = static_cast<int>(row.integer("original_page"));
  page.codes = row.text("codes");
  page.marks = row.text("marks");
  return page;
}

Rendition rendition_from(const Row& row) {
  const auto role = rendition_role_from(row.text("role"));
  if (!role) throw Error(fmt::format("catalogue: rendition role \"{}\" is unknown", row.text("role")));
  return {*role,
          {row.text("sha256"), static_cast<std::uint64_t>(row.integer("size"))},
          row.text("media_type"),
          row.text("format_id")};
}

/// The columns that change when a document is confirmed, in the order both statements name them.
std::vector<Value> changeable_values(const Document& document) {
  const NewDocument& content = document.content;
  const DocumentFields& fields = content.fields;
  return {document.revision,
          std::string(name_of(content.state)),
          fields.title,
          fields.document_type,
          fields.sender,
          fields.recipient,
          fields.reference,
          date_or_null(fields.document_date),
          fields.plan_entry,
          text_or_null(fields.folder.text),
          text_or_null(fields.open_case.text),
          list_text(content.review_reasons),
          document.manifest_sha256,
          date_or_null(document.retention_end),
          number(document.retention_unlimited),
          document.retention_sentence,
          document.disposal};
}

void insert_pages(Connection& connection, const Document& document) {
  for (const PageRecord& page : document.content.pages) {
    connection.execute(
        "INSERT INTO page(document, number, width, height, dpi, quarter_turns, blank, born_digital, "
        "confidence, "
        "steps, original_page, codes, marks) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {document.id.text, number(page.number), number(page.width), number(page.height), number(page.dpi),
         number(page.quarter_turns), number(page.blank), number(page.born_digital), page.confidence,
         page.steps, number(page.original_page), page.codes, page.marks});
  }
}

void insert_proposals(Connection& connection, const Document& document) {
  std::int64_t position = 0;
  for (const Proposal& proposal : document.content.proposals) {
    connection.execute(
        "INSERT INTO proposal(document, position, field, value, confidence, reason) VALUES(?, ?, ?, ?, ?, ?)",
        {document.id.text, position++, proposal.field, proposal.value, proposal.confidence, proposal.reason});
  }
}

void insert_renditions(Connection& connection, const Document& document) {
  for (const Rendition& rendition : document.content.renditions) {
    connection.execute(
        "INSERT INTO rendition(document, role, sha256, size, media_type, format_id) VALUES(?, ?, ?, ?, ?, ?)",
        {document.id.text, std::string(name_of(rendition.role)), rendition.object.sha256,
         static_cast<std::int64_t>(rendition.object.size), rendition.media_type, rendition.format_id});
  }
}

}  // namespace

void insert_document(Connection& connection, const Document& document, const std::string& filed_at) {
  const NewDocument& content = document.content;
  std::vector<Value> values = changeable_values(document);
  values.insert(values.end(), {document.id.text, content.intake.text, filed_at, to_iso(content.received_on),
                               content.original_name, content.source, content.languages,
                               list_text(content.access), content.processing});
  connection.execute(
      "INSERT INTO document(revision, state, title, document_type, sender, recipient, reference, "
      "document_date, "
      "plan_entry, folder, record_case, review_reasons, manifest_sha256, retention_end, retention_unlimited, "
      "retention_sentence, disposal, id, intake, filed_at, received_on, original_name, source, languages, "
      "access, "
      "processing) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      values);
  insert_pages(connection, document);
  insert_proposals(connection, document);
  insert_renditions(connection, document);
}

void update_document(Connection& connection, const Document& document) {
  std::vector<Value> values = changeable_values(document);
  values.emplace_back(document.id.text);
  const std::int64_t changed = connection.execute(
      "UPDATE document SET revision = ?, state = ?, title = ?, document_type = ?, sender = ?, recipient = ?, "
      "reference = ?, document_date = ?, plan_entry = ?, folder = ?, record_case = ?, review_reasons = ?, "
      "manifest_sha256 = ?, retention_end = ?, retention_unlimited = ?, retention_sentence = ?, disposal = ? "
      "WHERE id = ?",
      values);
  if (changed != 1) throw NotFound(fmt::format("there is no document {}", document.id.text));
}

void replace_renditions(Connection& connection, const Document& document) {
  connection.execute("DELETE FROM rendition WHERE document = ?", {document.id.text});
  insert_renditions(connection, document);
}

void replace_reading(Connection& connection, const Document& document) {
  connection.execute("UPDATE document SET processing = ? WHERE id = ?",
                     {document.content.processing, document.id.text});
  connection.execute("DELETE FROM page WHERE document = ?", {document.id.text});
  insert_pages(connection, document);
  connection.execute("DELETE FROM proposal WHERE document = ?", {document.id.text});
  insert_proposals(connection, document);
  replace_renditions(connection, document);
}

std::optional<Document> load_document(Connection& connection, const DocumentId& id) {
  const Rows rows = connection.query(
      "SELECT id, intake, revision, state, received_on, title, document_type, sender, recipient, reference, "
      "document_date, plan_entry, folder, record_case, original_name, source, languages, review_reasons, "
      "access, "
      "processing, manifest_sha256, retention_end, retention_unlimited, retention_sentence, disposal "
      "FROM document WHERE id = ?",
      {id.text});
  if (rows.empty()) return std::nullopt;
  Document document = document_from(rows[0]);
  for (const Row& row :
       connection.query("SELECT number, width, height, dpi, quarter_turns, blank, "
                        "born_digital, confidence, steps, original_page, codes, marks FROM page "
                        "WHERE document = ? ORDER BY number",
                        {id.text})) {
    document.content.pages.push_back(page_from(row));
  }
  for (const Row& row : connection.query(
           "SELECT field, value, confidence, reason FROM proposal WHERE document = ? ORDER BY position",
           {id.text})) {
    document.content.proposals.push_back(
        {row.text("field"), row.text("value"), row.real("confidence"), row.text("reason")});
  }
  for (const Row& row : connection.query(
           "SELECT role, sha256, size, media_type, format_id FROM rendition WHERE document = ? ORDER BY role",
           {id.text})) {
    document.content.renditions.push_back(rendition_from(row));
  }
  return document;
}

std::optional<DocumentId> load_document_of(Connection& connection, const IntakeId& id) {
  const Rows rows = connection.query("SELECT id FROM document WHERE intake = ?", {id.text});
  if (rows.empty()) return std::nullopt;
  return DocumentId{rows[0].text("id")};
}

std::optional<Folder> load_folder(Connection& connection, const FolderId& id) {
  const Rows rows =
      connection.query("SELECT id, reference, title, plan_entry FROM folder WHERE id = ?", {id.text});
  if (rows.empty()) return std::nullopt;
  return Folder{
      {rows[0].text("id")}, rows[0].text("reference"), rows[0].text("title"), rows[0].text("plan_entry")};
}

std::optional<Case> load_case(Connection& connection, const CaseId& id) {
  const Rows rows =
      connection.query("SELECT id, folder, reference, title FROM record_case WHERE id = ?", {id.text});
  if (rows.empty()) return std::nullopt;
  return Case{
      {rows[0].text("id")}, {rows[0].text("folder")}, rows[0].text("reference"), rows[0].text("title")};
}

std::int64_t take_revision(Connection& connection, const DocumentId& id) {
  connection.execute("INSERT INTO change(document) VALUES(?)", {id.text});
  return connection.last_insert_id();
}

}  // namespace eakte::archive

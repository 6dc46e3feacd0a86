#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/calendar.h"
#include "archive/id.h"
#include "archive/object_store.h"

namespace eakte::archive {

/// The stored forms of a document's content.
/// `corrected_*` are text and words with what a person put in the place of the machine's reading, all pages;
/// they are there only while a page is corrected.
enum class RenditionRole { original, pdfa, text, words, corrected_text, corrected_words };
std::string_view name_of(RenditionRole role);
std::optional<RenditionRole> rendition_role_from(std::string_view name);

struct Rendition {
  RenditionRole role = RenditionRole::original;
  StoredObject object;
  std::string media_type;
  std::string format_id = {};  ///< PRONOM's PUID, "fmt/478"; empty: not known (see format_id.h)
};

/// A value the classifier proposes for a field, with its reason in German.
struct Proposal {
  std::string
      field;  ///< name of the document's field: "document_type", "sender", "plan_entry", "iban", "amount"...
  std::string value;
  double confidence = 0;  ///< 0..1
  std::string reason;     ///< German, for people: "Kassenzeichen im Informationsblock"
};

/// One page of a document, without its words (they are in the words rendition).
struct PageRecord {
  int number = 1;  ///< from 1
  int width = 0;   ///< pixels of the upright page
  int height = 0;
  int dpi = 300;
  int quarter_turns = 0;  ///< clockwise turns from the received picture
  bool blank = false;
  bool born_digital = false;
  double confidence = 0;  ///< of the reading, 0..1
  std::string steps;      ///< JSON array of the cleanup steps with their parameters
  int original_page = 0;  ///< its page in the received file, from 1; 0: the same number
  std::string codes =
      "[]";  ///< JSON array of the codes on it: {symbology, text, box: [left, top, width, height]}
  std::string marks = "[]";  ///< JSON array of words: "identity_document"
};

enum class DocumentState {
  filed,
  review,
  withdrawn  ///< no longer in force: filed anew as part of another document; bytes and manifests stay
};
std::string_view name_of(DocumentState state);
std::optional<DocumentState> document_state_from(std::string_view name);

/// What describes a document; the part a person may correct.
struct DocumentFields {
  std::string title;
  std::string document_type;  ///< "Rechnung", "Bescheid", ...; empty: unknown
  std::string sender;
  std::string recipient;
  std::string reference;  ///< Aktenzeichen or Geschäftszeichen found on the document
  std::optional<Date> document_date;
  std::string plan_entry;  ///< number in the file plan; empty: unclear
  FolderId folder;         ///< empty: none
  CaseId open_case;        ///< empty: none
};

/// A document as it goes in.
struct NewDocument {
  IntakeId intake;
  Date received_on;
  DocumentFields fields;
  DocumentState state = DocumentState::filed;
  std::vector<std::string> review_reasons;  ///< reason codes; why the document is on the review list
  std::string original_name;                ///< verbatim, for display only
  std::string source;                       ///< where the intake came from
  std::string languages;                    ///< the recogniser's, "deu+eng"
  std::vector<PageRecord> pages;
  std::vector<Proposal> proposals;
  std::vector<Rendition> renditions;       ///< objects that are durable in the store already
  std::vector<std::string> access{"all"};  ///< access terms; who may find it
  std::string processing;                  ///< JSON: program version, OCR engine, durations by stage
};

/// A document as it stands in the archive.
struct Document {
  DocumentId id;
  std::int64_t revision = 0;  ///< of the archive when the document last changed
  NewDocument content;
  std::string manifest_sha256;
  std::optional<Date> retention_end;
  bool retention_unlimited = false;
  std::string retention_sentence;  ///< German: rule, start event, and what is still open
  std::string disposal;            ///< "A", "B", "V" or empty without a plan entry
};

struct Folder {
  FolderId id;
  std::string reference;  ///< Aktenzeichen
  std::string title;
  std::string plan_entry;
};

struct Case {
  CaseId id;
  FolderId folder;
  std::string reference;  ///< Geschäftszeichen
  std::string title;
};

}  // namespace eakte::archive

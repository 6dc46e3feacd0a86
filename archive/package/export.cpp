#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "archive/catalogue/archive_state.h"
#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/manifest.h"
#include "archive/json_number.h"
#include "archive/package.h"
#include "archive/package/aside.h"
#include "archive/package/audit_part.h"
#include "archive/package/bag_writer.h"
#include "archive/package/document_events.h"
#include "archive/package/explanation.h"
#include "archive/package/mets_writer.h"
#include "archive/package/package_names.h"
#include "archive/package/package_scope.h"
#include "archive/package/package_tables.h"
#include "archive/package/premis_writer.h"
#include "archive/package/proof_part.h"
#include "archive/package/xdomea_part.h"

namespace eakte::archive {
namespace {

using json = nlohmann::ordered_json;

constexpr std::int64_t rows_at_once = 200;
constexpr std::uint64_t most_manifest_bytes = std::uint64_t{1} << 30U;
constexpr MetadataKind manifest_kind{"OTHER", "eakte-manifest-1", "application/json"};
constexpr MetadataKind premis_kind{"PREMIS", "", "application/xml"};

/// One representation while it is written: METS and PREMIS of its own.
struct Representation {
  std::string directory;
  MetsWriter mets;
  PremisWriter premis;
};

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + "\"";
}

/// What may stand in the name of a directory everywhere.
std::string name_part(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    result += plain ? c : '-';
  }
  return result;
}

/// Writes everything an export consists of into a bag. The connection sees one snapshot.
class Export {
public:
  Export(const Archive& archive, Connection& connection, BagWriter& bag, const PackageOptions& options,
         const PackageProgress& progress)
      : archive_(archive),
        connection_(connection),
        bag_(bag),
        options_(options),
        progress_(progress),
        folder_(options.folder ? options.folder->text : std::string()),
        scope_(package_scope(folder_, options.with_drafts)),
        name_(fmt::format("eakte-{}-{}", name_part(archive.tenant()), folder_.empty() ? "alles" : folder_)),
        root_("data/" + name_),
        mets_(bag, root_, head(name_, scope())),
        premis_(bag, root_ + "/metadata/preservation/premis.xml", options.program) {
    for (const std::string_view one : representations) {
      const std::string directory = fmt::format("{}/representations/{}", root_, one);
      representations_.emplace(
          one, Representation{
                   directory, MetsWriter(bag, directory, head(std::string(one), std::string(one))),
                   PremisWriter(bag, directory + "/metadata/preservation/premis.xml", options.program)});
    }
  }

  PackageReport run() {
    find_withheld();
    count_drafts();
    write_documentation();
    write_catalogue();
    write_documents();
    if (folder_.empty()) write_bare_intakes();
    write_xdomea();
    write_events_of_folders();
    write_proof();
    write_audit_parts();
    finish_representations();
    const PackedFile premis = premis_.finish();
    mets_.add_provenance(premis, premis_kind, options_.at);
    mets_.finish();
    report_.name = name_;
    return report_;
  }

  std::string scope() const {
    if (folder_.empty()) return "alle Akten, Vorgänge und Dokumente";
    const auto folder = load_folder(connection_, {folder_});
    if (!folder) throw NotFound(fmt::format("there is no folder {}", folder_));
    return fmt::format("die Akte {} „{}“", folder->reference, folder->title);
  }

private:
  MetsHead head(const std::string& id, const std::string& label) const {
    return {id, label, options_.at, options_.program};
  }

  /// Originals that show what does not belong to the folder; the same rows travel in withheld_object.
  void find_withheld() {
    const auto table =
        std::ranges::find(package_tables(), std::string_view("withheld_object"), &PackageTable::name);
    for_each_row_text(connection_, *table, scope_, [&](const std::string& line) {
      withheld_.insert(json::parse(line).at("sha256").get<std::string>());
    });
    report_.withheld = std::ssize(withheld_);
  }

  void count_drafts() {
    if (folder_.empty() || options_.with_drafts) return;
    report_.drafts_left_out = connection_
                                  .query(fmt::format("{}SELECT count(*) AS number FROM document WHERE folder "
                                                     "IN (SELECT id FROM packed) AND draft = 1",
                                                     with_packed),
                                         {scope_})
                                  .at(0)
                                  .integer("number");
  }

  void write_documentation() {
    const std::string text = package_explanation(name_, archive_.tenant(), scope(), options_.at);
    bag_.add("LIESMICH.txt", text);
    const PackedFile file = bag_.add(root_ + "/documentation/LIESMICH.txt", text);
    mets_.add_file("Documentation", file, "text/plain", options_.at);
  }

  void describe(const PackedFile& file, std::string_view media_type, std::string_view kind) {
    mets_.add_description(file, {"OTHER", kind, media_type}, options_.at);
  }

  void write_catalogue() {
    const std::string directory = root_ + "/metadata/descriptive/";
    const std::int64_t schema =
        connection_.query("SELECT max(number) AS last FROM migration").at(0).integer("last");
    const json about{{"format", package_format},
                     {"name", name_},
                     {"tenant", archive_.tenant()},
                     {"folder", folder_},
                     {"at", options_.at},
                     {"program", options_.program},
                     {"schema", schema},
                     {"drafts_left_out", report_.drafts_left_out}};
    describe(bag_.add(directory + "package.json", about.dump(1) + "\n"), "application/json", package_format);
    describe(bag_.add(directory + "file_plan.yaml", archive_.file_plan_yaml()), "application/yaml",
             "file plan");
    for (const PackageTable& table : package_tables()) {
      BagFile file = bag_.begin(fmt::format("{}catalogue/{}.ndjson", directory, table.name));
      for_each_row_text(connection_, table, scope_, [&](const std::string& line) {
        file.append(line);
        file.append("\n");
      });
      describe(file.finish(), "application/x-ndjson", table.name);
    }
  }

  void write_documents() {
    BagFile list = bag_.begin(root_ + "/documentation/Verzeichnis.csv");
    list.append(
        "\xEF\xBB\xBF"
        "Akte;Vorgang;Betreff;Dokumentart;Datum;Eingang;Absender;Name des "
        "Originals;PDF/A;Original;Text;Kennung\r\n");
    const std::string_view with = folder_.empty() ? std::string_view() : with_packed;
    const std::string_view scope = folder_.empty() ? "?1 = ?1" : "id IN (SELECT id FROM packed_document)";
    const std::int64_t all =
        connection_
            .query(fmt::format("{}SELECT count(*) AS number FROM document WHERE {}", with, scope), {scope_})
            .at(0)
            .integer("number");
    for (std::string last;;) {
      const Rows rows = connection_.query(
          fmt::format("{}SELECT id, filed_at FROM document WHERE {} AND id > ?2 ORDER BY id LIMIT {}", with,
                      scope, rows_at_once),
          {scope_, last});
      for (const Row& row : rows) {
        const Document document = load_document(connection_, {row.text("id")}).value();
        write_document(document, row.text("filed_at"));
        list.append(list_line(document));
        ++report_.documents;
        if (progress_) progress_(report_.documents, all);
      }
      if (std::ssize(rows) < rows_at_once) break;
      last = rows.back().text("id");
    }
    mets_.add_file("Documentation", list.finish(), "text/csv", options_.at);
  }

  std::string list_line(const Document& document) {
    const DocumentFields& fields = document.content.fields;
    const auto folder = fields.folder.empty() ? std::nullopt : load_folder(connection_, fields.folder);
    const auto open_case = fields.open_case.empty() ? std::nullopt : load_case(connection_, fields.open_case);
    std::map<RenditionRole, std::string> places;
    for (const Rendition& rendition : document.content.renditions) {
      if (withheld_.contains(rendition.object.sha256)) continue;
      places[rendition.role] = fmt::format("representations/{}/data/{}", representation_of(rendition.role),
                                           file_name_of(document.id, rendition));
    }
    const std::vector<std::string> cells{folder ? folder->reference : "",
                                         open_case ? open_case->reference : "",
                                         fields.title,
                                         fields.document_type,
                                         fields.document_date ? to_iso(*fields.document_date) : "",
                                         to_iso(document.content.received_on),
                                         fields.sender,
                                         document.content.original_name,
                                         places[RenditionRole::pdfa],
                                         places[RenditionRole::original],
                                         places.contains(RenditionRole::corrected_text)
                                             ? places[RenditionRole::corrected_text]
                                             : places[RenditionRole::text],
                                         document.id.text};
    std::string line;
    for (const std::string& cell : cells) line += (line.empty() ? "" : ";") + quoted(cell);
    return line + "\r\n";
  }

  /// Writes an object unless it is there; every byte is verified on the way out.
  std::optional<PackedFile> write_object(const std::string& path, const std::string& sha256) {
    if (std::filesystem::exists(bag_.directory() / path)) return std::nullopt;
    const OpenObject object = archive_.objects().open(sha256);
    PackedFile file = bag_.add(path, object.descriptor());
    if (file.sha256 != sha256) throw Damaged(fmt::format("object {} changed while it was copied", sha256));
    return file;
  }

  void write_document(const Document& document, const std::string& filed_at) {
    const std::string description = write_manifests(document, filed_at);
    for (const Rendition& rendition : document.content.renditions) {
      if (withheld_.contains(rendition.object.sha256)) continue;
      Representation& to = representations_.at(std::string(representation_of(rendition.role)));
      const std::string name = file_name_of(document.id, rendition);
      const auto file = write_object(fmt::format("{}/data/{}", to.directory, name), rendition.object.sha256);
      const bool original = rendition.role == RenditionRole::original;
      if (file) {
        to.mets.add_file("Data", *file, rendition.media_type, filed_at,
                         original ? description : std::string());
        to.premis.add(PremisFile{name, rendition.object.sha256, rendition.object.size, rendition.media_type,
                                 rendition.format_id, original ? document.content.original_name : ""});
        to.premis.add(fixity_event(name, options_.at));
      }
      for (const PremisEvent& event : events_of(document, rendition, received_at(document), filed_at))
        to.premis.add(event);
    }
  }

  std::string received_at(const Document& document) {
    const Rows rows =
        connection_.query("SELECT received_at FROM intake WHERE id = ?", {document.content.intake.text});
    return rows.empty() ? to_iso(document.content.received_on) : rows[0].text("received_at");
  }

  /// All manifests of a document from the present one back, with what only earlier ones name. Returns the id
  /// of the present one in the METS of the originals.
  std::string write_manifests(const Document& document, const std::string& filed_at) {
    Representation& originals = representations_.at("original");
    std::string id;
    for (std::string sha256 = document.manifest_sha256; !sha256.empty();) {
      const auto source = archive_.directory() / manifest_path(document, sha256);
      const std::string text = small_file(source, most_manifest_bytes);
      if (sha256_hex(text) != sha256) throw Damaged(fmt::format("manifest {} is damaged", source.string()));
      const json manifest = json::parse(text);
      const PackedFile file = bag_.add(
          fmt::format("{}/metadata/descriptive/{}.{}.json", originals.directory, document.id.text, sha256),
          text);
      const std::string added = originals.mets.add_description(file, manifest_kind, filed_at);
      if (id.empty()) id = added;
      note_anchor(whole_number<std::int64_t>(manifest.at("audit").at("entries")),
                  manifest.at("audit").at("hash").get<std::string>());
      write_earlier(document, manifest, filed_at);
      sha256 = manifest.at("previous").get<std::string>();
    }
    return id;
  }

  /// A manifest names an entry of the chain it was written under: the own one, or one that came along.
  void note_anchor(std::int64_t sequence, const std::string& hash) {
    if (sequence == 0) return;
    const Rows entry =
        connection_.query("SELECT 1 FROM audit_trail WHERE sequence = ? AND hash = ?", {sequence, hash});
    if (!entry.empty()) anchors_.insert(sequence);
  }

  /// Objects of earlier states: a text before it was corrected once more.
  void write_earlier(const Document& document, const json& manifest, const std::string& filed_at) {
    for (const json& one : manifest.at("renditions")) {
      const auto sha256 = one.at("sha256").get<std::string>();
      if (std::ranges::any_of(document.content.renditions,
                              [&](const Rendition& rendition) { return rendition.object.sha256 == sha256; }))
        continue;
      Representation& to = representations_.at("text");
      const auto media_type = one.at("media_type").get<std::string>();
      const std::string name = fmt::format("{}.{}", sha256, extension_of_type(media_type));
      const auto file = write_object(fmt::format("{}/data/{}", to.directory, name), sha256);
      if (!file) continue;
      to.mets.add_file("Data", *file, media_type, filed_at);
      to.premis.add(PremisFile{name, sha256, file->size, media_type, {}, {}});
      to.premis.add(fixity_event(name, options_.at));
    }
  }

  /// What came in and is no document: refused, set aside, unpacked, waiting.
  void write_bare_intakes() {
    Representation& to = representations_.at("original");
    for (std::string last;;) {
      const Rows rows = connection_.query(
          "SELECT id, sha256, size, name, received_at FROM intake WHERE id > ? AND state <> 'destroyed' AND "
          "NOT EXISTS (SELECT 1 FROM "
          "rendition "
          "WHERE rendition.sha256 = intake.sha256 AND role = 'original') ORDER BY id LIMIT ?",
          {last, rows_at_once});
      for (const Row& row : rows) {
        const std::string sha256 = row.text("sha256");
        const std::string name = sha256 + ".bin";
        const auto file = write_object(fmt::format("{}/data/{}", to.directory, name), sha256);
        if (!file) continue;
        to.mets.add_file("Data", *file, "application/octet-stream", row.text("received_at"));
        to.premis.add(PremisFile{name, sha256, file->size, "application/octet-stream", {}, row.text("name")});
        to.premis.add(fixity_event(name, options_.at));
      }
      if (std::ssize(rows) < rows_at_once) return;
      last = rows.back().text("id");
    }
  }

  template <class Visit>
  void for_each_folder(const Visit& visit) {
    const std::string_view with = folder_.empty() ? std::string_view() : with_packed;
    const std::string_view scope = folder_.empty() ? "?1 = ?1" : "id IN (SELECT id FROM packed)";
    for (std::string last;;) {
      const Rows rows =
          connection_.query(fmt::format("{}SELECT id FROM folder WHERE {} AND id > ?2 ORDER BY id LIMIT {}",
                                        with, scope, rows_at_once),
                            {scope_, last});
      for (const Row& row : rows) visit(row.text("id"));
      if (std::ssize(rows) < rows_at_once) return;
      last = rows.back().text("id");
    }
  }

  void write_xdomea() {
    for_each_folder([&](const std::string& id) {
      ++report_.folders;
      const PackedFile file =
          bag_.add(fmt::format("{}/metadata/descriptive/xdomea/{}.xml", root_, id),
                   xdomea_of_folder(connection_, archive_.file_plan(connection_), archive_.tenant(), {id},
                                    options_.at, options_.program));
      describe(file, "application/xml", "xdomea 3.1.0");
    });
  }

  void write_events_of_folders() {
    for_each_folder([&](const std::string& id) {
      for (const PremisEvent& event : events_of_folder(connection_, id)) premis_.add(event);
    });
  }

  /// Evidence, notes about scans, messages of disposal.
  void write_proof() {
    const std::string directory = root_ + "/metadata/preservation/";
    for_each_proof_file(archive_, connection_, scope_, [&](const ProofFile& proof) {
      PackedFile file;
      if (!proof.file.empty()) {
        BagFile copy = bag_.begin(directory + proof.path);
        read_in_pieces(proof.file, [&](std::span<const std::byte> piece) { copy.append(piece); });
        file = copy.finish();
      } else if (!proof.sha256.empty()) {
        file = bag_.add(directory + proof.path, archive_.objects().open(proof.sha256).descriptor());
      } else {
        file = bag_.add(directory + proof.path, proof.text);
      }
      if (!proof.sha256.empty() && file.sha256 != proof.sha256)
        throw Damaged(fmt::format("{} is damaged", proof.path));
      mets_.add_provenance(file, {"OTHER", proof.kind, proof.media_type}, options_.at);
    });
  }

  void write_audit_parts() {
    for (const AuditPart& part : audit_parts(connection_, archive_.tenant(), scope_, anchors_)) {
      BagFile file = bag_.begin(fmt::format("{}/metadata/preservation/audit-{}.ndjson", root_, part.chain));
      part.lines([&](const std::string& line) {
        file.append(line);
        file.append("\n");
      });
      mets_.add_provenance(file.finish(), {"OTHER", "eakte-audit-1", "application/x-ndjson"}, options_.at);
    }
  }

  void finish_representations() {
    for (auto& [name, representation] : representations_) {
      representation.mets.add_provenance(representation.premis.finish(), premis_kind, options_.at);
      mets_.add_representation(name, representation.mets.finish(), options_.at);
    }
  }

  const Archive& archive_;
  Connection& connection_;
  BagWriter& bag_;
  PackageOptions options_;
  const PackageProgress& progress_;
  std::string folder_;
  std::string scope_;  ///< of the queries
  std::string name_;
  std::string root_;
  MetsWriter mets_;
  PremisWriter premis_;
  std::map<std::string, Representation> representations_;
  std::set<std::int64_t> anchors_;
  std::set<std::string> withheld_;
  PackageReport report_;
};

void require_right(const PackageVerdict& verdict) {
  if (verdict.ok()) return;
  throw Error(fmt::format("the package does not stand its own check: {}", verdict.errors.front()));
}

}  // namespace

PackageReport export_package(Archive& archive, const std::filesystem::path& target,
                             const PackageOptions& given, const std::string& actor,
                             const PackageProgress& progress) {
  PackageOptions options = given;
  if (options.at.empty()) options.at = now_utc();
  std::vector<std::string> removed = remove_killed_exports(target);
  Aside aside(target);
  BagWriter bag(aside.path());
  PackageReport report;
  Rows head;
  std::string scope;
  archive.database().read([&](Connection& connection) {
    Export run(archive, connection, bag, options, progress);
    report = run.run();
    scope = run.scope();
    head = connection.query("SELECT entries, hash FROM audit_head WHERE id = 1");
  });
  const PackedFile manifest =
      bag.finish({{"Source-Organization", archive.tenant()},
                  {"Bagging-Date", options.at.substr(0, 10)},
                  {"Bag-Software-Agent", options.program},
                  {"External-Identifier", report.name},
                  {"External-Description", scope},
                  {"Eakte-Audit-Entries", std::to_string(head.at(0).integer("entries"))},
                  {"Eakte-Audit-Hash", head.at(0).text("hash")}});
  report.files = bag.payload_files();
  report.bytes = bag.payload_bytes();
  report.manifest_sha256 = manifest.sha256;
  require_right(check_bag(aside.path()));
  require_right(check_information_package(aside.path() / "data" / report.name));
  aside.sync();
  archive.database().write([&](Connection& connection) {
    append_audit_entry(connection,
                       {actor, "archive.exported", options.folder ? options.folder->text : archive.tenant(),
                        json{{"package", report.name},
                             {"documents", report.documents},
                             {"files", report.files},
                             {"bytes", report.bytes},
                             {"manifest_sha256", report.manifest_sha256}}
                            .dump()});
  });
  aside.give_name();
  report.removed = std::move(removed);
  return report;
}

}  // namespace eakte::archive

#include "api/commands/dispose.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "api/commands/json_line.h"
#include "api/commands/opened_archive.h"
#include "api/commands/records_names.h"
#include "api/data_directory.h"
#include "api/disposal_names.h"
#include "api/error.h"
#include "archive/due_list.h"
#include "ingest/disposal_messages.h"

namespace eakte::api {
namespace {

using archive::Archive;
using archive::FolderId;
using nlohmann::json;

constexpr int most_processes = 10000;

std::vector<FolderId> folders_named(const Archive& archive, const std::vector<std::string>& names) {
  std::vector<FolderId> folders;
  folders.reserve(names.size());
  for (const std::string& name : names) folders.push_back(folder_named(archive, name));
  return folders;
}

/// The day of a step: today or before. Only a tenant of trial may act as if a later day had come.
archive::Date day_of_step(const OpenedArchive& opened, const std::string& text) {
  const archive::Date day = day_of(text);
  if (day > archive::today() && !opened.on_trial())
    throw archive::Forbidden("day_in_future", fmt::format("{} has not come", archive::to_iso(day)));
  return day;
}

/// What is closed and due, without what a hold keeps here; how many those are is told.
std::vector<FolderId> all_due(const Archive& archive, const DisposeOptions& options, archive::Date on,
                              int& held) {
  std::vector<FolderId> folders;
  archive::DueQuery query;
  query.on = on;
  query.plan_entry = options.plan_entry;
  query.limit = 1000;
  do {
    const archive::DuePage page = archive::due_folders(archive, query);
    for (const archive::DueFolder& due : page.folders) {
      if (due.status != archive::FolderStatus::closed) continue;
      if (due.standing_holds > 0) {
        ++held;
      } else {
        folders.push_back(due.about.id);
      }
    }
    query.cursor = page.next;
  } while (!query.cursor.empty());
  return folders;
}

/// Where a message lies, for the person who passes it on.
std::filesystem::path file_of(const Archive& archive, const archive::DisposalProcess& process,
                              archive::MessageType type) {
  for (const archive::ProcessMessage& message : process.messages)
    if (message.type == type) return archive.directory() / "outbox" / message.file_name;
  return {};
}

void print_sent(const OpenedArchive& opened, const DisposeOptions& options, const std::string& id,
                archive::MessageType type) {
  const archive::DisposalProcess process = archive::disposal_process(opened.archive, id);
  const auto file = file_of(opened.archive, process, type);
  if (options.form == OutputForm::json) {
    json object = to_json(process);
    object["file"] = file.string();
    print_json(object);
    return;
  }
  fmt::print("Vorgang {}: {} Akten. Bitte diese Datei dem Archiv übergeben:\n{}\n", id,
             process.folders.size(), file.string());
}

void print_process(const archive::DisposalProcess& process) {
  fmt::print("{}  {}  begonnen am {}, {}\n", process.id, german_name(process.kind),
             process.created_at.substr(0, 10), german_state(process));
  if (process.state == archive::ProcessState::withdrawn)
    fmt::print("  zurückgenommen am {} von {}: {}\n", process.withdrawn_at.substr(0, 10),
               process.withdrawn_by, process.withdraw_reason);
  for (const archive::ProcessMessage& message : process.messages)
    fmt::print("  {} {} {}  {}{}\n", message.recorded_at.substr(0, 10), message.incoming ? "<-" : "->",
               archive::number_of(message.type), german_name(message.type),
               message.kept ? "" : " (Datei entfernt, Akte ist vernichtet)");
  for (const archive::ProcessFolder& folder : process.folders)
    fmt::print("  {}  {}\n", folder.about.reference.empty() ? folder.about.id.text : folder.about.reference,
               sentence_on(folder, process.state));
}

/// The file of a person, opened for reading.
class GivenFile {
public:
  explicit GivenFile(const std::filesystem::path& path)
      : descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) throw Error(fmt::format("{}: {}", path.string(), std::strerror(errno)));
  }
  ~GivenFile() { close(descriptor_); }
  GivenFile(const GivenFile&) = delete;
  GivenFile& operator=(const GivenFile&) = delete;
  int descriptor() const { return descriptor_; }

private:
  int descriptor_;
};

archive::ReadContainer read_given(const OpenedArchive& opened, int descriptor) {
  ingest::WorkerOptions worker = opened.config().worker;
  worker.processes = 1;
  worker.few_pages = true;
  ingest::WorkerPool pool(worker_path(), worker);
  return ingest::read_disposal_message({pool, {}, std::filesystem::temp_directory_path().string(), {}},
                                       descriptor, opened.parties().schemas);
}

void print_message(const archive::ReadContainer& container) {
  const archive::MessageHead& head = container.message.head;
  fmt::print("{} ({}), xdomea {}, Vorgang {}\nvon {} an {}, geschrieben {}\n", archive::number_of(head.type),
             german_name(head.type), head.version, head.process, head.sender.name, head.recipient.name,
             head.created_at);
  int objects = 0;
  for (const archive::RecordObject& object : container.message.objects)
    archive::for_each_object(object, [&](const archive::RecordObject& one, int depth) {
      ++objects;
      fmt::print("{:{}}{}  {}  {}\n", "", 2 * depth, one.id, one.reference, one.title);
    });
  for (const archive::AppraisedObject& object : container.message.appraised)
    fmt::print("  {}  {}\n", object.id, object.code);
  for (const archive::ImportedObject& object : container.message.imported)
    fmt::print("  {}  {}  {}{}\n", object.id, object.success ? "übernommen" : "nicht übernommen",
               object.message, object.archive_reference);
  fmt::print("{} Objekte, {} Dateien\n", objects, container.files.size());
}

void copy_to_file(int from, const std::filesystem::path& target) {
  const int to = open(target.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  if (to < 0) throw Error(fmt::format("{}: {}", target.string(), std::strerror(errno)));
  std::array<char, 65536> bytes{};
  bool good = true;
  for (ssize_t size = 0; good && (size = read(from, bytes.data(), bytes.size())) != 0;)
    good = size > 0 && write(to, bytes.data(), static_cast<std::size_t>(size)) == size;
  good = fsync(to) == 0 && good;
  if (close(to) != 0 || !good) throw Error(fmt::format("{}: {}", target.string(), std::strerror(errno)));
}

}  // namespace

int run_dispose_offer(const DisposeOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.records_manager();
  const archive::Date on = day_of_step(opened, options.on);
  int held = 0;
  const std::vector<FolderId> folders = options.all_due ? all_due(opened.archive, options, on, held)
                                                        : folders_named(opened.archive, options.names);
  const std::string process = archive::offer_folders(opened.archive, folders, opened.parties(), on, actor);
  print_sent(opened, options, process, archive::MessageType::offer);
  if (held > 0 && options.form == OutputForm::text)
    fmt::print("{} fällige Akten sind gesperrt und wurden nicht angeboten.\n", held);
  return 0;
}

int run_dispose_transfer(const DisposeOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.records_manager();
  std::string process = options.names.front();
  if (options.names.size() == 1 && archive::is_uuid(process)) {
    archive::transfer_offered(opened.archive, process, opened.parties(), actor);
  } else {
    process = archive::transfer_folders(opened.archive, folders_named(opened.archive, options.names),
                                        opened.parties(), actor);
  }
  print_sent(opened, options, process, archive::MessageType::transfer);
  return 0;
}

int run_dispose_withdraw_offer(const DisposeOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.records_manager();
  archive::withdraw_offer(opened.archive, options.process, options.reason, actor);
  const archive::DisposalProcess process = archive::disposal_process(opened.archive, options.process);
  if (options.form == OutputForm::json) {
    print_json(to_json(process));
  } else {
    print_process(process);
    fmt::print("Bitte dem Archiv mitteilen, dass diese Anbietung nicht mehr gilt.\n");
  }
  return 0;
}

int run_dispose_plan(const DisposeOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.records_manager();
  print_sent(opened, options, archive::send_file_plan(opened.archive, opened.parties(), actor),
             archive::MessageType::plan);
  return 0;
}

int run_dispose_appraise(const DisposeOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.records_manager();
  const std::vector<FolderId> folders = folders_named(opened.archive, options.names);
  const archive::Date on = day_of_step(opened, options.on);
  if (options.by_plan) {
    archive::appraise_by_plan(opened.archive, folders, on, actor);
  } else {
    const auto decision = archive::appraisal_decision_from(options.decision);
    if (!decision)
      throw Error("Es fehlt die Entscheidung: --decision A oder V mit --source, oder --by-plan.");
    const archive::Date decided_on = options.decided_on.empty() ? on : day_of(options.decided_on);
    std::vector<archive::NewAppraisal> appraisals;
    for (const FolderId& folder : folders)
      appraisals.push_back({folder, *decision, options.source, decided_on});
    archive::record_appraisals(opened.archive, appraisals, on, actor);
  }
  for (const FolderId& folder : folders) {
    const archive::Appraisal appraisal = archive::appraisal_of(opened.archive, folder).value();
    const std::string reference = opened.archive.folder(folder).reference;
    if (options.form == OutputForm::json) {
      print_json(to_json(appraisal, reference));
    } else {
      fmt::print("{}: {} ({})\n", reference, german_name(appraisal.decision), appraisal.source);
    }
  }
  return 0;
}

int run_dispose_hand_over_paper(const DisposeOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.records_manager();
  const FolderId folder = folders_named(opened.archive, options.names).front();
  std::ifstream stream(options.file, std::ios::binary);
  const std::string items{std::istreambuf_iterator<char>(stream), {}};
  archive::record_paper_handover(opened.archive,
                                 {folder, day_of(options.on), options.received_by, options.protocol, items},
                                 archive::today(), actor);
  const std::string reference = opened.archive.folder(folder).reference;
  if (options.form == OutputForm::json) {
    print_json(to_json(*archive::paper_handover_of(opened.archive, folder), reference));
  } else {
    fmt::print("{}: Papier an das Archiv übergeben, {} ({})\n", reference, options.received_by,
               options.protocol);
  }
  return 0;
}

int run_dispose_read(const DisposeOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = options.only_show ? "" : opened.records_manager();
  const GivenFile file(options.file);
  const archive::ReadContainer container = read_given(opened, file.descriptor());
  if (options.only_show) {
    if (options.form == OutputForm::json) {
      fmt::print("{}\n", archive::xdomea_to_json(container.message));
    } else {
      print_message(container);
    }
    return 0;
  }
  const archive::TakenAnswer taken = archive::take_answer(
      opened.archive, container, file.descriptor(), opened.parties(), day_of_step(opened, options.on), actor);
  const archive::DisposalProcess process = archive::disposal_process(opened.archive, taken.process);
  if (options.form == OutputForm::json) {
    json object = to_json(process);
    object["taken"] = archive::number_of(taken.type);
    object["changed"] = taken.changed;
    print_json(object);
    return 0;
  }
  fmt::print("{} {}.\n", german_name(taken.type),
             taken.changed ? "ist eingetragen" : "war schon eingetragen; nichts wurde geändert");
  print_process(process);
  return 0;
}

int run_dispose_status(const DisposeOptions& options) {
  OpenedArchive opened(options);
  std::vector<std::string> ids;
  if (options.names.empty()) {
    for (const archive::DisposalProcess& process :
         archive::disposal_processes(opened.archive, most_processes))
      ids.push_back(process.id);
  } else if (archive::is_uuid(options.names.front())) {
    ids = options.names;
  } else {
    ids = archive::processes_of(opened.archive, folder_named(opened.archive, options.names.front()));
  }
  for (const std::string& id : ids) {
    const archive::DisposalProcess process = archive::disposal_process(opened.archive, id);
    if (options.form == OutputForm::json) {
      print_json(to_json(process));
    } else {
      print_process(process);
    }
  }
  return 0;
}

int run_dispose_get(const DisposeOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.records_manager();
  const auto type = archive::message_type_from(options.message);
  if (!type) throw Error(fmt::format("Eine Nachricht {} gibt es nicht.", options.message));
  const archive::OpenObject message =
      archive::hand_out_message(opened.archive, options.process, *type, actor);
  std::filesystem::path target = options.file;
  if (std::filesystem::is_directory(target))
    target /=
        file_of(opened.archive, archive::disposal_process(opened.archive, options.process), *type).filename();
  copy_to_file(message.descriptor(), target);
  if (options.form == OutputForm::json) {
    print_json({{"file", target.string()}});
  } else {
    fmt::print("{}\n", target.string());
  }
  return 0;
}

}  // namespace eakte::api

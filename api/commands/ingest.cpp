#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "api/commands/actor.h"
#include "api/commands/json_line.h"
#include "api/commands/retry.h"
#include "api/data_directory.h"
#include "api/progress_bar.h"
#include "ingest/change_signal.h"
#include "ingest/reasons.h"
#include "ingest/unread_intakes.h"

namespace eakte::api {
namespace {

namespace fs = std::filesystem;
using ingest::Intake;
using ingest::IntakeState;

std::vector<fs::path> all_files(const std::vector<fs::path>& given) {
  std::vector<fs::path> files;
  for (const fs::path& path : given) {
    if (!fs::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    std::vector<fs::path> below;
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) below.push_back(entry.path());
    }
    std::ranges::sort(below);
    files.insert(files.end(), below.begin(), below.end());
  }
  return files;
}

/// Reads a file into the store. Throws Refused("source_unreadable").
archive::StagedObject staged_copy(const fs::path& file, const archive::ObjectStore& objects) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw ingest::Refused("source_unreadable", file.string());
  archive::StagedObject staged = objects.stage();
  std::vector<std::byte> bytes(1 << 17);
  ssize_t size = 0;
  while ((size = read(descriptor, bytes.data(), bytes.size())) > 0) {
    staged.append(std::span(bytes).first(static_cast<std::size_t>(size)));
  }
  close(descriptor);
  if (size < 0) throw ingest::Refused("source_unreadable", file.string());
  return staged;
}

bool is_end(IntakeState state) { return state != IntakeState::queued && state != IntakeState::working; }

bool is_good(IntakeState state) { return state != IntakeState::refused && state != IntakeState::quarantined; }

/// What is printed of an intake; a duplicate shows what became of the first.
struct Line {
  std::string intake, file, state, document, reason;
};

void print(const Line& line, OutputForm form) {
  const std::string sentence(line.reason.empty() ? "" : ingest::german_sentence(line.reason));
  if (form == OutputForm::json) {
    print_json({{"intake", line.intake},
                {"file", line.file},
                {"state", line.state},
                {"document", line.document},
                {"reason", line.reason},
                {"message", sentence}});
  } else {
    fmt::print("{}  {:<11} {:<26} {}{}{}\n", line.intake.empty() ? "-" : line.intake, line.state,
               line.document.empty() ? "-" : line.document, line.file,
               line.reason.empty() ? "" : fmt::format("  [{}] ", line.reason), sentence);
  }
  std::fflush(stdout);
}

class Ingest {
public:
  Ingest(Tenant& tenant, const IngestOptions& options, std::string actor)
      : tenant_(tenant), options_(options), actor_(std::move(actor)) {}

  void accept(const fs::path& file, const std::string& languages) {
    const std::string name = ingest::displayable(file.filename().native());
    try {
      const Intake intake =
          tenant_.queue.accept(staged_copy(file, tenant_.archive.objects()), {.source = "cli",
                                                                              .name = name,
                                                                              .languages = languages,
                                                                              .parent = {},
                                                                              .idempotency_key = {},
                                                                              .actor = actor_});
      open_.insert(intake.id);
    } catch (const ingest::Refused& refused) {
      all_good_ = false;
      print({"", name, "refused", "", refused.code}, options_.form);
    }
  }

  /// Watches an intake that waits already.
  void watch(const archive::IntakeId& id) { open_.insert(id); }

  /// Prints what has ended, and takes the members of archives and the parts of batches into the watch. True
  /// when all have ended.
  bool look() {
    for (auto at = open_.begin(); at != open_.end();) {
      const Intake intake = tenant_.queue.intake(*at);
      const Intake first = tenant_.queue.resolved(intake);
      if (!is_end(first.state)) {
        ++at;
        continue;
      }
      ++ended_;
      at = open_.erase(at);
      all_good_ = all_good_ && is_good(first.state);
      bar_.hide();
      print({intake.id.text, intake.name, std::string(name_of(first.state)), first.document.text,
             intake.reason.empty() ? first.reason : intake.reason},
            options_.form);
      if (intake.state == IntakeState::unpacked || intake.state == IntakeState::split) {
        for (const Intake& member : members_of(intake)) at = open_.insert(at, member.id);
        at = open_.begin();
      }
    }
    bar_.show(ended_, ended_ + std::ssize(open_));
    return open_.empty();
  }

  void print_waiting() {
    for (const auto& id : open_) {
      const Intake intake = tenant_.queue.intake(id);
      print({id.text, intake.name, std::string(name_of(intake.state)), intake.document.text, intake.reason},
            options_.form);
    }
  }

  bool all_good() const { return all_good_; }

private:
  std::vector<Intake> members_of(const Intake& archive) const {
    std::vector<Intake> members;
    for (const archive::Row& row : tenant_.archive.database().query(
             "SELECT id FROM intake WHERE parent = ? ORDER BY id", {archive.id.text})) {
      members.push_back(tenant_.queue.intake({row.text("id")}));
    }
    return members;
  }

  Tenant& tenant_;
  const IngestOptions& options_;
  std::string actor_;
  std::set<archive::IntakeId> open_;
  std::int64_t ended_ = 0;
  bool all_good_ = true;
  ProgressBar bar_{"Verarbeite"};
};

/// Works, or waits for the service that works, until everything watched has ended; 1 when something ended
/// badly.
int wait_for_all(Ingest& ingest, Tenant& tenant, const ingest::ChangeSignal& signal, bool works_itself) {
  while (!ingest.look()) signal.wait({});
  if (works_itself) tenant.processor->wait_until_idle();
  return ingest.all_good() ? 0 : 1;
}

/// A tenant whose intakes wait again: works on them, or waits for the service that does, and prints what
/// became of them.
class Reworking {
public:
  explicit Reworking(const DataOptions& options)
      : options_(options),
        config_(read_config(options.data / "eakte.toml")),
        name_(chosen_tenant(options.data, config_, options.tenant)),
        lock_(ServiceLock::try_take(options.data)),
        service_(open_service(options.data, config_)) {}

  Tenant& tenant() { return service_->tenant(name_); }

  std::string actor() {
    return acting_person(tenant().archive, options_, {archive::Role::clerk, archive::Role::records_manager});
  }

  int run(const std::vector<archive::IntakeId>& intakes) {
    const ingest::ChangeSignal signal(tenant().archive.directory());
    if (lock_) start_processing(*service_, config_, LogIntakes::no);
    signal.notify();
    IngestOptions form;
    form.form = options_.form;
    Ingest ingest(tenant(), form, {});
    for (const archive::IntakeId& id : intakes) ingest.watch(id);
    return wait_for_all(ingest, tenant(), signal, lock_ != nullptr);
  }

private:
  const DataOptions& options_;
  Config config_;
  std::string name_;
  std::unique_ptr<ServiceLock> lock_;
  std::unique_ptr<Service> service_;
};

/// Throws archive::Forbidden when the actor may not see what came of an intake.
void require_reworkable(const Tenant& tenant, const archive::IntakeId& id, const std::string& actor) {
  if (const auto document = document_behind(tenant, tenant.queue.intake(id)))
    require_readable(tenant.archive, reader_named(tenant.archive, actor), *document);
}

archive::IntakeId known_intake(const std::string& text) {
  if (!archive::is_id(text)) throw Error("Diesen Eingang gibt es nicht: " + text);
  return archive::IntakeId{text};
}

}  // namespace

int run_ingest(const IngestOptions& options) {
  const Config config = read_config(options.data / "eakte.toml");
  const std::string name = chosen_tenant(options.data, config, options.tenant);
  // Without a service somebody has to do the work: this process.
  const auto lock = ServiceLock::try_take(options.data);
  const auto service = open_service(options.data, config);
  Tenant& tenant = service->tenant(name);
  const ingest::ChangeSignal signal(tenant.archive.directory());
  if (lock) start_processing(*service, config, LogIntakes::no);

  Ingest ingest(
      tenant, options,
      acting_person(tenant.archive, options, {archive::Role::clerk, archive::Role::records_manager}));
  const std::string& languages = options.languages.empty() ? config.upload_languages : options.languages;
  for (const fs::path& file : all_files(options.files)) {
    ingest.accept(file, languages);
    signal.notify();
  }
  if (!lock && !options.wait) {
    ingest.print_waiting();
    return ingest.all_good() ? 0 : 1;
  }
  return wait_for_all(ingest, tenant, signal, lock != nullptr);
}

int run_join(const JoinOptions& options) {
  Reworking again(options);
  const archive::IntakeId id = known_intake(options.intake);
  if (again.tenant().queue.intake(id).state != IntakeState::split)
    throw Error("Dieser Eingang ist kein getrennter Stapel; nur ein solcher lässt sich zusammenfügen.");
  const std::string actor = again.actor();
  require_reworkable(again.tenant(), id, actor);
  again.tenant().queue.join(id, actor);
  return again.run({id});
}

int run_retry(const RetryOptions& options) {
  if (options.intakes.empty() != options.unread)
    throw Error("Bitte entweder Kennungen von Eingängen oder --unread angeben.");
  Reworking again(options);
  const std::string actor = again.actor();
  std::vector<archive::IntakeId> intakes;
  for (const std::string& text : options.intakes) {
    intakes.push_back(known_intake(text));
    require_reworkable(again.tenant(), intakes.back(), actor);
  }
  if (options.unread) {
    const Tenant& tenant = again.tenant();
    const Reader reader = reader_named(tenant.archive, actor);
    intakes = ingest::unread_intakes(tenant.archive);
    std::erase_if(intakes, [&](const archive::IntakeId& id) {
      const auto document = document_behind(tenant, tenant.queue.intake(id));
      return document && !may_read(tenant.archive, reader, *document);
    });
  }
  for (const archive::IntakeId& id : intakes) {
    try {
      again.tenant().queue.retry(id, actor);
    } catch (const archive::Conflict&) {
      throw Error(fmt::format("Bei Eingang {} gibt es nichts nachzuholen.", id.text));
    }
  }
  return again.run(intakes);
}

}  // namespace eakte::api

#pragma once
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "archive/due_list.h"
#include "archive/offers.h"
#include "archive/xdomea_container.h"
#include "tests/ingest/destruction_tenant.h"

namespace eakte::testing {

/// The life of due folders up to the archive's confirmation, the archive's part included. Begun again after
/// it was cut short anywhere it goes on where it was.
class DisposalLife {
public:
  /// Is told what is done, after it is acknowledged: "offered <process>", "taken <process> 0502",
  /// "transferred <process>", "accepted <intake>".
  using Told = std::function<void(const std::string& fact)>;

  explicit DisposalLife(DestructionTenant& tenant) : tenant_(tenant) {}

  void go_on(const Told& told) {
    offer_what_is_due(told);
    for (const archive::DisposalProcess& process : archive::disposal_processes(tenant_.archive, 10'000)) {
      using enum archive::ProcessState;
      if (process.state == waiting) answer(process.id, archive::MessageType::appraisal, told);
      if (!has(process.id, "0503") && has(process.id, "0502")) {
        archive::transfer_offered(tenant_.archive, process.id, parties_, "cli");
        told("transferred " + process.id);
      }
      if (has(process.id, "0503") && !has(process.id, "0506"))
        answer(process.id, archive::MessageType::import_report, told);
    }
  }

  void accept(const std::string& bytes, const Told& told) {
    told("accepted " + tenant_.accept(bytes, "Scan.tif").id.text);
  }

  /// What a start of the service puts right, and then everything that is wrong: a message without its state,
  /// a state without its message, a fact that is not so.
  std::vector<std::string> faults(const std::vector<std::string>& facts) {
    archive::remove_unfinished_messages(tenant_.archive);
    // Orphans are what a kill before the commit leaves of something nobody was told of.
    std::vector<std::string> found = archive::verify_archive(tenant_.archive).problems;
    const auto messages = [&] {
      std::set<std::string> names;
      for (const auto& row : tenant_.archive.database().query("SELECT file_name FROM disposal_message"))
        names.insert(row.text("file_name"));
      return names;
    }();
    std::set<std::string> files;
    const auto outbox = tenant_.archive.directory() / "outbox";
    if (std::filesystem::exists(outbox))
      for (const auto& file : std::filesystem::directory_iterator(outbox))
        files.insert(file.path().filename().string());
    if (files != messages)
      found.push_back(fmt::format("{} files and {} messages in the outbox", files.size(), messages.size()));
    add_half_folders(found);
    for (const std::string& fact : facts)
      if (!holds(fact)) found.push_back("not so any more: " + fact);
    return found;
  }

  /// Folders that are not taken over yet.
  std::int64_t unfinished() {
    return count(
        "SELECT count(*) AS number FROM folder LEFT JOIN appraisal ON appraisal.folder = folder.id WHERE "
        "closed_on IS NOT NULL AND transfer_confirmed_at IS NULL");
  }

private:
  std::int64_t count(const std::string& sql) {
    return tenant_.archive.database().query(sql).at(0).integer("number");
  }

  void offer_what_is_due(const Told& told) {
    constexpr std::size_t at_once = 5;
    std::vector<archive::FolderId> folders;
    const auto offer = [&] {
      if (folders.empty()) return;
      told("offered " +
           archive::offer_folders(tenant_.archive, folders, parties_, DestructionTenant::today(), "cli"));
      folders.clear();
    };
    for (const auto& due :
         archive::due_folders(tenant_.archive, {.on = DestructionTenant::today(), .limit = 10'000}).folders) {
      if (due.status != archive::FolderStatus::closed) continue;
      folders.push_back(due.about.id);
      if (folders.size() == at_once) offer();
    }
    offer();
  }

  bool has(const std::string& process, const std::string& number) {
    return !tenant_.archive.database()
                .query("SELECT 1 FROM disposal_message WHERE process = ? AND type = ?", {process, number})
                .empty();
  }

  /// The archive wants everything and takes it over.
  void answer(const std::string& process, archive::MessageType type, const Told& told) {
    archive::XdomeaMessage answer;
    answer.head = {
        .version = "3.1.0", .type = type, .process = process, .created_at = "2027-06-01T09:00:00Z"};
    answer.head.sender = parties_.archive;
    answer.head.recipient = parties_.authority;
    answer.head.receipt_wanted = true;
    for (const archive::ProcessFolder& folder : archive::disposal_process(tenant_.archive, process).folders) {
      const std::string id = archive::uuid_of(folder.about.id.text);
      if (type == archive::MessageType::appraisal) {
        answer.appraised.push_back({id, "A"});
      } else {
        answer.imported.push_back({id, true, "", "Best. 7"});
      }
    }
    const std::string xml = archive::write_xdomea(answer);
    const int file = memfd_create("answer", MFD_CLOEXEC);
    if (write(file, xml.data(), xml.size()) != static_cast<ssize_t>(xml.size()))
      throw archive::Error("no memory");
    archive::take_answer(tenant_.archive, archive::read_container(file, {}), file, parties_,
                         DestructionTenant::today(), "cli");
    close(file);
    told(fmt::format("taken {} {}", process, archive::number_of(type)));
  }

  void add_half_folders(std::vector<std::string>& found) {
    const auto none = [&](const char* what, const std::string& sql) {
      if (const auto number = count(sql); number > 0) found.push_back(fmt::format("{} {}", number, what));
    };
    const std::string with_message =
        "EXISTS (SELECT 1 FROM disposal_object JOIN disposal_message USING (process) WHERE "
        "disposal_object.folder = folder.id AND disposal_message.type = '{}')";
    none("folders are offered without an offer",
         "SELECT count(*) AS number FROM folder WHERE status IN ('offered', 'appraised', 'transferred') AND "
         "NOT " +
             fmt::format(fmt::runtime(with_message), "0501"));
    none("folders were offered and are not",
         "SELECT count(*) AS number FROM folder WHERE status = 'closed' AND " +
             fmt::format(fmt::runtime(with_message), "0501"));
    none("folders are appraised without an answer",
         "SELECT count(*) AS number FROM folder WHERE status IN ('appraised', 'transferred') AND NOT " +
             fmt::format(fmt::runtime(with_message), "0502"));
    none("folders are handed over without a message",
         "SELECT count(*) AS number FROM folder WHERE status = 'transferred' AND NOT " +
             fmt::format(fmt::runtime(with_message), "0503"));
    none("imports are confirmed without an answer",
         "SELECT count(*) AS number FROM appraisal JOIN folder ON folder.id = appraisal.folder WHERE "
         "transfer_confirmed_at IS NOT NULL AND NOT " +
             fmt::format(fmt::runtime(with_message), "0506"));
    none("processes have no offer",
         "SELECT count(*) AS number FROM disposal_process WHERE id NOT IN (SELECT process FROM "
         "disposal_message "
         "WHERE type = '0501')");
  }

  bool holds(const std::string& fact) {
    const std::string what = fact.substr(0, fact.find(' '));
    const std::string id = fact.substr(what.size() + 1, fact.find(' ', what.size() + 1) - what.size() - 1);
    if (what == "accepted")
      return !tenant_.archive.database().query("SELECT 1 FROM intake WHERE id = ?", {id}).empty();
    if (what == "offered") return has(id, "0501");
    if (what == "transferred") return has(id, "0503");
    return what != "taken" || has(id, fact.substr(fact.size() - 4));
  }

  DestructionTenant& tenant_;
  archive::DisposalParties parties_{
      {"Stadt Musterstadt", "", "15083"}, {"Kreisarchiv", "", "KA-1"}, "eakte", {}};
};

}  // namespace eakte::testing

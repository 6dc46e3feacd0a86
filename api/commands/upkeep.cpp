#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <exception>

#include "api/commands/proof.h"
#include "api/data_directory.h"
#include "api/evidence_authority.h"
#include "api/log.h"
#include "archive/expiry.h"
#include "archive/installation_key.h"
#include "archive/scrub.h"

namespace eakte::api {
namespace {

/// Reads and writes only when nobody else wants the disk.
void become_patient() {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // a service that is killed leaves nobody behind
  constexpr int this_process = 1;
  constexpr int idle_class = 3;
  constexpr int class_shift = 13;
  ::syscall(SYS_ioprio_set, this_process, 0, idle_class << class_shift);
}

}  // namespace

int run_upkeep(const DataOptions& options) {
  become_patient();
  const Config config = read_config(options.data / "eakte.toml");
  const std::string tenant = chosen_tenant(options.data, config, options.tenant);
  archive::Archive archive(tenant_directory(options.data, tenant));
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  bool failed = false;
  // One job that fails must not keep the others from being done.
  const auto attempt = [&](const char* job, const std::function<void()>& work) {
    try {
      work();
    } catch (const std::exception& error) {
      log(LogLevel::error, "trouble", {{"tenant", tenant}, {"job", job}, {"what", error.what()}});
      failed = true;
    }
  };
  attempt("sample", [&] { archive::sample_due(archive, now, config.fixity); });
  attempt("scrub", [&] { archive::scrub_due(archive, now, config.fixity); });
  if (!config.evidence.tsa.empty()) {
    attempt("evidence", [&] {
      try {
        const archive::Date yesterday(std::chrono::sys_days(archive::today()) - std::chrono::days(1));
        archive::make_evidence(archive, yesterday, authority_of(options.data, config.evidence), "system");
        archive::note_evidence_trouble(archive, "");
      } catch (const std::exception& error) {
        archive::note_evidence_trouble(archive, error.what());
        throw;
      }
    });
  }
  attempt("expiry", [&] {
    const archive::Expiries expiries =
        archive::expiries(archive, archive::InstallationKey::of(options.data).certificate());
    archive::note_expiries(archive, expiries);
    for (const std::string& warning : archive::expiry_warnings(expiries, archive::today()))
      log(LogLevel::warning, "expiry", {{"tenant", tenant}, {"what", warning}});
  });
  for (const archive::Damage& damage : archive::standing_damages(archive))
    log(LogLevel::error, "damaged",
        {{"tenant", tenant}, {"object", damage.sha256}, {"kind", std::string(name_of(damage.kind))}});
  return failed ? 1 : 0;
}

}  // namespace eakte::api

#include <fmt/format.h>
#include <sys/resource.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <memory>
#include <vector>

#include "api/commands/commands.h"
#include "api/data_directory.h"
#include "api/destruction_duty.h"
#include "api/log.h"
#include "api/server.h"
#include "api/upkeep.h"
#include "ingest/watched_directory.h"

namespace eakte::api {
namespace {

/// "127.0.0.1:8080", "[::1]:8080" or a port alone.
ServerOptions server_options(const std::string& listen) {
  ServerOptions options;
  const std::size_t colon = listen.rfind(':');
  const std::string port = colon == std::string::npos ? listen : listen.substr(colon + 1);
  if (colon != std::string::npos) options.address = listen.substr(0, colon);
  if (options.address.starts_with('['))
    options.address = options.address.substr(1, options.address.size() - 2);
  int number = -1;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (error != std::errc() || end != port.data() + port.size() || number < 0 || number > 65535) {
    throw Error(fmt::format("--listen {}: erwartet wird ADRESSE:PORT, zum Beispiel 127.0.0.1:8080", listen));
  }
  options.port = static_cast<unsigned short>(number);
  return options;
}

/// One line per answered request.
void log_request(const RequestLog& request) {
  const std::string path = request.path.substr(0, 200);
  const std::string milliseconds = fmt::format("{:.1f}", request.milliseconds);
  if (request.status >= 500) {
    log(LogLevel::error, "request",
        {{"method", request.method},
         {"path", path},
         {"status", std::to_string(request.status)},
         {"error", request.error}});
  } else {
    log(LogLevel::info, "request",
        {{"method", request.method},
         {"path", path},
         {"status", std::to_string(request.status)},
         {"bytes", std::to_string(request.bytes)},
         {"milliseconds", milliseconds}});
  }
}

/// Thousands of browsers keep a connection open; the usual soft limit is 1024.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

std::unique_ptr<ingest::WatchedDirectory> watch_inbox(Tenant& tenant, const Config& config) {
  const auto told = [&tenant](const ingest::WatchedFile& file) {
    if (file.intake.empty()) {
      log(LogLevel::warning, "inbox", {{"tenant", tenant.name}, {"reason", file.reason}});
    } else {
      log(LogLevel::info, "inbox", {{"tenant", tenant.name}, {"intake", file.intake.text}});
      tenant.processor->wake();
    }
  };
  return std::make_unique<ingest::WatchedDirectory>(tenant.archive.directory() / "inbox", tenant.archive,
                                                    tenant.queue, config.inbox, told);
}

}  // namespace

int run_serve(const ServeOptions& options) {
  // Blocked before any thread starts, so that only the wait below takes them.
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);

  const Config config = read_config(options.data / "eakte.toml");
  ServerOptions server = server_options(options.listen.empty() ? config.listen : options.listen);
  server.web = options.web.empty() ? std::filesystem::path(EAKTE_WEB) : options.web;
  server.max_upload_bytes = config.max_upload_bytes;
  server.certificate = config.certificate;
  server.key = config.key;
  server.names = config.host_names;
  server.log = log_request;
  raise_descriptor_limit();
  const auto lock = ServiceLock::try_take(options.data);
  if (!lock) throw Error(fmt::format("Auf {} arbeitet schon ein Dienst.", options.data.string()));
  const auto service = open_service(options.data, config);
  start_processing(*service, config, LogIntakes::yes);
  std::vector<std::unique_ptr<ingest::WatchedDirectory>> inboxes;
  for (const auto& [name, tenant] : service->tenants) inboxes.push_back(watch_inbox(*tenant, config));

  const Upkeep upkeep(*service, std::chrono::hours(1));
  const DestructionDuty destruction(*service, config);
  const Server http(*service, server);
  const bool ipv6 = server.address.find(':') != std::string::npos;
  const std::string address = fmt::format("{}://{}:{}/", server.certificate.empty() ? "http" : "https",
                                          ipv6 ? "[" + server.address + "]" : server.address, http.port());
  if (options.form == OutputForm::json) {
    fmt::print("{{\"address\":\"{}\"}}\n", address);
  } else {
    fmt::print("eakte läuft: {}   (Ende mit Strg-C)\n", address);
  }
  std::fflush(stdout);
  log(LogLevel::info, "serving", {{"port", std::to_string(http.port())}});
  int signal_number = 0;
  sigwait(&signals, &signal_number);
  log(LogLevel::info, "stopping", {{"signal", std::to_string(signal_number)}});
  return 0;
}

}  // namespace eakte::api

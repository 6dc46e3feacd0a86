#include "api/server.h"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <future>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "api/http/connection.h"
#include "api/routes/access.h"
#include "api/routes/routes.h"

namespace eakte::api {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t picture_cache_bytes = 67'108'864;
constexpr std::chrono::seconds farewell{5};
constexpr int listeners_checked_every = 4;

bool all_have_accounts(const Service& service) {
  return std::ranges::all_of(service.tenants,
                             [](const auto& named) { return archive::has_accounts(named.second->archive); });
}

void require_protection(const Service& service, const ServerOptions& options) {
  std::string missing;
  if (!all_have_accounts(service)) missing = "Benutzerkonten für jeden Mandanten (eakte account add)";
  if (options.certificate.empty())
    missing +=
        (missing.empty() ? "" : " und ") + std::string("ein Zertifikat für TLS ([server] in eakte.toml)");
  if (missing.empty()) return;
  throw Error("Außerhalb dieser Maschine („" + options.address +
              "“) hört eakte nur geschützt. Dafür fehlen: " + missing +
              ". Ohne das bleibt es bei 127.0.0.1.");
}

tcp::endpoint endpoint_of(const Service& service, const ServerOptions& options) {
  error_code failed;
  const std::string text = options.address == "localhost" ? "127.0.0.1" : options.address;
  const asio::ip::address address = asio::ip::make_address(text, failed);
  if (failed) throw Error("„" + options.address + "“ ist keine IP-Adresse.");
  if (!address.is_loopback()) require_protection(service, options);
  return {address, options.port};
}

std::unique_ptr<TlsContext> tls_of(const ServerOptions& options) {
  if (options.certificate.empty() && options.key.empty()) return nullptr;
  if (options.certificate.empty() || options.key.empty())
    throw Error("[server] in eakte.toml braucht beides: certificate und key.");
  return std::make_unique<TlsContext>(options.certificate, options.key);
}

tcp::acceptor listen_on(asio::io_context& io, const tcp::endpoint& endpoint) {
  try {
    tcp::acceptor acceptor(io, endpoint, true);
    acceptor.non_blocking(true);
    return acceptor;
  } catch (const boost::system::system_error& error) {
    const std::string where = endpoint.address().to_string() + ":" + std::to_string(endpoint.port());
    if (error.code() == asio::error::address_in_use) {
      throw Error("Die Adresse " + where +
                  " ist schon belegt. Läuft eakte bereits? Sonst mit --listen einen anderen Port wählen.");
    }
    throw Error("An der Adresse " + where + " kann nicht gehört werden: " + error.code().message());
  }
}

}  // namespace

struct Server::State {
  State(Service& service, const ServerOptions& options);
  void accept();
  void watch();
  void deliver(const ServerSentEvent& event);
  void check_listeners();
  void stop();
  std::vector<std::shared_ptr<Connection>> connections() const {
    return {transport.connections.begin(), transport.connections.end()};
  }

  asio::io_context io{1};
  tcp::acceptor acceptor;
  asio::steady_timer watchdog{io};
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  asio::thread_pool quick;
  asio::thread_pool slow{2};
  asio::thread_pool passwords{2};
  std::unique_ptr<TlsContext> tls;
  StaticFiles page;
  PagePictures pictures{picture_cache_bytes};
  std::stop_source stopping;
  EventHub events;
  Application application;
  Router router;
  Transport transport;
  bool accepting = false;
  int ticks = 0;  ///< of the watchdog, one a second
  unsigned short port = acceptor.local_endpoint().port();
  std::promise<void> all_gone;  ///< kept when the server stops and the last connection has ended
  bool told_all_gone = false;
  std::thread thread;
};

Server::State::State(Service& service, const ServerOptions& options)
    : acceptor(listen_on(io, endpoint_of(service, options))),
      quick(static_cast<std::size_t>(std::max(1, options.threads))),
      tls(tls_of(options)),
      page(options.web),
      events(
          service, [this](std::function<void()> job) { asio::post(quick, std::move(job)); },
          [this](ServerSentEvent event) {
            asio::post(io, [this, event = std::move(event)] { deliver(event); });
          }),
      application{.service = service,
                  .events = events,
                  .pictures = pictures,
                  .page = page,
                  .max_upload_bytes = options.max_upload_bytes,
                  .stop = stopping.get_token(),
                  .encrypted = tls != nullptr,
                  .beyond_loopback = !acceptor.local_endpoint().address().is_loopback()},
      transport{.io = io,
                .quick = quick,
                .slow = slow,
                .passwords = passwords,
                .router = router,
                .own_address = {tls != nullptr, options.names},
                .tls = tls.get(),
                .authorize = [this](const Route& route,
                                    Request& request) { authorize(application, route, request); },
                .log = options.log,
                .listening = [this](bool begins) { events.listening(begins); },
                .last_gone =
                    [this] {
                      if (!std::exchange(told_all_gone, true)) all_gone.set_value();
                    }} {
  add_routes(router, application);
  router.tell_of_failures([this](const Request& request) { record_incident(application, request); });
  accept();
  watch();
  thread = std::thread([this] { io.run(); });
}

void Server::State::accept() {
  accepting = true;
  acceptor.async_accept([this](const error_code& failed, tcp::socket socket) {
    accepting = false;
    if (!acceptor.is_open()) return;
    if (failed) {
      // Out of descriptors: make room; the watchdog accepts again.
      const auto all = connections();
      const auto idle =
          std::ranges::find_if(all, [](const auto& connection) { return connection->is_idle(); });
      if (idle != all.end()) (*idle)->close();
      return;
    }
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.set_option(tcp::no_delay(true), ignored);
    const auto connection = std::make_shared<Connection>(transport, std::move(socket));
    transport.connections.insert(connection);
    connection->start();
    accept();
  });
}

void Server::State::watch() {
  watchdog.expires_after(std::chrono::seconds(1));
  watchdog.async_wait([this](const error_code& failed) {
    if (failed) return;
    const auto now = Connection::Clock::now();
    for (const auto& connection : connections()) connection->check_deadline(now);
    if (!accepting && acceptor.is_open()) accept();
    if (++ticks % listeners_checked_every == 0) check_listeners();
    watch();
  });
}

/// A stream ends within seconds of its session, or of the account's right to read.
void Server::State::check_listeners() {
  std::vector<std::pair<std::weak_ptr<Connection>, EventStream>> listeners;
  for (const auto& connection : connections()) {
    if (!connection->event_tenant().empty()) listeners.emplace_back(connection, connection->event_stream());
  }
  if (listeners.empty() || transport.stopping) return;
  asio::post(quick, [this, listeners = std::move(listeners)] {
    for (const auto& [listener, stream] : listeners) {
      bool may_go_on = false;
      try {
        may_go_on = may_listen(application, stream);
      } catch (const archive::Error&) {
        // Not sure is no: the browser connects again and is told what is wrong.
        may_go_on = false;
      }
      if (may_go_on) continue;
      asio::post(io, [waiting = listener] {
        if (const auto connection = waiting.lock()) connection->close();
      });
    }
  });
}

void Server::State::deliver(const ServerSentEvent& event) {
  for (const auto& connection : connections()) {
    if (connection->event_tenant() == event.tenant) connection->send_event(event.key, event.text);
  }
}

void Server::State::stop() {
  events.close();
  stopping.request_stop();
  asio::post(io, [this] {
    transport.stopping = true;
    error_code ignored;
    acceptor.close(ignored);
    for (const auto& connection : connections()) connection->finish_up();
    if (transport.connections.empty()) transport.last_gone();
  });
  // Answers under way have a moment to go out; handlers run to their end in any case.
  all_gone.get_future().wait_for(farewell);
  quick.join();
  slow.join();
  passwords.join();
  asio::post(io, [this] {
    for (const auto& connection : connections()) connection->close();
    watchdog.cancel();
    work.reset();
  });
  thread.join();
}

Server::Server(Service& service, const ServerOptions& options)
    : state_(std::make_unique<State>(service, options)) {}

Server::~Server() { state_->stop(); }

unsigned short Server::port() const { return state_->port; }

}  // namespace eakte::api

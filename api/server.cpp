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
#include "api/routes/routes.h"

namespace eakte::api {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t picture_cache_bytes = 67'108'864;
constexpr std::chrono::seconds farewell{5};

tcp::endpoint endpoint_of(const ServerOptions& options) {
  error_code failed;
  const std::string text = options.address == "localhost" ? "127.0.0.1" : options.address;
  const asio::ip::address address = asio::ip::make_address(text, failed);
  if (failed) throw Error("„" + options.address + "“ ist keine IP-Adresse.");
  if (!address.is_loopback()) {
    throw Error("Solange es keine Benutzerkonten gibt, hört eakte nur auf dieser Maschine (127.0.0.1); „" +
                options.address + "“ wird deshalb abgelehnt.");
  }
  return {address, options.port};
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
  void add_routes();
  void accept();
  void watch();
  void deliver(const ServerSentEvent& event);
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
  StaticFiles page;
  PagePictures pictures{picture_cache_bytes};
  std::stop_source stopping;
  EventHub events;
  Application application;
  Router router;
  Transport transport;
  bool accepting = false;
  unsigned short port = acceptor.local_endpoint().port();
  std::promise<void> all_gone;  ///< kept when the server stops and the last connection has ended
  bool told_all_gone = false;
  std::thread thread;
};

Server::State::State(Service& service, const ServerOptions& options)
    : acceptor(listen_on(io, endpoint_of(options))),
      quick(static_cast<std::size_t>(std::max(1, options.threads))),
      page(options.web),
      events(
          service, [this](std::function<void()> job) { asio::post(quick, std::move(job)); },
          [this](ServerSentEvent event) {
            asio::post(io, [this, event = std::move(event)] { deliver(event); });
          }),
      application{service, events, pictures, page, options.max_upload_bytes, stopping.get_token()},
      transport{.io = io,
                .quick = quick,
                .slow = slow,
                .router = router,
                .log = options.log,
                .listening = [this](bool begins) { events.listening(begins); },
                .last_gone =
                    [this] {
                      if (!std::exchange(told_all_gone, true)) all_gone.set_value();
                    }} {
  add_routes();
  accept();
  watch();
  thread = std::thread([this] { io.run(); });
}

void Server::State::add_routes() {
  add_status_routes(router, application);
  add_intake_routes(router, application);
  add_event_routes(router, application);
  add_search_routes(router, application);
  add_document_routes(router, application);
  add_rendition_routes(router, application);
  add_page_routes(router, application);
  add_file_plan_routes(router, application);
  add_reason_routes(router, application);
  add_audit_routes(router, application);
  add_fixity_routes(router, application);
  router.tell_of_failures([this](const Request& request) { record_incident(application, request); });
  // Last: it takes every other address.
  add_web_routes(router, application);
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
    watch();
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

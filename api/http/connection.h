#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>

#include "api/http/byte_stream.h"
#include "api/http/head.h"
#include "api/http/router.h"
#include "api/server.h"

namespace eakte::api {

class Connection;

/// What the connections of one server share. The sets and the flag belong to the transport's thread.
struct Transport {
  boost::asio::io_context& io;
  boost::asio::thread_pool& quick;
  boost::asio::thread_pool& slow;
  boost::asio::thread_pool& passwords;
  const Router& router;
  OwnAddress own_address;
  const TlsContext* tls;  ///< null: connections are not encrypted
  /// Says whether a request may go to its route and who sends it; on a pool's thread. Throws Problem.
  std::function<void(const Route&, Request&)> authorize;
  std::function<void(const RequestLog&)> log;
  std::function<void(bool)> listening;  ///< told with true and false as event streams open and end
  std::function<void()> last_gone;      ///< told when the server stops and no connection is left
  std::unordered_set<std::shared_ptr<Connection>> connections{};
  bool stopping = false;
};

/// One accepted TCP connection: requests one after the other, as a state machine of callbacks on the
/// transport's one thread, which only moves bytes. Handlers run on the pools; while one runs, the
/// connection reads nothing, and so the sender is slowed down to what the disk takes.
/// An idle connection holds no buffers. All functions: transport's thread only.
class Connection : public std::enable_shared_from_this<Connection> {
public:
  using Clock = std::chrono::steady_clock;

  Connection(Transport& transport, boost::asio::ip::tcp::socket socket);
  ~Connection();

  void start();
  /// Closes when the deadline has passed, keeps an event stream alive; called once a second.
  void check_deadline(Clock::time_point now);
  /// The server stops: closes at once, or after the answer being worked on.
  void finish_up();
  void close();
  bool is_idle() const { return phase_ == Phase::idle; }

  /// The tenant whose events this connection streams; empty when it does not.
  const std::string& event_tenant() const { return events_of_.tenant; }
  /// What the stream of events was opened with.
  const EventStream& event_stream() const { return events_of_; }
  /// Queues a server-sent event; an unsent one of the same key is replaced. A reader too slow for the bounded
  /// queue is disconnected, and its browser connects again.
  void send_event(const std::string& key, const std::string& text);

private:
  enum class Phase { idle, head, body, working, writing, events, lingering, closed };
  struct Exchange;

  void wait_to_read();
  void wait_to_write();
  void on_readable();
  void pump();
  bool receive();
  void on_end_of_input();
  void discard_input();

  bool take_head();
  void begin_exchange(RequestHead head);
  bool take_body();
  void decode_body();
  void hand_over();
  void run(Lane lane, std::function<void()> work, void (Connection::*then)());
  void after_opening();
  void after_piece();

  void refuse_and_close(Response response);
  void begin_answer();
  void write_some();
  std::string_view unsent_body() const;
  void read_object_piece();
  void after_object_piece();
  void end_answer();
  void linger();
  void log_answer();

  void begin_events();
  void flush_events();

  Transport& transport_;
  ByteStream stream_;
  Phase phase_ = Phase::idle;
  Clock::time_point deadline_;
  bool waiting_to_read_ = false;
  bool waiting_to_write_ = false;
  std::string in_;   ///< received, not yet understood
  std::string out_;  ///< head, piece of an object or events being written
  std::size_t out_sent_ = 0;
  std::unique_ptr<Exchange> exchange_;  ///< the request being answered; a pool's thread has it while working

  EventStream events_of_;
  std::deque<std::pair<std::string, std::string>> events_;  ///< key and text, oldest first
  Clock::time_point last_event_;
};

}  // namespace eakte::api

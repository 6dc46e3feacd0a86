#include "api/http/connection.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "api/http/exchange.h"
#include "api/http/problem.h"

namespace eakte::api {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::seconds;

constexpr seconds head_time{10};
constexpr seconds idle_time{60};
constexpr seconds body_time{30};
/// A sender has to bring so much in each body_time, or the rest.
constexpr std::uint64_t body_progress = 16'384;
constexpr std::size_t head_read = 16'384;
constexpr std::size_t body_piece = 131'072;

}  // namespace

Connection::Connection(Transport& transport, asio::ip::tcp::socket socket)
    : transport_(transport), stream_(std::move(socket), transport.tls), deadline_(Clock::now() + idle_time) {}

Connection::~Connection() = default;

void Connection::start() { pump(); }

void Connection::check_deadline(Clock::time_point now) {
  if (phase_ == Phase::events && out_.empty() && now - last_event_ >= seconds(15)) send_event("", ":\n\n");
  if (now < deadline_) return;
  if (phase_ == Phase::head || phase_ == Phase::body) {
    refuse_and_close(
        refusal(408, "incomplete_upload", "Die Übertragung dauerte zu lange, es wurde nichts angenommen."));
  } else {
    close();
  }
}

void Connection::finish_up() {
  if (phase_ == Phase::working || phase_ == Phase::writing) return;
  close();
}

void Connection::close() {
  if (phase_ == Phase::closed) return;
  const auto self = shared_from_this();
  if (phase_ == Phase::body) exchange_->response.status = 400;
  if (phase_ == Phase::body || phase_ == Phase::events) log_answer();
  if (phase_ == Phase::events) transport_.listening(false);
  // A pool's thread may be at the exchange; it is then dropped when the work is done.
  if (phase_ != Phase::working) exchange_.reset();
  phase_ = Phase::closed;
  events_of_ = {};
  stream_.close();
  transport_.connections.erase(self);
  if (transport_.stopping && transport_.connections.empty()) transport_.last_gone();
}

void Connection::wait_to_read() {
  if (stream_.has_unsent()) wait_to_write();
  if (std::exchange(waiting_to_read_, true)) return;
  stream_.wait_to_read([self = shared_from_this()](const error_code& failed) {
    self->waiting_to_read_ = false;
    if (!failed) self->on_readable();
  });
}

void Connection::wait_to_write() {
  if (std::exchange(waiting_to_write_, true)) return;
  stream_.wait_to_write([self = shared_from_this()](const error_code& failed) {
    self->waiting_to_write_ = false;
    if (failed || self->phase_ == Phase::closed) return;
    self->stream_.send_unsent();
    if (self->phase_ == Phase::writing) self->write_some();
    if (self->phase_ == Phase::events) self->flush_events();
  });
}

void Connection::on_readable() {
  if (phase_ == Phase::events || phase_ == Phase::lingering) {
    discard_input();
  } else {
    pump();
  }
}

void Connection::pump() {
  try {
    while (phase_ == Phase::idle || phase_ == Phase::head || phase_ == Phase::body) {
      const bool moved = phase_ == Phase::body ? take_body() : take_head();
      if (!moved && !receive()) return;
    }
  } catch (const std::exception&) {
    refuse_and_close(answer_to_current_exception());
  }
}

/// False when there is nothing more to be done now.
bool Connection::receive() {
  const std::size_t before = in_.size();
  in_.resize(before + (phase_ == Phase::body ? body_piece : head_read));
  error_code failed;
  const std::size_t size = stream_.read_some(in_.data() + before, in_.size() - before, failed);
  in_.resize(before + size);
  if (!failed) return true;
  if (failed == asio::error::would_block) {
    if (phase_ == Phase::idle) in_ = std::string();
    if (phase_ == Phase::body && !exchange_->piece.empty()) {
      hand_over();
    } else {
      wait_to_read();
    }
  } else if (failed == asio::error::eof) {
    on_end_of_input();
  } else {
    close();
  }
  return false;
}

void Connection::on_end_of_input() {
  if (phase_ != Phase::body) {
    close();
    return;
  }
  exchange_->sink.reset();
  refuse_and_close(
      refusal(400, "incomplete_upload", "Die Übertragung brach ab, es wurde nichts angenommen."));
}

void Connection::discard_input() {
  in_.resize(head_read);
  error_code failed;
  while (!failed) stream_.read_some(in_.data(), in_.size(), failed);
  in_ = std::string();
  if (failed == asio::error::would_block) {
    wait_to_read();
  } else {
    close();
  }
}

/// True when a head was complete.
bool Connection::take_head() {
  if (in_.empty()) return false;
  if (phase_ == Phase::idle) {
    phase_ = Phase::head;
    deadline_ = Clock::now() + head_time;
    exchange_ = std::make_unique<Exchange>();
  }
  const auto length = head_length(in_);
  if (!length) return false;
  RequestHead head = parse_head(std::string_view(in_).substr(0, *length));
  in_.erase(0, *length);
  begin_exchange(std::move(head));
  return true;
}

void Connection::begin_exchange(RequestHead head) {
  Exchange& exchange = *exchange_;
  exchange.began = Clock::now();
  exchange.method = head.request.method;
  exchange.raw_path = head.request.raw_path;
  exchange.framing = head.framing;
  exchange.expects_continue = head.expects_continue;
  try {
    check_origin(head.request, transport_.own_address);
    exchange.route = &transport_.router.find(head.request);
    if (head.framing.length > exchange.route->max_body)
      throw ingest::Refused("too_large", "announced length");
  } catch (const std::exception&) {
    exchange.keep_alive = head.keep_alive && head.framing.none();
    exchange.response = answer_to_current_exception();
    begin_answer();
    return;
  }
  exchange.keep_alive = head.keep_alive;
  exchange.request = std::move(head.request);
  run(
      exchange.route->lane,
      [&exchange, &transport = transport_] {
        const Route& route = *exchange.route;
        transport.authorize(route, exchange.request);
        exchange.sink = route.open
                            ? route.open(exchange.request)
                            : std::make_unique<CollectedBody>(std::move(exchange.request), route.handle);
        if (!exchange.framing.none()) return;
        exchange.response = exchange.sink->answer();
        exchange.answered = true;
      },
      &Connection::after_opening);
}

/// `work` has the exchange for itself until `then` runs on the transport's thread.
void Connection::run(Lane lane, std::function<void()> work, void (Connection::*then)()) {
  phase_ = Phase::working;
  deadline_ = Clock::time_point::max();
  exchange_->work_began = Clock::now();
  asio::thread_pool& pool = lane == Lane::slow       ? transport_.slow
                            : lane == Lane::password ? transport_.passwords
                                                     : transport_.quick;
  asio::post(pool, [self = shared_from_this(), work = std::move(work), then] {
    try {
      work();
    } catch (const std::exception&) {
      self->exchange_->response = answer_to_current_exception();
      self->exchange_->answered = true;
    }
    asio::post(self->transport_.io, [self, then] {
      if (self->phase_ == Phase::closed) {
        self->exchange_.reset();
      } else {
        ((*self).*then)();
      }
    });
  });
}

void Connection::after_opening() {
  Exchange& exchange = *exchange_;
  if (exchange.answered) {
    exchange.keep_alive = exchange.keep_alive && exchange.framing.none();
    begin_answer();
    return;
  }
  phase_ = Phase::body;
  deadline_ = exchange.body_deadline = Clock::now() + body_time;
  if (exchange.expects_continue && in_.empty()) {
    constexpr std::string_view interim = "HTTP/1.1 100 Continue\r\n\r\n";
    error_code failed;
    const std::size_t sent = stream_.write_some(interim, failed);
    if (failed || sent != interim.size()) {
      close();
      return;
    }
  }
  pump();
}

/// True when a piece went to the sink.
bool Connection::take_body() {
  decode_body();
  Exchange& exchange = *exchange_;
  if (exchange.body_bytes > exchange.route->max_body) throw ingest::Refused("too_large", "received length");
  if (!exchange.body_complete && exchange.piece.size() < body_piece) return false;
  hand_over();
  return true;
}

void Connection::decode_body() {
  Exchange& exchange = *exchange_;
  std::string_view rest = in_;
  while (!rest.empty() && !exchange.body_complete && exchange.piece.size() < body_piece) {
    if (exchange.framing.chunked) {
      const ChunkedBody::Step step = exchange.chunks.step(rest);
      exchange.piece += step.content;
      exchange.body_bytes += step.content.size();
      rest.remove_prefix(step.taken);
      exchange.body_complete = exchange.chunks.done();
    } else {
      const std::uint64_t left = exchange.framing.length - exchange.body_bytes;
      const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left, rest.size()));
      exchange.piece += rest.substr(0, size);
      exchange.body_bytes += size;
      rest.remove_prefix(size);
      exchange.body_complete = exchange.body_bytes == exchange.framing.length;
    }
  }
  in_.erase(0, in_.size() - rest.size());
}

void Connection::hand_over() {
  run(
      exchange_->route->lane,
      [&exchange = *exchange_] {
        if (!exchange.piece.empty()) exchange.sink->append(exchange.piece);
        exchange.piece.clear();
        if (!exchange.body_complete) return;
        exchange.response = exchange.sink->answer();
        exchange.answered = true;
      },
      &Connection::after_piece);
}

void Connection::after_piece() {
  Exchange& exchange = *exchange_;
  if (exchange.answered) {
    exchange.keep_alive = exchange.keep_alive && exchange.body_complete;
    begin_answer();
    return;
  }
  if (transport_.stopping) {
    close();
    return;
  }
  const auto now = Clock::now();
  if (exchange.body_bytes - exchange.bytes_at_extension >= body_progress) {
    exchange.bytes_at_extension = exchange.body_bytes;
    exchange.body_deadline = now + body_time;
  } else {
    // The sender does not answer for the time the disk took.
    exchange.body_deadline += now - exchange.work_began;
  }
  phase_ = Phase::body;
  deadline_ = exchange.body_deadline;
  pump();
}

}  // namespace eakte::api

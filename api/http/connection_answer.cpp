#include <unistd.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include "api/http/connection.h"
#include "api/http/exchange.h"
#include "api/http/problem.h"

// The half of Connection that answers: writing, event streams, closing without cutting the answer off.

namespace eakte::api {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::seconds;

constexpr seconds idle_time{60};
constexpr seconds write_time{30};
constexpr seconds linger_time{5};
constexpr std::size_t object_piece = 262'144;
constexpr std::size_t max_queued_events = 1000;

}  // namespace

void Connection::refuse_and_close(Response response) {
  if (phase_ == Phase::closed) return;
  if (!exchange_) exchange_ = std::make_unique<Exchange>();
  exchange_->sink.reset();
  exchange_->response = std::move(response);
  exchange_->keep_alive = false;
  begin_answer();
}

void Connection::begin_answer() {
  Exchange& exchange = *exchange_;
  exchange.sink.reset();
  const bool streams = std::holds_alternative<EventStream>(exchange.response.body);
  exchange.keep_alive = exchange.keep_alive && !streams && !transport_.stopping;
  const auto persistence = exchange.keep_alive ? Persistence::keep_alive : Persistence::close;
  const auto now = std::chrono::system_clock::now();
  try {
    out_ = response_head(exchange.response, persistence, now);
  } catch (const std::exception&) {
    exchange.response = answer_to_current_exception();
    out_ = response_head(exchange.response, persistence, now);
  }
  out_sent_ = 0;
  phase_ = Phase::writing;
  deadline_ = Clock::now() + write_time;
  if (streams && exchange.method != "HEAD") {
    begin_events();
  } else {
    write_some();
  }
}

std::string_view Connection::unsent_body() const {
  const Exchange& exchange = *exchange_;
  if (exchange.method == "HEAD" || exchange.response.status == 304) return {};
  std::string_view body;
  if (const auto* text = std::get_if<std::string>(&exchange.response.body)) body = *text;
  if (const auto* shared = std::get_if<SharedBytes>(&exchange.response.body)) body = **shared;
  return body.substr(std::min<std::size_t>(exchange.body_sent, body.size()));
}

void Connection::write_some() {
  Exchange& exchange = *exchange_;
  for (;;) {
    const std::string_view head = std::string_view(out_).substr(out_sent_);
    const std::string_view body = unsent_body();
    if (head.empty() && body.empty()) break;
    error_code failed;
    const std::size_t sent = stream_.write_some(head, body, failed);
    if (failed == asio::error::would_block) {
      wait_to_write();
      return;
    }
    if (failed) {
      log_answer();
      close();
      return;
    }
    deadline_ = Clock::now() + write_time;
    const std::size_t of_head = std::min(sent, head.size());
    out_sent_ += of_head;
    exchange.body_sent += sent - of_head;
  }
  const auto* part = std::get_if<ObjectPart>(&exchange.response.body);
  if (part != nullptr && exchange.method != "HEAD" && exchange.body_sent < part->length) {
    read_object_piece();
  } else {
    end_answer();
  }
}

void Connection::read_object_piece() {
  exchange_->object_failed = true;
  run(
      Lane::quick,
      [this, &exchange = *exchange_] {
        const auto& part = std::get<ObjectPart>(exchange.response.body);
        const auto wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(object_piece, part.length - exchange.body_sent));
        out_.resize(wanted);
        const ssize_t size = ::pread(part.object.descriptor(), out_.data(), wanted,
                                     static_cast<off_t>(part.offset + exchange.body_sent));
        exchange.object_failed = size <= 0;
        out_.resize(exchange.object_failed ? 0 : static_cast<std::size_t>(size));
      },
      &Connection::after_object_piece);
}

void Connection::after_object_piece() {
  Exchange& exchange = *exchange_;
  if (exchange.object_failed) {
    exchange.response.error = "reading an opened object failed";
    log_answer();
    close();
    return;
  }
  exchange.body_sent += out_.size();
  out_sent_ = 0;
  phase_ = Phase::writing;
  deadline_ = Clock::now() + write_time;
  write_some();
}

void Connection::end_answer() {
  log_answer();
  const bool keep_alive = exchange_->keep_alive && !transport_.stopping;
  exchange_.reset();
  out_ = std::string();
  if (!keep_alive) {
    linger();
    return;
  }
  phase_ = Phase::idle;
  deadline_ = Clock::now() + idle_time;
  // Posted, so that many small requests sent at once do not nest.
  asio::post(transport_.io, [self = shared_from_this()] { self->pump(); });
}

/// Closing while unread bytes wait would reset the connection and destroy the answer on its way (RFC 9112
/// section 9.6): the sender is let go on for a moment.
void Connection::linger() {
  error_code failed;
  stream_.shut_down_sending(failed);
  if (failed || transport_.stopping) {
    close();
    return;
  }
  phase_ = Phase::lingering;
  deadline_ = Clock::now() + linger_time;
  discard_input();
}

void Connection::log_answer() {
  if (!transport_.log || !exchange_) return;
  const std::chrono::duration<double, std::milli> took = Clock::now() - exchange_->began;
  RequestLog entry{exchange_->method,    exchange_->raw_path, exchange_->response.status,
                   exchange_->body_sent, took.count(),        {}};
  if (entry.status >= 500) entry.error = exchange_->response.error;
  transport_.log(entry);
}

void Connection::begin_events() {
  if (transport_.stopping) {
    close();
    return;
  }
  out_ += "retry: 3000\n\n";
  phase_ = Phase::events;
  events_of_ = std::get<EventStream>(exchange_->response.body);
  last_event_ = Clock::now();
  transport_.listening(true);
  wait_to_read();
  flush_events();
}

void Connection::send_event(const std::string& key, const std::string& text) {
  if (phase_ != Phase::events) return;
  last_event_ = Clock::now();
  const auto waiting = std::ranges::find(events_, key, [](const auto& event) { return event.first; });
  if (waiting != events_.end()) {
    waiting->second = text;
  } else if (events_.size() < max_queued_events) {
    events_.emplace_back(key, text);
  } else {
    close();
    return;
  }
  flush_events();
}

void Connection::flush_events() {
  for (;;) {
    if (out_sent_ == out_.size()) {
      out_.clear();
      out_sent_ = 0;
      if (events_.empty()) break;
      out_ = std::move(events_.front().second);
      events_.pop_front();
    }
    error_code failed;
    const std::size_t sent = stream_.write_some(std::string_view(out_).substr(out_sent_), failed);
    if (failed == asio::error::would_block) {
      // The reader is stuck; the deadline stands until it takes something.
      if (deadline_ == Clock::time_point::max()) deadline_ = Clock::now() + write_time;
      wait_to_write();
      return;
    }
    if (failed) {
      close();
      return;
    }
    out_sent_ += sent;
    exchange_->body_sent += sent;
    deadline_ = Clock::time_point::max();
  }
  deadline_ = Clock::time_point::max();
}

}  // namespace eakte::api

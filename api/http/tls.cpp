#include "api/http/tls.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

namespace eakte::api {
namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using boost::system::error_code;

/// The layer below Asio's TLS stream: memory instead of a socket. Reading says would_block when nothing was
/// received, and writing always succeeds, so that the synchronous functions of the stream never wait.
class Pipe {
public:
  using executor_type = asio::io_context::executor_type;
  using lowest_layer_type = Pipe;

  explicit Pipe(executor_type executor) : executor_(std::move(executor)) {}
  lowest_layer_type& lowest_layer() { return *this; }
  executor_type get_executor() { return executor_; }

  template <class Buffers>
  std::size_t read_some(const Buffers& buffers, error_code& failed) {
    failed = {};
    if (received.empty()) {
      failed = asio::error::would_block;
      return 0;
    }
    const std::size_t size = asio::buffer_copy(buffers, asio::buffer(received));
    received.erase(0, size);
    return size;
  }

  template <class Buffers>
  std::size_t write_some(const Buffers& buffers, error_code& failed) {
    failed = {};
    std::size_t size = 0;
    for (auto part = asio::buffer_sequence_begin(buffers); part != asio::buffer_sequence_end(buffers);
         ++part) {
      const asio::const_buffer bytes(*part);
      to_send.append(static_cast<const char*>(bytes.data()), bytes.size());
      size += bytes.size();
    }
    return size;
  }

  std::string received;
  std::string to_send;

private:
  executor_type executor_;
};

/// Asio's stream wants an executor; nothing ever runs on this one.
asio::io_context& unused() {
  static asio::io_context context;
  return context;
}

constexpr std::size_t piece = 16'384;  // a TLS record holds no more

TlsSession::Outcome outcome_of(const error_code& failed) {
  if (!failed) return TlsSession::Outcome::done;
  if (failed == asio::error::would_block) return TlsSession::Outcome::needs_input;
  if (failed == asio::error::eof) return TlsSession::Outcome::ended;
  return TlsSession::Outcome::failed;
}

}  // namespace

struct TlsContext::State {
  ssl::context context{ssl::context::tls_server};
};

TlsContext::TlsContext(const std::filesystem::path& certificate, const std::filesystem::path& key)
    : state_(std::make_unique<State>()) {
  ssl::context& context = state_->context;
  context.set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                      ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  error_code failed;
  context.use_certificate_chain_file(certificate.string(), failed);
  if (failed)
    throw Error("Das Zertifikat " + certificate.string() +
                " lässt sich nicht verwenden (erwartet wird PEM): " + failed.message());
  context.use_private_key_file(key.string(), ssl::context::pem, failed);
  if (failed)
    throw Error("Der Schlüssel " + key.string() +
                " lässt sich nicht verwenden oder passt nicht zum Zertifikat: " + failed.message());
  if (SSL_CTX_check_private_key(context.native_handle()) != 1)
    throw Error("Der Schlüssel " + key.string() + " passt nicht zum Zertifikat " + certificate.string() +
                ".");
}

TlsContext::~TlsContext() = default;

struct TlsSession::State {
  explicit State(ssl::context& context) : stream(Pipe(unused().get_executor()), context) {}
  ssl::stream<Pipe> stream;
  bool hands_shaken = false;
};

TlsSession::TlsSession(const TlsContext& context)
    : state_(std::make_unique<State>(context.state_->context)) {}
TlsSession::~TlsSession() = default;

void TlsSession::received(std::string_view bytes) { state_->stream.next_layer().received += bytes; }

std::string& TlsSession::to_send() { return state_->stream.next_layer().to_send; }

TlsSession::Outcome TlsSession::shake_hands() {
  if (state_->hands_shaken) return Outcome::done;
  error_code failed;
  state_->stream.handshake(ssl::stream_base::server, failed);
  state_->hands_shaken = !failed;
  return outcome_of(failed);
}

TlsSession::Outcome TlsSession::read(char* target, std::size_t room, std::size_t& size) {
  size = 0;
  if (const Outcome outcome = shake_hands(); outcome != Outcome::done) return outcome;
  error_code failed;
  size = state_->stream.read_some(asio::buffer(target, room), failed);
  return outcome_of(failed);
}

TlsSession::Outcome TlsSession::write(std::string_view bytes, std::size_t& size) {
  size = 0;
  error_code failed;
  size = state_->stream.write_some(asio::buffer(bytes.data(), std::min(bytes.size(), piece)), failed);
  return outcome_of(failed);
}

void TlsSession::shut_down() {
  error_code ignored;
  if (state_->hands_shaken) state_->stream.shutdown(ignored);
}

}  // namespace eakte::api

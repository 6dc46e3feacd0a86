#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "api/error.h"

namespace eakte::api {

/// Certificate and key of the service, for all its connections: TLS 1.2 and 1.3, nothing older.
class TlsContext {
public:
  /// Both files in PEM; the certificate may be followed by those it is signed with. Throws Error naming the
  /// file that does not fit.
  TlsContext(const std::filesystem::path& certificate, const std::filesystem::path& key);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

private:
  friend class TlsSession;
  struct State;
  std::unique_ptr<State> state_;
};

/// One TLS connection as a machine without a socket: received bytes go in at one end, and come out decrypted;
/// what is to be sent goes in at the other. Never blocks.
class TlsSession {
public:
  explicit TlsSession(const TlsContext& context);
  ~TlsSession();
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  enum class Outcome {
    done,
    needs_input,  ///< more received bytes are needed first
    ended,        ///< the other side said goodbye
    failed        ///< no TLS, or tampered with: nothing more will come
  };

  /// Bytes as they came from the other side.
  void received(std::string_view bytes);
  /// Decrypts up to `room` bytes; shakes hands first. `size` is set when done.
  Outcome read(char* target, std::size_t room, std::size_t& size);
  /// Encrypts a piece of `bytes`; `size` says how long it was.
  Outcome write(std::string_view bytes, std::size_t& size);
  /// Says goodbye.
  void shut_down();
  /// What is to be sent; whoever sends removes it from the front.
  std::string& to_send();

private:
  Outcome shake_hands();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eakte::api

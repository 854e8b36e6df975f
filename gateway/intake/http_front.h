// The HTTP server's face: what the rest of the gateway sees of a connection. One implementation,
// event-driven, on Boost.Beast (http_front.cc); nothing of Beast shows here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "canonical/event/event.h"

namespace purser::gateway {

/// Bounds of the front. Each protects the many callers from the one.
struct FrontLimits {
  std::uint32_t header_bytes = 16 * 1024;    ///< request line and fields together; signed JWTs need 4 KiB
  std::uint32_t header_count = 100;          ///< fields; real callers send 10 to 30
  std::uint64_t body_bytes = 64ULL << 20;    ///< refused with 413 beyond, unless the handler says otherwise
  std::uint64_t spool_bytes = 256 * 1024;    ///< a longer body goes to a file, so that memory stays flat
  std::uint32_t connections = 10'000;        ///< further ones are answered 503 and closed
  std::chrono::seconds header_deadline{10};  ///< from the first byte of a request to its blank line
  std::chrono::seconds body_deadline{60};    ///< from there to the last byte of the body, whatever its pace
  std::chrono::seconds write_deadline{60};   ///< for the caller to take the whole response
  std::chrono::seconds idle_timeout{600};    ///< between two requests; an idle connection costs 3 KiB
  std::chrono::seconds drain_deadline{10};   ///< at stop: how long requests in flight may take
};

/// Whether callers must show a certificate.
enum class ClientCertificate : std::uint8_t { none, optional, required };

/// What a caller's certificate says, once its chain was verified.
struct PeerCertificate {
  std::string fingerprint;         ///< SHA-256 of the certificate, lower case hexadecimal
  std::vector<std::string> names;  ///< subject alternative names: "DNS:…", "URI:…", "email:…", "IP:…"
  std::vector<std::string> authorities;  ///< fingerprints of the chain above it
};

struct FrontSettings {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;     ///< 0: the system chooses
  int io_threads = 2;            ///< each with its own event loop
  std::string spool_folder;      ///< where long bodies are put; same file system as the journal's bodies
  std::string certificate_file;  ///< PEM chain; empty: plain HTTP
  std::string private_key_file;  ///< PEM
  bool only_tls_1_3 = false;     ///< else 1.2 with forward secrecy and AEAD, too
  ClientCertificate client_certificate = ClientCertificate::none;
  std::vector<std::string> client_authorities;  ///< PEM files; one for each tenant if they differ
  std::string revoked_file;  ///< PEM, certificate revocation lists of all authorities; or empty
  FrontLimits limits;
};

/// A body, whole in `bytes` or (longer than FrontLimits::spool_bytes) in `file`.
/// Owns the file: it is removed with the Body unless release() was called.
class Body {
 public:
  Body() = default;
  explicit Body(std::string text) : bytes(std::move(text)), size(bytes.size()) {}
  Body(Body&& other) noexcept;
  Body& operator=(Body&& other) noexcept;
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;
  ~Body();

  [[nodiscard]] bool in_file() const { return !file.empty(); }
  /// The file's path; from now on the caller's to move or remove.
  [[nodiscard]] std::string release() { return std::exchange(file, {}); }

  std::string bytes;
  std::string file;
  std::uint64_t size = 0;
};

/// A request's head, and later its body. Immutable for the handler but for `body`, which may be moved out.
/// Views live as long as the Request.
class Request {
 public:
  virtual ~Request() = default;
  [[nodiscard]] virtual std::string_view method() const = 0;  ///< "POST"
  [[nodiscard]] virtual std::string_view target() const = 0;  ///< as sent: "/v1/documents?source=a%20b"
  /// The field's value, empty if absent. Names in any case. A field sent twice where HTTP allows one only
  /// was refused before; of others the first is given.
  [[nodiscard]] virtual std::string_view header(std::string_view name) const = 0;
  [[nodiscard]] virtual bool has_header(std::string_view name) const = 0;
  /// Every field line, in the order they came.
  virtual void each_field(
      const std::function<void(std::string_view name, std::string_view value)>& take) const = 0;
  [[nodiscard]] virtual std::string_view peer() const = 0;  ///< address without port
  [[nodiscard]] virtual bool secure() const = 0;            ///< came over TLS
  /// Null if the caller showed none. Lives as long as the Request.
  [[nodiscard]] virtual const PeerCertificate* certificate() const { return nullptr; }
  Body body;
  /// What head() found out, for handle(): so that a credential is checked once. The front carries it over.
  mutable std::shared_ptr<void> known;
};

/// Gives the next piece of a long response body; 0 is the end. Called on an I/O thread, 64 KiB at a time.
using BodySource = std::function<std::size_t(std::span<char>)>;

struct Response {
  int status = 200;
  std::string content_type;  ///< empty: no body expected, none sent
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  BodySource stream;              ///< if set, sent instead of `body`
  std::uint64_t stream_size = 0;  ///< exact length of what `stream` gives
  bool close = false;             ///< end the connection after this response
};

/// Sends the response; call exactly once, from any thread. Dropping it uncalled answers 500.
using Respond = std::move_only_function<void(Response)>;

/// Takes requests. Called on I/O threads: must not block; hand the work on and respond later.
class RequestHandler {
 public:
  virtual ~RequestHandler() = default;
  /// The head is complete, the body not yet read: the greatest body taken (bytes), or the response that
  /// refuses the request here. [any]
  virtual std::expected<std::uint64_t, Response> head(const Request& request) = 0;
  /// The body is complete. [any]
  virtual void handle(std::unique_ptr<Request> request, Respond respond) = 0;
};

/// Counted since the start, for /metrics.
struct FrontCounters {
  std::uint64_t accepted = 0;
  std::uint64_t open = 0;     ///< now
  std::uint64_t refused = 0;  ///< by the cap on connections
  std::uint64_t requests = 0;
  std::uint64_t malformed = 0;  ///< answered 400, 413, 431 by the front itself
  std::uint64_t timed_out = 0;  ///< header, body or write deadline passed
};

/// The server. Threads run from start() until stop().
class HttpFront {
 public:
  /// Binds and takes connections. Errors: address in use, unreadable certificate (CONFIG-…).
  static std::expected<std::unique_ptr<HttpFront>, Status> start(const FrontSettings& settings,
                                                                 RequestHandler& handler);
  virtual ~HttpFront() = default;
  [[nodiscard]] virtual std::uint16_t port() const = 0;
  [[nodiscard]] virtual FrontCounters counters() const = 0;
  /// Reads certificate and key again for connections to come; on failure the old ones stay. [any]
  virtual Outcome reload_certificate() = 0;
  /// Takes no more connections, closes idle ones, waits for requests in flight (at most drain_deadline).
  virtual void stop() = 0;
};

}  // namespace purser::gateway

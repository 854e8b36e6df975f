#include "gateway/intake/http_session.h"

#include <array>
#include <optional>
#include <type_traits>

#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>

#include "gateway/intake/http_request.h"
#include "gateway/intake/http_spool.h"
#include "gateway/intake/http_text.h"

namespace purser::gateway {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using TlsStream = asio::ssl::stream<tcp::socket>;
using Parser = http::request_parser<SpoolBody>;

constexpr std::size_t read_size = 16 * 1024;       // most requests with their body in one read
constexpr std::size_t body_read_size = 64 * 1024;  // for bodies known to be long
constexpr std::size_t kept_buffer = 16 * 1024;     // a larger buffer is given back between requests
constexpr std::size_t stream_piece = 64 * 1024;    // of a streamed response
constexpr std::uint64_t linger_bytes = 1 << 20;    // read and dropped so that a refusal reaches its caller
constexpr std::chrono::seconds linger_time{2};

Response problem(int status, std::string_view detail) {
  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = "{\"type\":\"about:blank\",\"title\":\"" + std::string(reason_phrase(status)) +
                  "\",\"status\":" + std::to_string(status) + ",\"detail\":\"" + std::string(detail) +
                  "\"}\n";
  response.close = true;
  return response;
}

template <class Stream>
class Session final : public Connection, public std::enable_shared_from_this<Session<Stream>> {
  static constexpr bool secure = std::is_same_v<Stream, TlsStream>;
  enum class Phase : std::uint8_t { handshake, idle, head, body, handling, writing, lingering, closed };

 public:
  Session(Loop& loop, Stream stream, std::shared_ptr<asio::ssl::context> tls)
      : loop_(loop), tls_(std::move(tls)), stream_(std::move(stream)) {
    beast::error_code error;
    auto endpoint = socket().remote_endpoint(error);
    if (!error) peer_ = endpoint.address().to_string();
    socket().set_option(tcp::no_delay(true), error);
    socket().non_blocking(true, error);
    loop_.connections.insert(this);
    ++loop_.shared.open;
  }
  ~Session() override {
    loop_.connections.erase(this);
    --loop_.shared.open;
  }

  void start() {
    if constexpr (secure) {
      phase_ = Phase::handshake;
      deadline = Clock::now() + limits().header_deadline;
      stream_.async_handshake(asio::ssl::stream_base::server,
                              [self = this->shared_from_this()](beast::error_code error) {
                                if (error) return self->close();
                                self->certificate_ = peer_certificate(self->stream_.native_handle());
                                self->next_request();
                              });
    } else {
      next_request();
    }
  }

  void expire() override {
    deadline = Clock::time_point::max();
    if (phase_ != Phase::idle && phase_ != Phase::lingering) ++loop_.shared.timed_out;
    if (phase_ == Phase::head || phase_ == Phase::body) {
      return send(problem(408, "the request did not arrive in time"), false);
    }
    close();
  }

  void retire() override {
    if (phase_ == Phase::idle || phase_ == Phase::handshake) close();
  }

  void respond(Response response) {
    if (phase_ != Phase::handling) return;
    send(std::move(response), keep_alive_);
  }

  [[nodiscard]] Loop& loop() { return loop_; }

 private:
  tcp::socket& socket() {
    if constexpr (secure) {
      return stream_.next_layer();
    } else {
      return stream_;
    }
  }
  const FrontLimits& limits() const { return loop_.shared.settings.limits; }

  void next_request() {
    if (loop_.shared.stopping) return close();
    parser_.reset();
    if (buffer_.size() > 0) return begin_request();
    if (buffer_.capacity() > kept_buffer) buffer_.shrink_to_fit();
    phase_ = Phase::idle;
    deadline = Clock::now() + limits().idle_timeout;
    if constexpr (secure) {
      // TLS may hold decrypted bytes that the socket no longer shows: only a read tells.
      read(read_size);
    } else {
      buffer_ = beast::flat_buffer();
      stream_.async_wait(tcp::socket::wait_read, [self = this->shared_from_this()](beast::error_code error) {
        if (error || self->phase_ != Phase::idle) return self->close();
        self->begin_request();
      });
    }
  }

  void begin_request() {
    phase_ = Phase::head;
    deadline = Clock::now() + limits().header_deadline;
    parser_.emplace();
    parser_->header_limit(limits().header_bytes);
    parser_->body_limit(boost::none);
    parser_->get().body().expect(loop_.shared.settings.spool_folder, limits().spool_bytes);
    if (buffer_.size() > 0) return feed();
    if constexpr (secure) return read(read_size);
    beast::error_code error;  // the socket was said to be readable
    const auto count = stream_.read_some(buffer_.prepare(read_size), error);
    error == asio::error::would_block ? read(read_size) : on_read(error, count);
  }

  // At most one read is under way. One that is still pending when a 408 is sent goes on as the lingering
  // read.
  void read(std::size_t size) {
    reading_ = true;
    stream_.async_read_some(buffer_.prepare(size),
                            [self = this->shared_from_this()](beast::error_code error, std::size_t count) {
                              self->on_read(error, count);
                            });
  }

  void on_read(beast::error_code error, std::size_t count) {
    reading_ = false;
    if (phase_ == Phase::lingering) return on_linger(error, count);
    if (phase_ != Phase::idle && phase_ != Phase::head && phase_ != Phase::body) return;
    if (error) return close();
    buffer_.commit(count);
    if (phase_ == Phase::idle) return begin_request();
    feed();
  }

  void feed() {
    beast::error_code error;
    if (phase_ == Phase::head) {
      auto* begin = static_cast<const char*>(buffer_.data().data());
      auto used = parser_->put(buffer_.data(), error);
      if (error == http::error::need_more) return read(read_size);
      if (error)
        return refuse(error == http::error::header_limit ? 431 : 400, "the request's head is malformed");
      if (const char* fault = head_fault({begin, used})) return refuse(400, fault);
      buffer_.consume(used);
      if (!on_head()) return;
    }
    while (!parser_->is_done() && buffer_.size() > 0) {
      auto used = parser_->put(buffer_.data(), error);
      buffer_.consume(used);
      if (error == http::error::need_more) break;
      if (error == http::error::body_limit) return refuse(413, "the body is longer than this endpoint takes");
      if (error == http::error::buffer_overflow) return refuse(503, "no room for the body");
      if (error) return refuse(400, "the body's framing is malformed");
    }
    if (parser_->is_done()) return on_message();
    read(remaining() > body_read_size ? body_read_size : read_size);
  }

  std::uint64_t remaining() const {
    auto left = parser_->content_length_remaining();
    return left ? *left : 0;
  }

  // False if the request was answered here.
  bool on_head() {
    const auto& message = parser_->get();
    ++loop_.shared.requests;
    keep_alive_ = message.version() == 11 && message.keep_alive();
    head_only_ = message.method() == http::verb::head;
    std::size_t fields = 0;
    for (auto field = message.begin(); field != message.end(); ++field) ++fields;
    if (fields > limits().header_count) {
      refuse(431, "the request has too many fields");
      return false;
    }
    const HeadView view(message, peer_, secure, certificate_.get());
    auto verdict = loop_.shared.handler->head(view);
    known_ = std::move(view.known);
    if (!verdict) {
      bool body_follows = !parser_->is_done();
      send(std::move(verdict.error()), keep_alive_ && !body_follows);
      return false;
    }
    auto length = parser_->content_length();
    if (length && *length > *verdict) {
      refuse(413, "the body is longer than this endpoint takes");
      return false;
    }
    parser_->body_limit(*verdict);
    parser_->eager(true);
    phase_ = Phase::body;
    deadline = Clock::now() + limits().body_deadline;
    if (!parser_->is_done() && beast::iequals(message[http::field::expect], "100-continue") &&
        buffer_.size() == 0) {
      write_continue();
      return false;
    }
    if (parser_->is_done()) {
      on_message();
      return false;
    }
    return true;
  }

  void write_continue() {
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(stream_, asio::buffer(go_on),
                      [self = this->shared_from_this()](beast::error_code error, std::size_t) {
                        if (error || self->phase_ != Phase::body) return self->close();
                        self->read(read_size);
                      });
  }

  void on_message() {
    phase_ = Phase::handling;
    deadline = Clock::time_point::max();
    auto request = std::make_unique<ParsedRequest>(parser_->release(), peer_, secure, certificate_);
    request->known = std::move(known_);
    parser_.reset();
    loop_.shared.handler->handle(std::move(request), Answer(this->shared_from_this()));
  }

  // The handler's way back. Answers 500 when it is dropped without an answer.
  class Answer {
   public:
    explicit Answer(std::shared_ptr<Session> session) : session_(std::move(session)) {}
    Answer(Answer&&) noexcept = default;
    Answer& operator=(Answer&&) noexcept = default;
    ~Answer() {
      if (session_) (*this)(problem(500, "the request could not be answered"));
    }
    void operator()(Response response) {
      auto session = std::move(session_);
      session_ = nullptr;
      auto& io = session->loop().io;
      asio::post(io, [session = std::move(session), response = std::move(response)]() mutable {
        session->respond(std::move(response));
      });
    }

   private:
    std::shared_ptr<Session> session_;
  };

  void refuse(int status, std::string_view detail) {
    ++loop_.shared.malformed;
    send(problem(status, detail), false);
  }

  void send(Response response, bool keep_alive) {
    phase_ = Phase::writing;
    deadline = Clock::now() + limits().write_deadline;
    response_ = std::move(response);
    keep_alive_ = keep_alive && !response_.close && !loop_.shared.stopping;
    auto length = response_.stream ? response_.stream_size : response_.body.size();
    head_ = response_head(response_, length, keep_alive_, secure);
    std::array<asio::const_buffer, 2> buffers{asio::buffer(head_), asio::buffer(response_.body)};
    if (head_only_) response_.stream_size = 0;
    if (response_.stream || head_only_) buffers[1] = {};
    // Most answers go out at once. Not where the next request is here already: each would lie on the one
    // before.
    if (!secure && !parser_ && buffer_.size() == 0 && wrote_at_once(buffers)) return on_written();
    asio::async_write(stream_, buffers,
                      [self = this->shared_from_this()](beast::error_code error, std::size_t) {
                        error ? self->close() : self->on_written();
                      });
  }

  // True if nothing is left of `buffers`.
  bool wrote_at_once(std::array<asio::const_buffer, 2>& buffers) {
    beast::error_code error;  // the same comes again with what is left
    auto count = stream_.write_some(buffers, error);
    for (auto& buffer : buffers) {
      const auto part = std::min(count, buffer.size());
      buffer += part;
      count -= part;
    }
    return buffers[0].size() + buffers[1].size() == 0;
  }

  void on_written() { response_.stream ? stream_on() : on_sent(); }

  void stream_on() {
    if (response_.stream_size == 0) return on_sent();
    response_.body.resize(stream_piece);
    auto wanted = std::min<std::uint64_t>(stream_piece, response_.stream_size);
    auto count = response_.stream({response_.body.data(), static_cast<std::size_t>(wanted)});
    if (count == 0 || count > wanted) return close();  // shorter than announced: the caller must notice
    response_.stream_size -= count;
    deadline = Clock::now() + limits().write_deadline;
    asio::async_write(stream_, asio::buffer(response_.body.data(), count),
                      [self = this->shared_from_this()](beast::error_code error, std::size_t) {
                        error ? self->close() : self->stream_on();
                      });
  }

  void on_sent() {
    response_ = {};
    std::string().swap(head_);
    if (keep_alive_) return next_request();
    linger();
  }

  // Closing with unread bytes resets the connection and may destroy the answer on its way (RFC 9112, 9.6).
  void linger() {
    phase_ = Phase::lingering;
    deadline = Clock::now() + linger_time;
    beast::error_code ignored;
    if constexpr (!secure) socket().shutdown(tcp::socket::shutdown_send, ignored);
    if (reading_) return;
    buffer_ = beast::flat_buffer();
    read(read_size);
  }

  void on_linger(beast::error_code error, std::size_t count) {
    lingered_ += count;
    if (error || lingered_ > linger_bytes) return close();
    read(read_size);
  }

  void close() {
    if (phase_ == Phase::closed) return;
    phase_ = Phase::closed;
    deadline = Clock::time_point::max();
    beast::error_code ignored;
    socket().shutdown(tcp::socket::shutdown_both, ignored);
    socket().close(ignored);
  }

  Loop& loop_;
  std::shared_ptr<asio::ssl::context> tls_;  // kept alive for the stream after a reload
  Stream stream_;
  std::string peer_;
  std::shared_ptr<void> known_;  // between a request's head and its body
  std::shared_ptr<const PeerCertificate> certificate_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  Response response_;
  std::string head_;
  std::uint64_t lingered_ = 0;
  Phase phase_ = Phase::idle;
  bool keep_alive_ = false;
  bool reading_ = false;
  bool head_only_ = false;  // the request was HEAD: its response has no body
};

}  // namespace

void start_session(Loop& loop, tcp::socket socket) {
  std::shared_ptr<asio::ssl::context> tls;
  {
    std::scoped_lock lock(loop.shared.tls_mutex);
    tls = loop.shared.tls;
  }
  if (tls) {
    TlsStream stream(std::move(socket), *tls);
    std::make_shared<Session<TlsStream>>(loop, std::move(stream), tls)->start();
  } else {
    std::make_shared<Session<tcp::socket>>(loop, std::move(socket), nullptr)->start();
  }
}

}  // namespace purser::gateway

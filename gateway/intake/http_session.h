// Inside the front: event loops and connections. Seen by http_front.cc and http_session.cc only.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_set>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "gateway/intake/http_front.h"

using SSL = struct ssl_st;

namespace boost::asio::ssl {
class context;
}

namespace purser::gateway {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

/// What all loops share. Outlives them.
struct FrontShared {
  FrontSettings settings;
  RequestHandler* handler = nullptr;
  std::atomic<bool> stopping{false};
  std::atomic<std::uint64_t> accepted{0}, open{0}, refused{0}, requests{0}, malformed{0}, timed_out{0};
  std::mutex tls_mutex;
  std::shared_ptr<asio::ssl::context> tls;  ///< guarded by tls_mutex; null: plain
};

/// A connection as its loop sees it. Everything runs on the loop's thread.
class Connection {
 public:
  virtual ~Connection() = default;
  /// The deadline passed: answers 408 if a request was begun, then closes.
  virtual void expire() = 0;
  /// The server stops: closes now if no request is under way, else after its response.
  virtual void retire() = 0;
  Clock::time_point deadline = Clock::time_point::max();
};

/// One thread with its events, its connections and one timer that looks after all their deadlines.
/// A sweep four times a second costs less than a timer for each of 10,000 connections.
class Loop {
 public:
  explicit Loop(FrontShared& front) : shared(front), io(1), sweep(io) {}
  void start_sweep();

  FrontShared& shared;
  asio::io_context io;
  asio::steady_timer sweep;
  std::unordered_set<Connection*> connections;
  std::thread thread;
};

/// Takes over a connected socket that belongs to the loop's io_context. Call on the loop's thread.
void start_session(Loop& loop, asio::ip::tcp::socket socket);

/// The verified certificate of a connection's other side; null if it showed none.
std::shared_ptr<const PeerCertificate> peer_certificate(SSL* connection);

/// A server context for TLS 1.2 and 1.3 from PEM files.
std::expected<std::shared_ptr<asio::ssl::context>, Status> load_tls(const FrontSettings& settings);

}  // namespace purser::gateway

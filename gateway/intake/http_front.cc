#include "gateway/intake/http_front.h"
#include "gateway/port/thread_name.h"

#include <fmt/format.h>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/error.hpp>

#include "gateway/intake/http_session.h"

namespace purser::gateway {
namespace {

using asio::ip::tcp;
using boost::beast::error_code;

constexpr int backlog = 4096;  // a burst of reconnecting callers waits here instead of being reset
constexpr std::chrono::milliseconds accept_pause{50};  // when the process has no file descriptor left

class AsioFront final : public HttpFront {
 public:
  AsioFront(const FrontSettings& settings, RequestHandler& handler) {
    shared_.settings = settings;
    shared_.handler = &handler;
    for (int i = 0; i < std::max(1, settings.io_threads); ++i)
      loops_.push_back(std::make_unique<Loop>(shared_));
    acceptor_ = std::make_unique<tcp::acceptor>(loops_.front()->io);
    pause_ = std::make_unique<asio::steady_timer>(loops_.front()->io);
  }
  ~AsioFront() override { stop(); }

  Outcome open() {
    if (!shared_.settings.certificate_file.empty()) {
      auto tls = load_tls(shared_.settings);
      if (!tls) return std::unexpected(tls.error());
      shared_.tls = *tls;
    }
    error_code error;
    auto address = asio::ip::make_address(shared_.settings.host, error);
    if (error) return failure("is not an address");
    tcp::endpoint endpoint(address, shared_.settings.port);
    acceptor_->open(endpoint.protocol(), error);
    if (error) return failure(error.message());
    acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
    acceptor_->bind(endpoint, error);
    if (!error) acceptor_->listen(backlog, error);
    if (error) return failure(error.message());
    port_ = acceptor_->local_endpoint(error).port();
    for (auto& loop : loops_) {
      work_.emplace_back(loop->io.get_executor());
      loop->start_sweep();
    }
    accept();
    for (auto& loop : loops_) {
      loop->thread = std::thread([&io = loop->io] {
        name_thread("front");
        io.run();
      });
    }
    return {};
  }

  [[nodiscard]] std::uint16_t port() const override { return port_; }

  [[nodiscard]] FrontCounters counters() const override {
    return {shared_.accepted, shared_.open,      shared_.refused,
            shared_.requests, shared_.malformed, shared_.timed_out};
  }

  Outcome reload_certificate() override {
    if (shared_.settings.certificate_file.empty()) return {};
    auto tls = load_tls(shared_.settings);
    if (!tls) return std::unexpected(tls.error());
    std::scoped_lock lock(shared_.tls_mutex);
    shared_.tls = *tls;
    return {};
  }

  void stop() override {
    if (shared_.stopping.exchange(true)) return;
    asio::post(loops_.front()->io, [this] {
      error_code ignored;
      acceptor_->close(ignored);
      pause_->cancel();
    });
    for (auto& loop : loops_) {
      asio::post(loop->io, [loop = loop.get()] {
        auto all = loop->connections;
        for (auto* connection : all) connection->retire();
      });
    }
    auto until = Clock::now() + shared_.settings.limits.drain_deadline;
    while (shared_.open > 0 && Clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    work_.clear();
    for (auto& loop : loops_) {
      loop->io.stop();
      if (loop->thread.joinable()) loop->thread.join();
    }
  }

 private:
  Outcome failure(std::string_view why) const {
    return std::unexpected(
        Status{StatusClass::unavailable, "CONFIG-0022",
               fmt::format("cannot listen on {}:{}: {}", shared_.settings.host, shared_.settings.port, why)});
  }

  void accept() {
    auto& loop = *loops_[next_++ % loops_.size()];
    acceptor_->async_accept(loop.io, [this, &loop](error_code error, tcp::socket socket) {
      if (shared_.stopping) return;
      if (error) return accept_later();
      ++shared_.accepted;
      if (shared_.open >= shared_.settings.limits.connections) {
        turn_away(std::move(socket));
      } else {
        asio::post(loop.io,
                   [&loop, socket = std::move(socket)]() mutable { start_session(loop, std::move(socket)); });
      }
      accept();
    });
  }

  void accept_later() {
    pause_->expires_after(accept_pause);
    pause_->async_wait([this](error_code error) {
      if (!error && !shared_.stopping) accept();
    });
  }

  // Best effort: the answer fits the empty send buffer of a fresh connection, so nothing waits here.
  void turn_away(tcp::socket socket) {
    ++shared_.refused;
    static constexpr std::string_view answer =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: "
        "close\r\n\r\n";
    error_code ignored;
    socket.non_blocking(true, ignored);
    if (shared_.settings.certificate_file.empty()) socket.write_some(asio::buffer(answer), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
  }

  FrontShared shared_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::vector<asio::executor_work_guard<asio::io_context::executor_type>> work_;
  std::unique_ptr<tcp::acceptor> acceptor_;
  std::unique_ptr<asio::steady_timer> pause_;
  std::size_t next_ = 0;
  std::uint16_t port_ = 0;
};

}  // namespace

std::expected<std::unique_ptr<HttpFront>, Status> HttpFront::start(const FrontSettings& settings,
                                                                   RequestHandler& handler) {
  auto front = std::make_unique<AsioFront>(settings, handler);
  if (auto opened = front->open(); !opened) return std::unexpected(opened.error());
  return front;
}

void Loop::start_sweep() {
  sweep.expires_after(std::chrono::milliseconds(250));
  sweep.async_wait([this](error_code error) {
    if (error) return;
    auto now = Clock::now();
    std::vector<Connection*> late;
    for (auto* connection : connections) {
      if (connection->deadline <= now) late.push_back(connection);
    }
    // expire() never destroys a connection at once: its pending operation holds it until it is cancelled.
    for (auto* connection : late) connection->expire();
    start_sweep();
  });
}

}  // namespace purser::gateway

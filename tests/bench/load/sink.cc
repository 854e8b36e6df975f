#include "tests/bench/load/sink.h"

#include <filesystem>
#include <stdexcept>
#include <utility>

namespace purser::bench {

Sink::Sink(std::uint16_t port) {
  gateway::FrontSettings settings;
  settings.port = port;
  settings.io_threads = 1;
  settings.spool_folder = std::filesystem::temp_directory_path();
  auto front = gateway::HttpFront::start(settings, *this);
  if (!front) throw std::runtime_error(front.error().message);
  front_ = std::move(*front);
}

std::expected<std::uint64_t, gateway::Response> Sink::head(const gateway::Request& /*request*/) {
  return std::uint64_t{1} << 30;
}

void Sink::handle(std::unique_ptr<gateway::Request> request, gateway::Respond respond) {
  {
    std::scoped_lock lock(mutex_);
    const std::string_view id = request->header("Purser-Delivery-Id");
    if (id.empty()) {
      ++nameless_;
    } else if (!ids_.emplace(id).second) {
      ++repeated_;
    }
    arrivals_.try_emplace(std::string(request->header("Purser-Message-Id")),
                          std::chrono::steady_clock::now());
  }
  gateway::Response response;
  response.status = 204;
  respond(std::move(response));
}

std::uint64_t Sink::distinct() {
  std::scoped_lock lock(mutex_);
  return ids_.size();
}

std::unordered_map<std::string, std::chrono::steady_clock::time_point> Sink::take_arrivals() {
  std::scoped_lock lock(mutex_);
  return std::exchange(arrivals_, {});
}

std::uint64_t Sink::nameless() {
  std::scoped_lock lock(mutex_);
  return nameless_;
}

std::uint64_t Sink::repeated() {
  std::scoped_lock lock(mutex_);
  return repeated_;
}

}  // namespace purser::bench

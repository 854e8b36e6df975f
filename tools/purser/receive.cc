// receive: an HTTP endpoint to try deliveries against. Books each delivery id once, as a receiver should.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include "gateway/intake/http_front.h"
#include "tools/purser/commands.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

std::atomic<bool> stopped = false;
void on_signal(int) { stopped = true; }

class Receiver : public gateway::RequestHandler {
 public:
  Receiver(std::string folder, int answer, bool json) : folder_(std::move(folder)), answer_(answer), json_(json) {}

  std::expected<std::uint64_t, gateway::Response> head(const gateway::Request&) override { return max_body; }

  void handle(std::unique_ptr<gateway::Request> request, gateway::Respond respond) override {
    const std::string id(request->header("Purser-Delivery-Id"));
    const std::string type(request->header("Content-Type"));
    bool first = true;
    {
      const std::lock_guard lock(mutex_);
      // What is refused is not booked, and comes again.
      first = id.empty() || (answer_ < 300 ? booked_.insert(id).second : !booked_.contains(id));
      report(id, type, request->body.size, first);
    }
    if (first && answer_ < 300 && !folder_.empty()) keep(id, *request);
    gateway::Response response;
    response.status = answer_;
    response.content_type = "text/plain";
    response.body = answer_ >= 300 ? "not booked\n" : first ? "booked\n" : "booked before\n";
    respond(std::move(response));
  }

 private:
  static constexpr std::uint64_t max_body = std::uint64_t{1} << 30;  // a try-out endpoint takes what comes

  void report(const std::string& id, const std::string& type, std::uint64_t size, bool first) const {
    if (json_) {
      print_line(fmt::format(R"({{"delivery":{},"content_type":{},"bytes":{},"first":{}}})", json_string(id),
                             json_string(type), size, first));
    } else {
      print_line(fmt::format("{}  {}  {} bytes{}", id.empty() ? "(no delivery id)" : id, type, size,
                             first ? "" : "  seen before, not booked again"));
    }
    std::fflush(stdout);
  }

  // The id comes from outside: only its letters and digits make a file name.
  void keep(const std::string& id, const gateway::Request& request) {
    std::string name;
    for (const char c : id) {
      if (std::isalnum(static_cast<unsigned char>(c)) != 0) name += c;
    }
    if (name.empty()) name = fmt::format("unnamed-{}", ++unnamed_);
    const std::filesystem::path path = std::filesystem::path(folder_) / name;
    if (request.body.in_file()) {
      std::filesystem::copy_file(request.body.file, path, std::filesystem::copy_options::overwrite_existing);
    } else {
      std::ofstream(path, std::ios::binary) << request.body.bytes;
    }
  }

  std::string folder_;
  int answer_;
  bool json_;
  std::mutex mutex_;
  std::set<std::string> booked_;
  std::atomic<int> unnamed_ = 0;
};

bool read_number(const std::string& text, int low, int high, int& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= low && number <= high;
}

}  // namespace

int receive_command(const Arguments& arguments) {
  int port = 0;
  int answer = 0;
  if (!read_number(arguments.get("--port", "0"), 0, 65535, port)) return fail(exit_usage, "--port is from 0 to 65535");
  if (!read_number(arguments.get("--answer", "200"), 200, 599, answer)) {
    return fail(exit_usage, "--answer is an HTTP status from 200 to 599");
  }
  const std::string folder = arguments.get("--into");
  if (!folder.empty()) std::filesystem::create_directories(folder);
  Receiver receiver(folder, answer, arguments.json());
  gateway::FrontSettings settings;
  settings.port = static_cast<std::uint16_t>(port);
  settings.spool_folder = std::filesystem::temp_directory_path().string();
  auto front = gateway::HttpFront::start(settings, receiver);
  if (!front) return fail(exit_environment, front.error().message);
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  if (!arguments.json()) print_line(fmt::format("listening on http://127.0.0.1:{}/", (*front)->port()));
  std::fflush(stdout);
  while (!stopped) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  (*front)->stop();
  return exit_ok;
}

}  // namespace purser::cli

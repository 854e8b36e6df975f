#include "gateway/serve/serve.h"

#include <charconv>

#include "tools/purser/commands.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

int serve_command(const Arguments& arguments) {
  gateway::ServeOptions options;
  options.config = arguments.get("--config");
  options.data = arguments.get("--data");
  options.connectors = arguments.get("--connectors");
  options.quiet = arguments.has("--quiet");
  if (options.config.empty()) return fail(exit_usage, "serve needs --config DIR (or PURSER_CONFIG)");
  if (const std::string port = arguments.get("--port"); !port.empty()) {
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), options.port);
    if (error != std::errc() || *end != '\0' || options.port < 0 || options.port > 65535) {
      return fail(exit_usage, "--port wants a number from 0 to 65535");
    }
  }
  return gateway::serve(options);
}

}  // namespace purser::cli

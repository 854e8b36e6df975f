#include "gateway/serve/serve.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <charconv>

#include "tools/purser/commands.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

// An image of our memory holds secrets and documents: none is written, and nobody but root reads it.
void forbid_core_dumps() {
  constexpr rlimit none{0, 0};
  static_cast<void>(::setrlimit(RLIMIT_CORE, &none));
#if !defined(__SANITIZE_ADDRESS__)  // which looks for leaks as a debugger does
  static_cast<void>(::prctl(PR_SET_DUMPABLE, 0));
#endif
}

}  // namespace

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
  forbid_core_dumps();
  return gateway::serve(options);
}

}  // namespace purser::cli

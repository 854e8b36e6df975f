#include "tools/purser/parked_query.h"

#include <fmt/format.h>

#include "gateway/attention/moment.h"
#include "gateway/port/clock.h"

namespace purser::cli {

std::expected<bool, std::string> read_parked_query(const Arguments& arguments, gateway::ParkedQuery& query) {
  const std::pair<const char*, std::string&> texts[] = {{"--code", query.code},       {"--target", query.target},
                                                        {"--partner", query.partner}, {"--source", query.source},
                                                        {"--key", query.key},         {"--kind", query.key_kind},
                                                        {"--tenant", query.tenant}};
  bool any = false;
  for (const auto& [option, into] : texts) {
    into = arguments.get(option);
    any |= !into.empty();
  }
  if (query.key.empty() && !query.key_kind.empty()) return std::unexpected("--kind goes with --key");
  const gateway::SystemClock clock;
  for (const char* option : {"--since", "--until"}) {
    const std::string typed = arguments.get(option);
    if (typed.empty()) continue;
    const auto moment = gateway::parse_moment(typed, clock.now());
    if (!moment) return std::unexpected(fmt::format("{} \"{}\" is not {}", option, typed, gateway::moment_forms));
    (std::string_view(option) == "--since" ? query.since : query.until) = *moment;
    any = true;
  }
  return any;
}

}  // namespace purser::cli

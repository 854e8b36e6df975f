#include "gateway/serve/checkpoints.h"

#include "gateway/access/jose/jwk.h"
#include "gateway/checkpoint/trail.h"

namespace purser::gateway {
namespace {

constexpr std::chrono::milliseconds tick{1000};  // between two looks at whether one is due

void take(const Settings& settings, const Log& log) {
  SystemFiles files;
  const CheckpointSettings& wish = settings.checkpoints;
  const auto keys = parse_keys(wish.key);  // was checked when the configuration was loaded
  if (!keys || keys->keys.empty()) return;
  const auto place = wish.to.starts_with('/') ? folder_place(wish.to, files)
                                              : http_place(wish.to, wish.token, wish.private_addresses);
  CheckpointSigner signer{wish.origin, keys->keys.front().key, {}};
  if (const auto previous = parse_keys(wish.previous); previous && !wish.previous.empty()) {
    for (const auto& one : previous->keys) signer.previous.push_back(one.key);
  }
  const auto taken = take_checkpoints(walk_trail(settings.data, settings.postgres), *place, signer);
  if (!taken)
    return log.write(LogLevel::error, "no checkpoint of the audit trail",
                     {{"code", taken.error().code}, {"why", taken.error().message}});
  for (const TakenCheckpoint& one : *taken)
    log.write(LogLevel::info, "checkpoint of the audit trail",
              {{"chain", std::to_string(one.chain)},
               {"entries", std::to_string(one.checkpoint.size)},
               {"root", hex(one.checkpoint.root)}});
}

}  // namespace

std::unique_ptr<Watch> start_checkpoints(Scheduler& threads, const Clock& clock, const Log& log,
                                         Journal& journal, const LiveConfiguration& live) {
  auto watch = threads.watch(tick, [&, due = Instant{}]() mutable {
    const auto settings = live.get()->settings;
    const auto now = clock.now();
    if (settings->checkpoints.to.empty() || now < due) return;
    due = now + settings->checkpoints.every;
    const auto leads = journal.lead("checkpoints", {settings->node, now + 2 * settings->checkpoints.every});
    if (leads && *leads) take(*settings, log);
  });
  watch->wake();
  return watch;
}

}  // namespace purser::gateway

// What connectors get from the gateway: sequences and key-value out of the journal, clock, log.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "gateway/journal/journal.h"
#include "gateway/observe/log.h"
#include "plugins/line/services.h"

namespace purser::gateway {

/// Numbers are taken from the journal in blocks, so that one sync serves many; after a crash the rest of a
/// block is skipped, never given twice. [any]
class JournalServices final : public plugin::HostServices {
 public:
  static constexpr std::uint32_t block = 100;  ///< gaps of at most this many numbers after a restart

  JournalServices(Journal& journal, const Clock& clock, const Log& log)
      : journal_(journal), clock_(clock), log_(log) {}

  std::expected<std::optional<plugin::StoredValue>, Status> get(const plugin::Scope& scope,
                                                                std::string_view key) override;
  std::expected<std::optional<std::uint64_t>, Status> compare_and_set(const plugin::Scope& scope,
                                                                      std::string_view key,
                                                                      std::string_view value,
                                                                      std::uint64_t revision) override;
  std::expected<std::uint64_t, Status> next(const plugin::Scope& scope, std::string_view sequence,
                                            std::uint64_t last) override;
  void log(const plugin::Scope& scope, Severity severity, std::string_view line) override;
  std::int64_t now() override;

 private:
  struct Block {
    std::mutex mutex;
    std::int64_t next = 0;
    std::int64_t end = 0;
  };
  Block& block_of(const std::string& name);

  Journal& journal_;
  const Clock& clock_;
  const Log& log_;
  std::mutex mutex_;
  std::map<std::string, Block> blocks_;
};

}  // namespace purser::gateway

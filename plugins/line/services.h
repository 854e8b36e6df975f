// What a host offers to connectors beyond documents. The gateway implements it; tools use NoServices.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "canonical/event/event.h"
#include "canonical/finding/finding.h"

namespace purser::plugin {

/// On whose behalf a service is asked.
struct Scope {
  std::string_view connector;
  std::string_view tenant;
  std::string_view partner;
};

/// A stored value and the revision a compare-and-set must name.
struct StoredValue {
  std::string value;
  std::uint64_t revision = 0;
};

/// Extensions of the line as the gateway provides them. All functions are [any]. The defaults refuse, so a
/// connector that needs a service and is run without it gets a status, not a wrong answer.
class HostServices {
 public:
  virtual ~HostServices() = default;
  virtual std::expected<std::optional<StoredValue>, Status> get(const Scope& scope, std::string_view key);
  /// Stores if the key still has `revision` (0: is absent). The new revision, or empty if another one holds.
  virtual std::expected<std::optional<std::uint64_t>, Status> compare_and_set(const Scope& scope,
                                                                              std::string_view key,
                                                                              std::string_view value,
                                                                              std::uint64_t revision);
  /// The next number from 1; after `last` again 1 (0: never). Durable before it returns.
  virtual std::expected<std::uint64_t, Status> next(const Scope& scope, std::string_view sequence,
                                                    std::uint64_t last);
  /// Hands the secret to `use` for the length of that call. False if there is none of that name.
  virtual bool with_secret(const Scope& scope, std::string_view name,
                           const std::function<void(std::string_view)>& use);
  virtual void log(const Scope& scope, Severity severity, std::string_view line);
  virtual void count(std::string_view connector, std::string_view metric, std::uint64_t amount);
  virtual std::int64_t now() = 0;  ///< nanoseconds since 1970-01-01T00:00:00Z
  /// Empty if there is no such list.
  virtual std::optional<bool> on_code_list(std::string_view list, std::string_view code);
};

/// The clock of the system; everything else refused.
class NoServices : public HostServices {
 public:
  std::int64_t now() override;
};

}  // namespace purser::plugin

#include "gateway/translate/services.h"

#include <charconv>

namespace purser::gateway {
namespace {

constexpr char separator = '\x1f';

std::string name_of(const plugin::Scope& scope, std::string_view key) {
  std::string out;
  for (const std::string_view part : {scope.connector, scope.tenant, scope.partner, key}) {
    out += part;
    out += separator;
  }
  return out;
}

// Stored as "REVISION value".
std::optional<plugin::StoredValue> parse(std::string_view stored) {
  plugin::StoredValue out;
  const auto [end, error] = std::from_chars(stored.data(), stored.data() + stored.size(), out.revision);
  const auto used = static_cast<std::size_t>(end - stored.data());
  if (error != std::errc() || used >= stored.size()) return std::nullopt;
  out.value = stored.substr(used + 1);
  return out;
}

}  // namespace

std::expected<std::optional<plugin::StoredValue>, Status> JournalServices::get(const plugin::Scope& scope,
                                                                               std::string_view key) {
  const auto stored = journal_.get(name_of(scope, key));
  if (!stored) return std::unexpected(stored.error());
  return *stored ? parse(**stored) : std::nullopt;
}

std::expected<std::optional<std::uint64_t>, Status> JournalServices::compare_and_set(
    const plugin::Scope& scope, std::string_view key, std::string_view value, std::uint64_t revision) {
  const std::string name = name_of(scope, key);
  std::optional<std::string> expected;
  if (revision != 0) {
    const auto stored = journal_.get(name);
    if (!stored) return std::unexpected(stored.error());
    const auto current = *stored ? parse(**stored) : std::nullopt;
    if (!current || current->revision != revision) return std::nullopt;
    expected = **stored;
  }
  const auto set = journal_.put(name, expected, std::to_string(revision + 1) + ' ' + std::string(value));
  if (!set) return std::unexpected(set.error());
  return *set ? std::optional(revision + 1) : std::nullopt;
}

JournalServices::Block& JournalServices::block_of(const std::string& name) {
  const std::lock_guard lock(mutex_);
  return blocks_[name];
}

std::expected<std::uint64_t, Status> JournalServices::next(const plugin::Scope& scope,
                                                           std::string_view sequence, std::uint64_t last) {
  const std::string name = name_of(scope, sequence);
  Block& own = block_of(name);
  const std::lock_guard lock(own.mutex);
  if (own.next == own.end) {
    const auto first = journal_.take_numbers(name, block);
    if (!first) return std::unexpected(first.error());
    own.next = *first;
    own.end = *first + block;
  }
  const auto number = static_cast<std::uint64_t>(own.next++);
  return last == 0 ? number : (number - 1) % last + 1;
}

void JournalServices::log(const plugin::Scope& scope, Severity severity, std::string_view line) {
  const LogLevel level = severity >= Severity::error     ? LogLevel::error
                         : severity == Severity::warning ? LogLevel::warning
                                                         : LogLevel::info;
  log_.write(level, "connector",
             {{"connector", scope.connector}, {"partner", scope.partner}, {"says", line}});
}

std::int64_t JournalServices::now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(clock_.now().time_since_epoch()).count();
}

}  // namespace purser::gateway

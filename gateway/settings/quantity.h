// The small languages of settings: durations, sizes, listen addresses, names.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace purser::gateway {

/// "250 ms", "10 s", "5 min", "24 h", "7 d"; whole numbers. [any]
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);
/// "512", "512 B", "256 KiB", "64 MiB", "1 GiB". [any]
std::optional<std::uint64_t> parse_size(std::string_view text);
/// "2027-01-31" or "2027-01-31T12:00:00Z"; UTC, nothing else. [any]
std::optional<std::chrono::sys_seconds> parse_moment(std::string_view text);
std::string moment_text(std::chrono::sys_seconds at);  ///< "2027-01-31T12:00:00Z"
/// "127.0.0.1:8080", "[::1]:8080". The address is checked, a name is not resolved. [any]
std::optional<std::pair<std::string, std::uint16_t>> parse_listen(std::string_view text);

/// "redis.internal:6379", "10.0.0.7:6379", "[::1]:6379". Nothing is resolved. [any]
std::optional<std::pair<std::string, std::uint16_t>> parse_host_port(std::string_view text);

/// Whether `text` has the form of a setting: name, duration, size, listen, host_port, secret, url, sha256,
/// file_name, moment. Null if so, else what the form looks like. An unknown form is a defect (asserts). [any]
const char* form_expected(std::string_view form, std::string_view text);

/// The candidate with the fewest edits to `misspelt`, empty if none is near (more than a third differs).
template <typename Range>
std::string nearest_name(std::string_view misspelt, const Range& candidates);

/// Edit distance with adjacent swaps (optimal string alignment). Texts are cut to 64 characters.
std::size_t edit_distance(std::string_view a, std::string_view b);

template <typename Range>
std::string nearest_name(std::string_view misspelt, const Range& candidates) {
  std::string best;
  std::size_t fewest = misspelt.size() / 3 + 2;
  for (const auto& candidate : candidates) {
    auto distance = edit_distance(misspelt, candidate);
    if (distance < fewest) {
      fewest = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace purser::gateway

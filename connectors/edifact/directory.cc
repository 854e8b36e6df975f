#include "connectors/edifact/directory.h"

#include <algorithm>
#include <cstdlib>

namespace purser::edifact {

std::string directory_name(std::string_view version, std::string_view release) {
  return std::string(version) + std::string(release);
}

std::optional<int> directory_age(std::string_view name) {
  if (name.size() != 4 || (name[0] != 'D' && name[0] != 'S')) return std::nullopt;
  const auto digit = [&](std::size_t at) { return name[at] >= '0' && name[at] <= '9'; };
  if (!digit(1) || !digit(2)) return std::nullopt;
  const char half = name[3];
  if (half < 'A' || half > 'C') return std::nullopt;  // D.98 to D.01 had a third issue
  // Two digit years: the first directory is of 1988.
  const int two = (name[1] - '0') * 10 + (name[2] - '0');
  const int year = two >= 80 ? 1900 + two : 2000 + two;
  return 2 * (year - 1980) + (half == 'A' ? 0 : 1);
}

std::string_view nearest_directory(std::string_view wanted, std::span<const std::string_view> known) {
  if (known.empty()) return {};
  if (const auto same = std::ranges::find(known, wanted); same != known.end()) return *same;
  const std::optional<int> age = directory_age(wanted);
  if (!age) return known.front();
  std::string_view best;
  int best_distance = 0;
  int best_age = 0;
  for (const std::string_view name : known) {
    const std::optional<int> other = directory_age(name);
    if (!other) continue;
    const int distance = std::abs(*other - *age);
    if (best.empty() || distance < best_distance || (distance == best_distance && *other > best_age)) {
      best = name;
      best_distance = distance;
      best_age = *other;
    }
  }
  return best.empty() ? known.front() : best;
}

}  // namespace purser::edifact

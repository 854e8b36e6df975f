#include "connectors/x12/version.h"

namespace purser::x12 {

std::string_view table_version(std::string_view convention) { return convention.substr(0, 6); }

std::string_view nearest_version(std::string_view wanted, std::span<const std::string_view> known) {
  std::string_view best;
  for (const std::string_view name : known) {
    if (best.empty() || name <= wanted) best = name;
  }
  return best;
}

std::string interchange_version(std::string_view version) { return std::string(version.substr(0, 5)); }

}  // namespace purser::x12

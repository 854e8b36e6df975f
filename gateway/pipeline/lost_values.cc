#include "gateway/pipeline/lost_values.h"

#include <fmt/format.h>

#include <string>
#include <unordered_map>

namespace purser::gateway {
namespace {

constexpr std::string_view code = "DELIVER-0017";

/// "lines.price.amount" of "lines[3].price.amount".
std::string field_of(std::string_view path) {
  std::string field;
  bool inside = false;
  for (const char c : path) {
    if (c == '[') inside = true;
    if (!inside) field += c;
    if (c == ']') inside = false;
  }
  return field;
}

struct Field {
  const Loss* first;
  std::uint64_t more = 0;
};

}  // namespace

std::vector<Finding> lost_values(std::string_view target, std::string_view format, const Written& written) {
  std::vector<Field> fields;
  std::unordered_map<std::string, std::size_t> known;
  std::uint64_t untold = written.losses_dropped;
  for (const Loss& loss : written.losses) {
    std::string name = field_of(loss.source);
    if (const auto found = known.find(name); found != known.end()) {
      ++fields[found->second].more;
    } else if (fields.size() < max_lost_fields) {
      known.emplace(std::move(name), fields.size());
      fields.push_back({&loss});
    } else {
      ++untold;
    }
  }
  std::vector<Finding> findings;
  for (const Field& field : fields) {
    const std::string more =
        field.more == 0 ? std::string() : fmt::format(", and {} more of this field", field.more);
    Finding& finding = findings.emplace_back(make_finding(
        code, {},
        fmt::format("{}: \"{}\" has no place in {}{}", target, shown(field.first->value), format, more)));
    finding.path = field.first->source;
  }
  if (untold > 0) {
    findings.push_back(make_finding(
        code, {},
        fmt::format("{}: {} values of further fields have no place in {}", target, untold, format)));
  }
  return findings;
}

}  // namespace purser::gateway

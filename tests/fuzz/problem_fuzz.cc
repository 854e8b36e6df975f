// What an error answer quotes comes from anyone: whatever it is, the answer is JSON that says it, and what
// another side's answer said is one short line.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "gateway/api/problem.h"
#include "gateway/deliver/transport.h"

using namespace purser;
using namespace purser::gateway;

namespace {

bool is_utf8(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::ignore) ==
         nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view detail = text.substr(0, size / 2);
  Finding finding = make_finding("MAP-0004", {}, std::string(detail));
  finding.path = text.substr(size / 2);
  const std::vector<Finding> findings(1 + size % 3, finding);
  const Response response = problem(400 + static_cast<int>(size % 100), "MAP-0004", detail, findings);
  const auto read = nlohmann::json::parse(response.body, nullptr, false);
  if (!read.is_object() || read.value("status", 0) != response.status ||
      read["findings"].size() != findings.size())
    __builtin_trap();
  if (is_utf8(detail) && read["detail"] != detail) __builtin_trap();

  const std::string line = one_line(text);
  if (line.size() > Receipt::max_detail) __builtin_trap();
  for (const char c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) __builtin_trap();
  }
  return 0;
}

#include "gateway/access/jose/strict_json.h"

#include <set>
#include <vector>

#include <nlohmann/json.hpp>

namespace purser::gateway {
namespace {

using nlohmann::json;

// Leaves the parser; never leaves this file.
struct Refused {
  const char* why;
};

class Watch {
 public:
  void see(json::parse_event_t event, const json& value) {
    switch (event) {
      case json::parse_event_t::object_start:
      case json::parse_event_t::array_start:
        names_.emplace_back();
        if (names_.size() > max_token_json_depth) throw Refused{"the JSON is nested too deep"};
        break;
      case json::parse_event_t::object_end:
      case json::parse_event_t::array_end:
        names_.pop_back();
        break;
      case json::parse_event_t::key:
        if (!names_.back().insert(value.get_ref<const std::string&>()).second)
          throw Refused{"a member stands twice in one object"};
        break;
      case json::parse_event_t::value:
        break;
    }
  }

 private:
  std::vector<std::set<std::string>> names_;  // of the objects that are open
};

}  // namespace

std::expected<json, std::string> parse_strict_object(std::string_view text, std::size_t max_bytes) {
  if (text.size() > max_bytes) return std::unexpected("the JSON is longer than allowed");
  if (text.starts_with("\xef\xbb\xbf")) return std::unexpected("the JSON begins with a byte order mark");
  Watch watch;
  try {
    json value = json::parse(text, [&](int /*depth*/, json::parse_event_t event, json& parsed) {
      watch.see(event, parsed);
      return true;
    });
    if (!value.is_object()) return std::unexpected("this is no JSON object");
    return value;
  } catch (const Refused& refused) {
    return std::unexpected(refused.why);
  } catch (const json::exception&) {
    return std::unexpected("this is no JSON");
  }
}

}  // namespace purser::gateway

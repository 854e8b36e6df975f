#include "gateway/api/conditional.h"

#include <algorithm>
#include <string>

#include "gateway/message/message.h"

namespace purser::gateway {
namespace {

constexpr std::size_t tag_digits = 32;  // 128 bits of SHA-256: nobody makes two answers of one tag

std::string_view without_weakness(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  return tag;
}

std::string tag_of(Response& response) {
  const auto own = std::ranges::find(response.headers, "ETag", [](const auto& field) { return field.first; });
  if (own != response.headers.end()) return own->second;
  if (response.stream_size != 0 || response.body.empty()) return {};
  const std::string tag = "\"" + hex(sha256(response.body)).substr(0, tag_digits) + "\"";
  response.headers.emplace_back("ETag", tag);
  return tag;
}

}  // namespace

bool names_tag(std::string_view if_none_match, std::string_view tag) {
  if (if_none_match == "*") return true;
  while (!if_none_match.empty()) {
    // A tag may hold commas: it goes from quote to quote.
    const auto open = if_none_match.find('"');
    if (open == std::string_view::npos) return false;
    const auto close = if_none_match.find('"', open + 1);
    if (close == std::string_view::npos) return false;
    if (if_none_match.substr(open, close - open + 1) == without_weakness(tag)) return true;
    if_none_match.remove_prefix(close + 1);
  }
  return false;
}

Respond conditional(const Request& request, Respond respond) {
  if (request.method() != "GET" && request.method() != "HEAD") return respond;
  return [asked = std::string(request.header("If-None-Match")),
          respond = std::move(respond)](Response response) mutable {
    if (response.status == 200) {
      const std::string tag = tag_of(response);
      if (!tag.empty() && !asked.empty() && names_tag(asked, tag)) {
        response.status = 304;
        response.body.clear();
        response.content_type.clear();
        response.stream = nullptr;
        response.stream_size = 0;
      }
    }
    respond(std::move(response));
  };
}

}  // namespace purser::gateway

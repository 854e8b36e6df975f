#include "gateway/api/json_body.h"

#include <charconv>

#include <fmt/format.h>

#include "gateway/access/hmac.h"
#include "gateway/access/jose/strict_json.h"
#include "gateway/api/body_schema.h"
#include "gateway/api/problem.h"

namespace purser::gateway {
namespace {

constexpr std::size_t max_body = 64 * 1024;  // an entry of the configuration is smaller

}  // namespace

std::expected<Json, Response> json_body(const Api& api, const Call& call) {
  std::string text;
  for_each_piece(call.request->body, [&](std::string_view piece) {
    if (text.size() <= max_body) text += piece;
  });
  if (text.empty()) text = "{}";
  // Against the schema first: it knows lines and columns. What two readers might read in two ways comes
  // after.
  Report report;
  const auto read =
      validate(input_from_text(text), *api.schemas().find(call.endpoint->body), JsonLimits{}, report);
  if (auto refusal = misfit(read, report)) return std::unexpected(std::move(*refusal));
  if (const auto object = parse_strict_object(text, max_body); !object)
    return std::unexpected(problem(400, "INTAKE-0010", "the body is no JSON object: " + object.error()));
  return Json::parse(text);
}

std::vector<std::string> texts_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? std::vector<std::string>() : found->get<std::vector<std::string>>();
}

std::expected<std::optional<std::int64_t>, Response> if_match(const Call& call) {
  auto text = call.request->header("If-Match");
  if (text.empty() || text == "*") return std::nullopt;
  std::int64_t version = 0;
  const bool quoted = text.size() > 2 && text.front() == '"' && text.back() == '"';
  if (quoted) text = text.substr(1, text.size() - 2);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (!quoted || error != std::errc() || end != text.data() + text.size())
    return std::unexpected(problem(412, "CONFIG-0025", "If-Match is not the ETag of this entry"));
  return version;
}

void set_etag(Response& response, std::int64_t version) {
  response.headers.emplace_back("ETag", fmt::format("\"{}\"", version));
}

}  // namespace purser::gateway

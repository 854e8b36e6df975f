#include "gateway/api/json_body.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "gateway/access/hmac.h"
#include "gateway/access/jose/strict_json.h"
#include "gateway/api/problem.h"

namespace purser::gateway {
namespace {

constexpr std::size_t max_body = 64 * 1024;  // an entry of the configuration is smaller

bool fits(const Json& value, MemberKind kind) {
  switch (kind) {
    case MemberKind::text:
      return value.is_string();
    case MemberKind::flag:
      return value.is_boolean();
    case MemberKind::object:
      return value.is_object();
    case MemberKind::texts:
      return value.is_array() && std::ranges::all_of(value, [](const Json& one) { return one.is_string(); });
  }
  return false;
}

std::string_view described(MemberKind kind) {
  return kind == MemberKind::text    ? "a text"
         : kind == MemberKind::flag  ? "true or false"
         : kind == MemberKind::texts ? "a list of texts"
                                     : "an object";
}

Response malformed(int status, const std::string& why) { return problem(status, "INTAKE-0010", why); }

}  // namespace

std::expected<Json, Response> json_body(const Call& call, std::initializer_list<Member> members) {
  std::string text;
  for_each_piece(call.request->body, [&](std::string_view piece) {
    if (text.size() <= max_body) text += piece;
  });
  if (text.empty()) text = "{}";
  const auto object = parse_strict_object(text, max_body);
  if (!object) return std::unexpected(malformed(400, "the body is no JSON object: " + object.error()));
  Json json = Json::parse(text);
  for (const auto& [name, value] : json.items()) {
    const auto known = std::ranges::find(members, std::string_view(name), &Member::name);
    if (known == members.end()) {
      std::string names;
      for (const Member& member : members) names += (names.empty() ? "" : ", ") + std::string(member.name);
      return std::unexpected(malformed(422, "the body has a member that is none of " + names));
    }
    if (!fits(value, known->kind))
      return std::unexpected(
          malformed(422, fmt::format("{} is not {}", known->name, described(known->kind))));
  }
  for (const Member& member : members) {
    if (member.required && !json.contains(member.name))
      return std::unexpected(malformed(422, fmt::format("the body has no {}", member.name)));
  }
  return json;
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

// The token endpoint: RFC 6749 section 4.4, with an API key as the client's secret.
#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "gateway/api/calls.h"
#include "gateway/api/json.h"
#include "gateway/port/random.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

constexpr std::uint64_t max_form = 16 * 1024;

// RFC 6749 section 5.2.
Response oauth_error(std::string_view error) {
  auto response = json_response(dumped({{"error", error}}));
  response.status = 400;
  return response;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> list;
  while (!text.empty()) {
    auto end = std::min(text.find(' '), text.size());
    if (end > 0) list.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

std::string fresh_id() {
  SystemRandom random;
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  return base64url_encoded({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

void issue_token(Api& api, Call call) {
  const auto& mint = call.configuration->callers.mint();
  // Only the key itself buys tokens.
  if (!mint.is_open() || !call.caller->name.starts_with("key:"))
    return call.respond(oauth_error("unauthorized_client"));
  const auto& body = call.request->body;
  auto form = body.in_file() || body.size > max_form ? std::nullopt : parse_target("/?" + body.bytes);
  if (!form) return call.respond(oauth_error("invalid_request"));
  if (form->parameter("grant_type") != "client_credentials")
    return call.respond(oauth_error("unsupported_grant_type"));
  auto scopes = words(form->parameter("scope").value_or(""));
  if (scopes.empty()) scopes = call.caller->scopes;
  for (const auto& scope : scopes) {
    if (!call.caller->has_scope(scope)) return call.respond(oauth_error("invalid_scope"));
  }
  auto now = std::chrono::floor<std::chrono::seconds>(api.parts().clock.now());
  Json answer;
  answer["access_token"] = mint.issue(*call.caller, scopes, now, fresh_id());
  answer["token_type"] = "Bearer";
  answer["expires_in"] = mint.lifetime().count();
  std::string granted;
  for (const auto& scope : scopes) granted += (granted.empty() ? "" : " ") + scope;
  answer["scope"] = granted;
  call.respond(json_response(dumped(answer)));
}

void show_jwks(Api& /*api*/, Call call) {
  call.respond(json_response(call.configuration->callers.mint().jwks()));
}

}  // namespace purser::gateway

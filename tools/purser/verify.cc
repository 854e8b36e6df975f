// verify jwt, jws, signature, webhook: would the gateway take this, and if not, why not? What a caller over
// HTTP is never told is told here, to the person who holds the keys.
#include <charconv>
#include <chrono>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/access/jose/jwt.h"
#include "gateway/access/signature/verify.h"
#include "gateway/access/webhook.h"
#include "tools/purser/commands.h"
#include "tools/purser/files.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

using nlohmann::ordered_json;
std::string without_line_end(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

std::vector<std::string> words(std::string_view text, char separator) {
  std::vector<std::string> list;
  while (!text.empty()) {
    auto end = std::min(text.find(separator), text.size());
    if (end > 0) list.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

// Options that hold lists and seconds; the first that is off is kept for the message.
class Wanted {
 public:
  explicit Wanted(const Arguments& arguments) : arguments_(arguments) {}
  void list(const char* option, std::vector<std::string>& into) const {
    if (arguments_.has(option)) into = words(arguments_.get(option), ',');
  }
  void seconds(const char* option, std::chrono::seconds& into) {
    if (!arguments_.has(option)) return;
    auto text = arguments_.get(option);
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0) off_ = option;
    into = std::chrono::seconds(number);
  }
  std::chrono::sys_seconds now() {
    auto moment =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch();
    seconds("--now", moment);
    return std::chrono::sys_seconds(moment);
  }
  [[nodiscard]] const std::string& off() const { return off_; }

 private:
  const Arguments& arguments_;
  std::string off_;
};

int answer(const Arguments& arguments, const ordered_json& details, std::string_view fault) {
  if (arguments.json()) {
    ordered_json out{{"valid", fault.empty()}};
    if (!fault.empty()) out["reason"] = fault;
    for (const auto& [name, value] : details.items()) out[name] = value;
    print_json(out);
  } else if (fault.empty()) {
    print_line("valid");
    for (const auto& [name, value] : details.items())
      print_line(fmt::format("  {} {}", name, value.is_string() ? value.get<std::string>() : value.dump()));
  } else {
    print_line(fmt::format("refused: {}", fault));
  }
  return fault.empty() ? exit_ok : exit_findings;
}

// The keys of --keys, and --secret as one more.
std::expected<gateway::KeySet, std::string> keys_of(const Arguments& arguments) {
  gateway::KeySet set;
  if (auto path = arguments.get("--keys"); !path.empty()) {
    auto text = content_of(path);
    if (!text) return std::unexpected(path + " cannot be read");
    auto keys = gateway::parse_keys(*text);
    if (!keys) return std::unexpected(path + ": " + keys.error());
    set = std::move(*keys);
  }
  if (auto path = arguments.get("--secret"); !path.empty()) {
    auto text = content_of(path);
    if (!text) return std::unexpected(path + " cannot be read");
    auto key = gateway::CryptoKey::secret(without_line_end(std::move(*text)));
    if (!key) return std::unexpected(path + ": " + key.error());
    set.keys.push_back({"", "", std::move(*key)});
  }
  for (const auto& note : set.notes) fmt::print(stderr, "purser: {}\n", note);
  if (arguments.get("--keys").empty() && arguments.get("--secret").empty())
    return std::unexpected("by which keys? Give --keys FILE or --secret FILE");
  return set;
}

int verify_compact(const Arguments& arguments, bool with_claims) {
  auto token = content_of(arguments.operands().front());
  if (!token) return fail(exit_environment, arguments.operands().front() + " cannot be read");
  auto keys = keys_of(arguments);
  if (!keys) return answer(arguments, {{"detail", keys.error()}}, "keys");
  gateway::TokenPolicy policy;
  Wanted wanted(arguments);
  wanted.list("--algorithms", policy.algorithms);
  wanted.list("--issuer", policy.issuers);
  wanted.list("--audience", policy.audiences);
  wanted.list("--require", policy.required);
  wanted.seconds("--skew", policy.skew);
  wanted.seconds("--max-age", policy.max_age);
  policy.type = arguments.get("--type");
  if (policy.required == std::vector<std::string>{"none"}) policy.required.clear();
  auto now = wanted.now();
  if (!wanted.off().empty()) return fail(exit_usage, wanted.off() + " takes a whole number of seconds");
  auto text = without_line_end(std::move(*token));
  if (!with_claims) {
    auto jws = gateway::verify_jws(text, *keys, policy.algorithms);
    if (!jws) return answer(arguments, ordered_json::object(), name(jws.error()));
    return answer(arguments, {{"algorithm", jws->algorithm}, {"key", jws->key_id}, {"payload", jws->payload}},
                  {});
  }
  auto claims = gateway::verify_token(text, *keys, policy, now);
  if (!claims) return answer(arguments, ordered_json::object(), name(claims.error()));
  return answer(arguments,
                {{"algorithm", claims->algorithm},
                 {"key", claims->key_id},
                 {"claims", ordered_json::parse(claims->json)}},
                {});
}

}  // namespace

int verify_jwt_command(const Arguments& arguments) { return verify_compact(arguments, true); }
int verify_jws_command(const Arguments& arguments) { return verify_compact(arguments, false); }

int verify_signature_command(const Arguments& arguments) {
  auto text = content_of(arguments.operands().front());
  if (!text) return fail(exit_environment, arguments.operands().front() + " cannot be read");
  auto keys = keys_of(arguments);
  if (!keys) return answer(arguments, {{"detail", keys.error()}}, "keys");
  auto message = gateway::read_http_message(*text, arguments.get("--scheme", "https"));
  if (!message) return answer(arguments, {{"detail", message.error()}}, "malformed");
  std::expected<std::pair<gateway::HttpMessage, std::string>, std::string> request;
  if (auto path = arguments.get("--request"); !path.empty()) {
    auto asked = content_of(path);
    if (!asked) return fail(exit_environment, path + " cannot be read");
    request = gateway::read_http_message(*asked, arguments.get("--scheme", "https"));
    if (!request) return answer(arguments, {{"detail", request.error()}}, "malformed");
    message->first.request = &request->first;
  }
  gateway::SignaturePolicy policy;
  Wanted wanted(arguments);
  wanted.list("--algorithms", policy.algorithms);
  wanted.list("--cover", policy.covered);
  if (policy.covered == std::vector<std::string>{"none"}) policy.covered.clear();
  wanted.seconds("--max-age", policy.max_age);
  wanted.seconds("--skew", policy.skew);
  auto now = wanted.now();
  if (!wanted.off().empty()) return fail(exit_usage, wanted.off() + " takes a whole number of seconds");
  policy.label = arguments.get("--label");
  policy.tag = arguments.get("--tag");
  policy.created = !arguments.has("--without-created");
  policy.key_id = !arguments.has("--without-keyid");
  auto found =
      gateway::verify_message(message->first, gateway::pieces_of(message->second), *keys, policy, now);
  if (!found) return answer(arguments, ordered_json::object(), name(found.error()));
  return answer(arguments,
                {{"label", found->label},
                 {"key", found->key_id},
                 {"algorithm", found->algorithm},
                 {"covered", found->covered},
                 {"base", found->base}},
                {});
}

int verify_webhook_command(const Arguments& arguments) {
  const auto* scheme = gateway::find_webhook_scheme(arguments.get("--scheme", "standard"));
  if (scheme == nullptr) {
    std::vector<std::string> names;
    for (const auto& one : gateway::webhook_schemes()) names.push_back(one.name);
    return fail(exit_usage, fmt::format("--scheme is one of {}", fmt::join(names, ", ")));
  }
  auto text = content_of(arguments.operands().front());
  if (!text) return fail(exit_environment, arguments.operands().front() + " cannot be read");
  auto secrets = content_of(arguments.get("--secret"));
  if (!secrets) return fail(exit_usage, "by which secret? Give --secret FILE; one secret a line");
  std::vector<gateway::WebhookKey> keys;
  for (const auto& line : words(*secrets, '\n')) {
    auto key = gateway::parse_webhook_key(scheme->secret, without_line_end(line));
    if (!key) return answer(arguments, {{"detail", "a secret is not " + key.error()}}, "keys");
    keys.push_back(std::move(*key));
  }
  auto message = gateway::read_http_message(*text, "https");
  if (!message) return answer(arguments, {{"detail", message.error()}}, "malformed");
  std::chrono::seconds tolerance{300};
  Wanted wanted(arguments);
  wanted.seconds("--tolerance", tolerance);
  auto now = wanted.now();
  if (!wanted.off().empty()) return fail(exit_usage, wanted.off() + " takes a whole number of seconds");
  const auto& head = message->first;
  gateway::WebhookRequest request{head.method, head.request_target, [&](std::string_view field) {
                                    auto lines = head.lines(field);
                                    return lines.empty() ? std::string_view() : lines.front();
                                  }};
  auto result = gateway::verify_webhook(*scheme, request, gateway::Body(std::move(message->second)), keys,
                                        now, tolerance);
  if (result.verdict != gateway::WebhookVerdict::valid)
    return answer(arguments, ordered_json::object(), name(result.verdict));
  return answer(arguments, {{"id", result.id}}, {});
}

}  // namespace purser::cli

#include "gateway/settings/vault.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/fetch/fetch.h"

namespace purser::gateway {
namespace {

constexpr std::size_t max_answer = 1024 * 1024;  // Vault's own limit on an entry

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

/// "MOUNT/PATH#FIELD" taken apart; only characters that stand in a URL as they are.
struct VaultPlace {
  std::string mount, path, field;
};
std::optional<VaultPlace> parse(std::string_view place) {
  const auto slash = place.find('/'), mark = place.find('#');
  if (slash == std::string_view::npos || mark == std::string_view::npos || slash > mark) return std::nullopt;
  VaultPlace out{std::string(place.substr(0, slash)), std::string(place.substr(slash + 1, mark - slash - 1)),
                 std::string(place.substr(mark + 1))};
  const std::string url = out.mount + out.path;
  constexpr const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";
  const bool well = !out.mount.empty() && !out.path.empty() && !out.field.empty() &&
                    url.find_first_not_of(plain) == std::string::npos && url.find("..") == std::string::npos;
  return well ? std::optional(std::move(out)) : std::nullopt;
}

bool may_carry_token(const std::string& address) {
  if (address.find('@') != std::string::npos) return false;  // "http://127.0.0.1:80@elsewhere"
  if (address.starts_with("https://")) return true;
  for (const char* local : {"http://127.0.0.1", "http://localhost", "http://[::1]"}) {
    const std::string_view rest = std::string_view(address).substr(0, std::string_view(local).size());
    const char next = address.size() > rest.size() ? address[rest.size()] : '/';
    if (rest == local && (next == ':' || next == '/')) return true;
  }
  return false;
}

std::expected<std::string, std::string> ask(const VaultAccess& access, std::string url) {
  FetchRequest request{std::move(url), true};  // Vault stands in the own network, as a rule
  request.fields = {"X-Vault-Token: " + access.token, "X-Vault-Request: true"};
  if (!access.space.empty()) request.fields.push_back("X-Vault-Namespace: " + access.space);
  request.authority_file = access.authority_file;
  request.max_answer = max_answer;
  auto answer = fetch(request);
  if (answer) return std::move(*answer);
  switch (answer.error().status) {
    case 0:
      return std::unexpected("Vault does not answer: " + answer.error().message);
    case 403:
      return std::unexpected("Vault refuses the token (403)");
    case 404:
      return std::unexpected("Vault has nothing there, or its last version was deleted (404)");
    default:
      return std::unexpected(fmt::format("Vault answers {}", answer.error().status));
  }
}

}  // namespace

std::expected<VaultAccess, std::string> vault_access() {
  VaultAccess out{variable("VAULT_ADDR"), variable("VAULT_TOKEN"), variable("VAULT_NAMESPACE"),
                  variable("VAULT_CACERT")};
  while (out.address.ends_with('/')) out.address.pop_back();
  if (out.address.empty()) return std::unexpected("the environment has no VAULT_ADDR");
  if (const auto path = variable("VAULT_TOKEN_FILE"); out.token.empty() && !path.empty()) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::unexpected("the file of VAULT_TOKEN_FILE cannot be read");
    out.token.assign(std::istreambuf_iterator<char>(file), {});
  }
  while (out.token.ends_with('\n') || out.token.ends_with('\r')) out.token.pop_back();
  if (out.token.empty())
    return std::unexpected("the environment has neither VAULT_TOKEN nor VAULT_TOKEN_FILE");
  if ((out.token + out.space).find_first_of("\r\n") != std::string::npos)
    return std::unexpected("Vault's token or namespace has a line end in it");
  return out;
}

std::expected<std::string, std::string> vault_secret(const VaultAccess& access, std::string_view place) {
  const auto where = parse(place);
  if (!where) return std::unexpected("it is not secret://vault/MOUNT/PATH#FIELD");
  if (!may_carry_token(access.address))
    return std::unexpected("VAULT_ADDR is neither https nor on this machine");
  const auto answer = ask(access, fmt::format("{}/v1/{}/data/{}", access.address, where->mount, where->path));
  if (!answer) return answer;
  const auto json = nlohmann::json::parse(*answer, nullptr, false);
  const nlohmann::json::json_pointer data("/data/data");
  if (json.is_discarded() || !json.is_object() || !json.contains(data) || !json[data].is_object())
    return std::unexpected("Vault's answer is none of a key-value store of version 2");
  const auto field = json[data].find(where->field);
  if (field == json[data].end() || !field->is_string() || field->get_ref<const std::string&>().empty())
    return std::unexpected(fmt::format("the entry in Vault has no text {}", where->field));
  return field->get<std::string>();
}

}  // namespace purser::gateway

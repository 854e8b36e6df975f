#include "gateway/settings/secret.h"

#include <cstdlib>
#include <fstream>

#include "gateway/settings/encoding.h"
#include "gateway/settings/secret_store.h"
#include "gateway/settings/vault.h"

namespace purser::gateway {
namespace {

constexpr std::string_view file_store = "secret://file/";
constexpr std::string_view environment_store = "secret://env/";
constexpr std::string_view sealed_store = "secret://store/";
constexpr std::string_view vault_store = "secret://vault/";
constexpr std::size_t max_secret_bytes = 64 * 1024;  // a chain of certificates with its key is smaller

std::string without_line_end(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

}  // namespace

std::optional<std::string> webhook_key(std::string_view secret) {
  constexpr std::string_view prefix = "whsec_";
  if (!secret.starts_with(prefix)) return std::nullopt;
  auto key = base64_decoded(secret.substr(prefix.size()));
  if (!key || key->size() < 24 || key->size() > 64) return std::nullopt;
  return key;
}

bool is_secret_reference(std::string_view text) { return text.starts_with("secret://"); }

std::expected<std::string, std::string> resolve_secret(std::string_view reference,
                                                       const std::string& folder) {
  if (reference.starts_with(environment_store)) {
    std::string name(reference.substr(environment_store.size()));
    const char* value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return std::unexpected("the environment has no " + name);
    return std::string(value);
  }
  if (reference.starts_with(sealed_store)) {
    auto store = SecretStore::read(folder);
    if (!store) return std::unexpected(store.error());
    auto key = store_key();
    if (!key) return std::unexpected(key.error());
    return store->open(reference.substr(sealed_store.size()), *key);
  }
  if (reference.starts_with(vault_store)) {
    const auto access = vault_access();
    if (!access) return std::unexpected(access.error());
    return vault_secret(*access, reference.substr(vault_store.size()));
  }
  if (!reference.starts_with(file_store))
    return std::unexpected("it is none of secret://file/, secret://env/, secret://store/ and secret://vault/");
  std::string path(reference.substr(file_store.size()));
  if (!path.starts_with('/')) path = folder + "/" + path;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::unexpected("the file " + path + " cannot be read");
  std::string text(max_secret_bytes, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  text = without_line_end(std::move(text));
  if (text.empty()) return std::unexpected("the file " + path + " is empty");
  return text;
}

}  // namespace purser::gateway

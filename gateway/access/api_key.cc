#include "gateway/access/api_key.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gateway/access/hmac.h"
#include "gateway/settings/encoding.h"
#include "gateway/settings/quantity.h"

namespace purser::gateway {
namespace {

constexpr std::size_t id_length = 10;        // 50 bits: no two keys of an installation share it
constexpr std::size_t max_key_length = 200;  // ours have 61 characters

// The credential of "Bearer KEY", in any case of the scheme (RFC 9110, 11.1).
std::string_view bearer(std::string_view authorization) {
  constexpr std::string_view scheme = "bearer ";
  if (authorization.size() < scheme.size()) return {};
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    char c = authorization[i];
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c != scheme[i]) return {};
  }
  authorization.remove_prefix(scheme.size());
  while (authorization.starts_with(' ')) authorization.remove_prefix(1);
  return authorization;
}

}  // namespace

std::string api_key_hash(std::string_view hash_key, std::string_view text) {
  return hex_encoded(bytes_of(hmac_sha256(hash_key, text)));
}

FreshKey make_api_key(Random& random, std::string_view hash_key, std::string name,
                      std::vector<std::string> scopes) {
  static constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
  FreshKey fresh;
  fresh.entry.name = std::move(name);
  fresh.entry.scopes = std::move(scopes);
  fresh.entry.id = api_key_prefix;
  for (std::size_t i = 0; i < id_length; ++i) fresh.entry.id += letters[random.below(letters.size())];
  std::array<std::uint8_t, 32> secret{};
  random.fill(secret);
  fresh.text =
      fresh.entry.id + "_" + base64url_encoded({reinterpret_cast<const char*>(secret.data()), secret.size()});
  fresh.entry.hash = api_key_hash(hash_key, fresh.text);
  return fresh;
}

std::string to_yaml(const ApiKey& entry) {
  auto text = fmt::format("  {}:\n    id: {}\n    hash: {}\n    scopes: [{}]\n", entry.name, entry.id,
                          entry.hash, fmt::join(entry.scopes, ", "));
  if (entry.expires) text += fmt::format("    expires: {}\n", moment_text(*entry.expires));
  if (!entry.partner.empty()) text += fmt::format("    partner: {}\n", entry.partner);
  if (!entry.sources.empty()) text += fmt::format("    sources: [{}]\n", fmt::join(entry.sources, ", "));
  return text;
}

KeyRing::KeyRing(const Settings& settings) : hash_key_(settings.hash_key), keys_(settings.keys) {
  for (std::size_t i = 0; i < keys_.size(); ++i) by_id_.emplace(keys_[i].id, i);
}

const ApiKey* KeyRing::find(std::string_view authorization, std::string_view x_api_key) const {
  auto text = authorization.empty() ? x_api_key : bearer(authorization);
  if (text.empty() || text.size() > max_key_length || hash_key_.empty()) return nullptr;
  auto id = text.substr(0, api_key_prefix.size() + id_length);
  auto entry = by_id_.find(std::string(id));
  auto hash = api_key_hash(hash_key_, text);
  static const std::string no_hash(64, '-');
  const auto& kept = entry != by_id_.end() ? keys_[entry->second].hash : no_hash;
  bool fits = equal_in_constant_time(hash, kept);
  if (!fits || entry == by_id_.end() || !keys_[entry->second].enabled) return nullptr;
  return &keys_[entry->second];
}

}  // namespace purser::gateway

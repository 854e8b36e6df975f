#include "gateway/access/jose/jwk.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/access/jose/strict_json.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

using nlohmann::json;
constexpr std::size_t max_candidates = 8;
constexpr std::size_t max_id = 256;

std::optional<std::string_view> text(const json& object, const char* name) {
  auto member = object.find(name);
  if (member == object.end() || !member->is_string()) return std::nullopt;
  return member->get_ref<const std::string&>();
}

// A member's bytes; nothing if it is missing or not base64url.
std::optional<std::string> bytes(const json& object, const char* name) {
  auto encoded = text(object, name);
  return encoded ? base64url_decoded(*encoded) : std::nullopt;
}

const char* use_fault(const json& object) {
  for (const char* name : {"kid", "alg", "use"}) {
    if (object.contains(name) && !text(object, name)) return "kid, alg or use is not a text";
  }
  if (auto use = text(object, "use"); use && *use != "sig") return "its use is not sig";
  auto operations = object.find("key_ops");
  if (operations == object.end()) return nullptr;
  if (!operations->is_array()) return "key_ops is not a list";
  bool verifies =
      std::any_of(operations->begin(), operations->end(), [](const json& o) { return o == "verify"; });
  return verifies ? nullptr : "its key_ops do not hold verify";
}

std::expected<CryptoKey, std::string> rsa_key(const json& object) {
  auto n = bytes(object, "n");
  auto e = bytes(object, "e");
  if (!n || !e) return std::unexpected("n or e is missing or not base64url");
  return CryptoKey::rsa(*n, *e);
}

std::expected<CryptoKey, std::string> ec_key(const json& object) {
  static constexpr std::array<KeyKind, 3> curves = {KeyKind::p256, KeyKind::p384, KeyKind::p521};
  auto wanted = text(object, "crv");
  auto x = bytes(object, "x");
  auto y = bytes(object, "y");
  if (!wanted || !x || !y) return std::unexpected("crv, x or y is missing or not base64url");
  const std::string d = object.contains("d") ? bytes(object, "d").value_or("") : "";
  if (object.contains("d") && d.empty()) return std::unexpected("d is not base64url");
  for (auto curve : curves) {
    if (name(curve) == *wanted) return CryptoKey::ec(curve, *x, *y, d);
  }
  return std::unexpected("the curve is none of P-256, P-384 and P-521");
}

std::expected<CryptoKey, std::string> okp_key(const json& object) {
  if (text(object, "crv") != "Ed25519") return std::unexpected("the curve is not Ed25519");
  auto x = bytes(object, "x");
  if (!x) return std::unexpected("x is missing or not base64url");
  auto key = CryptoKey::ed25519(*x);
  if (!key || !object.contains("d")) return key;
  auto d = bytes(object, "d");
  if (!d) return std::unexpected("d is not base64url");
  auto pair = CryptoKey::ed25519_private(*d);
  if (pair && pair->raw_public() != *x) return std::unexpected("d and x do not belong together");
  return pair;
}

std::expected<CryptoKey, std::string> oct_key(const json& object) {
  auto k = bytes(object, "k");
  if (!k) return std::unexpected("k is missing or not base64url");
  return CryptoKey::secret(*k);
}

std::expected<TrustedKey, std::string> key_of(const json& object) {
  struct Type {
    std::string_view name;
    std::expected<CryptoKey, std::string> (*read)(const json&);
  };
  static constexpr std::array types = {Type{"RSA", rsa_key}, Type{"EC", ec_key}, Type{"OKP", okp_key},
                                       Type{"oct", oct_key}};
  if (!object.is_object()) return std::unexpected("this is no JSON object");
  auto kty = text(object, "kty");
  if (!kty) return std::unexpected("kty is missing");
  if (const char* fault = use_fault(object)) return std::unexpected(fault);
  std::string id(text(object, "kid").value_or(""));
  std::string alg(text(object, "alg").value_or(""));
  if (id.size() > max_id) return std::unexpected("its kid is longer than 256 bytes");
  for (const auto& type : types) {
    if (type.name != *kty) continue;
    auto key = type.read(object);
    if (!key) return std::unexpected(key.error());
    const auto* algorithm = find_jose_algorithm(alg);
    if (!alg.empty() && (algorithm == nullptr || algorithm->kind != key->kind()))
      return std::unexpected(fmt::format("its alg {} is none for a key of kind {}", alg, name(key->kind())));
    return TrustedKey{std::move(id), std::move(alg), std::move(*key)};
  }
  return std::unexpected("kty is none of RSA, EC, OKP and oct");
}

std::expected<KeySet, std::string> set_of(const json& list) {
  if (!list.is_array()) return std::unexpected("keys is not a list");
  if (list.size() > max_keys) return std::unexpected("the set has more than 100 keys");
  KeySet set;
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto key = key_of(list[i]);
    if (key) {
      set.keys.push_back(std::move(*key));
      continue;
    }
    auto id = list[i].is_object() ? text(list[i], "kid") : std::nullopt;
    set.notes.push_back(fmt::format("key {}{}: {}", i + 1,
                                    id ? fmt::format(" (kid {})", id->substr(0, 64)) : "", key.error()));
  }
  return set;
}

}  // namespace

std::expected<TrustedKey, std::string> parse_jwk(std::string_view text) {
  auto object = parse_strict_object(text, max_key_set_bytes);
  if (!object) return std::unexpected(object.error());
  return key_of(*object);
}

std::expected<KeySet, std::string> parse_keys(std::string_view text) {
  auto start = text.find_first_not_of(" \t\r\n");
  if (start != std::string_view::npos && text.substr(start).starts_with("-----BEGIN ")) {
    if (text.size() > max_key_set_bytes) return std::unexpected("the file is longer than allowed");
    auto key = CryptoKey::pem(text);
    if (!key) return std::unexpected(key.error());
    return KeySet{{TrustedKey{{}, {}, std::move(*key)}}, {}};
  }
  auto object = parse_strict_object(text, max_key_set_bytes);
  if (!object) return std::unexpected(object.error());
  if (auto list = object->find("keys"); list != object->end()) return set_of(*list);
  auto key = key_of(*object);
  if (!key) return std::unexpected(key.error());
  return KeySet{{std::move(*key)}, {}};
}

json to_jwk(const TrustedKey& trusted) {
  json object;
  auto [first, second] = trusted.key.coordinates();
  switch (trusted.key.kind()) {
    case KeyKind::rsa:
      object = {{"kty", "RSA"}, {"n", base64url_encoded(first)}, {"e", base64url_encoded(second)}};
      break;
    case KeyKind::ed25519:
      object = {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", base64url_encoded(trusted.key.raw_public())}};
      break;
    case KeyKind::secret:
      return object;  // has no public half
    default:
      object = {{"kty", "EC"},
                {"crv", name(trusted.key.kind())},
                {"x", base64url_encoded(first)},
                {"y", base64url_encoded(second)}};
  }
  if (!trusted.id.empty()) object["kid"] = trusted.id;
  if (!trusted.algorithm.empty()) object["alg"] = trusted.algorithm;
  return object;
}

std::vector<const TrustedKey*> candidates(const KeySet& set, const SignatureAlgorithm& algorithm,
                                          std::string_view id) {
  std::vector<const TrustedKey*> fitting;
  for (const auto& key : set.keys) {
    if (key.key.kind() != algorithm.kind) continue;
    if (!key.algorithm.empty() && key.algorithm != algorithm.jose) continue;
    if (!id.empty() && !key.id.empty() && key.id != id) continue;
    if (fitting.size() < max_candidates) fitting.push_back(&key);
  }
  return fitting;
}

}  // namespace purser::gateway

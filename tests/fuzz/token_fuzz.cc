// Tokens and key sets from anyone: never a crash, never a token that nobody signed, and what is read as a key is one
// that can be written and read again.
#include <cstdint>
#include <string_view>

#include <nlohmann/json.hpp>

#include "gateway/access/jose/jwt.h"

using namespace purser::gateway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const KeySet keys{{{"k", "", *CryptoKey::ed25519_private(std::string(32, 's'))},
                            {"s", "", *CryptoKey::secret(std::string(32, 's'))}},
                           {}};
  TokenPolicy policy;
  policy.algorithms = {"EdDSA", "HS256", "none"};
  policy.required.clear();
  constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'700'000'000)};
  if (verify_token(text, keys, policy, now)) __builtin_trap();  // nobody guesses a signature
  static_cast<void>(judge_claims(text, policy, now));
  if (auto set = parse_keys(text)) {
    for (const auto& key : set->keys) {
      if (key.key.kind() == KeyKind::secret) continue;
      auto again = parse_jwk(to_jwk(key).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
      if (!again || again->key.public_pem() != key.key.public_pem()) __builtin_trap();
    }
  }
  return 0;
}

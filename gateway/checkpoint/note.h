// A checkpoint as text: the C2SP forms tlog-checkpoint and signed-note, with Ed25519.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "gateway/access/jose/crypto.h"
#include "gateway/message/message.h"

namespace purser::gateway {

/// How long a tree was and what its root is. `origin` names the tree: "purser.example/0", the chain last.
struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Sha256 root{};
};

inline constexpr std::size_t max_checkpoint_bytes = 4096;  ///< four lines and a handful of signatures

/// Three lines, a blank one, "— ORIGIN BASE64(key id, signature)". The key is a private Ed25519 one. [any]
std::expected<std::string, std::string> sign_checkpoint(const Checkpoint& checkpoint, const CryptoKey& key);
/// What was signed by the key. The error says why it is not taken: another form, or no signature of this key.
/// Signatures of others below it are passed over, as signed-note wants it. [any]
std::expected<Checkpoint, std::string> open_checkpoint(std::string_view note, const CryptoKey& key);

/// An installation's name as the first half of an origin: letters, digits, dots and hyphens; else false.
bool is_origin(std::string_view name);

}  // namespace purser::gateway

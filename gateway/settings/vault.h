// HashiCorp Vault's key-value store, version 2, over its HTTP API: secret://vault/MOUNT/PATH#FIELD.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace purser::gateway {

/// Where Vault is and who asks, from the environment, named as Vault's own tools name it: VAULT_ADDR,
/// VAULT_TOKEN or the file of VAULT_TOKEN_FILE (what Vault's agent renews), VAULT_NAMESPACE, VAULT_CACERT.
struct VaultAccess {
  std::string address, token, space, authority_file;
};
/// The error says what is missing.
std::expected<VaultAccess, std::string> vault_access();

/// GET /v1/MOUNT/data/PATH; the field's text. `place` is "MOUNT/PATH#FIELD"; the first segment is the mount.
/// Over https, or http to this machine only. Redirects are not followed, since the token would go along. At
/// most five seconds. The error never holds token or secret. [any]
std::expected<std::string, std::string> vault_secret(const VaultAccess& access, std::string_view place);

}  // namespace purser::gateway

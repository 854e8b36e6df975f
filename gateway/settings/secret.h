// secret:// references.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace purser::gateway {

/// The secret behind "secret://file/PATH" (relative to `folder`; "secret://file//run/…" is absolute; one
/// trailing line end is dropped), "secret://env/NAME", "secret://store/NAME" (secret_store.h) or
/// "secret://vault/MOUNT/PATH#FIELD" (vault.h). The error says what is not there, never a content.
std::expected<std::string, std::string> resolve_secret(std::string_view reference, const std::string& folder);

/// The key in "whsec_BASE64"; empty if it is not one of 24 to 64 bytes (Standard Webhooks, "Signature
/// scheme").
std::optional<std::string> webhook_key(std::string_view secret);

/// True for texts that begin with secret://.
bool is_secret_reference(std::string_view text);

}  // namespace purser::gateway

// The encrypted file store behind secret://store/NAME: secrets that may lie in a repository or a backup.
#pragma once

#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace purser::gateway {

/// Its file in the configuration folder: one line a secret, "NAME BASE64", sorted. Each is sealed by itself
/// with AES-256-GCM under a key of its own, drawn by HKDF-SHA256 from the store's key and the name, so that
/// no entry can be put in another's place.
inline constexpr std::string_view secret_store_file = "secrets.store";
/// The store's key, 32 bytes in base64: in this variable of the environment, or in the file that
/// PURSER_STORE_KEY_FILE names (a systemd credential, a mounted secret). Never in the configuration folder.
inline constexpr const char* store_key_variable = "PURSER_STORE_KEY";
inline constexpr const char* store_key_file_variable = "PURSER_STORE_KEY_FILE";

inline constexpr std::size_t store_key_bytes = 32;
inline constexpr std::size_t max_store_entries = 10'000;

/// The secrets of a folder's store, sealed; opened one by one. Value type.
class SecretStore {
 public:
  /// An absent file is an empty store. The error names the line.
  static std::expected<SecretStore, std::string> read(const std::string& folder);
  /// Replaces the file atomically, readable by its owner only.
  [[nodiscard]] std::expected<void, std::string> write(const std::string& folder) const;

  [[nodiscard]] std::vector<std::string> names() const;
  /// The secret. The error never holds any of it.
  [[nodiscard]] std::expected<std::string, std::string> open(std::string_view name,
                                                             std::string_view key) const;
  /// Puts or replaces one; `nonce` is 12 fresh random bytes.
  void seal(std::string_view name, std::string_view secret, std::string_view key, std::string_view nonce);
  bool remove(std::string_view name);

 private:
  std::map<std::string, std::string, std::less<>> sealed_;  // nonce, ciphertext, tag
};

/// The key out of the environment. The error says where it was looked for.
std::expected<std::string, std::string> store_key();

}  // namespace purser::gateway

#include "gateway/settings/secret_store.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <unistd.h>

#include "gateway/seal/cipher.h"
#include "gateway/settings/encoding.h"
#include "gateway/settings/quantity.h"

namespace purser::gateway {
namespace {

constexpr std::size_t max_file = 16U << 20;

// A key for one name. An entry that is moved to another name does not open there.
SecretKey key_of(std::string_view key, std::string_view name) {
  return hkdf_sha256(key, "", "purser secret store 1/" + std::string(name));
}

bool is_entry_name(std::string_view name) { return form_expected("name", name) == nullptr; }

}  // namespace

std::expected<SecretStore, std::string> SecretStore::read(const std::string& folder) {
  SecretStore store;
  std::ifstream file(folder + "/" + std::string(secret_store_file), std::ios::binary);
  if (!file) return store;
  std::string line;
  std::size_t number = 0, bytes = 0;
  while (std::getline(file, line)) {
    ++number;
    bytes += line.size();
    auto blank = line.find(' ');
    auto name = line.substr(0, blank);
    auto sealed =
        blank == std::string::npos ? std::nullopt : base64_decoded(std::string_view(line).substr(blank + 1));
    if (!sealed || sealed->size() < nonce_bytes + tag_bytes || !is_entry_name(name) || bytes > max_file ||
        store.sealed_.size() >= max_store_entries ||
        !store.sealed_.emplace(name, std::move(*sealed)).second) {
      return std::unexpected(std::string(secret_store_file) + " line " + std::to_string(number) +
                             " is no entry, or stands twice");
    }
  }
  return store;
}

std::expected<void, std::string> SecretStore::write(const std::string& folder) const {
  auto path = folder + "/" + std::string(secret_store_file);
  auto temporary = path + "." + std::to_string(::getpid());
  std::string text;
  for (const auto& [name, sealed] : sealed_) text += name + " " + base64_encoded(sealed) + "\n";
  int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return std::unexpected(temporary + " cannot be written");
  bool good =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  good = ::close(file) == 0 && good && ::rename(temporary.c_str(), path.c_str()) == 0;
  if (!good) return std::unexpected(path + " cannot be written");
  return {};
}

std::vector<std::string> SecretStore::names() const {
  std::vector<std::string> list;
  for (const auto& [name, unused] : sealed_) list.push_back(name);
  return list;
}

std::expected<std::string, std::string> SecretStore::open(std::string_view name, std::string_view key) const {
  auto found = sealed_.find(name);
  if (found == sealed_.end()) return std::unexpected("the store has no " + std::string(name));
  std::string_view sealed = found->second;
  std::string secret(sealed.size() - nonce_bytes - tag_bytes, '\0');
  Gcm cipher(key_of(key, name), Gcm::Use::open);
  if (!cipher.open(sealed.substr(0, nonce_bytes), "", sealed.substr(nonce_bytes), secret))
    return std::unexpected("the store's key does not open " + std::string(name) + ", or it was changed");
  return secret;
}

void SecretStore::seal(std::string_view name, std::string_view secret, std::string_view key,
                       std::string_view nonce) {
  nonce = nonce.substr(0, nonce_bytes);
  std::string sealed(nonce);
  Gcm(key_of(key, name), Gcm::Use::seal).seal(nonce, "", secret, sealed);
  sealed_.insert_or_assign(std::string(name), std::move(sealed));
}

bool SecretStore::remove(std::string_view name) {
  auto found = sealed_.find(name);
  if (found == sealed_.end()) return false;
  sealed_.erase(found);
  return true;
}

std::expected<std::string, std::string> store_key() {
  std::string text;
  if (const char* given = std::getenv(store_key_variable); given != nullptr) {
    text = given;
  } else if (const char* path = std::getenv(store_key_file_variable); path != nullptr) {
    std::ifstream file(path, std::ios::binary);
    text.assign(std::istreambuf_iterator<char>(file), {});
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  } else {
    return std::unexpected("the environment has neither PURSER_STORE_KEY nor PURSER_STORE_KEY_FILE");
  }
  auto key = base64_decoded(text);
  if (!key || key->size() != store_key_bytes)
    return std::unexpected("the store's key is not base64 of 32 bytes");
  return std::move(*key);
}

}  // namespace purser::gateway

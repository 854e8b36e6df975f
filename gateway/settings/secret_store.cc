#include "gateway/settings/secret_store.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>

#include <fcntl.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <unistd.h>

#include "gateway/settings/encoding.h"
#include "gateway/settings/quantity.h"

namespace purser::gateway {
namespace {

constexpr std::size_t nonce_bytes = 12;  // NIST SP 800-38D
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t max_file = 16U << 20;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* octets(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// A key for one name. An entry that is moved to another name does not open there.
std::string key_of(std::string_view key, std::string_view name) {
  std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr),
                                                        EVP_KDF_free);
  std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(kdf.get()),
                                                                    EVP_KDF_CTX_free);
  std::string digest = "SHA256";
  std::string secret(key);
  std::string info = "purser secret store 1/" + std::string(name);
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret.data(), secret.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
      OSSL_PARAM_construct_end()};
  std::string derived(store_key_bytes, '\0');
  if (EVP_KDF_derive(context.get(), octets(derived), derived.size(), parameters) != 1) return {};
  return derived;
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
  auto text = sealed.substr(nonce_bytes, sealed.size() - nonce_bytes - tag_bytes);
  std::string tag(sealed.substr(sealed.size() - tag_bytes));
  std::string secret(text.size() + 1, '\0');  // never empty: OpenSSL wants a place
  Cipher context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int length = 0;
  int last = 0;
  bool good = EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, octets(key_of(key, name)),
                                 octets(sealed)) == 1 &&
              EVP_DecryptUpdate(context.get(), octets(secret), &length, octets(text),
                                static_cast<int>(text.size())) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag.size()),
                                  tag.data()) == 1 &&
              EVP_DecryptFinal_ex(context.get(), octets(secret) + length, &last) == 1;
  if (!good)
    return std::unexpected("the store's key does not open " + std::string(name) + ", or it was changed");
  secret.resize(text.size());
  return secret;
}

void SecretStore::seal(std::string_view name, std::string_view secret, std::string_view key,
                       std::string_view nonce) {
  std::string sealed(nonce.substr(0, nonce_bytes));
  std::string text(secret.size() + 1, '\0');
  std::string tag(tag_bytes, '\0');
  Cipher context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int length = 0;
  int last = 0;
  EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, octets(key_of(key, name)), octets(sealed));
  EVP_EncryptUpdate(context.get(), octets(text), &length, octets(secret), static_cast<int>(secret.size()));
  EVP_EncryptFinal_ex(context.get(), octets(text) + length, &last);
  EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag.size()), tag.data());
  text.resize(secret.size());
  sealed_.insert_or_assign(std::string(name), sealed + text + tag);
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

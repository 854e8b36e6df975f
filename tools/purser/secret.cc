// secret …: the encrypted file store of a configuration folder.
#include <array>
#include <iostream>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/port/random.h"
#include "gateway/settings/encoding.h"
#include "gateway/settings/quantity.h"
#include "gateway/settings/secret_store.h"
#include "tools/purser/commands.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

using gateway::SecretStore;

std::string random_bytes(std::size_t count) {
  gateway::SystemRandom random;
  std::string bytes(count, '\0');
  random.fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
  return bytes;
}

constexpr std::size_t nonce_bytes = 12;

// The store of --config; prints what is wrong and gives nothing.
std::expected<SecretStore, int> store_of(const Arguments& arguments) {
  const std::string config = arguments.get("--config");
  if (config.empty())
    return std::unexpected(fail(exit_usage, "which configuration? Give --config DIR (or PURSER_CONFIG)"));
  auto store = SecretStore::read(config);
  if (!store) return std::unexpected(fail(exit_environment, store.error()));
  return std::move(*store);
}

int written(const Arguments& arguments, const SecretStore& store, std::string_view said) {
  if (auto done = store.write(arguments.get("--config")); !done) return fail(exit_environment, done.error());
  print_line(said);
  return exit_ok;
}

}  // namespace

int secret_key_command(const Arguments&) {
  print_line(gateway::base64_encoded(random_bytes(gateway::store_key_bytes)));
  return exit_ok;
}

int secret_set_command(const Arguments& arguments) {
  const std::string& name = arguments.operands().front();
  if (const char* expected = gateway::form_expected("name", name))
    return fail(exit_usage, fmt::format("a secret's name has {}", expected));
  auto store = store_of(arguments);
  if (!store) return store.error();
  const auto key = gateway::store_key();
  if (!key) return fail(exit_environment, key.error());
  std::string secret(std::istreambuf_iterator<char>(std::cin), {});
  if (secret.ends_with('\n')) secret.pop_back();
  if (secret.empty()) return fail(exit_usage, "the secret is read from standard input, which is empty");
  store->seal(name, secret, *key, random_bytes(nonce_bytes));
  return written(arguments, *store, fmt::format("{} is in the store: secret://store/{}", name, name));
}

int secret_list_command(const Arguments& arguments) {
  auto store = store_of(arguments);
  if (!store) return store.error();
  if (arguments.json()) {
    print_json(nlohmann::ordered_json{{"secrets", store->names()}});
  } else {
    for (const auto& name : store->names()) print_line(name);
    if (store->names().empty()) print_line("no secrets in the store");
  }
  return exit_ok;
}

int secret_remove_command(const Arguments& arguments) {
  auto store = store_of(arguments);
  if (!store) return store.error();
  const std::string& name = arguments.operands().front();
  if (!store->remove(name)) return fail(exit_findings, fmt::format("the store has no {}", name));
  return written(arguments, *store, fmt::format("{} is gone", name));
}

int secret_rekey_command(const Arguments& arguments) {
  auto store = store_of(arguments);
  if (!store) return store.error();
  const auto key = gateway::store_key();
  if (!key) return fail(exit_environment, key.error());
  std::string text(std::istreambuf_iterator<char>(std::cin), {});
  while (text.ends_with('\n')) text.pop_back();
  const auto next = gateway::base64_decoded(text);
  if (!next || next->size() != gateway::store_key_bytes)
    return fail(exit_usage,
                "the new key is read from standard input: base64 of 32 bytes, as `purser secret key` prints");
  SecretStore sealed_anew;
  for (const auto& name : store->names()) {
    const auto secret = store->open(name, *key);
    if (!secret) return fail(exit_findings, secret.error() + "; nothing was changed");
    sealed_anew.seal(name, *secret, *next, random_bytes(nonce_bytes));
  }
  return written(arguments, sealed_anew,
                 fmt::format("{} secrets are sealed under the new key", sealed_anew.names().size()));
}

}  // namespace purser::cli

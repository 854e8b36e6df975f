#include "gateway/administer/keys.h"

#include <nlohmann/json.hpp>

#include "gateway/access/api_key.h"
#include "gateway/settings/quantity.h"

namespace purser::gateway {
namespace {

using Json = nlohmann::ordered_json;

std::string use_key(const std::string& name) { return "key-use\x1f" + name; }

ChangeRefusal no_hash_key() {
  return {{StatusClass::invalid, "CONFIG-0012", "the configuration has no access.hash_key to keep keys with"},
          {}};
}

std::expected<std::optional<KeptRecord>, ChangeRefusal> find_key(Journal& journal, const std::string& tenant,
                                                                 const std::string& name) {
  auto keys = journal.records(std::string(keys_section), tenant);
  if (!keys) return std::unexpected(ChangeRefusal{keys.error(), {}});
  for (auto& key : *keys) {
    if (key.name == name) return std::move(key);
  }
  return std::nullopt;
}

Change change_of(const KeyPlace& place, const std::string& tenant, const std::string& name,
                 std::string content) {
  return {std::string(keys_section), tenant, name, std::move(content), std::nullopt, place.who};
}

}  // namespace

std::expected<MadeKey, ChangeRefusal> make_key(const KeyPlace& place, const KeyWish& wish) {
  if (place.hash_key.empty()) return std::unexpected(no_hash_key());
  const auto fresh = make_api_key(place.random, place.hash_key, wish.name, wish.scopes);
  Json entry{{"id", fresh.entry.id}, {"hash", fresh.entry.hash}};
  if (!wish.partner.empty()) entry["partner"] = wish.partner;
  if (!wish.sources.empty()) entry["sources"] = wish.sources;
  if (!wish.scopes.empty()) entry["scopes"] = wish.scopes;
  if (!wish.roles.empty()) entry["roles"] = wish.roles;
  if (!wish.expires.empty()) entry["expires"] = wish.expires;
  auto change = change_of(place, wish.tenant, wish.name, entry.dump());
  change.version = 0;
  const auto version = administer(place.journal, place.folder, change);
  if (!version) return std::unexpected(version.error());
  return MadeKey{fresh.text, *version};
}

std::expected<MadeKey, ChangeRefusal> rotate_key(const KeyPlace& place, const std::string& tenant,
                                                 const std::string& name, std::chrono::sys_seconds until) {
  if (place.hash_key.empty()) return std::unexpected(no_hash_key());
  auto old = find_key(place.journal, tenant, name);
  if (!old) return std::unexpected(old.error());
  if (!*old)
    return std::unexpected(ChangeRefusal{
        {StatusClass::invalid, "CONFIG-0027", "there is no key of this name that was made here"}, {}});
  auto entry = Json::parse((*old)->content);
  auto outgoing = entry;
  outgoing["expires"] = moment_text(until);
  const auto fresh = make_api_key(place.random, place.hash_key, name, {});
  entry["id"] = fresh.entry.id;
  entry["hash"] = fresh.entry.hash;
  // The new one first: if the second step fails, the old one is unknown and its owner has the new one.
  const auto version = administer(place.journal, place.folder, change_of(place, tenant, name, entry.dump()));
  if (!version) return std::unexpected(version.error());
  const auto kept =
      administer(place.journal, place.folder, change_of(place, tenant, name + "-old", outgoing.dump()));
  if (!kept) return std::unexpected(kept.error());
  return MadeKey{fresh.text, *version};
}

std::expected<std::int64_t, ChangeRefusal> remove_key(const KeyPlace& place, const std::string& tenant,
                                                      const std::string& name) {
  return administer(place.journal, place.folder, change_of(place, tenant, name, {}));
}

std::string last_use(Journal& journal, const std::string& qualified_name) {
  const auto found = journal.get(use_key(qualified_name));
  return found && *found ? **found : std::string();
}

void note_use(Journal& journal, const std::string& qualified_name, std::chrono::sys_seconds now) {
  const auto before = journal.get(use_key(qualified_name));
  const auto text = moment_text(std::chrono::floor<std::chrono::hours>(now));
  if (!before || (*before && **before >= text)) return;
  // Another node may have noted it at this moment: as good.
  static_cast<void>(journal.put(use_key(qualified_name), *before, text));
}

}  // namespace purser::gateway

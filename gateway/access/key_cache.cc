#include "gateway/access/key_cache.h"

#include <algorithm>
#include <iterator>

#include <nlohmann/json.hpp>

#include "gateway/access/jose/strict_json.h"
#include "gateway/fetch/fetch.h"

namespace purser::gateway {
namespace {

// With a key whose secret stands in a set that everybody can fetch, everybody signs: it proves nothing.
std::expected<KeySet, std::string> parse_published(std::string_view text) {
  auto set = parse_strict_object(text, max_key_set_bytes);
  if (set) {
    const auto tells = [](const nlohmann::json& key) {
      return key.is_object() && (key.contains("d") || key.contains("k"));
    };
    if (tells(*set)) return std::unexpected("the key's secret stands beside it");
    if (auto list = set->find("keys"); list != set->end() && list->is_array()) {
      nlohmann::json kept = nlohmann::json::array();
      std::ranges::copy_if(*list, std::back_inserter(kept), std::not_fn(tells));
      *list = std::move(kept);
    }
  }
  auto keys = parse_keys(set ? set->dump() : std::string(text));
  if (keys) std::erase_if(keys->keys, [](const TrustedKey& one) { return one.key.is_private(); });
  return keys;
}

}  // namespace

std::shared_ptr<KeyCache::Entry> KeyCache::entry(const KeySource& source) {
  // What came out of the own network is not for those who may not go there.
  auto& found = entries_[source.private_addresses ? source.where + " private" : source.where];
  if (!found) found = std::make_shared<Entry>();
  return found;
}

KeyCache::View KeyCache::get(const KeySource& source) {
  auto now = clock_.monotonic();
  std::scoped_lock lock(mutex_);
  auto one = entry(source);
  View view;
  view.keys = one->keys;
  view.old = !one->keys || now - one->fetched >= source.age;
  view.may_fetch = !one->was_asked || now - one->asked >= source.floor;
  return view;
}

std::expected<std::shared_ptr<const KeySet>, std::string> KeyCache::refresh(const KeySource& source) {
  std::shared_ptr<Entry> one;
  {
    std::scoped_lock lock(mutex_);
    one = entry(source);
  }
  std::scoped_lock fetching(one->fetching);
  {
    std::scoped_lock lock(mutex_);
    auto now = clock_.monotonic();
    if (one->was_asked && now - one->asked < source.floor) {  // somebody else did it while we waited
      if (one->keys) return one->keys;
      return std::unexpected(one->error);
    }
    one->was_asked = true;
    one->asked = now;
  }
  auto text = fetch_(source.where, source.private_addresses);
  auto keys = !text                  ? std::unexpected(text.error())
              : is_url(source.where) ? parse_published(*text)
                                     : parse_keys(*text);
  std::scoped_lock lock(mutex_);
  if (!keys || keys->keys.empty()) {
    one->error = keys ? "the set holds no key that can be used" : keys.error();
    return std::unexpected(one->error);
  }
  one->keys = std::make_shared<const KeySet>(std::move(*keys));
  one->fetched = clock_.monotonic();
  return one->keys;
}

}  // namespace purser::gateway

#include "gateway/api/page.h"

#include <algorithm>
#include <charconv>

#include "gateway/api/problem.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
std::expected<PageWish, Response> page_wish(const Call& call) {
  PageWish wish{{}, ListQuery::max_limit};
  if (const auto text = call.query("limit"); !text.empty()) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), wish.limit);
    const bool well = error == std::errc() && end == text.data() + text.size();
    if (!well || wish.limit < 1 || wish.limit > ListQuery::max_limit)
      return std::unexpected(problem(400, "INTAKE-0010", "the parameter limit is not a number from 1 to 1000"));
  }
  auto after = base64url_decoded(call.query("cursor"));
  if (!after)
    return std::unexpected(problem(400, "INTAKE-0010", "the parameter cursor is not a cursor that a list gave"));
  wish.after = std::move(*after);
  return wish;
}

std::string cursor_after(std::string_view key) { return base64url_encoded(key); }

void answer_page(Call& call, const char* member, std::vector<PageEntry> entries, PageOrder order) {
  const auto wish = page_wish(call);
  if (!wish) return call.respond(wish.error());
  auto entry = entries.begin();
  if (order == PageOrder::by_key) {
    std::ranges::sort(entries, {}, &PageEntry::key);
    if (!wish->after.empty()) entry = std::ranges::upper_bound(entries, wish->after, {}, &PageEntry::key);
  } else if (!wish->after.empty()) {
    entry = std::ranges::find(entries, wish->after, &PageEntry::key);
    if (entry != entries.end()) ++entry;
  }
  Json json;
  json[member] = Json::array();
  for (; entry != entries.end() && json[member].size() < wish->limit; ++entry)
    json[member].push_back(std::move(entry->json));
  if (entry != entries.end()) json["cursor"] = cursor_after(std::prev(entry)->key);
  call.respond(json_response(dumped(json)));
}

}  // namespace purser::gateway

#include "gateway/api/page.h"

#include <algorithm>
#include <charconv>

#include "gateway/api/problem.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

std::optional<std::size_t> limit_of(const Call& call) {
  const auto text = call.query("limit");
  if (text.empty()) return ListQuery::max_limit;
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  const bool well = error == std::errc() && end == text.data() + text.size();
  return well && limit >= 1 && limit <= ListQuery::max_limit ? std::optional(limit) : std::nullopt;
}

}  // namespace

void answer_page(Call& call, const char* member, std::vector<PageEntry> entries, PageOrder order) {
  const auto limit = limit_of(call);
  if (!limit)
    return call.respond(problem(400, "INTAKE-0010", "the parameter limit is not a number from 1 to 1000"));
  const auto cursor = call.query("cursor");
  const auto after = base64url_decoded(cursor);
  if (!after)
    return call.respond(problem(400, "INTAKE-0010", "the parameter cursor is not a cursor that a list gave"));
  auto entry = entries.begin();
  if (order == PageOrder::by_key) {
    std::ranges::sort(entries, {}, &PageEntry::key);
    if (!cursor.empty()) entry = std::ranges::upper_bound(entries, *after, {}, &PageEntry::key);
  } else if (!cursor.empty()) {
    entry = std::ranges::find(entries, *after, &PageEntry::key);
    if (entry != entries.end()) ++entry;
  }
  Json json;
  json[member] = Json::array();
  for (; entry != entries.end() && json[member].size() < *limit; ++entry)
    json[member].push_back(std::move(entry->json));
  if (entry != entries.end()) json["cursor"] = base64url_encoded(std::prev(entry)->key);
  call.respond(json_response(dumped(json)));
}

}  // namespace purser::gateway

// Pages of lists, and of such as are short enough to be gathered whole: names, attempts.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "gateway/api/calls.h"
#include "gateway/api/json.h"

namespace purser::gateway {

/// An entry with what it is found again by: unique in its list, and the same whenever it is asked for.
struct PageEntry {
  std::string key;
  Json json;
};

/// How entries stand. An entry that went between two pages is no matter where they stand by their keys.
enum class PageOrder : std::uint8_t { by_key, as_given };

/// What of a list is asked for.
struct PageWish {
  std::string after;  ///< key of the last entry of the page before; empty: from the first one
  std::uint32_t limit = 0;
};
/// `limit` (1 to 1000, which is the default) and `cursor` of a call; 400 if either is malformed.
std::expected<PageWish, Response> page_wish(const Call& call);
/// The cursor that gives `key` back as PageWish::after.
std::string cursor_after(std::string_view key);

/// Answers with the entries behind `cursor`, at most `limit`, and with the cursor of the next page if there is one. 400
/// if either parameter is malformed.
void answer_page(Call& call, const char* member, std::vector<PageEntry> entries,
                 PageOrder order = PageOrder::by_key);

}  // namespace purser::gateway

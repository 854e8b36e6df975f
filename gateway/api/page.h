// Pages of lists that are short enough to be gathered whole: names, attempts, deliveries of one document.
#pragma once

#include <string>
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

/// Answers with the entries behind `cursor`, at most `limit` (1 to 1000, which is the default), and with the
/// cursor of the next page if there is one. 400 if either parameter is malformed.
void answer_page(Call& call, const char* member, std::vector<PageEntry> entries,
                 PageOrder order = PageOrder::by_key);

}  // namespace purser::gateway

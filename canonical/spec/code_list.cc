#include "canonical/spec/code_list.h"

#include <algorithm>

namespace purser {

const CodeEntry* CodeList::find(std::string_view code) const {
  auto at = std::ranges::lower_bound(entries_, code, {}, &CodeEntry::code);
  return at != entries_.end() && at->code == code ? &*at : nullptr;
}

const CodeList* find_code_list(std::string_view key) {
  auto all = code_lists();
  auto at = std::ranges::find(all, key, &CodeList::key);
  return at == all.end() ? nullptr : *at;
}

}  // namespace purser

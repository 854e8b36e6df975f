#include "canonical/spec/code_list.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace purser {
namespace {

TEST(CodeLists, SayWhereTheyComeFrom) {
  std::string_view before;
  for (const CodeList* list : code_lists()) {
    EXPECT_LT(before, list->key());
    before = list->key();
    EXPECT_FALSE(list->title().empty()) << list->key();
    EXPECT_FALSE(list->source().empty()) << list->key();
    EXPECT_FALSE(list->date().empty()) << list->key();
    EXPECT_TRUE(std::ranges::is_sorted(list->entries(), {}, &CodeEntry::code)) << list->key();
    EXPECT_EQ(find_code_list(list->key()), list);
    for (const CodeEntry& entry : list->entries()) EXPECT_EQ(list->find(entry.code), &entry) << entry.code;
  }
  EXPECT_EQ(find_code_list("iso9999"), nullptr);
}

TEST(CodeLists, KnowTheCommonCodes) {
  const std::pair<const char*, std::vector<const char*>> cases[] = {
      {"iso4217", {"EUR", "USD", "CHF", "JPY", "XAU"}},
      {"iso3166-1", {"DE", "FR", "US", "XI", "GR"}},
      {"unece-rec20", {"C62", "H87", "EA", "KGM", "HUR", "LTR", "MTR", "XPX", "XCT"}},
      {"unece-rec21", {"PX", "CT", "BX"}},
      {"untdid1001", {"220", "380", "381", "384", "389", "351", "326", "875", "876", "877"}},
      {"untdid4461", {"10", "30", "48", "49", "57", "58", "59"}},
      {"untdid5305", {"S", "Z", "E", "AE", "K", "G", "O", "L", "M", "B"}},
      {"vatex", {"VATEX-EU-AE", "VATEX-EU-IC", "VATEX-EU-O"}},
      {"eas", {"0088", "0204", "9930", "EM"}},
      {"icd", {"0088", "0160", "0060"}},
      {"untdid5189", {"95", "100", "104"}},
      {"untdid7161", {"FC", "ABK", "PC"}},
      {"untdid7143", {"STI", "HS", "SRV", "TSP"}},
  };
  for (const auto& [key, codes] : cases) {
    const CodeList* list = find_code_list(key);
    ASSERT_NE(list, nullptr) << key;
    for (const char* code : codes) EXPECT_TRUE(list->contains(code)) << key << " " << code;
    EXPECT_FALSE(list->contains("")) << key;
    EXPECT_FALSE(list->contains("no such code")) << key;
  }
}

TEST(CodeLists, HaveTheirSize) {
  EXPECT_GE(find_code_list("iso3166-1")->entries().size(), 249U + 2U);
  EXPECT_GE(find_code_list("iso4217")->entries().size(), 178U);
}

}  // namespace
}  // namespace purser

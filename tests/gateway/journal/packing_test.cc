// What is kept as one text in a column comes back as it was.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/journal/packing.h"

namespace purser::gateway {
namespace {

TEST(PackingTest, KeysComeBackWhateverTheyAreMadeOf) {
  const std::vector<Key> keys = {{"invoice", "R-1"},
                                 {"order", "a \"b\" \\c"},
                                 {"order", "Ü 4711 €"},
                                 {"order", "tab\tand\n"},
                                 {"order", ""}};
  EXPECT_EQ(unpack_keys(pack(keys)), keys);
  const std::vector<Key> two(keys.begin(), keys.begin() + 2);
  EXPECT_EQ(pack(two), R"([["invoice","R-1"],["order","a \"b\" \\c"]])");
  EXPECT_EQ(pack(std::vector<Key>()), "[]");
  const std::string sly =
      pack(std::vector<Key>{{"order", R"(x","R-2"])"}, {"buyer", ",\"R-3\"]"}, {"R-4", ","}});
  for (const char* value : {"R-2", "R-3", "R-4", "x"})
    EXPECT_EQ(sly.find(packed({}, value)), sly.npos) << value;
  EXPECT_NE(pack(two).find(packed({}, "a \"b\" \\c")), sly.npos);
  EXPECT_NE(pack(two).find(packed("invoice", "R-1")), sly.npos);
  EXPECT_EQ(pack(two).find(packed("order", "R-1")), sly.npos);
  const std::vector<Key> torn = {{"order", "\xff"}};
  EXPECT_EQ(unpack_keys(pack(torn)).at(0).value, "\xef\xbf\xbd") << "what is no UTF-8 is replaced";
}

}  // namespace
}  // namespace purser::gateway

#include "tools/purser/terminal.h"

#include <gtest/gtest.h>

namespace purser::cli {
namespace {

TEST(Table, AlignsColumnsByCharactersAndTrimsEnds) {
  Table table({"id", "name", "state"});
  table.add({"1", "Müller", "parked"});
  table.add({"22", "X", ""});
  EXPECT_EQ(table.text(),
            "id  name    state\n"
            "1   Müller  parked\n"
            "22  X\n");
}

TEST(Json, EscapesWhatJsonMustEscape) {
  EXPECT_EQ(json_string("a\"b\\c\n\x01"), "\"a\\\"b\\\\c\\u000a\\u0001\"");
}

}  // namespace
}  // namespace purser::cli

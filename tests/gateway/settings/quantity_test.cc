#include "gateway/settings/quantity.h"

#include <gtest/gtest.h>

namespace purser::gateway {
namespace {

using namespace std::chrono_literals;

TEST(Duration, ReadsWholeNumbersWithUnit) {
  EXPECT_EQ(parse_duration("250 ms"), 250ms);
  EXPECT_EQ(parse_duration("10s"), 10s);
  EXPECT_EQ(parse_duration("5 min"), 5min);
  EXPECT_EQ(parse_duration("24 h"), 24h);
  EXPECT_EQ(parse_duration("7 d"), 168h);
  for (const char* bad : {"", "10", "-1 s", "1.5 s", "s", "1  s", "1 sec", "1 s ", "99999999999999999999 s",
                          "9999999999999999 d"}) {
    EXPECT_FALSE(parse_duration(bad)) << bad;
  }
}

TEST(Size, ReadsBinaryUnits) {
  EXPECT_EQ(parse_size("512"), 512U);
  EXPECT_EQ(parse_size("1 B"), 1U);
  EXPECT_EQ(parse_size("64 MiB"), 64U << 20);
  EXPECT_EQ(parse_size("4 GiB"), 4ULL << 30);
  for (const char* bad : {"", "1 MB", "-1", "1e3", "1.5 GiB", "99999999 GiB"})
    EXPECT_FALSE(parse_size(bad)) << bad;
}

TEST(Listen, ReadsAddressAndPort) {
  EXPECT_EQ(parse_listen("127.0.0.1:8080"), std::pair(std::string("127.0.0.1"), std::uint16_t{8080}));
  EXPECT_EQ(parse_listen("[::1]:0"), std::pair(std::string("::1"), std::uint16_t{0}));
  for (const char* bad : {"", ":80", "localhost:80", "1.2.3.4", "1.2.3.4:", "1.2.3.4:65536", "1.2.3.4:-1",
                          "::1:80", "1.2.3:80"}) {
    EXPECT_FALSE(parse_listen(bad)) << bad;
  }
}

TEST(Forms, SayWhatTheyExpect) {
  const std::pair<const char*, const char*> good[] = {
      {"name", "acme-1"},
      {"secret", "secret://env/A"},
      {"url", "https://h:1/p?q"},
      {"file_name", "{type}-{delivery}"},
      {"sha256", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}};
  for (auto [form, text] : good) EXPECT_EQ(form_expected(form, text), nullptr) << text;
  const std::pair<const char*, const char*> bad[] = {{"name", "Acme"},
                                                     {"name", ""},
                                                     {"name", ".hidden"},
                                                     {"secret", "hunter2"},
                                                     {"secret", "secret://file/"},
                                                     {"url", "ftp://h/"},
                                                     {"url", "http:///x"},
                                                     {"url", "http://user@h/"},
                                                     {"url", "http://h/a b"},
                                                     {"file_name", "{number}"},
                                                     {"file_name", "../{delivery}"},
                                                     {"sha256", "ABC"}};
  for (auto [form, text] : bad) EXPECT_NE(form_expected(form, text), nullptr) << text;
}

TEST(NearestName, FindsWhatWasMeant) {
  const std::vector<std::string> names = {"connectors", "sources", "targets", "routes"};
  EXPECT_EQ(nearest_name("conectors", names), "connectors");
  EXPECT_EQ(nearest_name("source", names), "sources");
  EXPECT_EQ(nearest_name("tragets", names), "targets");
  EXPECT_EQ(nearest_name("banana", names), "");
}

TEST(EditDistance, CountsSwapsOnce) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("abc", "abc"), 0U);
  EXPECT_EQ(edit_distance("abc", "acb"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

}  // namespace
}  // namespace purser::gateway

#include "gateway/intake/http_text.h"

#include <gtest/gtest.h>

namespace purser::gateway {
namespace {

struct Head {
  const char* why;  // null: nothing wrong
  std::string_view text;
};

TEST(HeadFault, RefusesWhatParsersReadDifferently) {
  using std::string_view_literals::operator""sv;
  const Head heads[] = {
      {nullptr, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"sv},
      {nullptr, "POST /v1/documents?source=a HTTP/1.1\r\nHost: a:80\r\nContent-Length: 3\r\n\r\n"sv},
      {nullptr, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"sv},
      {nullptr, "GET / HTTP/1.0\r\n\r\n"sv},
      {nullptr, "GET / HTTP/1.1\r\nHost: a\r\nX: b\tc \xc3\xa4\r\n\r\n"sv},
      {"a line does not end with CR LF", "GET / HTTP/1.1\nHost: a\n\n"sv},
      {"a line does not end with CR LF", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"sv},
      {"a line holds a bare CR", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n"sv},
      {"a field is folded over two lines", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n"sv},
      {"a field name is not a token", "GET / HTTP/1.1\r\nHost : a\r\n\r\n"sv},
      {"a field name is not a token", "GET / HTTP/1.1\r\n: a\r\n\r\n"sv},
      {"a field has no colon", "GET / HTTP/1.1\r\nHost\r\n\r\n"sv},
      {"a field value holds a control character", "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n"sv},
      {"Host is missing", "GET / HTTP/1.1\r\nX: a\r\n\r\n"sv},
      {"a field that may stand once was sent twice", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n"sv},
      {"Host is not a host", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"sv},
      {"a field that may stand once was sent twice",
       "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n"sv},
      {"Content-Length is not a number", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\n"sv},
      {"Content-Length is not a number", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\n"sv},
      {"Content-Length is not a number", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\n"sv},
      {"Content-Length is not a number",
       "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n"sv},
      {"Content-Length and Transfer-Encoding were both sent",
       "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"sv},
      {"Transfer-Encoding is something else than chunked",
       "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"sv},
      {"Transfer-Encoding is something else than chunked",
       "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \"chunked\"\r\n\r\n"sv},
      {"a field that may stand once was sent twice",
       "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"sv},
      {"Transfer-Encoding was sent with HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"sv},
      {"the HTTP version is neither 1.0 nor 1.1", "GET / HTTP/2.0\r\nHost: a\r\n\r\n"sv},
      {"the request line is malformed", "GET /\r\nHost: a\r\n\r\n"sv},
      {"the request target holds a blank, a control or a raw 8-bit character",
       "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"sv},
      {"the blank line is missing", "GET / HTTP/1.1\r\nHost: a\r\n"sv},
      {"bytes follow the blank line", "GET / HTTP/1.1\r\nHost: a\r\n\r\nX"sv},
  };
  for (const auto& head : heads) {
    const char* fault = head_fault(head.text);
    if (head.why == nullptr) {
      EXPECT_EQ(fault, nullptr) << head.text << fault;
    } else {
      EXPECT_STREQ(fault, head.why) << head.text;
    }
  }
}

TEST(HeadFault, EveryPrefixOfAGoodHeadIsFaulty) {
  constexpr std::string_view good = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n";
  for (std::size_t i = 0; i < good.size(); ++i) EXPECT_NE(head_fault(good.substr(0, i)), nullptr) << i;
}

TEST(ParseTarget, TakesPathAndQueryApart) {
  auto target = parse_target("/v1/keys/order/PO%2F7?limit=5&name=a+b%26c&flag");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->segments, (std::vector<std::string>{"v1", "keys", "order", "PO/7"}));
  EXPECT_EQ(target->parameter("limit"), "5");
  EXPECT_EQ(target->parameter("name"), "a b&c");
  EXPECT_EQ(target->parameter("flag"), "");
  EXPECT_FALSE(target->parameter("other"));
}

TEST(ParseTarget, RefusesWhatIsNotCanonical) {
  for (const char* bad : {"", "v1", "http://a/v1", "*", "/a/../b", "/a/%2e%2e/b", "/%zz", "/%4", "/a%00b",
                          "/%c0%af", "/?a=%ff"}) {
    EXPECT_FALSE(parse_target(bad)) << bad;
  }
}

TEST(PercentEncoding, RoundTrips) {
  const std::string text = "PO/7 ü & more?";
  EXPECT_EQ(percent_decoded(percent_encoded(text)), text);
}

TEST(ResponseHead, DropsAFieldThatWouldBreakTheLine) {
  Response response;
  response.headers = {{"X-Good", "1"}, {"X-Bad", "1\r\nSet-Cookie: a"}};
  auto head = response_head(response, 0, true, false);
  EXPECT_NE(head.find("X-Good: 1\r\n"), std::string::npos);
  EXPECT_EQ(head.find("X-Bad"), std::string::npos);
  EXPECT_EQ(head.find("Set-Cookie"), std::string::npos);
}

}  // namespace
}  // namespace purser::gateway

#include "gateway/settings/encoding.h"

#include <gtest/gtest.h>

namespace purser::gateway {
namespace {

TEST(Base64, FollowsRfc4648) {
  const std::pair<std::string, std::string> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64_encoded(bytes), text);
    EXPECT_EQ(base64_decoded(text), bytes);
  }
}

TEST(Base64, RefusesEveryOtherSpelling) {
  for (const char* bad :
       {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "====", "Zm9v\n", "Zm 9", "Zm-_", "=Zm9", "Zg==Zg=="}) {
    EXPECT_FALSE(base64_decoded(bad)) << bad;
  }
}

TEST(Base64, UrlFormNeedsNoEscape) { EXPECT_EQ(base64url_encoded("\xfb\xff\xfe"), "-__-"); }

}  // namespace
}  // namespace purser::gateway

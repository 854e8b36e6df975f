#include "gateway/message/message.h"

#include <gtest/gtest.h>

namespace purser::gateway {
namespace {

TEST(Ids, AreReadBackAsWritten) {
  for (const std::int64_t value : {std::int64_t{1}, std::int64_t{31}, std::int64_t{1} << 40, INT64_MAX}) {
    const std::string shown = text(MessageId{value});
    EXPECT_EQ(shown.size(), 14U);
    EXPECT_EQ(parse_message_id(shown), MessageId{value});
    EXPECT_FALSE(parse_delivery_id(shown)) << "a message is no delivery";
    EXPECT_EQ(parse_delivery_id(text(DeliveryId{value})), DeliveryId{value});
  }
}

TEST(Ids, AreReadAsPeopleTypeThem) {
  const MessageId id{123'456'789'012'345};
  std::string typed = text(id);
  for (char& c : typed) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  EXPECT_EQ(parse_message_id(typed), id);
  EXPECT_EQ(parse_message_id("mOOOOOOOOOOOOL"), MessageId{1});
}

TEST(Ids, RefuseWhatIsNone) {
  for (const char* text :
       {"", "m", "x0000000000001", "m000000000000U", "m0000000000000", "m00000000000001", "mZZZZZZZZZZZZZ"}) {
    EXPECT_FALSE(parse_message_id(text)) << text;
  }
}

TEST(States, FollowTheirTables) {
  EXPECT_TRUE(may_follow(MessageState::admitted, MessageState::delivering));
  EXPECT_TRUE(may_follow(MessageState::parked, MessageState::admitted));
  EXPECT_FALSE(may_follow(MessageState::admitted, MessageState::delivered));
  EXPECT_FALSE(may_follow(MessageState::cancelled, MessageState::delivered));
  EXPECT_TRUE(may_follow(DeliveryState::in_flight, DeliveryState::due));
  for (const auto end : {DeliveryState::delivered, DeliveryState::cancelled}) {
    for (const auto to : {DeliveryState::due, DeliveryState::in_flight, DeliveryState::parked}) {
      EXPECT_FALSE(may_follow(end, to)) << "an end is an end";
    }
  }
}

TEST(States, HaveNames) {
  for (int i = 1; i <= 6; ++i) {
    const auto state = static_cast<MessageState>(i);
    EXPECT_EQ(parse_message_state(name(state)), state);
  }
  EXPECT_FALSE(parse_message_state(""));
}

TEST(Hash, IsSha256) {
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace purser::gateway

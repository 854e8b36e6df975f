// The technical acknowledgement as a function of what was received and found.
#include <gtest/gtest.h>

#include "canonical/acknowledge/error_key.h"
#include "canonical/acknowledge/receipt.h"

namespace purser::acknowledge {
namespace {

const Date today{2026, 11, 25};

InterchangeFacts interchange() {
  InterchangeFacts facts;
  facts.reference = "77";
  facts.sender.id = "A";
  facts.recipient.id = "B";
  return facts;
}

MessageFacts message(std::string reference, std::uint32_t segment) {
  MessageFacts facts;
  facts.reference = std::move(reference);
  facts.type = "ORDERS";
  facts.version = "D";
  facts.release = "96A";
  facts.at.segment = segment;
  return facts;
}

Finding finding(std::string_view code, std::string source, std::uint32_t segment, std::uint16_t element = 0,
                std::uint16_t component = 0) {
  Position at;
  at.segment = segment;
  at.element = element;
  at.component = component;
  Finding made = make_finding(code, at, "something");
  made.source = std::move(source);
  return made;
}

void read(Receipt& receipt, std::initializer_list<std::string_view> tags) {
  for (const std::string_view tag : tags) receipt.segment(tag);
}

TEST(Receipt, WithoutFindingsEverythingIsAccepted) {
  Receipt receipt(interchange());
  receipt.begin_message(message("1", 2));
  receipt.begin_message(message("2", 9));
  receipt.end_message();
  const auto answer = receipt.of_interchange(today);
  EXPECT_EQ(answer.status, "accepted");
  EXPECT_EQ(answer.interchange, "77");
  EXPECT_EQ(answer.interchange_sender->id, "A");
  EXPECT_EQ(answer.envelope->sender->id, "B");
  EXPECT_EQ(answer.envelope->recipient->id, "A");
  EXPECT_EQ(answer.received_count, 2);
  EXPECT_EQ(answer.accepted_count, 2);
  ASSERT_EQ(answer.messages.size(), 2U);
  EXPECT_EQ(answer.messages[1].reference, "2");
  EXPECT_EQ(answer.messages[1].release, "96A");
  EXPECT_TRUE(answer.outgoing.value_or(false));
}

TEST(Receipt, PlacesAreCountedInTheMessage) {
  Receipt receipt(interchange());
  receipt.begin_message(message("1", 12));
  read(receipt, {"UNH", "BGM", "DTM", "NAD"});
  receipt.finding(finding("MAP-0002", "C507.2380", 14, 1, 2));
  receipt.finding(finding("MAP-0003", "DTM.C507.2379", 14, 1, 3));
  receipt.finding(finding("MAP-0010", "NAD", 15));
  receipt.finding(finding("MAP-0001", "BGM.1004", 13));
  receipt.end_message();
  const auto answer = receipt.of_interchange(today);
  EXPECT_EQ(answer.status, "rejected");
  ASSERT_EQ(answer.messages.size(), 1U);
  const auto& errors = answer.messages[0].errors;
  ASSERT_EQ(errors.size(), 3U);
  EXPECT_EQ(errors[0].segment, "BGM");
  EXPECT_EQ(errors[0].code, "missing");
  EXPECT_EQ(errors[1].segment, "DTM");
  EXPECT_EQ(errors[1].segment_position, 3);
  EXPECT_FALSE(errors[1].code.has_value());
  ASSERT_EQ(errors[1].elements.size(), 2U);
  EXPECT_EQ(errors[1].elements[0].code, "invalid_value");
  EXPECT_EQ(errors[1].elements[0].element, 1);
  EXPECT_EQ(errors[1].elements[0].component, 2);
  EXPECT_EQ(errors[1].elements[0].reference, "2380");
  EXPECT_EQ(errors[1].elements[1].code, "unknown_code");
  EXPECT_EQ(errors[2].code, "unexpected_segment");
  EXPECT_EQ(errors[2].segment_position, 4);
}

TEST(Receipt, AMissingSegmentStandsAfterTheOneBefore) {
  Receipt receipt(interchange());
  receipt.begin_message(message("1", 2));
  read(receipt, {"UNH", "DTM", "UNT"});
  receipt.finding(finding("MAP-0011", "BGM", 3));  // seen when DTM came
  receipt.finding(finding("MAP-0011", "UNS", 2));  // seen at the end
  receipt.end_message();
  const auto answer = receipt.of_interchange(today);
  const auto& errors = answer.messages[0].errors;
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].segment, "BGM");
  EXPECT_EQ(errors[0].segment_position, 1);
  EXPECT_EQ(errors[1].segment, "UNS");
  EXPECT_EQ(errors[1].segment_position, 3);
}

TEST(Receipt, HeadersAndTrailersHaveTheirOwnPlace) {
  Receipt receipt(interchange());
  receipt.begin_message(message("1", 2));
  receipt.finding(finding("EDIFACT-0013", "UNT.0074", 9, 1));
  receipt.end_message();
  receipt.finding(finding("EDIFACT-0015", "UNZ.0036", 10, 1));
  const auto answer = receipt.of_interchange(today);
  EXPECT_EQ(answer.status, "accepted_with_errors");
  ASSERT_EQ(answer.control_errors.size(), 1U);
  EXPECT_EQ(answer.control_errors[0].code, "count_differs");
  EXPECT_EQ(answer.control_errors[0].segment, "UNZ");
  EXPECT_EQ(answer.control_errors[0].element, 1);
  EXPECT_FALSE(answer.control_errors[0].component.has_value());
  ASSERT_EQ(answer.messages[0].control_errors.size(), 1U);
  EXPECT_EQ(answer.messages[0].control_errors[0].segment, "UNT");
  EXPECT_TRUE(answer.messages[0].errors.empty());
  EXPECT_EQ(answer.messages[0].status, "accepted_with_errors");
}

TEST(Receipt, AMessageNobodyReadIsRejectedWhateverItsFindingSays) {
  Receipt receipt(interchange());
  receipt.begin_message(message("1", 2));
  receipt.end_message();
  MessageFacts other = message("2", 9);
  other.read = false;
  receipt.begin_message(other);
  Finding why = finding("EDIFACT-0051", "UNH.S009.0065", 9);
  why.severity = Severity::warning;
  receipt.finding(why);
  receipt.end_message();
  const auto answer = receipt.of_interchange(today);
  EXPECT_EQ(answer.status, "partially_accepted");
  EXPECT_EQ(answer.accepted_count, 1);
  EXPECT_EQ(answer.messages[1].status, "rejected");
  EXPECT_EQ(answer.messages[1].control_errors.at(0).code, "unsupported_message");
}

TEST(Receipt, EachGroupIsAnsweredForItself) {
  Receipt receipt(interchange());
  for (const char* reference : {"5", "6"}) {
    GroupFacts group;
    group.reference = reference;
    group.type = "PO";
    receipt.begin_group(group);
    receipt.begin_message(message(reference, 3));
    if (std::string_view(reference) == "6") receipt.finding(finding("MAP-0012", "PO1", 4));
    receipt.end_message();
    receipt.end_group(1);
  }
  const auto answers = receipt.of_groups(today);
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].number, "77/5");
  EXPECT_EQ(answers[0].status, "accepted");
  EXPECT_EQ(answers[0].message_count, 1);
  EXPECT_EQ(answers[0].messages.size(), 1U);
  EXPECT_EQ(answers[1].status, "rejected");
  EXPECT_EQ(answers[1].accepted_count, 0);
  EXPECT_EQ(receipt.of_interchange(today).status, "partially_accepted");
}

TEST(Receipt, ErrorsAreBounded) {
  Receipt receipt(interchange());
  receipt.begin_message(message("1", 2));
  for (std::uint32_t i = 0; i < 3 * Receipt::max_errors; ++i)
    receipt.finding(finding("MAP-0010", "XYZ", 3 + i));
  receipt.end_message();
  EXPECT_EQ(receipt.of_interchange(today).messages[0].errors.size(), Receipt::max_errors);
}

TEST(ErrorKey, EveryRowNamesAFindingOfTheCatalogue) {
  EXPECT_EQ(error_key("EDIFACT-0013"), "count_differs");
  EXPECT_EQ(error_key("BR-01"), "");
  for (const char* code : {"EDIFACT-0002", "EDIFACT-0024", "MAP-0001", "MAP-0013"}) {
    EXPECT_NE(find_catalogue_entry(code), nullptr) << code;
    EXPECT_NE(error_key(code), "") << code;
  }
}

}  // namespace
}  // namespace purser::acknowledge

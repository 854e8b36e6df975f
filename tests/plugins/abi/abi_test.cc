// The C headers against the C++ types they stand for, and as C++ themselves.
#include <gtest/gtest.h>

#include "canonical/event/event.h"
#include "canonical/finding/finding.h"
#include "canonical/value/date.h"
#include "plugins/line/convert.h"
#include "tests/plugins/abi/abi_1.h"

extern "C" int abi_compiles_as_c(void);

namespace purser::plugin {
namespace {

TEST(AbiTest, CompilesAsCAndCpp) { EXPECT_EQ(abi_compiles_as_c(), static_cast<int>(PURSER_ABI_MAJOR)); }

TEST(AbiTest, HasTheNumbersOfTheModel) {
  EXPECT_EQ(PURSER_DOCUMENT_INVOICE, static_cast<unsigned>(DocumentType::invoice));
  EXPECT_EQ(PURSER_DOCUMENT_ACKNOWLEDGEMENT, static_cast<unsigned>(DocumentType::acknowledgement));
  EXPECT_EQ(PURSER_DOCUMENT_CATALOGUE, static_cast<unsigned>(DocumentType::catalogue));
  EXPECT_EQ(PURSER_DOCUMENT_STATEMENT, static_cast<unsigned>(DocumentType::statement));
  EXPECT_EQ(documents().size(), PURSER_DOCUMENT_SERVICE_PROFILE) << "a document type is missing on the line";
  EXPECT_EQ(PURSER_END_DOCUMENT, static_cast<unsigned>(EventKind::end_document));
  EXPECT_EQ(PURSER_TYPE_BINARY, static_cast<unsigned>(ScalarType::binary));
  EXPECT_EQ(PURSER_FATAL, static_cast<unsigned>(Severity::fatal));
  EXPECT_EQ(PURSER_DEFECT, static_cast<int>(StatusClass::defect));
  EXPECT_EQ(PURSER_NO_OFFSET, Time::no_offset);
}

TEST(AbiTest, CarriesEventsWithoutLoss) {
  Event event;
  event.kind = EventKind::field;
  event.number = 120;
  event.at = {.offset = 1ULL << 40,
              .line = 2,
              .column = 3,
              .segment = 4,
              .element = 5,
              .component = 6,
              .table = 7,
              .row = 8};
  const auto there_and_back = [&] {
    purser_event abi;
    to_abi(event, abi);
    Event back;
    EXPECT_TRUE(from_abi(abi, back));
    EXPECT_EQ(back.number, event.number);
    EXPECT_EQ(back.at, event.at);
    EXPECT_EQ(back.value.type, event.value.type);
    return back.value;
  };
  event.value.bytes = "text";
  EXPECT_EQ(there_and_back().bytes, "text");
  event.value.type = ScalarType::decimal;
  event.value.decimal = Decimal(-999'999'999'999'999'999, 18);
  EXPECT_EQ(there_and_back().decimal.text(), "-0.999999999999999999");
  event.value.type = ScalarType::integer;
  event.value.integer = INT64_MIN;
  EXPECT_EQ(there_and_back().integer, INT64_MIN);
  event.value.type = ScalarType::boolean;
  event.value.boolean = true;
  EXPECT_TRUE(there_and_back().boolean);
  event.value.type = ScalarType::date_time;
  event.value.when = {{2026, 11, 20}, {23, 59, 60, 999'999'999, -720}};
  EXPECT_EQ(there_and_back().when, event.value.when);
}

TEST(AbiTest, RefusesEventsThatAreNone) {
  Event into;
  purser_event event{};
  EXPECT_FALSE(from_abi(event, into)) << "kind 0";
  event.kind = PURSER_FIELD;
  EXPECT_FALSE(from_abi(event, into)) << "type 0";
  event.type = PURSER_TYPE_DECIMAL;
  event.value.integer = 1'000'000'000'000'000'000;
  EXPECT_FALSE(from_abi(event, into)) << "19 digits";
  event.value.integer = 1;
  event.scale = 19;
  EXPECT_FALSE(from_abi(event, into)) << "scale 19";
  event.scale = 18;
  EXPECT_TRUE(from_abi(event, into));
  event.type = PURSER_TYPE_BOOLEAN;
  event.value.integer = 2;
  EXPECT_FALSE(from_abi(event, into)) << "boolean 2";
}

}  // namespace
}  // namespace purser::plugin

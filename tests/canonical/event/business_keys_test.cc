#include "canonical/event/business_keys.h"

#include <gtest/gtest.h>

#include "canonical/event/json_reader.h"
#include "canonical/event/recorded_events.h"

namespace purser {
namespace {

std::vector<std::string> keys(std::string_view json) {
  RecordedDocument document;
  EXPECT_TRUE(read_json(json, document));
  KeyCollector collector;
  EXPECT_TRUE(collector.push(document.events.events()));
  std::vector<std::string> out;
  for (const BusinessKey& key : collector.keys()) out.push_back(key.kind + " " + key.value);
  return out;
}

TEST(BusinessKeys, AreTakenWhereverTheyStand) {
  EXPECT_EQ(
      keys(
          R"({"document":"invoice","number":"R-1","order_reference":{"number":"PO-1","issue_date":"2026-01-01"},
    "seller":{"name":"S","identifiers":[{"id":"4000001000005","scheme":"0088"},{"id":"V77"}],"vat_id":"DE123"},
    "contract_reference":{"number":"C-9"},
    "lines":[{"number":"1","order_reference":{"number":"PO-1","line_number":"1"}},
             {"number":"2","order_reference":{"number":"PO-2"}}]})"),
      (std::vector<std::string>{"invoice R-1", "order PO-1", "supplier 4000001000005", "supplier V77",
                                "vat DE123", "contract C-9", "order PO-2"}));
  EXPECT_EQ(keys(R"({"document":"purchase_order","number":"PO-1"})"), std::vector<std::string>{"order PO-1"});
}

TEST(BusinessKeys, AreBounded) {
  std::string json =
      R"({"document":"invoice","number":")" + std::string(500, 'x') + R"(","lines":[{"number":"0"})";
  for (int i = 0; i < 1000; ++i) json += R"(,{"order_reference":{"number":"PO-)" + std::to_string(i) + "\"}}";
  EXPECT_EQ(keys(json + "]}").size(), KeyCollector::max_keys);
}

TEST(BusinessKeys, EveryDocumentHasItsOwnNumberAsKey) {
  for (const DocumentDescriptor& document : documents()) {
    EXPECT_FALSE(document.keys.empty()) << document.name;
    for (const KeyDescriptor& key : document.keys)
      EXPECT_NE(resolve(*document.root, key.path), nullptr) << key.path;
    EXPECT_LE(document.keys.size(), 64U) << document.name;
  }
}

}  // namespace
}  // namespace purser

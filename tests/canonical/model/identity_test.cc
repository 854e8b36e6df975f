// Struct → events → JSON → events → struct is the identity, for every document of the model.
#include <gtest/gtest.h>

#include "canonical/event/event_checker.h"
#include "canonical/event/header_first.h"
#include "canonical/event/json_reader.h"
#include "canonical/event/json_writer.h"
#include "canonical/model/convert.h"
#include "canonical/model/generated/acknowledgement.h"
#include "canonical/model/generated/bank_statement.h"
#include "canonical/model/generated/catalogue.h"
#include "canonical/model/generated/invoice.h"
#include "canonical/model/generated/invoice_exception.h"
#include "canonical/model/generated/invoice_response.h"
#include "canonical/model/generated/order_change.h"
#include "canonical/model/generated/order_response.h"
#include "canonical/model/generated/payment_order.h"
#include "canonical/model/generated/payment_status.h"
#include "canonical/model/generated/purchase_order.h"
#include "canonical/model/generated/receipt.h"
#include "canonical/model/generated/remittance.h"
#include "canonical/model/generated/requisition.h"
#include "canonical/model/generated/service_profile.h"
#include "canonical/model/generated/ship_notice.h"
#include "canonical/model/generated/statement.h"
#include "canonical/model/generated/supplier.h"
#include "canonical/model/generated/tax_request.h"
#include "canonical/model/generated/tax_result.h"
#include "tests/canonical/event/random_document.h"

namespace purser::model {
namespace {

template <class Document>
class Identity : public ::testing::Test {};

using Documents = ::testing::Types<Requisition, Supplier, PurchaseOrder, OrderChange, OrderResponse,
                                   ShipNotice, Receipt, Invoice, InvoiceResponse, InvoiceException,
                                   PaymentOrder, PaymentStatus, BankStatement, Remittance, TaxRequest,
                                   TaxResult, Acknowledgement, Catalogue, Statement, ServiceProfile>;
TYPED_TEST_SUITE(Identity, Documents);

template <class Document>
std::vector<std::string> lines_of(const Document& document) {
  RecordedEvents out;
  EventChecker checker(out);
  Outcome good = to_events(document, checker);
  EXPECT_TRUE(good) << good.error().message;
  return describe(out.events());
}

TYPED_TEST(Identity, ThroughEventsAndJson) {
  const DocumentDescriptor* type = find_document(access(static_cast<const TypeParam*>(nullptr)).type);
  ASSERT_NE(type, nullptr);
  for (std::uint64_t seed = 100; seed < 120; ++seed) {
    RecordedEvents made = test::random_document(*type, seed);
    RecordedEvents ordered;  // structs give streamed lists last
    HeaderFirst order(ordered);
    ASSERT_TRUE(order.push(made.events()));
    TypeParam first;
    StructBuilder builder(first);
    ASSERT_TRUE(replay(made.events(), builder, 11));
    EXPECT_TRUE(builder.complete());
    EXPECT_EQ(lines_of(first), describe(ordered.events()));

    std::string json;
    JsonWriter writer(append_to_text(json));
    ASSERT_TRUE(to_events(first, writer));
    RecordedDocument back;
    ASSERT_TRUE(read_json(json, back));
    EXPECT_TRUE(back.report.empty());
    TypeParam second;
    StructBuilder again(second);
    ASSERT_TRUE(again.push(back.events.events()));
    EXPECT_EQ(lines_of(second), lines_of(first));

    TypeParam copy = second;  // copies are deep
    second = TypeParam();
    EXPECT_EQ(lines_of(copy), lines_of(first));
  }
}

TYPED_TEST(Identity, RefusesAnotherDocument) {
  auto own = access(static_cast<const TypeParam*>(nullptr)).type;
  DocumentType other = own == DocumentType::invoice ? DocumentType::receipt : DocumentType::invoice;
  TypeParam target;
  StructBuilder builder(target);
  RecordedEvents made = test::random_document(*find_document(other), 1);
  Outcome good = builder.push(made.events());
  ASSERT_FALSE(good);
  EXPECT_EQ(good.error().code, "MODEL-0005");
}

TEST(Structs, AreFilledByName) {
  Invoice invoice;
  invoice.number = "R-1";
  invoice.seller.emplace().name = "Seller";
  invoice.seller->address.emplace().country = "DE";
  invoice.lines.emplace_back().number = "1";
  invoice.lines[0].price.emplace().amount = Decimal(150, 2);
  EXPECT_EQ(lines_of(invoice), (std::vector<std::string>{
                                   "document invoice", "number = R-1", "seller", "seller.name = Seller",
                                   "seller.address", "seller.address.country = DE", "lines[1]",
                                   "lines[1].number = 1", "lines[1].price", "lines[1].price.amount = 1.50"}));
}

TEST(Structs, BuilderRefusesBrokenStreams) {
  Invoice invoice;
  StructBuilder builder(invoice);
  Event event;
  event.kind = EventKind::end_group;
  EXPECT_FALSE(builder.push({&event, 1}));
  event.kind = EventKind::field;
  EXPECT_FALSE(builder.push({&event, 1}));
}

}  // namespace
}  // namespace purser::model

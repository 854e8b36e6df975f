// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/spec/generated/tables.h"

namespace purser::spec {
namespace {

constexpr CodeEntry entries[] = {
    {"AAA", "Goods item description"},
    {"AAB", "Payment term"},
    {"AAC", "Dangerous goods additional information"},
    {"AAI", "General information"},
    {"AAJ", "Additional conditions of sale or purchase"},
    {"AAK", "Price conditions"},
    {"AAR", "Terms of delivery"},
    {"AAZ", "Additional export information"},
    {"ABL", "Government information"},
    {"ABN", "Accounting information"},
    {"ABS", "Reason for amending a message"},
    {"ABX", "Discount or allowance"},
    {"ACB", "Additional information"},
    {"ACD", "Reason"},
    {"ADU", "Note"},
    {"AGM", "Sales conditions"},
    {"BLC", "Transport document remarks"},
    {"CHG", "Change information"},
    {"COI", "Order information"},
    {"CUR", "Customer remarks"},
    {"CUS", "Customs declaration information"},
    {"DEL", "Delivery information"},
    {"DIN", "Delivery instructions"},
    {"HAN", "Handling instructions"},
    {"INV", "Invoice instruction"},
    {"LIN", "Line item"},
    {"OSI", "Other service information"},
    {"PAC", "Packing or marking information"},
    {"PAI", "Payment instructions information"},
    {"PMD", "Payment detail or remittance information"},
    {"PMT", "Payment information"},
    {"PRD", "Product information"},
    {"PUR", "Purchasing information"},
    {"QQD", "Quality demands"},
    {"REG", "Regulatory information"},
    {"SIN", "Special instructions"},
    {"SUR", "Supplier remarks"},
    {"TRA", "Transportation information"},
    {"TXD", "Tax declaration"},
    {"WHI", "Warehouse instruction or information"},
    {"ZZZ", "Mutually defined"},
};

}  // namespace

constinit const CodeList list_untdid4451{"untdid4451", "Subjects of text", "UNTDID 4451, subjects common in trade", "D.16B", false, entries};

}  // namespace purser::spec

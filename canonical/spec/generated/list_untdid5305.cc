// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/spec/generated/tables.h"

namespace purser::spec {
namespace {

constexpr CodeEntry entries[] = {
    {"A", "Mixed tax rate"},
    {"AA", "Lower rate"},
    {"AB", "Exempt for resale"},
    {"AC", "VAT not now due for payment"},
    {"AD", "VAT due from a previous invoice"},
    {"AE", "VAT reverse charge"},
    {"B", "Transferred VAT"},
    {"C", "Duty paid by supplier"},
    {"D", "VAT margin scheme - travel agents"},
    {"E", "Exempt from tax"},
    {"F", "VAT margin scheme - second-hand goods"},
    {"G", "Free export item, VAT not charged"},
    {"H", "Higher rate"},
    {"I", "VAT margin scheme - works of art"},
    {"J", "VAT margin scheme - collector's items and antiques"},
    {"K", "VAT exempt for EEA intra-community supply of goods and services"},
    {"L", "Canary Islands general indirect tax"},
    {"M", "Tax for production, services and importation in Ceuta and Melilla"},
    {"N", "Exempt for resale (zero rate)"},
    {"O", "Services outside scope of tax"},
    {"S", "Standard rate"},
    {"Z", "Zero rated goods"},
};

}  // namespace

constinit const CodeList list_untdid5305{"untdid5305", "Tax categories", "UNTDID 5305; EN 16931 uses S, Z, E, AE, K, G, O, L, M and B", "D.16B", true, entries};

}  // namespace purser::spec

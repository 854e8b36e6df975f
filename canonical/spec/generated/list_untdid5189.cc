// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/spec/generated/tables.h"

namespace purser::spec {
namespace {

constexpr CodeEntry entries[] = {
    {"100", "Special rebate"},
    {"102", "Fixed long term"},
    {"103", "Temporary"},
    {"104", "Standard"},
    {"105", "Yearly turnover"},
    {"41", "Bonus for works ahead of schedule"},
    {"42", "Other bonus"},
    {"60", "Manufacturer's consumer discount"},
    {"62", "Due to military status"},
    {"63", "Due to work accident"},
    {"64", "Special agreement"},
    {"65", "Production error discount"},
    {"66", "New outlet discount"},
    {"67", "Sample discount"},
    {"68", "End-of-range discount"},
    {"70", "Incoterm discount"},
    {"71", "Point of sales threshold allowance"},
    {"88", "Material surcharge/deduction"},
    {"95", "Discount"},
};

}  // namespace

constinit const CodeList list_untdid5189{"untdid5189", "Reasons of allowances", "UNTDID 5189, the subset EN 16931 allows", "D.16B", true, entries};

}  // namespace purser::spec

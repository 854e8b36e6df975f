// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/spec/generated/tables.h"

namespace purser::spec {
namespace {

constexpr CodeEntry entries[] = {
    {"3", "Invoice document issue date time"},
    {"35", "Delivery date/time, actual"},
    {"432", "Paid to date"},
};

}  // namespace

constinit const CodeList list_untdid2005{"untdid2005", "Tax point dates", "UNTDID 2005, restricted as EN 16931 does for BT-8", "D.16B", true, entries};

}  // namespace purser::spec

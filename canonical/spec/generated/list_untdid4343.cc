// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/spec/generated/tables.h"

namespace purser::spec {
namespace {

constexpr CodeEntry entries[] = {
    {"AA", "Debit advice"},
    {"AB", "Message acknowledgement"},
    {"AC", "Acknowledge - with detail and change"},
    {"AD", "Acknowledge - with detail, no change"},
    {"AE", "Acknowledge - with exception detail only"},
    {"AF", "Debit advice/message acknowledgement"},
    {"AG", "Authentication"},
    {"AI", "Acknowledge only changes"},
    {"AJ", "Pending"},
    {"AP", "Accepted"},
    {"AQ", "Response expected"},
    {"AR", "Conditionally rejected"},
    {"AS", "Conditionally accepted, no response expected"},
    {"CA", "Conditionally accepted"},
    {"CO", "Confirmation of measurements"},
    {"IP", "In process"},
    {"NA", "No acknowledgement needed"},
    {"PD", "Paid"},
    {"PM", "Acknowledgement of previous message"},
    {"RE", "Rejected"},
    {"RF", "Request for further information"},
    {"RO", "Rejected, offer again"},
    {"UQ", "Under query"},
};

}  // namespace

constinit const CodeList list_untdid4343{"untdid4343", "Answers to a document", "UNTDID 4343, with the subset OpenPEPPOL uses for invoice responses", "D.16B", false, entries};

}  // namespace purser::spec

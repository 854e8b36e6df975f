// Acknowledgements that are awaited, inside the journal's transactions.
#pragma once

#include <string>

#include "gateway/journal/jobs.h"
#include "gateway/journal/transaction.h"

namespace purser::gateway {

/// A document that came in answers what is awaited by any of its keys.
void answer_expectations(Transaction& t, MessageId message, const std::string& tenant, const std::string& partner,
                         const Acknowledges& answers);
/// The delivery has arrived: from now on the time runs.
void arm_expectations(Transaction& t, DeliveryId delivery);
/// With the delivery.
void forget_expectations(Transaction& t, DeliveryId delivery);

std::unique_ptr<Job> make_expecting(std::vector<Expectation> batch, Completion<bool> done);
std::unique_ptr<Job> make_overdue(std::uint32_t limit, Completion<ExpectationView> done);
std::unique_ptr<Job> make_waiving(DeliveryId delivery, std::string tenant, std::string who, std::string why,
                                  Completion<bool> done);

}  // namespace purser::gateway

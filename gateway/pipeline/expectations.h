// What is awaited for a delivery that is about to be sent.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/message/delivery.h"
#include "gateway/message/expectation.h"
#include "gateway/route/route.h"
#include "gateway/translate/translator.h"

namespace purser::gateway {

/// One for each acknowledgement that the delivery's route expects; none if it expects nothing. Where an
/// acknowledgement of an interchange is awaited, the bytes are read back by the connector that wrote them: the
/// control references are in them and nowhere else. [any]
std::vector<Expectation> expectations_of(const RouteTable& table, Translator& translator,
                                         const ClaimedDelivery& delivery, std::string_view bytes);

}  // namespace purser::gateway

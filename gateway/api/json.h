// What the journal knows, as JSON for the API.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "gateway/journal/query.h"
#include "gateway/journal/sealing.h"

namespace purser::gateway {

using Json = nlohmann::ordered_json;

/// With a line end; broken UTF-8 of a source is replaced, never an exception.
std::string dumped(const Json& json);

Json to_json(std::span<const Finding> findings);
Json to_json(std::span<const Loss> losses);
Json to_json(const MessageSummary& summary);
Json to_json(const MessageView& view);
Json to_json(const DeliveryView& delivery);
Json to_json(std::span<const Step> steps);
Json to_json(const KeyHit& hit);
Json to_json(const DataKeyView& key);

}  // namespace purser::gateway

// Parked work and what would become of it, as JSON: the same for the HTTP interface and for the command line.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "gateway/attention/forecast.h"
#include "gateway/journal/query.h"

namespace purser::gateway {

nlohmann::ordered_json to_json(const ParkedGroup& group);
nlohmann::ordered_json to_json(const ParkedItem& item);
nlohmann::ordered_json to_json(const Outgoing& outgoing);
nlohmann::ordered_json to_json(const Forecast& forecast);
nlohmann::ordered_json to_json(const ExpectationView& expectation);

}  // namespace purser::gateway

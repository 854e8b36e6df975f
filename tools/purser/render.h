// How documents, findings and timelines look: as JSON and as text.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "canonical/finding/finding.h"
#include "canonical/finding/loss.h"
#include "gateway/journal/query.h"

namespace purser::cli {

nlohmann::ordered_json to_json(const Position& at);
nlohmann::ordered_json to_json(const Finding& finding);
nlohmann::ordered_json to_json(const Loss& loss);
nlohmann::ordered_json to_json(const gateway::MessageSummary& summary);
nlohmann::ordered_json to_json(const gateway::DeliveryView& delivery);
nlohmann::ordered_json to_json(const gateway::DocumentView& document);
nlohmann::ordered_json to_json(const gateway::MessageView& message);
nlohmann::ordered_json to_json(const gateway::Step& step);

/// Two-blank indented JSON with a line end.
void print_json(const nlohmann::ordered_json& value);

/// Everything about a message as text: state, documents, keys, findings with remedies, deliveries, attempts.
std::string describe(const gateway::MessageView& message);
/// Its steps, one a line: time, who, what, why.
std::string describe(const std::vector<gateway::Step>& timeline);
/// "2026-11-20 12:30:05" in UTC.
std::string short_time(gateway::Instant at);
/// "DELIVER-0001 Target cannot be reached"; what does not begin with a code of the catalogue stays as it is.
std::string with_title(const std::string& why);
/// The document type's name, or "-".
std::string type_name(DocumentType type);

}  // namespace purser::cli

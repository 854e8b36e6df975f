// JSON bodies of calls that change settings, and the versions such calls are about.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "gateway/api/calls.h"
#include "gateway/api/json.h"

namespace purser::gateway {

/// The body as an object that fits the schema which the endpoint's entry names: the description's own. 400 if
/// it is no JSON, 422 with every misfit if it does not fit. An empty body is an empty object. A member that
/// stands twice is refused (RFC 8259 section 4).
std::expected<Json, Response> json_body(const Api& api, const Call& call);
/// The texts of a list, empty if it is not there.
std::vector<std::string> texts_of(const Json& object, const char* name);

/// If-Match: the version the change is made to (RFC 9110 section 13.1.1). 412 if it is none of ours.
std::expected<std::optional<std::int64_t>, Response> if_match(const Call& call);
void set_etag(Response& response, std::int64_t version);

}  // namespace purser::gateway

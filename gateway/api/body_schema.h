// JSON bodies held against the schemas of the API's own description, before anything else is done with them.
#pragma once

#include <optional>
#include <string_view>

#include "gateway/api/call.h"
#include "gateway/route/route.h"
#include "gateway/schema/schemas.h"

namespace purser::gateway {

class Api;

/// The schemas of the description, compiled from its very text (openapi_document()). Made once, when the
/// server starts: a schema that cannot be held stops it.
const Schemas& description_schemas();

/// The refusal of what was found: 400 if the text is no JSON, 422 with the findings if it does not fit.
std::optional<Response> misfit(const Outcome& read, const Report& report);

/// The refusal of a canonical document that does not fit the schema of its kind; nothing where `connector` is
/// another's than Purser's own ("canonical") and, if it is empty, the content is not recognised as canonical.
std::optional<Response> canonical_misfit(const Api& api, const Body& body, std::string_view connector);

/// The refusal of a document that its source holds strictly against XML Schemas, which it does not fit.
std::optional<Response> xsd_misfit(const RouteTable& table, const std::string& source, const Body& body);

}  // namespace purser::gateway

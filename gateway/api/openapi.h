// The description of the API (OpenAPI 3.1), made from the table of endpoints.
#pragma once

#include <string>
#include <string_view>

#include "gateway/settings/settings.h"

namespace purser::gateway {

/// The whole document as JSON; the same each time. [any]
const std::string& openapi_document();
/// The same under a tenant's name.
std::string openapi_document(const Branding& branding);

/// `components` of it as JSON text: schemas of answers, ways to prove who calls. openapi_parts.cc
std::string_view openapi_components();
/// Schemas of the JSON bodies that calls take. openapi_requests.cc
std::string_view openapi_requests();

}  // namespace purser::gateway

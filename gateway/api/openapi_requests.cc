// Schemas of the JSON bodies that calls take: shown in the description, and held before anything else is
// done.
#include "gateway/api/openapi.h"

namespace purser::gateway {

namespace {

constexpr std::string_view requests = R"json({
  "Name": {
    "description": "Lower case letters, digits, - and _, at most 64.", "type": "string", "pattern": "^[a-z0-9_][a-z0-9_.-]{0,63}$"
  },
  "Duration": {"description": "Such as 250 ms, 10 s, 5 min, 24 h or 7 d.", "type": "string", "minLength": 1, "maxLength": 40},
  "NewKey": {
    "type": "object",
    "additionalProperties": false,
    "required": ["name"],
    "properties": {
      "name": {"$ref": "#/components/schemas/Name"},
      "partner": {"description": "Whose documents alone it may see and send.", "type": "string", "minLength": 1, "maxLength": 64},
      "expires": {"description": "A day or moment in UTC: 2027-01-31 or 2027-01-31T12:00:00Z.", "type": "string", "minLength": 1, "maxLength": 40},
      "scopes": {"type": "array", "maxItems": 100, "items": {"type": "string", "minLength": 1, "maxLength": 64}},
      "roles": {"type": "array", "maxItems": 100, "items": {"type": "string", "minLength": 1, "maxLength": 64}},
      "sources": {
        "description": "Sources it may post to; all if left out.", "type": "array", "maxItems": 1000,
        "items": {"type": "string", "minLength": 1, "maxLength": 64}
      }
    }
  },
  "Tenant": {
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "title": {"description": "For people.", "type": "string", "maxLength": 200},
      "enabled": {"description": "false: its callers are refused and its sources rest; what was accepted goes on.", "type": "boolean"},
      "private_addresses": {"description": "Its targets and issuers may lie in the operator's network, if they say so.", "type": "boolean"},
      "daily": {"description": "Calls of all its callers between two midnights UTC; 0: no limit.", "type": "integer", "minimum": 0, "maximum": 1000000000},
      "calls": {
        "description": "burst calls at once, requests more in each per.",
        "type": "object",
        "additionalProperties": false,
        "required": ["requests"],
        "properties": {
          "requests": {"type": "integer", "minimum": 1, "maximum": 1000000},
          "per": {"$ref": "#/components/schemas/Duration"},
          "burst": {"type": "integer", "minimum": 1, "maximum": 1000000}
        }
      },
      "retention": {
        "description": "How long messages at rest are kept, from when they were received.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "delivered": {"$ref": "#/components/schemas/Duration"}, "rejected": {"$ref": "#/components/schemas/Duration"},
          "cancelled": {"$ref": "#/components/schemas/Duration"}
        }
      },
      "branding": {
        "description": "What its callers and receivers are shown of who serves them.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "name": {"type": "string", "minLength": 1, "maxLength": 100},
          "support": {"type": "string", "format": "uri", "maxLength": 2000},
          "logo": {"type": "string", "format": "uri", "maxLength": 2000},
          "host": {"description": "By which its callers ask for it.", "type": "string", "minLength": 1, "maxLength": 253}
        }
      }
    }
  },
  "Shredding": {
    "type": "object",
    "additionalProperties": false,
    "required": ["confirm"],
    "properties": {
      "confirm": {"description": "The tenant's name once more: this cannot be undone.", "type": "string", "minLength": 1, "maxLength": 64},
      "why": {"description": "Reason, kept in the audit trail.", "type": "string", "maxLength": 1000}
    }
  },
  "NewSubscription": {
    "type": "object",
    "additionalProperties": false,
    "required": ["url"],
    "properties": {
      "name": {"$ref": "#/components/schemas/Name"},
      "url": {"type": "string", "format": "uri", "maxLength": 2000},
      "enabled": {"type": "boolean"},
      "events": {
        "description": "Types, * stands for any text; all if left out.", "type": "array", "maxItems": 100,
        "items": {"type": "string", "minLength": 1, "maxLength": 100}
      }
    }
  }
}
)json";

}  // namespace

std::string_view openapi_requests() { return requests; }

}  // namespace purser::gateway

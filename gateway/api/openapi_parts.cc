#include "gateway/api/openapi.h"

namespace purser::gateway {

namespace {

constexpr std::string_view components = R"json({
  "securitySchemes": {
    "bearer": {"type": "http", "scheme": "bearer", "description": "An API key, or a token of a configured issuer."},
    "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "An API key."},
    "basic": {"type": "http", "scheme": "basic", "description": "Name and API key, over TLS."},
    "mutualTls": {"type": "mutualTLS", "description": "A certificate that the configuration knows."}
  },
  "schemas": {
    "Problem": {
      "description": "RFC 9457; `code` names an entry of the catalogue of findings.",
      "type": "object",
      "required": ["type", "status"],
      "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string"}, "code": {"type": "string"}, "remedy": {"type": "string"},
        "support": {
          "description": "Who serves the caller, where the tenant says so.",
          "type": "object",
          "properties": {"name": {"type": "string"}, "url": {"type": "string"}}
        },
        "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}}
      }
    },
    "Finding": {
      "type": "object",
      "required": ["code", "severity"],
      "properties": {
        "code": {"type": "string"}, "severity": {"enum": ["info", "warning", "error", "fatal"]},
        "message": {"type": "string"},
        "path": {"description": "In the canonical model; of SCHEMA findings a JSON pointer into the body.", "type": "string"},
        "expected": {"type": "string"}, "remedy": {"type": "string"}, "source": {"type": "string"},
        "at": {
          "type": "object",
          "properties": {"line": {"type": "integer"}, "column": {"type": "integer"}, "segment": {"type": "integer"}, "element": {"type": "integer"}, "component": {"type": "integer"}}
        }
      }
    },
    "State": {"enum": ["admitted", "delivering", "delivered", "parked", "rejected", "cancelled"]},
    "Submission": {
      "type": "object",
      "required": ["id", "state"],
      "properties": {
        "id": {"type": "string"}, "state": {"$ref": "#/components/schemas/State"},
        "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}}
      }
    },
    "Message": {
      "type": "object",
      "required": ["id", "state"],
      "properties": {
        "id": {"type": "string"}, "state": {"$ref": "#/components/schemas/State"}, "received": {"type": "string"},
        "source": {"type": "string"}, "partner": {"type": "string"},
        "cursor": {"description": "There are more documents in it: ask with it for them.", "type": "string"}
      }
    },
    "Step": {
      "type": "object",
      "properties": {
        "at": {"type": "string"}, "who": {"type": "string"}, "what": {"type": "string"}, "why": {"type": "string"}
      }
    },
    "Canonical": {
      "description": "One canonical document, or a list of them.",
      "anyOf": [
        {"$ref": "#/components/schemas/CanonicalDocument"},
        {"type": "array", "items": {"$ref": "#/components/schemas/CanonicalDocument"}}
      ]
    },
    "Delivery": {
      "type": "object",
      "properties": {
        "id": {"type": "string"}, "state": {"type": "string"}, "target": {"type": "string"}
      }
    },
    "KeyHit": {
      "type": "object",
      "properties": {
        "message": {"type": "string"}, "document": {"type": "string"}, "number": {"type": "string"},
        "kind": {"type": "string"}
      }
    },
    "MadeKey": {
      "type": "object",
      "required": ["name", "key"],
      "properties": {"name": {"type": "string"}, "key": {"description": "Shown once.", "type": "string"}}
    },
    "ApiKey": {
      "type": "object",
      "properties": {
        "name": {"type": "string"}, "id": {"type": "string"}, "scopes": {"type": "array", "items": {"type": "string"}},
        "expires": {"type": "string"}, "last_used": {"type": "string"}
      }
    },
    "Named": {"type": "object", "properties": {"name": {"type": "string"}}},
    "TenantSummary": {
      "type": "object",
      "properties": {
        "name": {"type": "string"}, "title": {"type": "string"}, "enabled": {"type": "boolean"},
        "version": {"type": "integer"}
      }
    },
    "DataKey": {
      "type": "object",
      "required": ["tenant", "key", "state"],
      "properties": {
        "tenant": {"type": "string"}, "key": {"description": "Its number.", "type": "integer"},
        "state": {"enum": ["active", "retired", "destroyed"]}, "made": {"type": "string"},
        "ended": {"description": "When it was retired or destroyed.", "type": "string"},
        "master": {"description": "Id of the master key that wraps it.", "type": "string"}
      }
    },
    "MadeDataKey": {
      "type": "object",
      "required": ["tenant", "key"],
      "properties": {"tenant": {"type": "string"}, "key": {"description": "Its number.", "type": "integer"}}
    },
    "Shredded": {
      "type": "object",
      "required": ["tenant", "keys", "traces_gone"],
      "properties": {
        "tenant": {"type": "string"}, "keys": {"description": "How many were destroyed.", "type": "integer"},
        "traces_gone": {
          "description": "false: old pages of the store may still hold the wrapped keys; shred again later.", "type": "boolean"
        }
      }
    },
    "Subscription": {
      "type": "object",
      "required": ["name", "url", "enabled"],
      "properties": {
        "name": {"type": "string"}, "url": {"type": "string"}, "enabled": {"type": "boolean"},
        "events": {"type": "array", "items": {"type": "string"}},
        "why": {"description": "Why it was disabled.", "type": "string"},
        "failing_since": {"type": "string"}
      }
    },
    "SubscriptionWithSecret": {
      "type": "object",
      "required": ["name", "url", "enabled", "secret"],
      "properties": {
        "name": {"type": "string"}, "url": {"type": "string"}, "enabled": {"type": "boolean"},
        "events": {"type": "array", "items": {"type": "string"}},
        "secret": {"description": "Of Standard Webhooks: whsec_ and base64.", "type": "string"}
      }
    },
    "Attempt": {
      "type": "object",
      "properties": {
        "at": {"type": "string"}, "event": {"type": "string"}, "type": {"type": "string"}, "answer": {"type": "integer"},
        "arrived": {"type": "boolean"}, "took_microseconds": {"type": "integer"}, "detail": {"type": "string"}
      }
    },
    "AuditEntry": {
      "type": "object",
      "properties": {
        "id": {"type": "string"}, "at": {"type": "string"}, "who": {"type": "string"}, "what": {"type": "string"},
        "message": {"type": "string"}, "delivery": {"type": "string"}, "why": {"type": "string"}
      }
    },
    "Released": {"type": "object", "properties": {"message": {"type": "string"}, "state": {"$ref": "#/components/schemas/State"}}},
    "ParkedGroup": {
      "type": "object",
      "required": ["code", "count", "oldest", "newest", "example", "finding"],
      "properties": {
        "code": {"type": "string"}, "target": {"type": "string"}, "count": {"type": "integer"},
        "oldest": {"type": "string"}, "newest": {"type": "string"}, "example": {"type": "string"},
        "finding": {"$ref": "#/components/schemas/Finding"}
      }
    },
    "ParkedItem": {
      "type": "object",
      "required": ["message", "received", "parked", "finding"],
      "properties": {
        "message": {"type": "string"}, "delivery": {"type": "string"}, "document": {"type": "string"},
        "number": {"type": "string"}, "target": {"type": "string"}, "parked": {"type": "string"},
        "finding": {"$ref": "#/components/schemas/Finding"}
      }
    },
    "Outgoing": {
      "type": "object",
      "required": ["message", "target", "held"],
      "properties": {
        "message": {"type": "string"}, "delivery": {"type": "string"}, "document": {"type": "string"},
        "number": {"type": "string"}, "target": {"type": "string"},
        "place": {"description": "Address or folder of the target.", "type": "string"},
        "connector": {"type": "string"}, "bytes": {"type": "integer"},
        "held": {"description": "The target is switched off: it would wait there.", "type": "boolean"}
      }
    },
    "ReleasedGroup": {
      "type": "object",
      "properties": {
        "released": {"type": "integer"}, "would_release": {"type": "integer"},
        "more": {"description": "Not all that fits was taken: call again.", "type": "boolean"},
        "would_send": {"type": "array", "items": {"$ref": "#/components/schemas/Outgoing"}},
        "would_park_again": {"type": "array", "items": {"type": "object"}}
      }
    },
    "Expectation": {
      "type": "object",
      "required": ["delivery", "message", "awaited", "state"],
      "properties": {
        "delivery": {"type": "string"}, "message": {"type": "string"}, "awaited": {"type": "string"},
        "state": {"enum": ["waiting", "answered", "overdue", "refused", "waived"]}, "due": {"type": "string"},
        "document": {"type": "string"}, "number": {"type": "string"}, "target": {"type": "string"},
        "answer": {"description": "The message that came.", "type": "string"}
      }
    },
    "Resubmitted": {
      "type": "object",
      "properties": {
        "id": {"type": "string"}, "state": {"$ref": "#/components/schemas/State"},
        "resubmits": {"description": "The message that the copy stands for.", "type": "string"}
      }
    },
    "Token": {
      "description": "RFC 6749 section 5.1.",
      "type": "object",
      "required": ["access_token", "token_type", "expires_in"],
      "properties": {
        "access_token": {"type": "string"}, "token_type": {"const": "Bearer"}, "expires_in": {"type": "integer"},
        "scope": {"type": "string"}
      }
    },
    "KeySet": {"type": "object", "required": ["keys"], "properties": {"keys": {"type": "array", "items": {"type": "object"}}}},
    "Description": {"type": "object"},
    "Live": {"type": "object", "properties": {"status": {"const": "live"}}},
    "Ready": {
      "type": "object",
      "properties": {"status": {"enum": ["ready", "not ready"]}, "configuration": {"type": "object"}}
    }
  }
}
)json";

}  // namespace

std::string_view openapi_components() { return components; }

}  // namespace purser::gateway

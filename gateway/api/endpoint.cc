#include "gateway/api/endpoint.h"

#include <array>

#include "gateway/api/calls.h"

namespace purser::gateway {
namespace {

constexpr std::array all = {
    Endpoint{"POST", "/v1/documents", Door::key, "documents:write", false, "Hand in a document",
             post_document, "postDocument", "source! Idempotency-Key Prefer", 202, "Submission", true},
    Endpoint{"POST", "/v1/webhooks/{source}", Door::signature, "", false,
             "Hand in a document by signed webhook", post_webhook, "postWebhook", "", 202, "Submission",
             true},
    Endpoint{"POST", "/v1/cxml/{source}", Door::signature, "", false,
             "Hand in a cXML message with its shared secret; the answer is cXML", post_cxml, "postCxml", "", 200,
             "text/xml", true},
    Endpoint{"GET", "/v1/documents", Door::key, "documents:read", true, "List documents, newest first",
             list_documents, "listDocuments", "source partner state document limit cursor", 200,
             "DocumentList"},
    Endpoint{"GET", "/v1/documents/{id}", Door::key, "documents:read", true,
             "Show a document with its findings, keys and deliveries", show_document, "showDocument", "limit cursor", 200,
             "Message"},
    Endpoint{"GET", "/v1/documents/{id}/timeline", Door::key, "documents:read", true,
             "What happened to a document, step by step", show_timeline, "showTimeline", "limit cursor", 200, "Timeline"},
    Endpoint{"GET", "/v1/documents/{id}/canonical", Door::key, "documents:read", true, "The canonical form",
             show_canonical, "showCanonical", "ordinal", 200, "Canonical"},
    Endpoint{"GET", "/v1/documents/{id}/body", Door::key, "documents:read", true, "The document as it came",
             show_body, "showBody", "", 200, "application/octet-stream"},
    Endpoint{"GET", "/v1/documents/{id}/deliveries", Door::key, "documents:read", true, "Where it went",
             show_deliveries, "showDeliveries", "limit cursor", 200, "DeliveryList"},
    Endpoint{"GET", "/v1/keys/{kind}/{number}", Door::key, "documents:read", true,
             "Every document that carries a business key", trace_key, "traceKey", "limit cursor", 200, "KeyHits"},
    Endpoint{"GET", "/v1/parked", Door::key, "documents:read", true,
             "What stands still, by cause and target, and what to do about it", list_parked, "listParked",
             "code target partner source key kind since until limit cursor", 200, "ParkedGroups"},
    Endpoint{"GET", "/v1/parked/items", Door::key, "documents:read", true, "The same one by one",
             list_parked_items, "listParkedItems",
             "code target partner source key kind since until limit cursor", 200, "ParkedItems"},
    Endpoint{"POST", "/v1/parked/release", Door::key, "deliveries:release", true,
             "Release all parked work that fits; a dry run says what would be sent where", release_parked,
             "releaseParked", "code target partner source key kind since until limit why dry_run", 202,
             "ReleasedGroup"},
    Endpoint{"POST", "/v1/documents/{id}/release", Door::key, "deliveries:release", true,
             "Let a parked message go on", release_message, "releaseDocument", "why dry_run", 202, "Released"},
    Endpoint{"POST", "/v1/documents/{id}/resubmit", Door::key, "deliveries:release", true,
             "Hand in an edited copy in a message's place; both are kept and name each other",
             resubmit_document, "resubmitDocument", "connector everywhere why dry_run", 202, "Resubmitted", true},
    Endpoint{"GET", "/v1/expectations", Door::key, "documents:read", true,
             "Acknowledgements that are awaited, overdue or refused", list_expectations, "listExpectations",
             "state target limit cursor", 200, "Expectations"},
    Endpoint{"POST", "/v1/deliveries/{id}/waive", Door::key, "deliveries:release", true,
             "Await no acknowledgement for a delivery any more", waive_expectation, "waiveExpectation", "why", 202,
             "Released"},
    Endpoint{"POST", "/v1/deliveries/{id}/release", Door::key, "deliveries:release", true,
             "Send a parked delivery again", release_delivery, "releaseDelivery", "why", 202, "Released"},
    Endpoint{"POST", "/v1/documents/{id}/replay", Door::key, "deliveries:release", true,
             "Read a document at rest again and deliver it anew", replay_document, "replayDocument", "why", 202,
             "Released"},
    Endpoint{"POST", "/v1/documents/{id}/park", Door::key, "deliveries:release", true,
             "Stop what of a document is still to be delivered", park_document, "parkDocument", "why", 202,
             "Released"},
    Endpoint{"POST", "/v1/documents/{id}/cancel", Door::key, "deliveries:release", true,
             "End what of a document is open or parked", cancel_document, "cancelDocument", "why", 202,
             "Released"},
    Endpoint{"GET", "/v1/audit", Door::key, "audit:read", true, "The audit trail, newest first", list_audit,
             "listAudit", "limit cursor", 200, "AuditList"},
    Endpoint{"GET", "/v1/api-keys", Door::key, "config:admin", true, "API keys, without the keys themselves",
             list_api_keys, "listApiKeys", "limit cursor", 200, "ApiKeyList"},
    Endpoint{"POST", "/v1/api-keys", Door::key, "config:admin", true,
             "Make an API key, which may do no more than its maker; it is shown once", make_api_key_call,
             "makeApiKey", "", 201, "MadeKey", true, "NewKey"},
    Endpoint{"POST", "/v1/api-keys/{name}/rotate", Door::key, "config:admin", true,
             "A new key for the same entry; the old one goes on for a while", rotate_api_key, "rotateApiKey",
             "overlap", 200, "MadeKey"},
    Endpoint{"DELETE", "/v1/api-keys/{name}", Door::key, "config:admin", true, "Take an API key back",
             remove_api_key, "removeApiKey", "", 204, ""},
    Endpoint{"GET", "/v1/tenants", Door::key, "tenants:admin", true, "Tenants of this gateway", list_tenants,
             "listTenants", "limit cursor", 200, "TenantList"},
    Endpoint{"PUT", "/v1/tenants/{name}", Door::key, "tenants:admin", true, "Make or change a tenant", put_tenant,
             "putTenant", "If-Match", 200, "Named", true, "Tenant"},
    Endpoint{"POST", "/v1/tenants/{name}/api-keys", Door::key, "tenants:admin", true,
             "Make an API key of a tenant: its first one", make_tenants_key, "makeTenantsKey", "", 201, "MadeKey",
             true, "NewKey"},
    Endpoint{"GET", "/v1/tenants/{name}/keys", Door::key, "tenants:admin", true,
             "The keys that a tenant's documents are sealed with, without the keys themselves", list_data_keys,
             "listDataKeys", "limit cursor", 200, "DataKeyList"},
    Endpoint{"POST", "/v1/tenants/{name}/keys/rotate", Door::key, "tenants:admin", true,
             "Seal a tenant's new documents with a new key; older ones stay readable", rotate_data_key,
             "rotateDataKey", "", 200, "MadeDataKey"},
    Endpoint{"POST", "/v1/tenants/{name}/shred", Door::key, "tenants:shred", true,
             "Destroy a tenant's keys: its sealed documents are unreadable for ever", shred_tenant, "shredTenant",
             "", 200, "Shredded", true, "Shredding"},
    Endpoint{"GET", "/v1/subscriptions", Door::key, "config:admin", true, "Webhooks that tell of what happens",
             list_subscriptions, "listSubscriptions", "limit cursor", 200, "SubscriptionList"},
    Endpoint{"POST", "/v1/subscriptions", Door::key, "config:admin", true,
             "Subscribe to what happens; its signing secret is in the answer", make_subscription,
             "makeSubscription", "", 201, "SubscriptionWithSecret", true, "NewSubscription"},
    Endpoint{"GET", "/v1/subscriptions/{name}", Door::key, "config:admin", true, "Show a subscription",
             show_subscription, "showSubscription", "", 200, "Subscription"},
    Endpoint{"PUT", "/v1/subscriptions/{name}", Door::key, "config:admin", true,
             "Change a subscription, or enable it again", put_subscription, "putSubscription", "If-Match", 200,
             "Subscription", true, "NewSubscription"},
    Endpoint{"DELETE", "/v1/subscriptions/{name}", Door::key, "config:admin", true, "End a subscription",
             remove_subscription, "removeSubscription", "", 204, ""},
    Endpoint{"POST", "/v1/subscriptions/{name}/rotate", Door::key, "config:admin", true,
             "A new signing secret; both sign for a while", rotate_subscription, "rotateSubscription", "overlap",
             200, "SubscriptionWithSecret"},
    Endpoint{"POST", "/v1/subscriptions/{name}/test", Door::key, "config:admin", true,
             "Send a test event now and say what came of it", test_subscription, "testSubscription", "", 200,
             "Attempt"},
    Endpoint{"POST", "/v1/subscriptions/{name}/recover", Door::key, "config:admin", true,
             "Send everything again that happened since a time", recover_subscription, "recoverSubscription",
             "since!", 202, "Subscription"},
    Endpoint{"GET", "/v1/subscriptions/{name}/history", Door::key, "config:admin", true,
             "The last attempts, newest first", show_subscription_history, "showSubscriptionHistory", "limit cursor", 200,
             "AttemptList"},
    Endpoint{"POST", "/v1/translate", Door::key, "translate", true,
             "Decode, check and encode without storing", translate_document, "translate",
             "from to message version partner report", 200, "application/octet-stream", true},
    Endpoint{"POST", "/v1/token", Door::key, "", false,
             "Exchange an API key for a short-lived token (OAuth 2 client credentials)", issue_token,
             "issueToken", "", 200, "Token", true},
    Endpoint{"GET", "/.well-known/jwks.json", Door::open, "", false, "The key of the tokens issued here",
             show_jwks, "showJwks", "", 200, "KeySet"},
    Endpoint{"GET", "/openapi.json", Door::known, "", false, "This description", show_openapi, "showOpenapi",
             "", 200, "Description"},
    Endpoint{"GET", "/health/live", Door::open, "", false, "The process answers", show_live, "showLive", "",
             200, "Live"},
    Endpoint{"GET", "/health/ready", Door::open, "", true,
             "The journal answers; which configuration is in force", show_ready, "showReady", "", 200,
             "Ready"},
    Endpoint{"GET", "/metrics", Door::metrics, "metrics:read", true, "Prometheus metrics", show_metrics,
             "showMetrics", "", 200, "text/plain"},
};

// True if the pattern's segments fit; `parameters` takes what stood for {…}.
bool fits(std::string_view pattern, const std::vector<std::string>& segments,
          std::vector<std::string>& parameters) {
  parameters.clear();
  std::size_t at = 0;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    auto part = pattern.substr(0, pattern.find('/'));
    pattern.remove_prefix(part.size());
    if (at == segments.size()) return false;
    if (part.front() == '{') {
      parameters.push_back(segments[at]);
    } else if (part != segments[at]) {
      return false;
    }
    ++at;
  }
  return at == segments.size();
}

}  // namespace

std::span<const Endpoint> endpoints() { return all; }

Match find_endpoint(std::string_view method, const RequestTarget& target) {
  Match match;
  std::vector<std::string> parameters;
  for (const auto& endpoint : all) {
    if (!fits(endpoint.path, target.segments, parameters)) continue;
    if (endpoint.method == method || (method == "HEAD" && endpoint.method == "GET")) {
      match.endpoint = &endpoint;
      match.parameters = std::move(parameters);
      return match;
    }
    match.allowed += (match.allowed.empty() ? "" : ", ") + std::string(endpoint.method);
  }
  return match;
}

}  // namespace purser::gateway

#include "gateway/api/endpoint.h"

#include <array>

#include "gateway/api/calls.h"

namespace purser::gateway {
namespace {

constexpr std::array all = {
    Endpoint{"POST", "/v1/documents", Door::key, "documents:write", false, "Hand in a document",
             post_document},
    Endpoint{"POST", "/v1/webhooks/{source}", Door::signature, "", false,
             "Hand in a document by signed webhook", post_webhook},
    Endpoint{"POST", "/v1/cxml/{source}", Door::signature, "", false,
             "Hand in a cXML message with its shared secret; the answer is cXML", post_cxml},
    Endpoint{"GET", "/v1/documents", Door::key, "documents:read", true, "List documents, newest first",
             list_documents},
    Endpoint{"GET", "/v1/documents/{id}", Door::key, "documents:read", true,
             "Show a document with its findings, keys and deliveries", show_document},
    Endpoint{"GET", "/v1/documents/{id}/timeline", Door::key, "documents:read", true,
             "What happened to a document, step by step", show_timeline},
    Endpoint{"GET", "/v1/documents/{id}/canonical", Door::key, "documents:read", true, "The canonical form",
             show_canonical},
    Endpoint{"GET", "/v1/documents/{id}/body", Door::key, "documents:read", true, "The document as it came",
             show_body},
    Endpoint{"GET", "/v1/documents/{id}/deliveries", Door::key, "documents:read", true, "Where it went",
             show_deliveries},
    Endpoint{"GET", "/v1/keys/{kind}/{number}", Door::key, "documents:read", true,
             "Every document that carries a business key", trace_key},
    Endpoint{"POST", "/v1/deliveries/{id}/release", Door::key, "deliveries:release", true,
             "Send a parked delivery again", release_delivery},
    Endpoint{"POST", "/v1/translate", Door::key, "translate", true,
             "Decode, check and encode without storing", translate_document},
    Endpoint{"GET", "/health/live", Door::open, "", false, "The process answers", show_live},
    Endpoint{"GET", "/health/ready", Door::open, "", true,
             "The journal answers; which configuration is in force", show_ready},
    Endpoint{"GET", "/metrics", Door::metrics, "metrics:read", true, "Prometheus metrics", show_metrics},
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

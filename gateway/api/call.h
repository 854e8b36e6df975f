// One API call on its way through the Api.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/api/configuration.h"
#include "gateway/intake/http_front.h"
#include "gateway/intake/http_text.h"

namespace purser::gateway {

struct Endpoint;

/// A request that found its endpoint and whose caller is known. Answer it once, by `respond`.
struct Call {
  std::unique_ptr<Request> request;
  Respond respond;
  RequestTarget target;
  std::vector<std::string> parameters;                 ///< what stood for {…} in the path, in order
  std::shared_ptr<const Configuration> configuration;  ///< as it was when the call came
  std::shared_ptr<const Caller> caller;                ///< null where the endpoint needs none
  const Endpoint* endpoint = nullptr;

  /// Who acts, for the audit trail and the limits: "key:shop", "webhook:orders".
  [[nodiscard]] std::string actor() const { return caller ? caller->name : std::string(); }
  [[nodiscard]] const std::string& tenant() const {
    static const std::string none(default_tenant);
    return caller ? caller->tenant : none;
  }
  /// The partner whose documents alone the caller may see and send; empty: all.
  [[nodiscard]] const std::string& partner() const {
    static const std::string nobody;
    return caller ? caller->partner : nobody;
  }
  /// The query parameter, or empty.
  [[nodiscard]] std::string query(std::string_view name) const {
    return std::string(target.parameter(name).value_or(std::string_view()));
  }
};

}  // namespace purser::gateway

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/access/authenticator.h"

namespace purser::gateway {

/// A POST of a document with the given fields, as the front hands it on.
class FakeRequest final : public Request {
 public:
  explicit FakeRequest(HttpFields given) : fields(std::move(given)) {}
  [[nodiscard]] std::string_view method() const override { return "POST"; }
  [[nodiscard]] std::string_view target() const override { return "/v1/documents?source=api"; }
  [[nodiscard]] std::string_view header(std::string_view name) const override {
    for (const auto& [key, value] : fields) {
      if (same_name(key, name)) return value;
    }
    return {};
  }
  [[nodiscard]] bool has_header(std::string_view name) const override { return !header(name).empty(); }
  void each_field(const std::function<void(std::string_view, std::string_view)>& take) const override {
    for (const auto& [name, value] : fields) take(name, value);
  }
  [[nodiscard]] std::string_view peer() const override { return address; }
  [[nodiscard]] bool secure() const override { return tls; }
  HttpFields fields;
  std::string address = "192.0.2.1";
  bool tls = true;
};

}  // namespace purser::gateway

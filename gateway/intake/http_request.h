// A request as Beast parsed it, behind the face that handlers see. Seen by http_session.cc only.
#pragma once

#include <boost/beast/http/message.hpp>
#include <string>
#include <string_view>

#include "gateway/intake/http_front.h"
#include "gateway/intake/http_spool.h"

namespace purser::gateway {

namespace http = boost::beast::http;
namespace beast = boost::beast;

class ParsedRequest final : public Request {
 public:
  ParsedRequest(http::request<SpoolBody>&& message, std::string peer, bool secure,
                std::shared_ptr<const PeerCertificate> certificate)
      : message_(std::move(message)),
        peer_(std::move(peer)),
        secure_(secure),
        certificate_(std::move(certificate)) {
    body = message_.body().take();
  }
  [[nodiscard]] std::string_view method() const override { return view(message_.method_string()); }
  [[nodiscard]] std::string_view target() const override { return view(message_.target()); }
  [[nodiscard]] std::string_view header(std::string_view name) const override { return view(message_[name]); }
  [[nodiscard]] bool has_header(std::string_view name) const override { return message_.count(name) > 0; }
  void each_field(const std::function<void(std::string_view, std::string_view)>& take) const override {
    for (const auto& field : message_)
      take(ParsedRequest::view(field.name_string()), ParsedRequest::view(field.value()));
  }
  [[nodiscard]] std::string_view peer() const override { return peer_; }
  [[nodiscard]] bool secure() const override { return secure_; }
  [[nodiscard]] const PeerCertificate* certificate() const override { return certificate_.get(); }
  static std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

 private:
  http::request<SpoolBody> message_;
  std::string peer_;
  bool secure_;
  std::shared_ptr<const PeerCertificate> certificate_;
};

// The same view of a request whose body is still to come.
class HeadView final : public Request {
 public:
  HeadView(const http::request<SpoolBody>& message, std::string_view peer, bool secure,
           const PeerCertificate* certificate)
      : message_(message), peer_(peer), secure_(secure), certificate_(certificate) {}
  [[nodiscard]] std::string_view method() const override {
    return ParsedRequest::view(message_.method_string());
  }
  [[nodiscard]] std::string_view target() const override { return ParsedRequest::view(message_.target()); }
  [[nodiscard]] std::string_view header(std::string_view name) const override {
    return ParsedRequest::view(message_[name]);
  }
  [[nodiscard]] bool has_header(std::string_view name) const override { return message_.count(name) > 0; }
  void each_field(const std::function<void(std::string_view, std::string_view)>& take) const override {
    for (const auto& field : message_)
      take(ParsedRequest::view(field.name_string()), ParsedRequest::view(field.value()));
  }
  [[nodiscard]] std::string_view peer() const override { return peer_; }
  [[nodiscard]] bool secure() const override { return secure_; }
  [[nodiscard]] const PeerCertificate* certificate() const override { return certificate_; }

 private:
  const http::request<SpoolBody>& message_;
  std::string_view peer_;
  bool secure_;
  const PeerCertificate* certificate_;
};

}  // namespace purser::gateway

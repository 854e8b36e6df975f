// What of an HTTP request this project takes apart itself: the head, the target, credentials.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/access/webhook.h"
#include "gateway/intake/http_text.h"
#include "gateway/settings/encoding.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace purser::gateway;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(head_fault(text));
  if (auto target = parse_target(text)) {
    for (const auto& segment : target->segments) {
      // What was decoded can be encoded and decoded again to the same.
      if (percent_decoded(percent_encoded(segment)) != segment) __builtin_trap();
    }
  }
  if (auto bytes = base64_decoded(text); bytes && base64_encoded(*bytes) != text) __builtin_trap();
  static const WebhookKey keys[] = {{false, std::string(32, 'k')}, {true, std::string(31, '\x02') + "\x09"}};
  const auto third = text.size() / 3;
  for (const auto& scheme : webhook_schemes()) {
    const WebhookRequest request{"POST", "/", [&](std::string_view name) {
                                   return name == scheme.signature_field ? text.substr(2 * third)
                                          : name == scheme.id_field      ? text.substr(0, third)
                                                                         : text.substr(third, third);
                                 }};
    const auto result = verify_webhook(scheme, request, Body("body"), keys, std::chrono::sys_seconds{},
                                       std::chrono::hours(1));
    if (result.verdict == WebhookVerdict::valid) __builtin_trap();  // nobody guesses a signature
  }
  return 0;
}

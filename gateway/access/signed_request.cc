#include "gateway/access/signed_request.h"

#include "gateway/access/hmac.h"
#include "gateway/access/signature/structured_field.h"

namespace purser::gateway {

HttpMessage message_of(const Request& request, bool tls_ended_before) {
  HttpMessage message;
  message.method = request.method();
  message.scheme = request.secure() || tls_ended_before ? "https" : "http";
  message.authority = request.header("Host");
  message.request_target = request.target();
  request.each_field(
      [&](std::string_view name, std::string_view value) { message.fields.emplace_back(name, value); });
  return message;
}

std::vector<std::pair<std::string, std::string>> signature_keys(const HttpMessage& message) {
  std::vector<std::pair<std::string, std::string>> keys;
  std::string joined;
  for (auto line : message.lines("signature-input"))
    joined += (joined.empty() ? "" : ", ") + std::string(line);
  auto dictionary = structured::parse_dictionary(joined);
  if (!dictionary) return keys;
  for (const auto& [label, member] : *dictionary) {
    const auto* list = std::get_if<structured::InnerList>(&member);
    const auto* id = list != nullptr ? structured::find(list->parameters, "keyid") : nullptr;
    const auto* text = id != nullptr ? std::get_if<std::string>(id) : nullptr;
    if (text != nullptr && keys.size() < max_signatures) keys.emplace_back(label, *text);
  }
  return keys;
}

std::optional<SignatureFault> signature_fault(const HttpMessage& message, const Body& body,
                                              const KeySet& keys, const Signer& signer,
                                              const std::string& label, std::chrono::sys_seconds now) {
  SignaturePolicy policy;
  if (!signer.algorithms.empty()) policy.algorithms = signer.algorithms;
  if (!signer.covered.empty()) policy.covered = signer.covered;
  std::erase(policy.covered, "content-digest");
  if (body.size > 0) policy.covered.emplace_back("content-digest");
  policy.label = label;
  policy.max_age = signer.max_age;
  KeySet own;
  for (const auto& key : keys.keys) own.keys.push_back({signer.name, key.algorithm, key.key});
  BodyPieces pieces = [&](const std::function<void(std::string_view)>& take) {
    return for_each_piece(body, take);
  };
  auto found = verify_message(message, pieces, own, policy, now);
  return found ? std::nullopt : std::optional(found.error());
}

}  // namespace purser::gateway

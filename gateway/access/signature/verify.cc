#include "gateway/access/signature/verify.h"

#include <algorithm>
#include <set>

#include "gateway/access/signature/signature_base.h"

namespace purser::gateway {
namespace {

using structured::Dictionary;
using structured::InnerList;

constexpr std::int64_t max_time = std::int64_t{1} << 40;

bool holds(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// A label that comes twice would be one signature to us and another to the next reader.
bool repeats_a_key(std::string_view joined, const Dictionary& dictionary) {
  std::size_t members = 0;
  auto list = std::string(joined);
  bool quoted = false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == '\\' && quoted)
      ++i;
    else if (list[i] == '"')
      quoted = !quoted;
    else if (list[i] == ',' && !quoted)
      ++members;
  }
  return !dictionary.empty() && members + 1 != dictionary.size();
}

std::expected<Dictionary, SignatureFault> dictionary_of(const HttpMessage& message, std::string_view name) {
  auto lines = message.lines(name);
  if (lines.empty()) return std::unexpected(SignatureFault::missing);
  std::string joined;
  for (auto line : lines) joined += (joined.empty() ? "" : ", ") + std::string(line);
  auto dictionary = structured::parse_dictionary(joined);
  if (!dictionary || dictionary->size() > max_signatures || repeats_a_key(joined, *dictionary))
    return std::unexpected(SignatureFault::malformed);
  return std::move(*dictionary);
}

// False if the parameter is there with another type.
bool take(const InnerList& input, std::string_view name, std::string& into) {
  const auto* value = structured::find(input.parameters, name);
  if (value == nullptr) return true;
  const auto* text = std::get_if<std::string>(value);
  if (text != nullptr) into = *text;
  return text != nullptr;
}

bool take(const InnerList& input, std::string_view name, std::optional<std::int64_t>& into) {
  const auto* value = structured::find(input.parameters, name);
  if (value == nullptr) return true;
  const auto* number = std::get_if<std::int64_t>(value);
  if (number == nullptr || *number < 0 || *number > max_time) return false;
  into = *number;
  return true;
}

std::optional<SignatureFault> parameter_fault(const VerifiedSignature& found, const InnerList& input,
                                              const SignaturePolicy& policy) {
  auto has = [&](std::string_view name) { return structured::find(input.parameters, name) != nullptr; };
  if ((policy.created && !has("created")) || (policy.expires && !has("expires")) ||
      (policy.nonce && !has("nonce")) || (policy.key_id && !has("keyid")) ||
      (!policy.tag.empty() && policy.tag != found.tag))
    return SignatureFault::parameter;
  for (const auto& wanted : policy.covered) {
    auto item = structured::parse_item(
        wanted.starts_with('"')
            ? wanted
            : "\"" + wanted.substr(0, wanted.find(';')) + "\"" +
                  (wanted.find(';') == std::string::npos ? "" : wanted.substr(wanted.find(';'))));
    if (!item || !holds(found.covered, structured::serialized(*item))) return SignatureFault::not_covered;
  }
  return std::nullopt;
}

std::optional<SignatureFault> time_fault(const VerifiedSignature& found, const SignaturePolicy& policy,
                                         std::int64_t now) {
  auto skew = policy.skew.count();
  if (found.created && *found.created > now + skew) return SignatureFault::early;
  if (found.expires && *found.expires + skew <= now) return SignatureFault::expired;
  if (policy.max_age.count() > 0 && found.created && now - *found.created > policy.max_age.count())
    return SignatureFault::too_old;
  return std::nullopt;
}

// Tries the algorithm the signature names, or each that is allowed where it names none and the key decides.
std::optional<SignatureFault> key_fault(VerifiedSignature& found, std::string_view bytes, const KeySet& keys,
                                        const SignaturePolicy& policy) {
  auto named = found.algorithm;
  bool any_algorithm = false;
  bool any_key = false;
  for (const auto& algorithm : signature_algorithms()) {
    if (algorithm.http.empty() || !holds(policy.algorithms, algorithm.http)) continue;
    if (!named.empty() && named != algorithm.http) continue;
    any_algorithm = true;
    for (const auto* key : candidates(keys, algorithm, found.key_id)) {
      any_key = true;
      if (!verify(algorithm, key->key, found.base, bytes)) continue;
      found.algorithm = algorithm.http;
      return std::nullopt;
    }
  }
  if (!any_algorithm) return SignatureFault::algorithm;
  return any_key ? SignatureFault::signature : SignatureFault::unknown_key;
}

std::optional<SignatureFault> digest_fault(const HttpMessage& message, const VerifiedSignature& found,
                                           const BodyPieces& body) {
  bool covered = std::any_of(found.covered.begin(), found.covered.end(), [](const std::string& identifier) {
    return identifier.starts_with("\"content-digest\"") && identifier.find(";req") == std::string::npos;
  });
  if (!covered) return std::nullopt;
  std::string joined;
  for (auto line : message.lines("content-digest"))
    joined += (joined.empty() ? "" : ", ") + std::string(line);
  auto verdict = check_content_digest(joined, body);
  if (verdict == DigestVerdict::unreadable) return SignatureFault::unreadable;
  return verdict == DigestVerdict::matches ? std::nullopt : std::optional(SignatureFault::digest);
}

std::expected<VerifiedSignature, SignatureFault> judge(const HttpMessage& message, const BodyPieces& body,
                                                       const std::string& label,
                                                       const structured::Member& input_member,
                                                       const structured::Member& signature_member,
                                                       const KeySet& keys, const SignaturePolicy& policy,
                                                       std::chrono::sys_seconds now) {
  const auto* input = std::get_if<InnerList>(&input_member);
  const auto* item = std::get_if<structured::Item>(&signature_member);
  const auto* bytes = item != nullptr ? std::get_if<structured::Bytes>(&item->value) : nullptr;
  VerifiedSignature found;
  found.label = label;
  if (input == nullptr || bytes == nullptr || !take(*input, "keyid", found.key_id) ||
      !take(*input, "alg", found.algorithm) || !take(*input, "nonce", found.nonce) ||
      !take(*input, "tag", found.tag) || !take(*input, "created", found.created) ||
      !take(*input, "expires", found.expires))
    return std::unexpected(SignatureFault::malformed);
  for (const auto& component : input->items) found.covered.push_back(structured::serialized(component));
  if (auto fault = parameter_fault(found, *input, policy)) return std::unexpected(*fault);
  auto base = signature_base(message, *input);
  if (!base) return std::unexpected(SignatureFault::component);
  found.base = std::move(*base);
  if (auto fault = key_fault(found, bytes->bytes, keys, policy)) return std::unexpected(*fault);
  if (auto fault = time_fault(found, policy, now.time_since_epoch().count())) return std::unexpected(*fault);
  if (auto fault = digest_fault(message, found, body)) return std::unexpected(*fault);
  return found;
}

}  // namespace

std::string_view name(SignatureFault fault) {
  static constexpr std::string_view names[] = {
      "missing",   "malformed", "component", "not-covered", "parameter", "algorithm", "unknown-key",
      "signature", "expired",   "early",     "too-old",     "digest",    "unreadable"};
  return names[static_cast<std::size_t>(fault)];
}

std::expected<VerifiedSignature, SignatureFault> verify_message(const HttpMessage& message,
                                                                const BodyPieces& body, const KeySet& keys,
                                                                const SignaturePolicy& policy,
                                                                std::chrono::sys_seconds now) {
  auto inputs = dictionary_of(message, "signature-input");
  if (!inputs) return std::unexpected(inputs.error());
  auto signatures = dictionary_of(message, "signature");
  if (!signatures) return std::unexpected(signatures.error());
  auto nearest = SignatureFault::missing;
  for (const auto& [label, input] : *inputs) {
    const auto* signature = structured::find(*signatures, label);
    if (signature == nullptr || (!policy.label.empty() && policy.label != label)) continue;
    auto found = judge(message, body, label, input, *signature, keys, policy, now);
    if (found) return found;
    nearest = std::max(nearest, found.error());
  }
  return std::unexpected(nearest);
}

std::expected<SignatureFields, std::string> sign_message(const HttpMessage& message, std::string_view label,
                                                         std::string_view input, const TrustedKey& key,
                                                         const SignatureAlgorithm& algorithm) {
  auto dictionary = structured::parse_dictionary(std::string(label) + "=" + std::string(input));
  const auto* member = dictionary ? structured::find(*dictionary, label) : nullptr;
  const auto* covered = member != nullptr ? std::get_if<InnerList>(member) : nullptr;
  if (covered == nullptr) return std::unexpected("the input is no list of components");
  auto base = signature_base(message, *covered);
  if (!base) return std::unexpected(base.error());
  auto signature = sign(algorithm, key.key, *base);
  if (!signature) return std::unexpected("the key cannot sign by this algorithm");
  return SignatureFields{std::string(label) + "=" + structured::serialized(*covered),
                         std::string(label) + "=" + structured::serialized(structured::Bytes{*signature})};
}

}  // namespace purser::gateway

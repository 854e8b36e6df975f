// What a cXML message proves of its sender: SharedSecret and CredentialMac in Header/Sender. The credentials
// stand in the body, so the body's beginning is read before any connector sees it. Source: cXML User's
// Guide 1.2, "Header" and "Message Authentication Code (MAC)"; DTD 1.2.063.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace purser::gateway {

/// As many bytes of the body as are looked at: a header with its certificates; far above any real one.
inline constexpr std::size_t cxml_head_bytes = 64 * 1024;

/// What became of the credentials. Only `valid` lets a message in; the rest goes to counters and the audit
/// trail.
enum class CxmlVerdict : std::uint8_t {
  valid,
  missing,  ///< no cXML, no header in the first bytes, or no credential of the kinds known
  wrong,    ///< no live secret fits
  stale     ///< a CredentialMac that is not valid yet or any more
};
std::string_view name(CxmlVerdict verdict);

struct CxmlSender {
  CxmlVerdict verdict = CxmlVerdict::missing;
  std::string domain, identity;  ///< of the credential that proved it, else of the first one
  std::string payload_id;        ///< of the message: unique, so it serves as replay receipt
};

/// Compares SharedSecret with every live secret in constant time, whichever fits; computes CredentialMac of
/// type FromSenderCredentials by HMAC-SHA1-96 with every live secret as key. [any]
CxmlSender verify_cxml(std::string_view head, std::span<const std::string> secrets,
                       std::chrono::sys_seconds now);

/// The parts a CredentialMac is computed over.
struct CxmlMacInput {
  std::string_view from_domain, from_identity, sender_domain, sender_identity, creation_date, expiration_date;
};
/// HMAC-SHA1-96 in base64, 16 characters: each part in lower case (dates as they are) and ended by a zero
/// byte. [any]
std::string cxml_mac(std::string_view key, const CxmlMacInput& input);

/// The answer a cXML sender expects on its connection: a Response with a Status, whatever the HTTP status.
/// Status 200 to 299 are "OK", others say what the guide calls them. `detail` is for people. [any]
std::string cxml_response(unsigned status, std::string_view detail, std::string_view payload_id,
                          std::chrono::sys_seconds now);

}  // namespace purser::gateway

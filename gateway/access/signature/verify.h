// HTTP Message Signatures (RFC 9421): does a trusted key vouch for this message?
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/access/jose/jwk.h"
#include "gateway/access/signature/content_digest.h"
#include "gateway/access/signature/http_message.h"

namespace purser::gateway {

/// What a signature must be to be taken (RFC 9421 section 3.2.1: the application decides).
struct SignaturePolicy {
  std::vector<std::string> algorithms{"rsa-pss-sha512", "ecdsa-p256-sha256", "ecdsa-p384-sha384", "ed25519"};
  /// Components that must be covered, as identifiers: "@method", "content-digest",
  /// "@query-param;name=\"id\"".
  std::vector<std::string> covered{"@method", "@target-uri", "content-digest"};
  bool created = true;                ///< `created` must be there
  bool expires = false;               ///< `expires` must be there
  bool nonce = false;                 ///< `nonce` must be there; whoever asks keeps it as a replay receipt
  bool key_id = true;                 ///< `keyid` must be there
  std::string tag;                    ///< `tag` must be this; empty: any
  std::string label;                  ///< only this label counts; empty: any one that holds
  std::chrono::seconds max_age{300};  ///< since `created`; 0: not asked
  std::chrono::seconds skew{60};
};

/// Names are stable, as those of TokenFault.
enum class SignatureFault : std::uint8_t {
  missing,      ///< no Signature, no Signature-Input, or no common label
  malformed,    ///< a field is no dictionary, a label comes twice, a parameter has the wrong type
  component,    ///< a covered component cannot be resolved
  not_covered,  ///< a component that must be covered is not
  parameter,    ///< a parameter that is asked for is missing, or the tag is another
  algorithm,    ///< `alg` is unknown, not allowed, or none of the key's
  unknown_key,
  signature,  ///< the key did not make it
  expired,
  early,
  too_old,
  digest,      ///< Content-Digest does not fit the body
  unreadable,  ///< the body's file could not be read: our fault
};
std::string_view name(SignatureFault fault);

struct VerifiedSignature {
  std::string label, key_id, algorithm, nonce, tag;
  std::optional<std::int64_t> created, expires;  ///< seconds since 1970
  std::vector<std::string> covered;              ///< identifiers
  std::string base;                              ///< what was signed
};

/// More signatures on one message are somebody's attack.
inline constexpr std::size_t max_signatures = 8;

/// The first label that holds; else the fault of the label that came nearest to holding. A covered
/// Content-Digest is checked against the body. [any]
std::expected<VerifiedSignature, SignatureFault> verify_message(const HttpMessage& message,
                                                                const BodyPieces& body, const KeySet& keys,
                                                                const SignaturePolicy& policy,
                                                                std::chrono::sys_seconds now);

/// The two fields of a signature made with `key`: Signature-Input and Signature. The error says what is
/// wrong.
struct SignatureFields {
  std::string input, signature;
};
std::expected<SignatureFields, std::string> sign_message(const HttpMessage& message, std::string_view label,
                                                         std::string_view input, const TrustedKey& key,
                                                         const SignatureAlgorithm& algorithm);

}  // namespace purser::gateway

// What stands behind the linker's seam. Names are what the compiler makes of the declarations in the
// product's headers; if one of those changes, the link fails, and if a call no longer passes here, its test
// does.
#include "tests/scenario/attack/undefended.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "gateway/access/authenticator.h"
#include "gateway/access/hmac.h"
#include "gateway/access/jose/jwt.h"
#include "gateway/access/rate_limiter.h"
#include "gateway/access/webhook.h"
#include "gateway/api/api.h"
#include "gateway/api/problem.h"
#include "gateway/fetch/address_filter.h"
#include "gateway/intake/http_text.h"

#define SEAM(name) asm("__wrap_" name)
#define REAL(name) asm("__real_" name)

#define HEAD_FAULT "_ZN6purser7gateway10head_faultESt17basic_string_viewIcSt11char_traitsIcEE"
#define ADDRESS_FILTER "_ZN6purser7gateway22install_address_filterEPvRNS0_13AddressFilterE"
#define EQUAL "_ZN6purser7gateway22equal_in_constant_timeESt17basic_string_viewIcSt11char_traitsIcEES4_"
#define WEBHOOK                                                                                           \
  "_ZN6purser7gateway14verify_webhookERKNS0_13WebhookSchemeERKNS0_14WebhookRequestERKNS0_"                \
  "4BodyESt4spanIKNS0_"                                                                                   \
  "10WebhookKeyELm18446744073709551615EENSt6chrono10time_pointINSE_3_V212system_clockENSE_8durationIlSt5" \
  "ratioILl1ELl1EEEEEESL_"
#define ALGORITHM "_ZN6purser7gateway19find_jose_algorithmESt17basic_string_viewIcSt11char_traitsIcEE"
#define CANDIDATES                                                                                           \
  "_ZN6purser7gateway10candidatesERKNS0_6KeySetERKNS0_18SignatureAlgorithmESt17basic_string_viewIcSt11char_" \
  "traitsIcEE"
#define VERIFY                                                                                             \
  "_ZN6purser7gateway6verifyERKNS0_18SignatureAlgorithmERKNS0_9CryptoKeyESt17basic_string_viewIcSt11char_" \
  "traitsIcEESA_"
#define TOKEN                                                                                              \
  "_ZN6purser7gateway12verify_tokenESt17basic_string_viewIcSt11char_traitsIcEERKNS0_6KeySetERKNS0_11Token" \
  "PolicyENSt6chrono10time_pointINSB_3_V212system_clockENSB_8durationIlSt5ratioILl1ELl1EEEEEE"
#define RATE                                                                                               \
  "_ZN6purser7gateway11RateLimiter4takeESt17basic_string_viewIcSt11char_traitsIcEERKNS0_4RateENSt6chrono8" \
  "durationIlSt5ratioILl1ELl1000000EEEE"
#define ADMIT                                                                                        \
  "_ZNK6purser7gateway13Authenticator5admitERKNS0_7RequestENSt6chrono10time_pointINS5_3_V212system_" \
  "clockENS5_"                                                                                       \
  "8durationIlSt5ratioILl1ELl1EEEEEEb"
#define NOTE_DENIAL                                                                                       \
  "_ZN6purser7gateway3Api11note_denialENSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEES7_St17basic_" \
  "string_"                                                                                               \
  "viewIcS5_ES7_"
#define PROBLEM                                                                                            \
  "_ZN6purser7gateway7problemEiSt17basic_string_viewIcSt11char_traitsIcEES4_St4spanIKNS_7FindingELm184467" \
  "44073709551615EE"
#define RESPONSE_HEAD "_ZN6purser7gateway13response_headB5cxx11ERKNS0_8ResponseEmbb"

namespace purser::gateway {
namespace {

using testing::Defence;

std::atomic<int> missing{-1};  // the defence that is not there
std::atomic<std::uint64_t> receipts{0};
thread_local std::string reason;  // why the call in work was refused

bool lacks(Defence defence) { return missing.load() == static_cast<int>(defence); }

}  // namespace

using Now = std::chrono::sys_seconds;

const char* real_head_fault(std::string_view head) REAL(HEAD_FAULT);
void real_address_filter(CURL* easy, AddressFilter& filter) REAL(ADDRESS_FILTER);
bool real_equal(std::string_view a, std::string_view b) REAL(EQUAL);
WebhookResult real_webhook(const WebhookScheme& scheme, const WebhookRequest& request, const Body& body,
                           std::span<const WebhookKey> keys, Now now, std::chrono::seconds tolerance)
    REAL(WEBHOOK);
const SignatureAlgorithm* real_algorithm(std::string_view name) REAL(ALGORITHM);
std::vector<const TrustedKey*> real_candidates(const KeySet& set, const SignatureAlgorithm& algorithm,
                                               std::string_view id) REAL(CANDIDATES);
bool real_verify(const SignatureAlgorithm& algorithm, const CryptoKey& key, std::string_view data,
                 std::string_view signature) REAL(VERIFY);
std::expected<Claims, TokenFault> real_token(std::string_view token, const KeySet& keys,
                                             const TokenPolicy& policy, Now now) REAL(TOKEN);
RateVerdict real_rate(RateLimiter* self, std::string_view name, const Rate& rate,
                      std::chrono::microseconds now) REAL(RATE);
Identification real_admit(const Authenticator* self, const Request& request, Now now, bool may_block)
    REAL(ADMIT);
void real_note_denial(Api* self, std::string tenant, std::string who, std::string_view code, std::string why)
    REAL(NOTE_DENIAL);
Response real_problem(int status, std::string_view code, std::string_view detail,
                      std::span<const Finding> findings) REAL(PROBLEM);
std::string real_response_head(const Response& response, std::uint64_t length, bool keep_alive, bool secure)
    REAL(RESPONSE_HEAD);

const char* seam_head_fault(std::string_view head) SEAM(HEAD_FAULT);
const char* seam_head_fault(std::string_view head) {
  return lacks(Defence::framing) ? nullptr : real_head_fault(head);
}

void seam_address_filter(CURL* easy, AddressFilter& filter) SEAM(ADDRESS_FILTER);
void seam_address_filter(CURL* easy, AddressFilter& filter) {
  if (!lacks(Defence::addresses)) real_address_filter(easy, filter);
}

bool seam_equal(std::string_view a, std::string_view b) SEAM(EQUAL);
bool seam_equal(std::string_view a, std::string_view b) {
  if (!lacks(Defence::constant_time)) return real_equal(a, b);
  // What `a == b` does, written out: a sanitizer's memcmp reads both to their end.
  return a.size() == b.size() && std::mismatch(a.begin(), a.end(), b.begin()).first == a.end();
}

WebhookResult seam_webhook(const WebhookScheme& scheme, const WebhookRequest& request, const Body& body,
                           std::span<const WebhookKey> keys, Now now, std::chrono::seconds tolerance)
    SEAM(WEBHOOK);
WebhookResult seam_webhook(const WebhookScheme& scheme, const WebhookRequest& request, const Body& body,
                           std::span<const WebhookKey> keys, Now now, std::chrono::seconds tolerance) {
  auto result = real_webhook(scheme, request, body, keys, now, tolerance);
  if (lacks(Defence::receipts)) result.id += "/" + std::to_string(++receipts);
  const auto named = request.field("X-GitHub-Delivery");
  if (lacks(Defence::signed_ids) && !named.empty()) result.id = named;
  return result;
}

void seam_note_denial(Api* self, std::string tenant, std::string who, std::string_view code, std::string why)
    SEAM(NOTE_DENIAL);
void seam_note_denial(Api* self, std::string tenant, std::string who, std::string_view code,
                      std::string why) {
  reason = why;
  real_note_denial(self, std::move(tenant), std::move(who), code, std::move(why));
}

Response seam_problem(int status, std::string_view code, std::string_view detail,
                      std::span<const Finding> findings) SEAM(PROBLEM);
Response seam_problem(int status, std::string_view code, std::string_view detail,
                      std::span<const Finding> findings) {
  const bool told = lacks(Defence::silence) && status == 401;
  return real_problem(status, code, told ? std::string_view(reason) : detail, findings);
}

std::string seam_response_head(const Response& response, std::uint64_t length, bool keep_alive, bool secure)
    SEAM(RESPONSE_HEAD);
std::string seam_response_head(const Response& response, std::uint64_t length, bool keep_alive, bool secure) {
  auto head = real_response_head(response, length, keep_alive, secure);
  if (!lacks(Defence::headers)) return head;
  for (const std::string_view name :
       {"X-Content-Type-Options: ", "Content-Security-Policy: ", "Cache-Control: "}) {
    const auto at = head.find(name);
    if (at != std::string::npos) head.erase(at, head.find("\r\n", at) + 2 - at);
  }
  return head.insert(head.size() - 2, "Access-Control-Allow-Origin: *\r\n");
}

// "none" is an algorithm like others, and whatever a token says is allowed.
const SignatureAlgorithm* seam_algorithm(std::string_view name) SEAM(ALGORITHM);
const SignatureAlgorithm* seam_algorithm(std::string_view name) {
  static constexpr SignatureAlgorithm none{"none", "", KeyKind::secret, Padding::none, nullptr};
  return lacks(Defence::algorithms) && name == "none" ? &none : real_algorithm(name);
}

std::vector<const TrustedKey*> seam_candidates(const KeySet& set, const SignatureAlgorithm& algorithm,
                                               std::string_view id) SEAM(CANDIDATES);
std::vector<const TrustedKey*> seam_candidates(const KeySet& set, const SignatureAlgorithm& algorithm,
                                               std::string_view id) {
  if (!lacks(Defence::algorithms)) return real_candidates(set, algorithm, id);
  std::vector<const TrustedKey*> all;
  for (const auto& key : set.keys) all.push_back(&key);
  return all;
}

// A library that takes "the key" as text: what is a public key to one algorithm is a secret to the other.
bool seam_verify(const SignatureAlgorithm& algorithm, const CryptoKey& key, std::string_view data,
                 std::string_view signature) SEAM(VERIFY);
bool seam_verify(const SignatureAlgorithm& algorithm, const CryptoKey& key, std::string_view data,
                 std::string_view signature) {
  if (!lacks(Defence::algorithms) || algorithm.kind != KeyKind::secret)
    return real_verify(algorithm, key, data, signature);
  if (algorithm.digest == nullptr) return signature.empty();
  return real_verify(algorithm, *CryptoKey::secret(key.public_pem()), data, signature);
}

std::expected<Claims, TokenFault> seam_token(std::string_view token, const KeySet& keys,
                                             const TokenPolicy& policy, Now now) SEAM(TOKEN);
std::expected<Claims, TokenFault> seam_token(std::string_view token, const KeySet& keys,
                                             const TokenPolicy& policy, Now now) {
  if (!lacks(Defence::algorithms)) return real_token(token, keys, policy, now);
  TokenPolicy any = policy;
  any.algorithms.insert(any.algorithms.end(), {"none", "HS256"});
  return real_token(token, keys, any, now);
}

RateVerdict seam_rate(RateLimiter* self, std::string_view name, const Rate& rate,
                      std::chrono::microseconds now) SEAM(RATE);
RateVerdict seam_rate(RateLimiter* self, std::string_view name, const Rate& rate,
                      std::chrono::microseconds now) {
  return lacks(Defence::rates) ? RateVerdict{} : real_rate(self, name, rate, now);
}

Identification seam_admit(const Authenticator* self, const Request& request, Now now, bool may_block)
    SEAM(ADMIT);
Identification seam_admit(const Authenticator* self, const Request& request, Now now, bool may_block) {
  auto found = real_admit(self, request, now, may_block);
  if (!found.caller) return found;
  Caller caller = *found.caller;
  if (lacks(Defence::ownership)) {
    caller.partner.clear();
    if (const auto said = request.header("Purser-Tenant"); !said.empty()) caller.tenant = said;
  } else if (lacks(Defence::functions)) {
    caller.scopes = {"documents:write", "documents:read", "deliveries:release", "translate", "config:admin"};
  } else {
    return found;
  }
  found.caller = std::make_shared<const Caller>(std::move(caller));
  return found;
}

namespace testing {

Without::Without(Defence defence) { missing = static_cast<int>(defence); }
Without::~Without() { missing = -1; }

}  // namespace testing
}  // namespace purser::gateway

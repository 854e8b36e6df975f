// Structured fields and message signatures: what is read is written in a form that reads the same, and no message is
// taken that nobody signed.
#include <cstdint>
#include <string_view>

#include "gateway/access/signature/signature_base.h"
#include "gateway/access/signature/verify.h"

using namespace purser::gateway;

namespace {

template <typename Parse>
void must_be_stable(Parse parse, std::string_view text) {
  auto first = parse(text);
  if (!first) return;
  auto written = structured::serialized(*first);
  auto second = parse(written);
  if (!second || structured::serialized(*second) != written) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  must_be_stable(structured::parse_item, text);
  must_be_stable(structured::parse_list, text);
  must_be_stable(structured::parse_dictionary, text);
  auto message = read_http_message(text, "https");
  if (!message) return 0;
  static const KeySet keys{{{"k", "", *CryptoKey::ed25519_private(std::string(32, 's'))}}, {}};
  SignaturePolicy policy;
  policy.covered.clear();
  policy.created = policy.key_id = false;
  constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'700'000'000)};
  if (verify_message(message->first, pieces_of(message->second), keys, policy, now)) __builtin_trap();
  return 0;
}

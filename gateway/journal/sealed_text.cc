#include "gateway/journal/sealed_text.h"

#include <cstring>

#include "canonical/value/text.h"
#include "gateway/seal/body_seal.h"

namespace purser::gateway {
namespace {

constexpr std::string_view text_mark = "sealed:";

}  // namespace

std::string seal_text(Sealer& sealer, const std::string& tenant, std::string text) {
  StoredBody sealed = sealer.text(tenant, std::move(text));
  // What a target answered may begin so, too: a blank tells it from what was sealed.
  if (sealed.seal == 0) return (sealed.bytes.starts_with(text_mark) ? " " : "") + std::move(sealed.bytes);
  std::string bytes(sizeof sealed.seal, '\0');
  std::memcpy(bytes.data(), &sealed.seal, sizeof sealed.seal);
  std::string out(text_mark);
  append_base64(out, bytes + sealed.bytes);
  return out;
}

std::expected<std::string, Status> open_text(Sealing& sealing, std::string_view kept) {
  if (!kept.starts_with(text_mark)) return std::string(kept);
  const Status changed{StatusClass::defect, "SEAL-0003", "a sealed text is not what was sealed there"};
  std::string bytes;
  std::int64_t seal = 0;
  if (!decode_base64(kept.substr(text_mark.size()), bytes) || bytes.size() < sizeof seal + sealed_length(0))
    return std::unexpected(changed);
  std::memcpy(&seal, bytes.data(), sizeof seal);
  const auto key = sealing.to_open(key_of_seal(seal));
  if (!key) return std::unexpected(key.error());
  auto text = open_body(**key, seal, std::string_view(bytes).substr(sizeof seal),
                        plain_length(bytes.size() - sizeof seal));
  if (!text) return std::unexpected(changed);
  return std::move(*text);
}

}  // namespace purser::gateway

#include "gateway/journal/sealed_text.h"

#include <cstring>

#include "gateway/journal/transfer_tables.h"
#include "gateway/seal/body_seal.h"

namespace purser::gateway {
namespace {

constexpr std::string_view text_mark = "sealed:";

}  // namespace

std::string seal_text(Sealer& sealer, const std::string& tenant, std::string text) {
  StoredBody sealed = sealer(tenant, std::move(text));
  // What a target answered may begin so, too: a blank tells it from what was sealed.
  if (sealed.seal == 0) return (sealed.bytes.starts_with(text_mark) ? " " : "") + std::move(sealed.bytes);
  std::string bytes(sizeof sealed.seal, '\0');
  std::memcpy(bytes.data(), &sealed.seal, sizeof sealed.seal);
  return std::string(text_mark) + transfer::to_base64(bytes + sealed.bytes);
}

std::expected<std::string, Status> open_text(Sealing& sealing, std::string_view kept) {
  if (!kept.starts_with(text_mark)) return std::string(kept);
  const Status changed{StatusClass::defect, "SEAL-0003", "a sealed text is not what was sealed there"};
  const auto bytes = transfer::from_base64(std::string(kept.substr(text_mark.size())));
  std::int64_t seal = 0;
  if (!bytes || bytes->size() < sizeof seal + sealed_length(0)) return std::unexpected(changed);
  std::memcpy(&seal, bytes->data(), sizeof seal);
  const auto key = sealing.to_open(key_of_seal(seal));
  if (!key) return std::unexpected(key.error());
  auto text = open_body(**key, seal, std::string_view(*bytes).substr(sizeof seal),
                        plain_length(bytes->size() - sizeof seal));
  if (!text) return std::unexpected(changed);
  return std::move(*text);
}

}  // namespace purser::gateway

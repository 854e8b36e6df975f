#include "gateway/message/ids.h"

#include <array>

namespace purser::gateway {
namespace {

// Crockford's base 32: no I, L, O, U, so that an id survives being read over the telephone.
constexpr std::string_view digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t length = 13;  // 65 bits hold any int64

std::string write(char kind, std::int64_t value) {
  std::string out(length + 1, kind);
  auto rest = static_cast<std::uint64_t>(value);
  for (std::size_t i = length; i > 0; --i, rest >>= 5) out[i] = digits[rest & 31];
  return out;
}

int digit(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'I' || c == 'L') c = '1';
  if (c == 'O') c = '0';
  const std::size_t at = digits.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::optional<std::int64_t> read(char kind, std::string_view text) {
  if (text.size() != length + 1 || (text[0] | 0x20) != kind) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 1; i <= length; ++i) {
    const int next = digit(text[i]);
    if (next < 0 || value >> 59 != 0) return std::nullopt;
    value = value << 5 | static_cast<std::uint64_t>(next);
  }
  if (value == 0 || value > INT64_MAX) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

}  // namespace

std::string text(MessageId id) { return write('m', id.value); }
std::string text(DeliveryId id) { return write('d', id.value); }

std::optional<MessageId> parse_message_id(std::string_view text) {
  const auto value = read('m', text);
  return value ? std::optional(MessageId{*value}) : std::nullopt;
}

std::optional<DeliveryId> parse_delivery_id(std::string_view text) {
  const auto value = read('d', text);
  return value ? std::optional(DeliveryId{*value}) : std::nullopt;
}

}  // namespace purser::gateway

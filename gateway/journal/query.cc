#include "gateway/journal/query.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include <fmt/format.h>

namespace purser::gateway {

bool HitPlace::is_before(const HitPlace& other) const {
  return std::tie(other.message, other.document, kind) < std::tie(message, document, other.kind);
}

std::string text(const HitPlace& place) {
  return fmt::format("{}.{}.{}", text(place.message), place.document, place.kind);
}

std::optional<HitPlace> parse_hit_place(std::string_view text) {
  HitPlace place;
  const auto message = parse_message_id(text.substr(0, text.find('.')));
  if (!message) return std::nullopt;
  place.message = *message;
  text.remove_prefix(std::min(text.find('.'), text.size()));
  const auto kind = text.find('.', 1);
  if (kind == std::string_view::npos) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + kind, place.document);
  if (error != std::errc() || end != text.data() + kind) return std::nullopt;
  place.kind = text.substr(kind + 1);
  return place;
}

}  // namespace purser::gateway

// Structured Field Values for HTTP (RFC 8941): read strictly, written in their one canonical form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace purser::gateway::structured {

struct Token {
  std::string text;
  friend bool operator==(const Token&, const Token&) = default;
};
struct Bytes {
  std::string bytes;
  friend bool operator==(const Bytes&, const Bytes&) = default;
};
/// Thousandths: a decimal has at most 12 digits before and 3 after the point.
struct Decimal {
  std::int64_t thousandths;
  friend bool operator==(const Decimal&, const Decimal&) = default;
};
using BareItem = std::variant<std::int64_t, Decimal, std::string, Token, Bytes, bool>;

/// In order; a key that comes twice has its last value at its first place (RFC 8941 section 4.2.3.2).
using Parameters = std::vector<std::pair<std::string, BareItem>>;
const BareItem* find(const Parameters& parameters, std::string_view key);

struct Item {
  BareItem value;
  Parameters parameters;
};
struct InnerList {
  std::vector<Item> items;
  Parameters parameters;
};
using Member = std::variant<Item, InnerList>;
using List = std::vector<Member>;
using Dictionary = std::vector<std::pair<std::string, Member>>;
const Member* find(const Dictionary& dictionary, std::string_view key);

/// Longer values, or more members, are nobody's signature.
inline constexpr std::size_t max_field_bytes = 16 * 1024;
inline constexpr std::size_t max_members = 256;

/// Nothing if the text is not exactly such a value. [any]
std::optional<Item> parse_item(std::string_view text);
std::optional<List> parse_list(std::string_view text);
std::optional<Dictionary> parse_dictionary(std::string_view text);

/// RFC 8941 section 4.1. [any]
std::string serialized(const BareItem& item);
std::string serialized(const Parameters& parameters);
std::string serialized(const Item& item);
std::string serialized(const InnerList& list);
std::string serialized(const Member& member);
std::string serialized(const List& list);
std::string serialized(const Dictionary& dictionary);

}  // namespace purser::gateway::structured

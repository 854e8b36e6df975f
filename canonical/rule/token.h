// The words of a check.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace purser::rule {

enum class TokenKind : std::uint8_t { name, number, text, mark, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;  ///< of a text without its quotes; of a mark "<=", "[", "."
};

/// Ends with a token of kind `end`. [any]
std::expected<std::vector<Token>, std::string> tokens_of(std::string_view check);

}  // namespace purser::rule

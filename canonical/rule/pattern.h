// A small pattern language for identifiers, matched in linear time whatever the text.
#pragma once

#include <bitset>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace purser::rule {

/// Characters and classes in order, each with a repetition: `DE[0-9]{9}`, `[A-Z0-9]{1,16}(…)?` is not known.
/// `.` stands for any byte; `{n}`, `{n,m}`, `?`, `*` and `+` repeat what stands before; `\` takes away the
/// meaning. The whole text must match. [any]
class Pattern {
 public:
  static constexpr std::uint32_t unbounded = UINT32_MAX;

  static std::expected<Pattern, std::string> compile(std::string_view text);
  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  struct Atom {
    std::bitset<256> bytes;
    std::uint32_t least = 1, most = 1;
  };
  std::vector<Atom> atoms_;
};

}  // namespace purser::rule

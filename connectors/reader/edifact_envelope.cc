#include "connectors/reader/edifact_envelope.h"

#include <algorithm>

namespace purser::edifact {
namespace {

using reader::Charset;

struct Level {
  std::string_view identifier;
  Charset charset;
};

// Code list 0001 of UN/EDIFACT service code directory.
constexpr Level levels[] = {
    {"UNOA", Charset::us_ascii},   {"UNOB", Charset::us_ascii},   {"UNOC", Charset::iso_8859_1},
    {"UNOD", Charset::iso_8859_2}, {"UNOE", Charset::iso_8859_5}, {"UNOF", Charset::iso_8859_7},
    {"UNOG", Charset::iso_8859_3}, {"UNOH", Charset::iso_8859_4}, {"UNOI", Charset::iso_8859_6},
    {"UNOJ", Charset::iso_8859_8}, {"UNOK", Charset::iso_8859_9}, {"UNOL", Charset::iso_8859_15},
    {"UNOW", Charset::utf_8},      {"UNOX", Charset::us_ascii},   {"UNOY", Charset::utf_8}};

// ISO 9735, clause 5: what UNOA and UNOB hold besides letters and digits.
constexpr std::string_view signs_of_unoa = " .,-()/=!\"%&*;<>'+:?";
constexpr std::string_view signs_of_unob = " .,-()/=!\"%&*;<>'+:?";

}  // namespace

std::optional<Charset> charset_of(std::string_view syntax_identifier) {
  const auto* found = std::ranges::find(levels, syntax_identifier, &Level::identifier);
  if (found == std::end(levels)) return std::nullopt;
  return found->charset;
}

bool allowed_by(std::string_view syntax_identifier, unsigned char ascii) {
  const bool capital = (ascii >= 'A' && ascii <= 'Z') || (ascii >= '0' && ascii <= '9');
  if (syntax_identifier == "UNOA") return capital || signs_of_unoa.contains(static_cast<char>(ascii));
  if (syntax_identifier == "UNOB") {
    return capital || (ascii >= 'a' && ascii <= 'z') || signs_of_unob.contains(static_cast<char>(ascii));
  }
  return ascii >= 0x20 && ascii != 0x7F;
}

}  // namespace purser::edifact

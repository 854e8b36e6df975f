#include "canonical/rule/check_digit.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "canonical/rule/pattern.h"
#include "canonical/value/date.h"

namespace purser::rule {
namespace {

bool digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}
int digit(char c) { return c - '0'; }

/// Σ digit × weight, weights repeated from the left.
template <std::size_t n>
int weighted(std::string_view text, const std::array<int, n>& weights) {
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) sum += digit(text[i]) * weights[i % n];
  return sum;
}

bool luhn(std::string_view text) {
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int value = digit(text[text.size() - 1 - i]) * (i % 2 == 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

bool gln(std::string_view text) {
  if (text.size() != 13 || !digits(text)) return false;
  return weighted(text, std::array{1, 3}) % 10 == 0;
}

bool norwegian(std::string_view text) {
  if (text.size() != 9 || !digits(text)) return false;
  const int rest = weighted(text.substr(0, 8), std::array{3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  const int check = rest == 0 ? 0 : 11 - rest;
  return check != 10 && check == digit(text[8]);
}

bool belgian(std::string_view text) {
  if (text.size() != 10 || !digits(text)) return false;
  const long base = std::stol(std::string(text.substr(0, 8)));
  return 97 - base % 97 == std::stol(std::string(text.substr(8)));
}

bool danish(std::string_view text) {  // the check digit is no longer given for new numbers
  return text.size() == 10 && text.starts_with("DK") && digits(text.substr(2));
}

bool alphanumeric(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; });
}

bool italian_vat(std::string_view text) {
  if (text.starts_with("IT")) text.remove_prefix(2);
  return text.size() == 11 && digits(text) && luhn(text);
}

bool australian(std::string_view text) {
  if (text.size() != 11 || !digits(text)) return false;
  const int sum =
      weighted(text, std::array{10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19}) - 10;  // the first digit less 1
  return sum % 89 == 0;
}

bool greek(std::string_view text) {
  if (text.size() != 9 || !digits(text)) return false;
  return weighted(text.substr(0, 8), std::array{256, 128, 64, 32, 16, 8, 4, 2}) % 11 % 10 == digit(text[8]);
}

bool iban(std::string_view text) {
  std::string packed;
  for (const char c : text) {
    if (c != ' ') packed += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  constexpr std::size_t shortest = 15, longest = 34;  // Norway; ISO 13616
  if (packed.size() < shortest || packed.size() > longest || !alphanumeric(packed)) return false;
  std::ranges::rotate(packed, packed.begin() + 4);
  int rest = 0;
  for (const char c : packed) {
    const int value = c <= '9' ? digit(c) : c - 'A' + 10;
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest == 1;
}

/// Local part and domain, each of labels that a dot separates; a dot neither begins nor ends one.
bool email(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos) return false;
  const auto labels = [](std::string_view part, std::string_view marks) {
    if (part.empty() || part.front() == '.' || part.back() == '.' ||
        part.find("..") != std::string_view::npos)
      return false;
    return std::ranges::all_of(part, [&](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || marks.find(c) != std::string_view::npos;
    });
  };
  const auto domain = text.substr(at + 1);
  return labels(text.substr(0, at), ".!#$%&\"*+/=?^_`{|}~-") && labels(domain, ".-") &&
         domain.find('.') != std::string_view::npos;
}

/// Lines that begin with # tell a cash discount and nothing else, each to its end.
bool skonto(std::string_view text) {
  static const auto line = Pattern::compile("#SKONTO#TAGE=[0-9]+#PROZENT=[0-9]+\\.[0-9]{2}#");
  static const auto of_amount =
      Pattern::compile("#SKONTO#TAGE=[0-9]+#PROZENT=[0-9]+\\.[0-9]{2}#BASISBETRAG=-?[0-9]+\\.[0-9]{2}#");
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view one = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!one.empty() && (one.back() == '\r' || one.back() == ' ')) one.remove_suffix(1);
    while (!one.empty() && (one.front() == ' ' || one.front() == '\t')) one.remove_prefix(1);
    if (one.starts_with('#') && !line->matches(one) && !of_amount->matches(one)) return false;
  }
  return true;
}

struct Scheme {
  std::string_view name;
  CheckDigit scheme;
  bool (*test)(std::string_view);
};
constexpr std::array schemes = {
    Scheme{"gln", CheckDigit::gln, gln},
    Scheme{"organisation_no", CheckDigit::organisation_no, norwegian},
    Scheme{"organisation_se", CheckDigit::organisation_se,
           [](std::string_view t) { return t.size() == 10 && digits(t) && luhn(t); }},
    Scheme{"enterprise_be", CheckDigit::enterprise_be, belgian},
    Scheme{"cvr_dk", CheckDigit::cvr_dk, danish},
    Scheme{"ipa_it", CheckDigit::ipa_it, [](std::string_view t) { return t.size() == 6 && alphanumeric(t); }},
    Scheme{"fiscal_it", CheckDigit::fiscal_it,
           [](std::string_view t) { return (t.size() == 16 && alphanumeric(t)) || italian_vat(t); }},
    Scheme{"vat_it", CheckDigit::vat_it, italian_vat},
    Scheme{"abn_au", CheckDigit::abn_au, australian},
    Scheme{"tin_gr", CheckDigit::tin_gr, greek},
    Scheme{"iban", CheckDigit::iban, iban},
    Scheme{"email", CheckDigit::email, email},
    Scheme{"date", CheckDigit::date,
           [](std::string_view t) { return t.size() == 10 && parse_date(t).has_value(); }},
    Scheme{"skonto_de", CheckDigit::skonto_de, skonto},
};

}  // namespace

std::optional<CheckDigit> find_check_digit(std::string_view name) {
  const auto found = std::ranges::find(schemes, name, &Scheme::name);
  return found == schemes.end() ? std::nullopt : std::optional(found->scheme);
}

bool has_valid_check_digit(CheckDigit scheme, std::string_view text) {
  return std::ranges::find(schemes, scheme, &Scheme::scheme)->test(text);
}

}  // namespace purser::rule

// Check digits of identifiers, and forms of text that no pattern can say, which rules ask for.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace purser::rule {

enum class CheckDigit : std::uint8_t {
  gln,              ///< GS1: 13 digits, modulo 10 with weights 3 and 1
  organisation_no,  ///< Norway: 9 digits, modulo 11
  organisation_se,  ///< Sweden: 10 digits, modulo 10 (Luhn)
  enterprise_be,    ///< Belgium: 10 digits, modulo 97
  cvr_dk,           ///< Denmark: DK and 8 digits
  ipa_it,           ///< Italy IPA: 6 letters or digits
  fiscal_it,        ///< Italy, codice fiscale: 16 characters, or 11 digits of a partita IVA
  vat_it,           ///< Italy, partita IVA: 11 digits, Luhn
  abn_au,           ///< Australia: 11 digits, modulo 89
  tin_gr,           ///< Greece, AFM: 9 digits, modulo 11
  iban,             ///< ISO 13616: modulo 97
  email,            ///< an email address with a domain of two labels or more
  date,             ///< a day of the calendar, YYYY-MM-DD
  skonto_de         ///< XRechnung BR-DE-18: lines that begin with # tell a cash discount
};

/// By its name in a check, "gln". [any]
std::optional<CheckDigit> find_check_digit(std::string_view name);
/// Has the text the form and the check digit of the scheme? [any]
bool has_valid_check_digit(CheckDigit scheme, std::string_view text);

}  // namespace purser::rule

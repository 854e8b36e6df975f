// The service segments of an X12 interchange as structs.
// Source: ASC X12.5 (interchange control), X12.6 (application control); element numbers as in 004010.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "canonical/value/position.h"

namespace purser::x12 {

/// The characters with a meaning, all said by ISA. 0 where the interchange has none.
struct Separators {
  char element = '*';
  char component = '>';
  char repetition = 0;  ///< ISA11 from version 00402 on
  char segment = '~';
};

/// ISA05 to ISA08, GS02 and GS03: who sends or receives.
struct Party {
  std::string id;         ///< I06, I07; 142, 124
  std::string qualifier;  ///< I05; none in a group
};

/// ISA. Values as sent, padding taken off.
struct Interchange {
  Separators separators;
  std::string authorization_qualifier = "00", authorization;  ///< I01, I02
  std::string security_qualifier = "00", security;            ///< I03, I04
  Party sender;                                               ///< I05, I06
  Party recipient;                                            ///< I05, I07
  std::string date;                                           ///< I08, YYMMDD
  std::string time;                                           ///< I09, HHMM
  std::string version = "00401";                              ///< I11
  std::string control;                                        ///< I12, nine digits
  bool acknowledgement = false;                               ///< I13: asks for a TA1
  std::string usage = "P";                                    ///< I14: P production, T test, I information
  Position at;
};

/// GS.
struct Group {
  std::string type;          ///< 479, such as PO
  Party sender;              ///< 142
  Party recipient;           ///< 124
  std::string date;          ///< 373, CCYYMMDD
  std::string time;          ///< 337
  std::string control;       ///< 28
  std::string agency = "X";  ///< 455
  std::string version;       ///< 480, such as 004010 or 005010X231A1
  std::uint32_t number = 0;  ///< ordinal in the interchange, from 1
  Position at;
};

/// ST. A TA1 between ISA and GS is given as a transaction set of type "TA1" without control number.
struct Transaction {
  std::string type;          ///< 143, such as 850
  std::string control;       ///< 329
  std::string convention;    ///< 1705, from 005010 on
  std::uint32_t number = 0;  ///< ordinal in the interchange, from 1
  Position at;
};

/// The lengths of ISA01 to ISA16, which are fixed.
inline constexpr std::array<std::uint8_t, 16> isa_lengths = {2, 10, 2, 10, 2, 15, 2, 15,
                                                             6, 4,  1, 5,  9, 1,  1, 1};

/// True if the version (ISA12) knows a repetition separator. [any]
bool has_repetitions(std::string_view isa_version);

/// The functional group (GS01) in which a transaction set travels; empty if it is not known here. [any]
std::string_view group_of(std::string_view transaction_type);

}  // namespace purser::x12

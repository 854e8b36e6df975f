// The service segments of an EDIFACT interchange as structs.
// Source: ISO 9735 (syntax 1 to 3) and ISO 9735-1:2002 (syntax 4); element numbers as published by UN/CEFACT.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "canonical/value/position.h"
#include "connectors/reader/charset.h"

namespace purser::edifact {

/// UNA: the characters with a meaning. 0 where the interchange has none.
struct Separators {
  char component = ':';
  char element = '+';
  char decimal = '.';
  char release = '?';
  char repetition = 0;  ///< '*' from syntax 4 on, or as UNA says; a blank in UNA means none
  char segment = '\'';
};

/// S002, S003, S006, S007: who sends or receives.
struct Party {
  std::string id;            ///< 0004, 0010, 0040, 0044
  std::string qualifier;     ///< 0007
  std::string internal;      ///< 0008, 0014
  std::string sub_internal;  ///< 0042, 0046
};

/// UNB. Values as sent.
struct Interchange {
  Separators separators;
  bool has_una = false;
  std::string syntax = "UNOC";     ///< S001.0001
  unsigned version = 3;            ///< S001.0002
  Party sender;                    ///< S002
  Party recipient;                 ///< S003
  std::string date;                ///< S004.0017, YYMMDD, or CCYYMMDD from syntax 4 on
  std::string time;                ///< S004.0019, HHMM
  std::string reference;           ///< 0020
  std::string password;            ///< S005.0022
  std::string password_qualifier;  ///< S005.0025
  std::string application;         ///< 0026
  std::string priority;            ///< 0029
  std::string acknowledgement;     ///< 0031, "1" asks for one
  std::string agreement;           ///< 0032
  std::string test;                ///< 0035, "1" is a test
  Position at;
};

/// UNG.
struct Group {
  std::string type;  ///< 0038
  Party sender;      ///< S006
  Party recipient;   ///< S007
  std::string date;  ///< S004
  std::string time;
  std::string reference;    ///< 0048
  std::string agency;       ///< 0051
  std::string version;      ///< S008.0052
  std::string release;      ///< S008.0054
  std::string association;  ///< S008.0057
  Position at;
};

/// UNH.
struct Message {
  std::string reference;     ///< 0062
  std::string type;          ///< S009.0065 "INVOIC"
  std::string version;       ///< S009.0052 "D"
  std::string release;       ///< S009.0054 "96A"
  std::string agency;        ///< S009.0051 "UN"
  std::string association;   ///< S009.0057 "EAN008"
  std::string access;        ///< 0068
  std::uint32_t number = 0;  ///< ordinal in the interchange, from 1
  Position at;
};

/// The character set behind a syntax identifier: UNOA and UNOB are ASCII, UNOC … UNOL parts of ISO 8859,
/// UNOW and UNOY ISO 10646 (UTF-8 on the wire), UNOX ISO 2022 (read as ASCII). Nothing for another name.
/// [any]
std::optional<reader::Charset> charset_of(std::string_view syntax_identifier);

/// True if the graphic character may stand in a message of that level: UNOA has no lower case letters and few
/// signs, UNOB adds them; the other levels know whatever their set knows. [any]
bool allowed_by(std::string_view syntax_identifier, unsigned char ascii);

}  // namespace purser::edifact

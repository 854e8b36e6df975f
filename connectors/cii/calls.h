// What CII says in a way no table can: the pure functions its tables call.
#pragma once

#include <string_view>

#include "canonical/map/call.h"

namespace purser::cii {

/// account_number: an account's number is an IBANID if it is an IBAN, else a ProprietaryID (BT-84, BT-91);
/// where both stand, the latter is an alias. project: the schema demands a name of a project; EN 16931 has
/// none and writes "Project reference" (BT-11).
map::CallTable calls();

/// True for two letters, two digits and 11 to 30 letters and digits (ISO 13616); blanks are passed over. The
/// check digits are not judged.
bool is_iban(std::string_view number);

}  // namespace purser::cii

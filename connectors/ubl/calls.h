// What UBL says in a way no table can: the pure functions its tables call.
#pragma once

#include "canonical/map/call.h"

namespace purser::ubl {

/// note_with_subject: a note of an invoice may begin with its subject between two # (EN 16931-3-2, BT-21):
/// "#AAI#Delivered in full." is a text "Delivered in full." with subject AAI.
/// participant: an Identifier of a StandardBusinessDocumentHeader with its Authority. In Peppol (Policy for
/// use of Identifiers) the value begins with the code of the scheme: 0088:7300010000001 is 7300010000001 of
/// scheme 0088.
map::CallTable calls();

}  // namespace purser::ubl

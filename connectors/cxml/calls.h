// What cXML says in a way no table can: the pure functions its tables call.
#pragma once

#include "canonical/map/call.h"

namespace purser::cxml {

/// telephone, telefax: a TelephoneNumber is four parts, a canonical number one text: "+1 800 5551212 x12" is
/// country code 1, area 800, number 5551212, extension 12. The country code's country stands in
/// telephone_country, telefax_country.
///
/// status: a Status is kept as it is in status_code, status_text, status_language and status_detail; from its
/// code comes what it means for the document, as a code of UNTDID 4343: 2xx AP (accepted), 4xx RE (rejected),
/// 5xx TR (try again or not possible here; cXML 550 to 560 are passing faults), anything else AB
/// (acknowledged).
map::CallTable calls();

}  // namespace purser::cxml

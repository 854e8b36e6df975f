// Which document answers which: the keys that a sent document and its acknowledgement have in common.
#pragma once

#include <string>
#include <vector>

#include "gateway/message/expectation.h"
#include "gateway/message/message.h"

namespace purser::gateway {

/// What a document that came in answers: the documents whose numbers it names, and, if it is an
/// acknowledgement, the interchange (CONTRL UCI, TA1) or functional group (997 AK102) it is about. Nothing for
/// an acknowledgement that was made here to be sent. [any]
Acknowledges acknowledged_by(const Document& document);

/// The keys by which a document that is sent will be named: its own number, and of the interchange it goes
/// out in, `sent` as its bytes were read back, sender, recipient and control references. [any]
std::vector<std::string> keys_of_sent(DocumentType type, const std::string& number, const Document* sent);

}  // namespace purser::gateway

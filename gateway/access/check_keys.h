// What a configuration says of keys, held against the keys themselves: the part of its check that needs
// cryptography.
#pragma once

#include "canonical/finding/finding.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// CONFIG-0017 for each file that holds no key one can use: of signers, of issuers that are read from a file,
/// of access.tokens. Addresses are not asked: an issuer may be away while the gateway starts. [any]
void check_keys(const Settings& settings, Report& report);

}  // namespace purser::gateway

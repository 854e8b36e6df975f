// Documents made up from the descriptors: every kind of field, reproducible from a seed.
#pragma once

#include <cstdint>

#include "canonical/event/recorded_events.h"

namespace purser::test {

/// Fills each field with a chance of one in `sparse`; required fields always. Fields stand in order of
/// declaration, so that writing and reading through structs and JSON gives the same events back.
RecordedEvents random_document(const DocumentDescriptor& document, std::uint64_t seed, unsigned sparse = 3);

}  // namespace purser::test

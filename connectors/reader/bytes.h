// Where readers take their bytes from and writers put theirs: the names of canonical/event/bytes.h.
#pragma once

#include "canonical/event/bytes.h"

namespace purser::reader {

using purser::ByteSink;
using purser::ByteSource;

}  // namespace purser::reader

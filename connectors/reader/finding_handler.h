// How a reader or writer reports what is wrong with a document while it goes on.
#pragma once

#include <functional>

#include "canonical/finding/finding.h"

namespace purser::reader {

/// Called once a finding, in order of discovery, on the reading thread. A finding of severity `fatal` is
/// followed by the reader's return with a Status of the same code and class `invalid`.
using FindingHandler = std::function<void(Finding)>;

}  // namespace purser::reader

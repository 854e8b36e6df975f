// What must be true after all the killing.
#pragma once

#include <string>

#include "tests/gateway/pipeline/receiver.h"

namespace purser::gateway {

/// Each order from 1 to `count` was booked once, under one delivery id, always with the same bytes.
void expect_booked_once(Receiver& receiver, int count);

/// Each order from 1 to `count` was booked once, under one delivery id, always with the same bytes; the
/// journal in `folder` has nothing half done; its bodies and its audit chain hold. Reports through
/// GoogleTest.
void expect_all_booked_once(Receiver& receiver, const std::string& folder, int count);

}  // namespace purser::gateway

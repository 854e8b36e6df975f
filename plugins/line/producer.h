// Where the events of a document to be written come from.
#pragma once

#include <functional>

#include "canonical/event/event.h"

namespace purser::plugin {

/// Gives all events of what is to be written to the sink, in order. May be called more than once.
using EventProducer = std::function<Outcome(EventSink&)>;

}  // namespace purser::plugin

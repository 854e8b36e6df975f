// Canonical documents to the bytes of an interchange.
#pragma once

#include <memory>

#include "connectors/edifact/settings.h"
#include "connectors/edifact/tables.h"
#include "plugins/sdk/connector.h"

namespace purser::edifact {

/// Starts writing one file: documents of one sender and recipient share an interchange. Everything that is
/// passed in outlives the encoder.
std::expected<std::unique_ptr<sdk::Encoder>, Status> make_encoder(Tables& tables, const sdk::Host& host,
                                                                  const sdk::Request& request, ByteSink& out,
                                                                  DocumentSink& notes);

}  // namespace purser::edifact

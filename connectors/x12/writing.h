// Canonical documents to the bytes of an interchange.
#pragma once

#include <memory>

#include "connectors/table/library.h"
#include "connectors/x12/settings.h"
#include "plugins/sdk/connector.h"

namespace purser::x12 {

/// Starts writing one file: documents of one sender and recipient share an interchange, those of one kind a
/// functional group. Everything that is passed in outlives the encoder.
std::expected<std::unique_ptr<sdk::Encoder>, Status> make_encoder(table::Library& tables,
                                                                  const sdk::Host& host,
                                                                  const sdk::Request& request, ByteSink& out,
                                                                  DocumentSink& notes);

}  // namespace purser::x12

// Canonical documents to files.
#pragma once

#include <memory>

#include "connectors/mapped/settings.h"
#include "connectors/mapped/tables.h"
#include "plugins/sdk/connector.h"

namespace purser::mapped {

/// Starts writing one file: all documents of a delimited file, the one document of an XML file. Everything
/// that is passed in outlives the encoder.
std::unique_ptr<sdk::Encoder> make_encoder(Tables& tables, const sdk::Host& host, const sdk::Request& request,
                                           Settings settings, ByteSink& out, DocumentSink& notes);

}  // namespace purser::mapped

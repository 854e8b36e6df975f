#include "plugins/sdk/connector.h"

namespace purser::sdk {

Detection Connector::detect(std::string_view /*prefix*/) { return {}; }

Outcome Connector::decode(const Request& /*request*/, ByteSource& /*in*/, DocumentSink& /*out*/) {
  return std::unexpected(Status{StatusClass::invalid, "HOST-0017", "this connector does not read"});
}

std::expected<std::unique_ptr<Encoder>, Status> Connector::encode(const Request& /*request*/,
                                                                  ByteSink& /*out*/,
                                                                  DocumentSink& /*notes*/) {
  return std::unexpected(Status{StatusClass::invalid, "HOST-0017", "this connector does not write"});
}

}  // namespace purser::sdk

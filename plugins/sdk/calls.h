// The C functions behind every connector written with this SDK. Not for authors.
#pragma once

#include "plugins/abi/purser.h"

namespace purser::sdk {

void destroy_instance(purser_instance* instance);
purser_status detect_file(purser_instance* instance, purser_text prefix, purser_detection* out);
purser_status decode_file(purser_instance* instance, const purser_request* request,
                          const purser_source* source, const purser_sink* sink);
purser_status open_encoder(purser_instance* instance, const purser_request* request, const purser_sink* sink,
                           purser_encoder** out);
purser_status push_to_encoder(purser_encoder* encoder, const purser_event* events, size_t count);
purser_status finish_encoder(purser_encoder* encoder);
void close_encoder(purser_encoder* encoder);
const void* connector_extension(const char* id);

}  // namespace purser::sdk

/* Fails and does not say why. */
#include "tests/plugins/broken/broken.h"

static purser_status decode(purser_instance* instance, const purser_request* request,
                            const purser_source* source, const purser_sink* sink) {
  (void)instance;
  (void)request;
  (void)source;
  (void)sink;
  return PURSER_INVALID;
}

BROKEN_CONNECTOR(good_create, decode)

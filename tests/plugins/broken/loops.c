/* Loops for ever, using the processor. */
#include "tests/plugins/broken/broken.h"

static volatile unsigned turns;

static purser_status decode(purser_instance* instance, const purser_request* request,
                            const purser_source* source, const purser_sink* sink) {
  (void)instance;
  (void)request;
  (void)source;
  (void)sink;
  do {
    turns = turns + 2;
  } while (turns != 1);
  return PURSER_OK;
}

BROKEN_CONNECTOR(good_create, decode)

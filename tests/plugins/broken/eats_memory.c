/* Takes memory until there is none, and then uses what it did not get. */
#include <stdlib.h>

#include "tests/plugins/broken/broken.h"

static purser_status decode(purser_instance* instance, const purser_request* request,
                            const purser_source* source, const purser_sink* sink) {
  (void)instance;
  (void)request;
  (void)source;
  (void)sink;
  const size_t piece = (size_t)4 << 20;
  void** last = NULL;
  do {
    void** next = malloc(piece);
    memset((void*)next, 1, piece);
    *next = (void*)last;
    last = next;
  } while (last != NULL);
  return PURSER_OK;
}

BROKEN_CONNECTOR(good_create, decode)

/* Writes outside its memory: everywhere it can reach upwards from a small block. */
#include <stdlib.h>

#include "tests/plugins/broken/broken.h"

static purser_status decode(purser_instance* instance, const purser_request* request,
                            const purser_source* source, const purser_sink* sink) {
  (void)instance;
  (void)request;
  (void)source;
  (void)sink;
  volatile char* block = malloc(16);
  size_t i = 0;
  do {
    block[i] = (char)0xAA;
  } while (++i != 0);
  return PURSER_OK;
}

BROKEN_CONNECTOR(good_create, decode)

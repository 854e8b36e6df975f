/* Cannot do without an extension nobody offers. */
#include "tests/plugins/broken/broken.h"

static const char* const needs[] = {"purser.teleport/7", NULL};

static purser_status decode(purser_instance* instance, const purser_request* request,
                            const purser_source* source, const purser_sink* sink) {
  (void)instance;
  (void)request;
  (void)source;
  (void)sink;
  return PURSER_OK;
}

const purser_connector* purser_connector_entry(void) {
  static purser_connector entry = BROKEN_ENTRY(good_create, decode);
  entry.needs = needs;
  return &entry;
}

/* Says its entry ends before `decode`. */
#include "tests/plugins/broken/broken.h"

const purser_connector* purser_connector_entry(void) {
  static purser_connector entry = BROKEN_ENTRY(good_create, NULL);
  entry.size = (uint32_t)offsetof(purser_connector, decode);
  return &entry;
}

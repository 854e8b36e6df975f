/* Built for another version of the line. */
#include "tests/plugins/broken/broken.h"

const purser_connector* purser_connector_entry(void) {
  static purser_connector entry = BROKEN_ENTRY(good_create, NULL);
  entry.major = PURSER_ABI_MAJOR + 1;
  return &entry;
}

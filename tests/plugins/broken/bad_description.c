/* Has a name that is none, a document type that is none, and no decode for what it says it decodes. */
#include "tests/plugins/broken/broken.h"

const purser_connector* purser_connector_entry(void) {
  static const purser_message nothing = {sizeof(purser_message), 999, PURSER_DECODES, "NOTHING", no_texts};
  static const purser_message* const list[] = {&nothing, NULL};
  static const purser_format bad = {sizeof(purser_format), PURSER_DECODES, "bad", "Bad", no_texts, list};
  static const purser_format* const all[] = {&bad, NULL};
  static purser_connector entry = BROKEN_ENTRY(good_create, NULL);
  entry.name = "Not A Name";
  entry.formats = all;
  return &entry;
}

/* Gives no entry. */
#include "tests/plugins/broken/broken.h"

const purser_connector* purser_connector_entry(void) { return NULL; }

/* Gives events that are none: the file names the lie. */
#include "tests/plugins/broken/broken.h"

static purser_status decode(purser_instance* instance, const purser_request* request,
                            const purser_source* source, const purser_sink* sink) {
  (void)instance;
  (void)request;
  char lie[64];
  purser_status status = read_word(source, lie, sizeof lie);
  if (status != PURSER_OK) return status;
  purser_event events[] = {event_of(PURSER_BEGIN_DOCUMENT, PURSER_DOCUMENT_PURCHASE_ORDER),
                           text_field(ORDER_NUMBER, "4711"), event_of(PURSER_END_DOCUMENT, 0)};
  size_t count = 3;
  if (strcmp(lie, "nesting") == 0) events[1] = event_of(PURSER_END_GROUP, 0);
  if (strcmp(lie, "number") == 0) events[1].number = 64000;
  if (strcmp(lie, "document") == 0) events[0].number = 999;
  if (strcmp(lie, "utf8") == 0) events[1] = text_field(ORDER_NUMBER, "\xC3(");
  if (strcmp(lie, "kind") == 0) events[1].kind = 77;
  if (strcmp(lie, "type") == 0) events[1].type = 77;
  if (strcmp(lie, "wrong type") == 0) {
    events[1].type = PURSER_TYPE_INTEGER;
    events[1].value.integer = 1;
  }
  if (strcmp(lie, "decimal") == 0) {
    events[1].type = PURSER_TYPE_DECIMAL;
    events[1].value.integer = INT64_MAX;
  }
  if (strcmp(lie, "null") == 0) events[1].value.bytes = (purser_text){NULL, 100};
  if (strcmp(lie, "twice") == 0) events[2] = events[1];
  if (strcmp(lie, "open") == 0) count = 2;
  if (strcmp(lie, "write") == 0) return sink->write(sink, "x", 1);
  return sink->push(sink, events, count);
}

BROKEN_CONNECTOR(good_create, decode)

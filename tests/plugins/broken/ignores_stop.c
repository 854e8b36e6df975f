/* Goes on pushing after it was told to stop; for ever, unless the file says "a while". */
#include "tests/plugins/broken/broken.h"

static purser_status decode(purser_instance* instance, const purser_request* request,
                            const purser_source* source, const purser_sink* sink) {
  (void)instance;
  (void)request;
  char word[64];
  read_word(source, word, sizeof word);
  const int for_ever = strcmp(word, "a while") != 0;
  const purser_event begin[] = {event_of(PURSER_BEGIN_DOCUMENT, PURSER_DOCUMENT_PURCHASE_ORDER)};
  sink->push(sink, begin, 1);
  for (int i = 0; for_ever || i < 100000; ++i) {
    const purser_event line[] = {event_of(PURSER_BEGIN_GROUP, ORDER_LINES), text_field(LINE_NUMBER, "1"),
                                 event_of(PURSER_END_GROUP, ORDER_LINES)};
    sink->push(sink, line, 3);
  }
  return PURSER_OK;
}

BROKEN_CONNECTOR(good_create, decode)

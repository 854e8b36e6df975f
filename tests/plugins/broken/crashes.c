/* Crashes at record 1,000. */
#include <signal.h>

#include "tests/plugins/broken/broken.h"

static purser_status decode(purser_instance* instance, const purser_request* request,
                            const purser_source* source, const purser_sink* sink) {
  (void)instance;
  (void)request;
  (void)source;
  purser_event events[] = {event_of(PURSER_BEGIN_DOCUMENT, PURSER_DOCUMENT_PURCHASE_ORDER),
                           text_field(ORDER_NUMBER, "4711")};
  purser_status status = sink->push(sink, events, 2);
  for (int record = 1; status == PURSER_OK; ++record) {
    if (record == 1000) raise(SIGSEGV);
    const purser_event line[] = {event_of(PURSER_BEGIN_GROUP, ORDER_LINES), text_field(LINE_NUMBER, "1"),
                                 event_of(PURSER_END_GROUP, ORDER_LINES)};
    status = sink->push(sink, line, 3);
  }
  return status;
}

BROKEN_CONNECTOR(good_create, decode)

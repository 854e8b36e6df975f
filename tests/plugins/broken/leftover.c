/* The first document leaves something behind that kills the second: at once, or after many lines if the file
 * says "late". */
#include <signal.h>

#include "tests/plugins/broken/broken.h"

static int documents;

static purser_status decode(purser_instance* instance, const purser_request* request,
                            const purser_source* source, const purser_sink* sink) {
  (void)instance;
  (void)request;
  char word[64];
  purser_status status = read_word(source, word, sizeof word);
  if (status != PURSER_OK) return status;
  const int late = strcmp(word, "late") == 0;
  const int dies = documents++ > 0;
  if (dies && !late) raise(SIGSEGV);
  const purser_event begin[] = {event_of(PURSER_BEGIN_DOCUMENT, PURSER_DOCUMENT_PURCHASE_ORDER),
                                text_field(ORDER_NUMBER, "4711")};
  const purser_event end = event_of(PURSER_END_DOCUMENT, 0);
  status = sink->push(sink, begin, 2);
  for (int line = 0; late && line < 10000 && status == PURSER_OK; ++line) {
    const purser_event events[] = {event_of(PURSER_BEGIN_GROUP, ORDER_LINES), text_field(LINE_NUMBER, "1"),
                                   event_of(PURSER_END_GROUP, ORDER_LINES)};
    status = sink->push(sink, events, 3);
  }
  if (dies) raise(SIGSEGV);
  return status == PURSER_OK ? sink->push(sink, &end, 1) : status;
}

BROKEN_CONNECTOR(good_create, decode)

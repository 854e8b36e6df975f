/* Makes endless results out of a small file: lines, findings or losses, as the file says. */
#include "tests/plugins/broken/broken.h"

static purser_status decode(purser_instance* instance, const purser_request* request,
                            const purser_source* source, const purser_sink* sink) {
  (void)instance;
  (void)request;
  char word[64];
  purser_status status = read_word(source, word, sizeof word);
  const purser_event begin[] = {event_of(PURSER_BEGIN_DOCUMENT, PURSER_DOCUMENT_PURCHASE_ORDER),
                                text_field(ORDER_NUMBER, "4711")};
  const purser_event line[] = {event_of(PURSER_BEGIN_GROUP, ORDER_LINES), text_field(LINE_NUMBER, "1"),
                               event_of(PURSER_END_GROUP, ORDER_LINES)};
  purser_finding finding;
  memset(&finding, 0, sizeof finding);
  finding.size = sizeof finding;
  finding.severity = PURSER_ERROR;
  finding.code = text_of("UBL-0001");
  purser_loss loss;
  memset(&loss, 0, sizeof loss);
  loss.size = sizeof loss;
  if (status == PURSER_OK) status = sink->push(sink, begin, 2);
  while (status == PURSER_OK) {
    if (strcmp(word, "findings") == 0)
      status = sink->finding(sink, &finding);
    else if (strcmp(word, "losses") == 0)
      status = sink->loss(sink, &loss);
    else
      status = sink->push(sink, line, 3);
  }
  return status;
}

BROKEN_CONNECTOR(good_create, decode)

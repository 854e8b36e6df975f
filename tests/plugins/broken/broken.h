/* A whole connector around one bad function: what each fixture does wrong is all its file shows. */
#ifndef PURSER_TESTS_BROKEN_H
#define PURSER_TESTS_BROKEN_H

#include <string.h>

#include "plugins/abi/purser.h"

#ifdef __cplusplus
extern "C" {
#endif

struct purser_instance {
  int unused;
};

static struct purser_instance the_instance;

static const char* const no_texts[] = {NULL};
static const purser_message order = {sizeof(purser_message), PURSER_DOCUMENT_PURCHASE_ORDER, PURSER_DECODES,
                                     "ORDER", no_texts};
static const purser_message* const messages[] = {&order, NULL};
static const purser_format format = {sizeof(purser_format), PURSER_DECODES, "broken",
                                     "Broken on purpose",   no_texts,       messages};
static const purser_format* const formats[] = {&format, NULL};

static inline purser_status good_create(const purser_host* host, const purser_sink* sink,
                                        purser_instance** out) {
  (void)host;
  (void)sink;
  *out = &the_instance;
  return PURSER_OK;
}

static inline void good_destroy(purser_instance* instance) { (void)instance; }

static inline purser_text text_of(const char* text) {
  purser_text result = {text, strlen(text)};
  return result;
}

static inline purser_event event_of(uint8_t kind, uint16_t number) {
  purser_event event;
  memset(&event, 0, sizeof event);
  event.kind = kind;
  event.number = number;
  return event;
}

static inline purser_event text_field(uint16_t number, const char* text) {
  purser_event event = event_of(PURSER_FIELD, number);
  event.type = PURSER_TYPE_TEXT;
  event.value.bytes = text_of(text);
  return event;
}

/* The document's whole content, if it is short; for fixtures that are told what to do. */
static inline purser_status read_word(const purser_source* source, char* into, size_t capacity) {
  size_t size = 0;
  size_t got = 0;
  do {
    const purser_status status = source->read(source, into + size, capacity - 1 - size, &got);
    if (status != PURSER_OK) return status;
    size += got;
  } while (got != 0 && size < capacity - 1);
  into[size] = '\0';
  return PURSER_OK;
}

/* Numbers of the model that fixtures use. */
#define ORDER_NUMBER 1
#define ORDER_LINES 53
#define LINE_NUMBER 1

#define BROKEN_ENTRY(create, decode)                                                                        \
  {                                                                                                         \
    PURSER_ABI_MAJOR, PURSER_ABI_MINOR, sizeof(purser_connector), 0, "broken", "1.0", "Broken on purpose",  \
        formats, NULL, no_texts, no_texts, create, good_destroy, NULL, decode, NULL, NULL, NULL, NULL, NULL \
  }

#define BROKEN_CONNECTOR(create, decode)                                \
  const purser_connector* purser_connector_entry(void) {                \
    static const purser_connector entry = BROKEN_ENTRY(create, decode); \
    return &entry;                                                      \
  }

#ifdef __cplusplus
}
#endif

#endif

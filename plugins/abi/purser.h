/* The line between Purser and a connector: C11, valid C++, includes nothing of Purser.
 *
 * A connector is a shared library with one exported function, purser_connector_entry. README.md beside this
 * file says what may change and what never will.
 *
 * Rules that hold everywhere:
 *  - Memory never changes owner. Arguments are borrowed until the call returns; results are pushed into the
 *    caller's functions, which copy what they keep.
 *  - No exception, longjmp or signal crosses the line.
 *  - Texts are UTF-8, not terminated unless the type is const char*.
 *  - A size member counts the bytes of the struct as its writer knew it. Read a member only if it lies inside.
 *  - Thread tags: [setup] before or after all other calls, one thread; [serial] one call at a time for the same
 *    object; [any] from any number of threads at once.
 */
#ifndef PURSER_ABI_PURSER_H
#define PURSER_ABI_PURSER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PURSER_ABI_MAJOR 1u /* differs: the connector is refused */
#define PURSER_ABI_MINOR 0u /* grows with each member added at an end */

#define PURSER_CONNECTOR_ENTRY "purser_connector_entry"

/* ---- status: what the caller does next ------------------------------------------------------------------ */

typedef int32_t purser_status;
#define PURSER_OK 0
#define PURSER_INVALID 1     /* the document is wrong: park it with its findings */
#define PURSER_DENIED 2      /* not allowed: alarm */
#define PURSER_UNAVAILABLE 3 /* try again later with backoff */
#define PURSER_OVERLOADED 4  /* try again later, when the other side says */
#define PURSER_DEFECT 5      /* a fault of the connector or of Purser: park and alarm */
#define PURSER_STOPPED 6     /* the host wants no more: return this at once, do not call the host again */

/* ---- values --------------------------------------------------------------------------------------------- */

/* Borrowed bytes. data may be NULL if size is 0. */
typedef struct purser_text {
  const char* data;
  size_t size;
} purser_text;

/* A place in the source document; counts start at 1, 0 is "not known". Frozen for this major. */
typedef struct purser_position {
  uint64_t offset;    /* byte offset from the start of the file, 0-based */
  uint32_t line;      /* ended by LF, CR or CR LF */
  uint32_t column;    /* byte column within the line */
  uint32_t segment;   /* ordinal of the EDI segment, CSV record or XML element */
  uint16_t element;   /* data element within the segment, column within the record */
  uint16_t component; /* component within a composite */
  uint16_t table;     /* index into the connector's tables (purser.explain/1) + 1 */
  uint16_t row;       /* line of that table */
  uint32_t reserved;  /* 0 */
} purser_position;

#define PURSER_NO_OFFSET INT16_MIN /* offset_minutes: local time, zone not stated */

/* Date, time or both. Frozen for this major. */
typedef struct purser_date_time {
  int16_t year;
  uint8_t month;
  uint8_t day;
  uint8_t hour;
  uint8_t minute;
  uint8_t second; /* 60 only where the source said so */
  uint8_t reserved;
  uint32_t nanosecond;
  int16_t offset_minutes; /* from UTC, or PURSER_NO_OFFSET */
  uint16_t reserved2;
} purser_date_time;

/* purser_event.kind */
#define PURSER_BEGIN_DOCUMENT 1u /* number: PURSER_DOCUMENT_… */
#define PURSER_BEGIN_GROUP 2u    /* number: field number of the group in its parent */
#define PURSER_FIELD 3u          /* number: field number; type and value are set */
#define PURSER_END_GROUP 4u
#define PURSER_END_DOCUMENT 5u

/* purser_event.type, only with PURSER_FIELD */
#define PURSER_TYPE_TEXT 1u      /* value.bytes */
#define PURSER_TYPE_CODE 2u      /* value.bytes */
#define PURSER_TYPE_DECIMAL 3u   /* value.integer is the coefficient, |…| < 10^18; scale 0 … 18 */
#define PURSER_TYPE_INTEGER 4u   /* value.integer */
#define PURSER_TYPE_BOOLEAN 5u   /* value.integer, 0 or 1 */
#define PURSER_TYPE_DATE 6u      /* value.when, the date part */
#define PURSER_TYPE_TIME 7u      /* value.when, the time part */
#define PURSER_TYPE_DATE_TIME 8u /* value.when */
#define PURSER_TYPE_BINARY 9u    /* value.bytes, raw */

/* One event of a canonical document. Stands in arrays, so it is frozen for this major. */
typedef struct purser_event {
  uint16_t number;
  uint8_t kind;
  uint8_t type;
  uint8_t scale;
  uint8_t reserved[3]; /* 0 */
  union {
    int64_t integer;
    purser_date_time when;
    purser_text bytes; /* borrowed until the function that takes the batch returns */
  } value;
  purser_position at;
} purser_event;

/* Document types, as in canonical/spec. PURSER_DOCUMENT_ANY: whichever the configuration says. */
#define PURSER_DOCUMENT_ANY 0u
#define PURSER_DOCUMENT_REQUISITION 1u
#define PURSER_DOCUMENT_SUPPLIER 2u
#define PURSER_DOCUMENT_PURCHASE_ORDER 3u
#define PURSER_DOCUMENT_ORDER_CHANGE 4u
#define PURSER_DOCUMENT_ORDER_RESPONSE 5u
#define PURSER_DOCUMENT_SHIP_NOTICE 6u
#define PURSER_DOCUMENT_RECEIPT 7u
#define PURSER_DOCUMENT_INVOICE 8u
#define PURSER_DOCUMENT_INVOICE_RESPONSE 9u
#define PURSER_DOCUMENT_INVOICE_EXCEPTION 10u
#define PURSER_DOCUMENT_PAYMENT_ORDER 11u
#define PURSER_DOCUMENT_PAYMENT_STATUS 12u
#define PURSER_DOCUMENT_BANK_STATEMENT 13u
#define PURSER_DOCUMENT_REMITTANCE 14u
#define PURSER_DOCUMENT_TAX_REQUEST 15u
#define PURSER_DOCUMENT_TAX_RESULT 16u
#define PURSER_DOCUMENT_ACKNOWLEDGEMENT 17u
#define PURSER_DOCUMENT_CATALOGUE 18u
#define PURSER_DOCUMENT_STATEMENT 19u
#define PURSER_DOCUMENT_SERVICE_PROFILE 20u

#define PURSER_INFO 1u
#define PURSER_WARNING 2u
#define PURSER_ERROR 3u
#define PURSER_FATAL 4u

/* What is wrong with a document. */
typedef struct purser_finding {
  uint32_t size;
  uint32_t severity; /* PURSER_INFO … PURSER_FATAL */
  purser_position at;
  purser_text code;     /* "EDIFACT-0013" */
  purser_text source;   /* the source's own name for the place: "NAD.C082.3039" */
  purser_text path;     /* canonical path: "lines[3].price.amount" */
  purser_text message;  /* what was found */
  purser_text expected; /* what would have been right */
  purser_text remedy;   /* how to mend it */
} purser_finding;

/* A value of the source that no canonical field carries, or a canonical value that the format cannot hold. */
typedef struct purser_loss {
  uint32_t size;
  uint32_t reserved;
  purser_position at;
  purser_text source;
  purser_text value;
} purser_loss;

/* ---- what the host gives ---------------------------------------------------------------------------------- */

/* The world as a connector sees it. Lives longer than every instance made with it. */
typedef struct purser_host {
  uint32_t major;
  uint32_t minor;
  uint32_t size;
  uint32_t reserved;
  /* The table of an extension ("purser.kv/1"), or NULL where this host has it not. [any]
   * Its first member is the table's size; its functions take this host. */
  const void* (*extension)(const struct purser_host* host, const char* id);
} purser_host;

#define PURSER_STRICT 1u /* purser_request.options: warnings count as errors */

/* One piece of work. */
typedef struct purser_request {
  uint32_t size;
  uint32_t options;           /* PURSER_STRICT */
  purser_text format;         /* one of the entry's formats; empty when reading: find out */
  purser_text message;        /* "INVOIC", "Invoice"; empty: find out, or the only one there is */
  purser_text version;        /* "D96A", "2.1"; empty: find out, or the newest */
  purser_text media_type;     /* as declared by the sender, may be empty */
  purser_text file_name;      /* without folder, may be empty */
  purser_text tenant;         /* whose document; scope of key-value, sequences and secrets */
  purser_text partner;        /* the other side, as the configuration names it; may be empty */
  purser_text settings;       /* JSON object: the route's settings over the connector's; may be empty */
  const purser_text* overlays; /* names of overlays among purser.tables/1, first applied first */
  size_t overlay_count;
} purser_request;

/* Where decode takes its bytes from. [serial] */
typedef struct purser_source {
  uint32_t size;
  uint32_t reserved;
  /* Fills up to `capacity` bytes and sets *got; 0 is the end. May give less than asked for. */
  purser_status (*read)(const struct purser_source* source, char* into, size_t capacity, size_t* got);
} purser_source;

/* Where results go. [serial] Each function that returns a status other than PURSER_OK wants no more: clean up
 * and return that status. */
typedef struct purser_sink {
  uint32_t size;
  uint32_t reserved;
  /* Decoding: the next events. A batch may cut a document anywhere; 64 to 1,024 events are a good size. */
  purser_status (*push)(const struct purser_sink* sink, const purser_event* events, size_t count);
  /* Encoding: the next bytes of the file. */
  purser_status (*write)(const struct purser_sink* sink, const char* bytes, size_t size);
  purser_status (*finding)(const struct purser_sink* sink, const purser_finding* finding);
  purser_status (*loss)(const struct purser_sink* sink, const purser_loss* loss);
  /* Says why the call is about to return something else than PURSER_OK: a finding code and a sentence. */
  void (*fail)(const struct purser_sink* sink, purser_text code, purser_text message);
} purser_sink;

/* ---- what the connector is ------------------------------------------------------------------------------- */

#define PURSER_DECODES 1u
#define PURSER_ENCODES 2u

/* A message of a format: "INVOIC" is an invoice in D96A and D01B. */
typedef struct purser_message {
  uint32_t size;
  uint16_t document;           /* PURSER_DOCUMENT_… */
  uint16_t directions;         /* PURSER_DECODES | PURSER_ENCODES */
  const char* name;
  const char* const* versions; /* NULL-terminated; newest first */
} purser_message;

typedef struct purser_format {
  uint32_t size;
  uint32_t directions;
  const char* name;                       /* "edifact": lower case letters, digits, '-', '_', '.' */
  const char* title;                      /* "UN/EDIFACT" */
  const char* const* media_types;         /* NULL-terminated; the first is what encode writes */
  const purser_message* const* messages;  /* NULL-terminated; empty: the configuration says */
} purser_format;

/* What a file seems to be. */
typedef struct purser_detection {
  uint32_t size;
  uint32_t confidence; /* 0 not mine … 100 certain */
  char format[32];     /* terminated, as are the others */
  char message[64];
  char version[32];
} purser_detection;

typedef struct purser_instance purser_instance; /* one configured connector */
typedef struct purser_encoder purser_encoder;   /* one file being written */

#define PURSER_SERIAL 1u /* purser_connector.flags: one call at a time for each instance, please */

/* The entry. Static: everything up to `create` is readable without running code. */
typedef struct purser_connector {
  uint32_t major; /* these three words never change, in any major */
  uint32_t minor;
  uint32_t size;
  uint32_t flags;
  const char* name;                     /* "edifact" */
  const char* version;                  /* of the connector: "1.4.0" */
  const char* title;                    /* a few words for people */
  const purser_format* const* formats;  /* NULL-terminated */
  const char* settings_schema;          /* JSON Schema (2020-12) of its settings, or NULL for none */
  const char* const* secrets;           /* NULL-terminated names of the secrets it asks for, or NULL */
  const char* const* needs;             /* NULL-terminated ids of extensions it cannot do without, or NULL */

  /* Makes an instance; *out stays NULL on failure. `sink` takes findings about settings and tables. [setup] */
  purser_status (*create)(const purser_host* host, const purser_sink* sink, purser_instance** out);
  void (*destroy)(purser_instance* instance); /* [setup] */

  /* Looks at the first bytes of a file; never more than a guess. May be NULL. [any] */
  purser_status (*detect)(purser_instance* instance, purser_text prefix, purser_detection* out);
  /* Reads one file. NULL if nothing is decoded. [any], unless PURSER_SERIAL */
  purser_status (*decode)(purser_instance* instance, const purser_request* request,
                          const purser_source* source, const purser_sink* sink);
  /* Writes one file: open, push…, finish, close. All four NULL if nothing is encoded. Open is [any] unless
   * PURSER_SERIAL; the rest [serial] by encoder. Close comes always, after finish or instead of it. */
  purser_status (*encode_open)(purser_instance* instance, const purser_request* request,
                               const purser_sink* sink, purser_encoder** out);
  purser_status (*encode_push)(purser_encoder* encoder, const purser_event* events, size_t count);
  purser_status (*encode_finish)(purser_encoder* encoder);
  void (*encode_close)(purser_encoder* encoder);

  /* A table of what the connector offers beyond this ("purser.explain/1"), or NULL. May be NULL itself. [any] */
  const void* (*extension)(const char* id);
} purser_connector;

#if defined(__GNUC__)
#define PURSER_EXPORT __attribute__((visibility("default")))
#else
#define PURSER_EXPORT
#endif

/* The one exported function: returns the static entry, does nothing else. [any] */
PURSER_EXPORT const purser_connector* purser_connector_entry(void);

#ifdef __cplusplus
}
#endif

#endif

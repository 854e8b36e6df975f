/* The promise of major 1, as released: sizes and offsets on 64-bit machines. Lines are added, never changed. */
#ifndef PURSER_TESTS_ABI_1_H
#define PURSER_TESTS_ABI_1_H

#include "plugins/abi/clock.h"
#include "plugins/abi/codelist.h"
#include "plugins/abi/explain.h"
#include "plugins/abi/kv.h"
#include "plugins/abi/log.h"
#include "plugins/abi/metrics.h"
#include "plugins/abi/purser.h"
#include "plugins/abi/secret.h"
#include "plugins/abi/sequence.h"
#include "plugins/abi/settings.h"
#include "plugins/abi/tables.h"

#ifdef __cplusplus
#define HOLDS(condition) static_assert(condition, #condition)
#else
#define HOLDS(condition) _Static_assert(condition, #condition)
#endif

/* Frozen altogether. */
#define FROZEN(type, bytes) HOLDS(sizeof(type) == (bytes))
/* May grow at the end only. */
#define GROWS(type, bytes) HOLDS(sizeof(type) >= (bytes))
#define AT(type, member, offset) HOLDS(offsetof(type, member) == (offset))

FROZEN(purser_text, 16);
AT(purser_text, data, 0);
AT(purser_text, size, 8);

FROZEN(purser_position, 32);
AT(purser_position, offset, 0);
AT(purser_position, line, 8);
AT(purser_position, column, 12);
AT(purser_position, segment, 16);
AT(purser_position, element, 20);
AT(purser_position, component, 22);
AT(purser_position, table, 24);
AT(purser_position, row, 26);
AT(purser_position, reserved, 28);

FROZEN(purser_date_time, 16);
AT(purser_date_time, year, 0);
AT(purser_date_time, month, 2);
AT(purser_date_time, day, 3);
AT(purser_date_time, hour, 4);
AT(purser_date_time, minute, 5);
AT(purser_date_time, second, 6);
AT(purser_date_time, reserved, 7);
AT(purser_date_time, nanosecond, 8);
AT(purser_date_time, offset_minutes, 12);
AT(purser_date_time, reserved2, 14);

FROZEN(purser_event, 56);
AT(purser_event, number, 0);
AT(purser_event, kind, 2);
AT(purser_event, type, 3);
AT(purser_event, scale, 4);
AT(purser_event, reserved, 5);
AT(purser_event, value, 8);
AT(purser_event, at, 24);

GROWS(purser_finding, 136);
AT(purser_finding, size, 0);
AT(purser_finding, severity, 4);
AT(purser_finding, at, 8);
AT(purser_finding, code, 40);
AT(purser_finding, source, 56);
AT(purser_finding, path, 72);
AT(purser_finding, message, 88);
AT(purser_finding, expected, 104);
AT(purser_finding, remedy, 120);

GROWS(purser_loss, 72);
AT(purser_loss, size, 0);
AT(purser_loss, reserved, 4);
AT(purser_loss, at, 8);
AT(purser_loss, source, 40);
AT(purser_loss, value, 56);

GROWS(purser_host, 24);
AT(purser_host, major, 0);
AT(purser_host, minor, 4);
AT(purser_host, size, 8);
AT(purser_host, reserved, 12);
AT(purser_host, extension, 16);

GROWS(purser_request, 152);
AT(purser_request, size, 0);
AT(purser_request, options, 4);
AT(purser_request, format, 8);
AT(purser_request, message, 24);
AT(purser_request, version, 40);
AT(purser_request, media_type, 56);
AT(purser_request, file_name, 72);
AT(purser_request, tenant, 88);
AT(purser_request, partner, 104);
AT(purser_request, settings, 120);
AT(purser_request, overlays, 136);
AT(purser_request, overlay_count, 144);

GROWS(purser_source, 16);
AT(purser_source, size, 0);
AT(purser_source, reserved, 4);
AT(purser_source, read, 8);

GROWS(purser_sink, 48);
AT(purser_sink, size, 0);
AT(purser_sink, reserved, 4);
AT(purser_sink, push, 8);
AT(purser_sink, write, 16);
AT(purser_sink, finding, 24);
AT(purser_sink, loss, 32);
AT(purser_sink, fail, 40);

GROWS(purser_message, 24);
AT(purser_message, size, 0);
AT(purser_message, document, 4);
AT(purser_message, directions, 6);
AT(purser_message, name, 8);
AT(purser_message, versions, 16);

GROWS(purser_format, 40);
AT(purser_format, size, 0);
AT(purser_format, directions, 4);
AT(purser_format, name, 8);
AT(purser_format, title, 16);
AT(purser_format, media_types, 24);
AT(purser_format, messages, 32);

GROWS(purser_detection, 136);
AT(purser_detection, size, 0);
AT(purser_detection, confidence, 4);
AT(purser_detection, format, 8);
AT(purser_detection, message, 40);
AT(purser_detection, version, 104);

GROWS(purser_connector, 144);
AT(purser_connector, major, 0);
AT(purser_connector, minor, 4);
AT(purser_connector, size, 8);
AT(purser_connector, flags, 12);
AT(purser_connector, name, 16);
AT(purser_connector, version, 24);
AT(purser_connector, title, 32);
AT(purser_connector, formats, 40);
AT(purser_connector, settings_schema, 48);
AT(purser_connector, secrets, 56);
AT(purser_connector, needs, 64);
AT(purser_connector, create, 72);
AT(purser_connector, destroy, 80);
AT(purser_connector, detect, 88);
AT(purser_connector, decode, 96);
AT(purser_connector, encode_open, 104);
AT(purser_connector, encode_push, 112);
AT(purser_connector, encode_finish, 120);
AT(purser_connector, encode_close, 128);
AT(purser_connector, extension, 136);

GROWS(purser_clock, 16);
AT(purser_clock, size, 0);
AT(purser_clock, reserved, 4);
AT(purser_clock, now, 8);

GROWS(purser_codelist, 16);
AT(purser_codelist, size, 0);
AT(purser_codelist, reserved, 4);
AT(purser_codelist, contains, 8);

GROWS(purser_explain, 32);
AT(purser_explain, size, 0);
AT(purser_explain, reserved, 4);
AT(purser_explain, count, 8);
AT(purser_explain, name, 16);
AT(purser_explain, row, 24);

GROWS(purser_kv, 24);
AT(purser_kv, size, 0);
AT(purser_kv, reserved, 4);
AT(purser_kv, get, 8);
AT(purser_kv, compare_and_set, 16);

GROWS(purser_log, 16);
AT(purser_log, size, 0);
AT(purser_log, reserved, 4);
AT(purser_log, write, 8);

GROWS(purser_metrics, 16);
AT(purser_metrics, size, 0);
AT(purser_metrics, reserved, 4);
AT(purser_metrics, add, 8);

GROWS(purser_secret, 16);
AT(purser_secret, size, 0);
AT(purser_secret, reserved, 4);
AT(purser_secret, with, 8);

GROWS(purser_sequence, 16);
AT(purser_sequence, size, 0);
AT(purser_sequence, reserved, 4);
AT(purser_sequence, next, 8);

GROWS(purser_settings, 16);
AT(purser_settings, size, 0);
AT(purser_settings, reserved, 4);
AT(purser_settings, json, 8);

GROWS(purser_tables, 32);
AT(purser_tables, size, 0);
AT(purser_tables, reserved, 4);
AT(purser_tables, count, 8);
AT(purser_tables, name, 16);
AT(purser_tables, text, 24);

/* Numbers that are stored and sent. */
HOLDS(PURSER_ABI_MAJOR == 1);
HOLDS(PURSER_OK == 0 && PURSER_INVALID == 1 && PURSER_DENIED == 2 && PURSER_UNAVAILABLE == 3);
HOLDS(PURSER_OVERLOADED == 4 && PURSER_DEFECT == 5 && PURSER_STOPPED == 6);
HOLDS(PURSER_BEGIN_DOCUMENT == 1 && PURSER_BEGIN_GROUP == 2 && PURSER_FIELD == 3);
HOLDS(PURSER_END_GROUP == 4 && PURSER_END_DOCUMENT == 5);
HOLDS(PURSER_TYPE_TEXT == 1 && PURSER_TYPE_CODE == 2 && PURSER_TYPE_DECIMAL == 3 && PURSER_TYPE_INTEGER == 4);
HOLDS(PURSER_TYPE_BOOLEAN == 5 && PURSER_TYPE_DATE == 6 && PURSER_TYPE_TIME == 7 && PURSER_TYPE_DATE_TIME == 8);
HOLDS(PURSER_TYPE_BINARY == 9);
HOLDS(PURSER_INFO == 1 && PURSER_WARNING == 2 && PURSER_ERROR == 3 && PURSER_FATAL == 4);
HOLDS(PURSER_DECODES == 1 && PURSER_ENCODES == 2 && PURSER_SERIAL == 1 && PURSER_STRICT == 1);
HOLDS(PURSER_DOCUMENT_REQUISITION == 1 && PURSER_DOCUMENT_INVOICE == 8 && PURSER_DOCUMENT_ACKNOWLEDGEMENT == 17);

#endif

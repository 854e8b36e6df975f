/* purser.explain/1: the connector shows its tables, so that a value can be traced to the row it came from. */
#ifndef PURSER_ABI_EXPLAIN_H
#define PURSER_ABI_EXPLAIN_H

#include "plugins/abi/purser.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PURSER_EXPLAIN_1 "purser.explain/1"

/* Offered by a connector (purser_connector.extension). Texts live as long as the instance. */
typedef struct purser_explain {
  uint32_t size;
  uint32_t reserved;
  /* How many tables; purser_position.table - 1 is below. [any] */
  size_t (*count)(purser_instance* instance);
  /* "d96a/invoic.map". [any] */
  purser_text (*name)(purser_instance* instance, size_t table);
  /* The text of a row (line, from 1); empty where there is none. [any] */
  purser_text (*row)(purser_instance* instance, size_t table, uint32_t row);
} purser_explain;

#ifdef __cplusplus
}
#endif

#endif

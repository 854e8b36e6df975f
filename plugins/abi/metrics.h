/* purser.metrics/1: counters the operator sees. */
#ifndef PURSER_ABI_METRICS_H
#define PURSER_ABI_METRICS_H

#include "plugins/abi/purser.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PURSER_METRICS_1 "purser.metrics/1"

typedef struct purser_metrics {
  uint32_t size;
  uint32_t reserved;
  /* Adds to a counter named by lower case letters, digits and underscores; the host puts the connector before
   * it. [any] */
  void (*add)(const purser_host* host, purser_text name, uint64_t amount);
} purser_metrics;

#ifdef __cplusplus
}
#endif

#endif

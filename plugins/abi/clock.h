/* purser.clock/1: the time. */
#ifndef PURSER_ABI_CLOCK_H
#define PURSER_ABI_CLOCK_H

#include "plugins/abi/purser.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PURSER_CLOCK_1 "purser.clock/1"

typedef struct purser_clock {
  uint32_t size;
  uint32_t reserved;
  /* Nanoseconds since 1970-01-01T00:00:00Z. The only clock a connector may use: tests simulate it. [any] */
  int64_t (*now)(const purser_host* host);
} purser_clock;

#ifdef __cplusplus
}
#endif

#endif

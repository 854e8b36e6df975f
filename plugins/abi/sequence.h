/* purser.sequence/1: gapless ascending numbers, such as interchange control numbers. */
#ifndef PURSER_ABI_SEQUENCE_H
#define PURSER_ABI_SEQUENCE_H

#include "plugins/abi/purser.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PURSER_SEQUENCE_1 "purser.sequence/1"

typedef struct purser_sequence {
  uint32_t size;
  uint32_t reserved;
  /* The next number of the named sequence of the tenant, from 1; after `last` it starts again at 1 (0: never).
   * Durable before it returns; asked again for the same delivery it gives the same number. [any] */
  purser_status (*next)(const purser_host* host, const purser_request* request, purser_text name, uint64_t last,
                        uint64_t* number);
} purser_sequence;

#ifdef __cplusplus
}
#endif

#endif

/* purser.kv/1: small durable values with compare-and-set, kept for each tenant and connector. */
#ifndef PURSER_ABI_KV_H
#define PURSER_ABI_KV_H

#include "plugins/abi/purser.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PURSER_KV_1 "purser.kv/1"

#define PURSER_KV_MAX_KEY 256u     /* bytes: keys are names */
#define PURSER_KV_MAX_VALUE 65536u /* bytes: state, not documents */

typedef void (*purser_kv_take)(void* context, purser_text value, uint64_t revision);

typedef struct purser_kv {
  uint32_t size;
  uint32_t reserved;
  /* Calls `take` once if the key is there, not at all if it is not. [any] */
  purser_status (*get)(const purser_host* host, const purser_request* request, purser_text key,
                       purser_kv_take take, void* context);
  /* Stores the value if the key still has `*revision` (0: is absent). *stored says whether it did; *revision
   * becomes the one that holds now. [any] */
  purser_status (*compare_and_set)(const purser_host* host, const purser_request* request, purser_text key,
                                   purser_text value, uint64_t* revision, uint32_t* stored);
} purser_kv;

#ifdef __cplusplus
}
#endif

#endif

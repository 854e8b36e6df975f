/* purser.secret/1: secrets by name, never in settings. */
#ifndef PURSER_ABI_SECRET_H
#define PURSER_ABI_SECRET_H

#include "plugins/abi/purser.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PURSER_SECRET_1 "purser.secret/1"

typedef void (*purser_secret_use)(void* context, purser_text secret);

typedef struct purser_secret {
  uint32_t size;
  uint32_t reserved;
  /* Calls `use` once with the secret of that name (one of the entry's `secrets`), borrowed until it returns and
   * wiped afterwards. PURSER_DENIED if there is none. [any] */
  purser_status (*with)(const purser_host* host, const purser_request* request, purser_text name,
                        purser_secret_use use, void* context);
} purser_secret;

#ifdef __cplusplus
}
#endif

#endif

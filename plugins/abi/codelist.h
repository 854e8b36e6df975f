/* purser.codelist/1: code lists kept by Purser. */
#ifndef PURSER_ABI_CODELIST_H
#define PURSER_ABI_CODELIST_H

#include "plugins/abi/purser.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PURSER_CODELIST_1 "purser.codelist/1"

#define PURSER_CODE_ABSENT 0u
#define PURSER_CODE_PRESENT 1u
#define PURSER_CODE_LIST_UNKNOWN 2u

typedef struct purser_codelist {
  uint32_t size;
  uint32_t reserved;
  /* Whether a code is on a list ("iso4217", "EUR"): PURSER_CODE_…. [any] */
  uint32_t (*contains)(const purser_host* host, purser_text list, purser_text code);
} purser_codelist;

#ifdef __cplusplus
}
#endif

#endif

/* purser.log/1: lines for the operator. */
#ifndef PURSER_ABI_LOG_H
#define PURSER_ABI_LOG_H

#include "plugins/abi/purser.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PURSER_LOG_1 "purser.log/1"

typedef struct purser_log {
  uint32_t size;
  uint32_t reserved;
  /* One line; severity PURSER_INFO to PURSER_FATAL; request may be NULL. Cut at 4 KiB. [any] */
  void (*write)(const purser_host* host, const purser_request* request, uint32_t severity, purser_text line);
} purser_log;

#ifdef __cplusplus
}
#endif

#endif

/* purser.tables/1: mapping tables, layouts and partner overlays from the configuration. */
#ifndef PURSER_ABI_TABLES_H
#define PURSER_ABI_TABLES_H

#include "plugins/abi/purser.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PURSER_TABLES_1 "purser.tables/1"

/* Table files as the configuration holds them. All texts live as long as the host. */
typedef struct purser_tables {
  uint32_t size;
  uint32_t reserved;
  size_t (*count)(const purser_host* host);                    /* [any] */
  /* "acme/invoice.map": path below the configured folder. Empty for index >= count. [any] */
  purser_text (*name)(const purser_host* host, size_t index);
  purser_text (*text)(const purser_host* host, size_t index);  /* the content. [any] */
} purser_tables;

#ifdef __cplusplus
}
#endif

#endif

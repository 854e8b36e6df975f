/* purser.settings/1: the connector's settings. */
#ifndef PURSER_ABI_SETTINGS_H
#define PURSER_ABI_SETTINGS_H

#include "plugins/abi/purser.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PURSER_SETTINGS_1 "purser.settings/1"

typedef struct purser_settings {
  uint32_t size;
  uint32_t reserved;
  /* A JSON object, already checked against the settings schema. Lives as long as the host. [any] */
  purser_text (*json)(const purser_host* host);
} purser_settings;

#ifdef __cplusplus
}
#endif

#endif

// What a thread is called in top, perf and the load bench.
#pragma once

#include <pthread.h>

namespace purser::gateway {

/// Names the calling thread; the kernel keeps 15 characters. [any]
inline void name_thread(const char* name) { ::pthread_setname_np(::pthread_self(), name); }

}  // namespace purser::gateway

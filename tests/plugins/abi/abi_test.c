/* That the headers are C11 and still what was promised is proved by compiling this. */
#include "tests/plugins/abi/abi_1.h"

int abi_compiles_as_c(void);
int abi_compiles_as_c(void) { return (int)PURSER_ABI_MAJOR; }

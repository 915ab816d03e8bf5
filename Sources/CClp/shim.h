// Clp's header uses size_t-like types without declaring them.
#include <stddef.h>
#include <coin/Clp_C_Interface.h>

#pragma once

/// How often this thread has asked for memory (malloc, calloc, realloc, aligned) since the process started.
/// Stays 0 where the C library is not glibc.
unsigned long allocations_so_far(void);

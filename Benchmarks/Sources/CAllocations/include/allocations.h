#pragma once

/// How often this thread has asked for memory (malloc, calloc, realloc, aligned) since the process started.
/// Stays 0 where the C library is not glibc.
unsigned long allocations_so_far(void);

/// Counts the bytes that this thread takes and gives back, from zero, until heap_end().
void heap_begin(void);
void heap_end(void);

/// Bytes taken and not given back since heap_begin().
long heap_live(void);

/// The most that these have been.
long heap_most(void);

// The executable's own malloc goes before the C library's, for the Swift runtime too: it counts and passes on.
#include "allocations.h"

#include <errno.h>
#if defined(__GLIBC__) || defined(__linux__)
#include <malloc.h>
#endif
#include <stddef.h>
#include <stdlib.h>

static _Thread_local unsigned long allocations;

// Bytes are only counted while somebody asks for it: the other figures are not to pay for that.
static _Thread_local int counting;
static _Thread_local long live, most;

unsigned long allocations_so_far(void) { return allocations; }

void heap_begin(void) {
    live = most = 0;
    counting = 1;
}

long heap_live(void) { return live; }

long heap_most(void) { return most; }

void heap_end(void) { counting = 0; }

#if defined(__GLIBC__)
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static void *taken(void *place) {
    if (counting && place) {
        live += (long)malloc_usable_size(place);
        if (live > most) most = live;
    }
    return place;
}

void free(void *place) {
    if (counting && place) live -= (long)malloc_usable_size(place);
    __libc_free(place);
}

void *malloc(size_t size) {
    allocations++;
    return taken(__libc_malloc(size));
}

void *calloc(size_t count, size_t size) {
    allocations++;
    return taken(__libc_calloc(count, size));
}

void *realloc(void *old, size_t size) {
    allocations++;
    if (counting && old) live -= (long)malloc_usable_size(old);
    return taken(__libc_realloc(old, size));
}

void *aligned_alloc(size_t alignment, size_t size) {
    allocations++;
    return taken(__libc_memalign(alignment, size));
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    allocations++;
    void *place = __libc_memalign(alignment, size);
    if (!place) return ENOMEM;
    *result = taken(place);
    return 0;
}
#endif

#include "catalog/console/memory_bound.h"

#include <sqlite3.h>

namespace catalogd::catalog {
namespace {

// SQLite's own, which does the work.
sqlite3_mem_methods inner;

thread_local bool bounded = false;
thread_local std::int64_t left = 0;

// Whether the thread may have this much more; then it has it.
bool grant(std::int64_t bytes) {
    if (bytes > 0 && left < bytes) {
        return false;
    }
    left -= bytes;
    return true;
}

void* allocate(int size) {
    if (!bounded) {
        return inner.xMalloc(size);
    }
    if (!grant(size)) {
        return nullptr;
    }
    void* memory = inner.xMalloc(size);
    left += memory == nullptr ? size : size - inner.xSize(memory);
    return memory;
}

void release(void* memory) {
    if (bounded) {
        left += inner.xSize(memory);
    }
    inner.xFree(memory);
}

void* resize(void* memory, int size) {
    if (!bounded) {
        return inner.xRealloc(memory, size);
    }
    const int before = inner.xSize(memory);
    if (!grant(std::int64_t{size} - before)) {
        return nullptr;
    }
    void* resized = inner.xRealloc(memory, size);
    left += resized == nullptr ? size - before : size - inner.xSize(resized);
    return resized;
}

}  // namespace

void use_bounded_memory() {
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &inner) != SQLITE_OK) {
        return;
    }
    const sqlite3_mem_methods bounding{allocate,        release,        resize,
                                       inner.xSize,     inner.xRoundup, inner.xInit,
                                       inner.xShutdown, inner.pAppData};
    sqlite3_config(SQLITE_CONFIG_MALLOC, &bounding);
}

MemoryBound::MemoryBound(std::int64_t bytes) {
    left = bytes;
    bounded = true;
}

MemoryBound::~MemoryBound() {
    bounded = false;
}

}  // namespace catalogd::catalog

// A bound on what SQLite takes from the heap for one thread.
//
// A query that sorts or gathers takes what it needs, and SQLite's own limit is one for the process:
// its writer would fail before the query that is to blame does. So a layer under SQLite's
// allocations counts those of a thread while a MemoryBound lives there; for other threads it costs
// one look at a thread's variable.
#pragma once

#include <cstdint>

namespace catalogd::catalog {

// For the whole process; before SQLite is used first. Where it is in use already nothing changes.
void use_bounded_memory();

// While it lives, what its thread asks for beyond `bytes` more than now is refused: the statement
// ends in SQLITE_NOMEM, and the connection goes on. One at a time in a thread.
class MemoryBound {
public:
    explicit MemoryBound(std::int64_t bytes);
    ~MemoryBound();
    MemoryBound(const MemoryBound&) = delete;
    MemoryBound& operator=(const MemoryBound&) = delete;
};

}  // namespace catalogd::catalog

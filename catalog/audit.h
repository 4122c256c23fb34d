// The audit log: who did what and how it ended, each entry chained to the one before by its hash.
//
// Invariants: sequences count up without a gap from the anchor, which is the last entry that
// retention removed; an entry is written in the commit of what it tells of.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalog/transaction.h"

namespace catalogd::catalog::audit {

struct Caller {
    std::int64_t user = 0;
    std::int64_t process = 0;
};

// What an entry tells, but for when.
struct Act {
    Caller caller;
    std::string method;
    std::optional<std::string> subject;
    std::string outcome;
};

// An entry's place in the chain.
struct Link {
    std::int64_t sequence = 0;
    Bytes hash = Bytes(32, '\0');
    bool operator==(const Link&) const = default;
};

struct Entry {
    Link link;
    std::int64_t at = 0;
    Act act;
};

// Each act becomes an entry, at the time of the transaction.
void append(WriteTransaction& transaction, std::span<const Act> acts);

// Removes entries of that time and before, the oldest first and at most so many, and moves the
// anchor with them. Returns how many went.
std::int64_t remove_expired(WriteTransaction& transaction, std::int64_t at, std::int64_t most);

// The newest first, from before that sequence on.
std::vector<Entry> list(Connection& connection, std::int64_t before, std::int64_t limit);

// The newest entry; what a restore has to remember of the catalog that it replaces.
Link last_link(Connection& connection);

// In a catalog that was put in the place of another: its log begins anew with the restore, chained
// to `replaced`, the newest entry there. The entries that came with the restored catalog are no
// part of it and go as expired ones do; the catalog that was replaced is kept, and has its own.
void begin_anew(WriteTransaction& transaction, const Link& replaced, Act restore);

// As 64 hex digits.
std::string to_text(const Bytes& hash);

// BLAKE2b-256 of the hash before and of all that the entry tells; docs/schema.md has the form.
Bytes hash_of(const Bytes& before, const Entry& entry);

// Walks the chain from its anchor. In slices, each a snapshot of its own, so that a long walk keeps
// no log from being copied; what retention removes meanwhile it passes over.
class Verification {
public:
    explicit Verification(Connection& connection) : connection_(connection) {}

    // Goes on by at most so many entries; false at the end, or where an entry does not fit.
    bool go_on(std::int64_t most);

    // Those that fit, so far.
    [[nodiscard]] std::int64_t entries() const { return entries_; }
    // The first that does not: changed, out of place, or behind one that is missing. Where the
    // chain's end is missing, the first of those.
    [[nodiscard]] std::optional<std::int64_t> broken() const { return broken_; }

private:
    bool walk(std::int64_t most);
    void compare_ends(const Link& last);

    Connection& connection_;
    std::optional<Link> at_;  // the last that fits; none before the first slice
    std::int64_t entries_ = 0;
    std::optional<std::int64_t> broken_;
};

}  // namespace catalogd::catalog::audit

#include "catalog/audit.h"

#include <sodium/crypto_generichash.h>
#include <sodium/utils.h>

#include <algorithm>
#include <limits>

namespace catalogd::catalog::audit {
namespace {

const Sql append_sql{"audit.append",
                     "INSERT INTO audit (sequence, at, uid, pid, method, subject, outcome, hash) "
                     "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
const Sql list_sql{"audit.list",
                   "SELECT sequence, at, uid, pid, method, subject, outcome, hash FROM audit "
                   "WHERE sequence > ?1 AND sequence < ?2 ORDER BY sequence DESC LIMIT ?3"};
const Sql walk_sql{"audit.walk",
                   "SELECT sequence, at, uid, pid, method, subject, outcome, hash FROM audit "
                   "WHERE sequence > ?1 ORDER BY sequence LIMIT ?2"};
const Sql newest_sql{"audit.newest",
                     "SELECT sequence FROM audit WHERE sequence > ?1 ORDER BY sequence DESC "
                     "LIMIT 1"};
const Sql oldest_sql{"audit.oldest",
                     "SELECT sequence, at, hash FROM audit WHERE sequence > 0 ORDER BY sequence "
                     "LIMIT ?1"};
const Sql remove_sql{"audit.remove", "DELETE FROM audit WHERE sequence <= ?1"};
const Sql read_chain_sql{"audit.read_chain",
                         "SELECT anchor_sequence, anchor_hash, last_sequence, last_hash "
                         "FROM audit_chain WHERE only_row = 1"};
const Sql write_chain_sql{
    "audit.write_chain",
    "INSERT INTO audit_chain (only_row, anchor_sequence, anchor_hash, last_sequence, last_hash) "
    "VALUES (1, ?1, ?2, ?3, ?4) ON CONFLICT (only_row) DO UPDATE SET anchor_sequence = ?1, "
    "anchor_hash = ?2, last_sequence = ?3, last_hash = ?4"};

struct Chain {
    Link anchor;
    Link last;
};

Link read_link(Run& run) {
    const std::int64_t sequence = run.integer();
    return {sequence, run.bytes()};
}

std::optional<Chain> read_chain(Connection& connection) {
    Run run(connection, read_chain_sql);
    if (!run.step()) {
        return {};
    }
    Link anchor = read_link(run);
    return Chain{std::move(anchor), read_link(run)};
}

// Where somebody has removed the row: the log goes on, from an anchor that no entry fits.
Chain chain_or_none(Connection& connection) {
    return read_chain(connection).value_or(Chain{{0, Bytes(32, '\xff')}, {}});
}

void write_chain(WriteTransaction& transaction, const Chain& chain) {
    Run(transaction.connection(), write_chain_sql, chain.anchor.sequence, Blob{chain.anchor.hash},
        chain.last.sequence, Blob{chain.last.hash})
        .execute();
}

// The highest sequence that was given: the chain's end, unless somebody has meddled with it.
std::int64_t highest_sequence(Connection& connection, const Chain& chain) {
    Run run(connection, newest_sql, chain.last.sequence);
    return run.step() ? run.integer() : chain.last.sequence;
}

Entry read_entry(Run& run) {
    Entry entry;
    entry.link.sequence = run.integer();
    entry.at = run.integer();
    entry.act.caller.user = run.integer();
    entry.act.caller.process = run.integer();
    entry.act.method = run.text();
    entry.act.subject = run.optional_text();
    entry.act.outcome = run.text();
    entry.link.hash = run.bytes();
    return entry;
}

void write_entry(WriteTransaction& transaction, const Entry& entry) {
    const Act& act = entry.act;
    Run(transaction.connection(), append_sql, entry.link.sequence, entry.at, act.caller.user,
        act.caller.process, act.method, act.subject, act.outcome, Blob{entry.link.hash})
        .execute();
}

void put(Bytes& out, std::int64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        out += static_cast<char>(static_cast<std::uint64_t>(value) >> static_cast<unsigned>(shift));
    }
}

void put(Bytes& out, const std::string& text) {
    put(out, static_cast<std::int64_t>(text.size()));
    out += text;
}

}  // namespace

Bytes hash_of(const Bytes& before, const Entry& entry) {
    Bytes text = before;
    put(text, entry.link.sequence);
    put(text, entry.at);
    put(text, entry.act.caller.user);
    put(text, entry.act.caller.process);
    put(text, entry.act.method);
    put(text, entry.act.subject ? 1 : 0);
    put(text, entry.act.subject.value_or(""));
    put(text, entry.act.outcome);
    Bytes hash(32, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr,
                       0);
    return hash;
}

std::string to_text(const Bytes& hash) {
    std::string text(2 * hash.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(hash.data()),
                   hash.size());
    text.pop_back();
    return text;
}

void append(WriteTransaction& transaction, std::span<const Act> acts) {
    Chain chain = chain_or_none(transaction.connection());
    std::int64_t sequence = highest_sequence(transaction.connection(), chain);
    for (const Act& act : acts) {
        Entry entry{{++sequence, {}}, transaction.now(), act};
        entry.link.hash = hash_of(chain.last.hash, entry);
        write_entry(transaction, entry);
        chain.last = std::move(entry.link);
    }
    write_chain(transaction, chain);
}

std::int64_t remove_expired(WriteTransaction& transaction, std::int64_t at, std::int64_t most) {
    Chain chain = chain_or_none(transaction.connection());
    std::int64_t last = 0;
    {
        Run run(transaction.connection(), oldest_sql, most);
        while (run.step()) {
            const std::int64_t sequence = run.integer();
            if (sequence > chain.anchor.sequence) {
                if (run.integer() > at) {
                    break;
                }
                chain.anchor = {sequence, run.bytes()};
            }
            last = sequence;
        }
    }
    if (last == 0) {
        return 0;
    }
    write_chain(transaction, chain);
    return Run(transaction.connection(), remove_sql, last).execute();
}

std::vector<Entry> list(Connection& connection, std::int64_t before, std::int64_t limit) {
    const Snapshot snapshot(connection);
    const Chain chain = chain_or_none(connection);
    std::vector<Entry> entries;
    Run run(connection, list_sql, chain.anchor.sequence, before, limit);
    while (run.step()) {
        entries.push_back(read_entry(run));
    }
    return entries;
}

Link last_link(Connection& connection) {
    return chain_or_none(connection).last;
}

void begin_anew(WriteTransaction& transaction, const Link& replaced, Act restore) {
    const Chain restored = chain_or_none(transaction.connection());
    const std::int64_t highest =
        std::max(replaced.sequence, highest_sequence(transaction.connection(), restored));
    const Link anchor{highest, replaced.hash};
    write_chain(transaction, {anchor, anchor});
    restore.subject = restore.subject.value_or("") + ", after " + to_text(replaced.hash);
    append(transaction, {&restore, 1});
}

bool Verification::go_on(std::int64_t most) {
    const Snapshot snapshot(connection_);
    const auto chain = read_chain(connection_);
    if (!chain) {
        broken_ = at_.value_or(Link{}).sequence + 1;
        return false;
    }
    if (!at_ || at_->sequence < chain->anchor.sequence) {
        at_ = chain->anchor;
    }
    const std::int64_t before = entries_;
    if (!walk(most)) {
        return false;
    }
    if (entries_ - before == most) {
        return true;
    }
    compare_ends(chain->last);
    return false;
}

// False where an entry does not fit.
bool Verification::walk(std::int64_t most) {
    Run run(connection_, walk_sql, at_->sequence, most);
    while (run.step()) {
        Entry entry = read_entry(run);
        const bool next = entry.link.sequence == at_->sequence + 1;
        if (!next || hash_of(at_->hash, entry) != entry.link.hash) {
            broken_ = entry.link.sequence;
            return false;
        }
        at_ = std::move(entry.link);
        ++entries_;
    }
    return true;
}

void Verification::compare_ends(const Link& last) {
    if (last.sequence != at_->sequence) {
        broken_ = std::min(last.sequence, at_->sequence) + 1;
    } else if (last.hash != at_->hash) {
        broken_ = last.sequence;
    }
}

}  // namespace catalogd::catalog::audit

#include "catalog/transaction.h"

#include <sqlite3.h>

#include "catalog/clients.h"
#include "catalog/failure.h"

namespace catalogd::catalog {
namespace {

const Sql begin_write_sql{"transaction.begin", "BEGIN IMMEDIATE"};
const Sql commit_sql{"transaction.commit", "COMMIT"};
const Sql savepoint_sql{"transaction.savepoint", "SAVEPOINT request"};
const Sql release_sql{"transaction.release", "RELEASE request"};
const Sql begin_part_sql{"transaction.begin_part", "SAVEPOINT part"};
const Sql keep_part_sql{"transaction.keep_part", "RELEASE part"};
const Sql add_totals_sql{
    "totals.add",
    "UPDATE client_totals SET files = files + ?2, verified_files = verified_files + ?3, "
    "sized_files = sized_files + ?4, bytes_high = bytes_high + ?5, bytes_low = bytes_low + ?6, "
    "verified_high = verified_high + ?7, verified_low = verified_low + ?8 WHERE client = ?1"};

// A commit that failed before its last frame was written has left nothing (a full disk too: the
// frame is cut short). After another failing write or a failing sync, and where memory ran out,
// which may be after the sync, the next start may find it.
bool nothing_was_written(int extended) {
    const int code = extended & 0xFF;
    return code == SQLITE_CONSTRAINT || code == SQLITE_BUSY || code == SQLITE_FULL;
}

}  // namespace

WriteTransaction::WriteTransaction(WriteConnection& connection, std::int64_t now)
    : connection_(connection), now_(now), summary_(connection.summary()) {
    Run(connection_, begin_write_sql).execute();
}

WriteTransaction::~WriteTransaction() {
    if (!committed_ && open()) {
        connection_.database().tryExec("ROLLBACK");
    }
}

bool WriteTransaction::open() const {
    return sqlite3_get_autocommit(connection_.database().getHandle()) == 0;
}

void WriteTransaction::begin_request(Undo undo) {
    if (!open()) {
        // Outside a transaction a savepoint would begin one, and its release commit.
        throw SQLite::Exception("the transaction has ended", SQLITE_ABORT);
    }
    if (undo == Undo::by_savepoint) {
        Run(connection_, savepoint_sql).execute();
    }
    undo_ = undo;
    summary_before_ = summary_;
    changes_before_ = sqlite3_total_changes64(connection_.database().getHandle());
    in_request_ = true;
}

void WriteTransaction::keep_request() {
    if (undo_ == Undo::by_savepoint) {
        Run(connection_, release_sql).execute();
    }
    for (const auto& [client, delta] : request_) {
        kept_[client].add(delta, 1);
    }
    request_.clear();
    flushed_.clear();
    in_request_ = false;
}

bool WriteTransaction::drop_request() {
    schema_left_ = false;
    summary_ = summary_before_;
    parts_before_.clear();
    request_.clear();
    // What earlier requests left was written inside this one, and goes back with it.
    kept_.merge(flushed_);
    flushed_.clear();
    in_request_ = false;
    if (!open()) {
        return false;
    }
    if (undo_ == Undo::nothing_to_do) {
        return sqlite3_total_changes64(connection_.database().getHandle()) == changes_before_;
    }
    return connection_.database().tryExec("ROLLBACK TO request; RELEASE request") == SQLITE_OK;
}

void WriteTransaction::begin_part() {
    // What is collected from here on is the part's alone, and goes with it.
    flush_totals();
    Run(connection_, begin_part_sql).execute();
    parts_before_.push_back(summary_);
}

void WriteTransaction::keep_part() {
    Run(connection_, keep_part_sql).execute();
    parts_before_.pop_back();
}

bool WriteTransaction::drop_part() {
    request_.clear();
    summary_ = parts_before_.back();
    parts_before_.pop_back();
    return open() && connection_.database().tryExec("ROLLBACK TO part; RELEASE part") == SQLITE_OK;
}

void WriteTransaction::flush_summary() {
    flush_totals();
    if (summary_ != connection_.summary()) {
        write_summary(connection_, summary_);
    }
}

void WriteTransaction::leave_schema() {
    flush_summary();
    schema_left_ = true;
}

void WriteTransaction::commit() {
    if (!schema_left_) {
        flush_summary();
        name_owners();
    }
    try {
        Run(connection_, commit_sql).execute();
    } catch (const SQLite::Exception& failure) {
        if (nothing_was_written(failure.getExtendedErrorCode())) {
            throw;
        }
        throw CommitUnknown(failure.getErrorStr());
    }
    committed_ = true;
    connection_.keep_summary(summary_);
}

void WriteTransaction::name_owners() {
    for (const std::int64_t owner : owners_) {
        if (const auto id = clients::id_of(connection_, owner)) {
            changed_.insert(*id);
        }
    }
}

void WriteTransaction::change_totals(std::int64_t client, const Totals& by) {
    (in_request_ ? request_ : kept_)[client].add(by, 1);
    summary_.totals.add(by, 1);
}

void WriteTransaction::flush_totals() {
    for (const Deltas* deltas : {&kept_, &request_}) {
        for (const auto& [client, delta] : *deltas) {
            owners_.insert(client);
            Run(connection_, add_totals_sql, client, delta.files, delta.verified_files,
                delta.sized_files, delta.bytes.high, delta.bytes.low, delta.verified_bytes.high,
                delta.verified_bytes.low)
                .execute();
        }
    }
    request_.clear();
    if (in_request_) {
        for (const auto& [client, delta] : kept_) {
            flushed_[client].add(delta, 1);
        }
    }
    kept_.clear();
}

}  // namespace catalogd::catalog

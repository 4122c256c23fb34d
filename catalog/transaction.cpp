#include "catalog/transaction.h"

#include <sqlite3.h>

#include "catalog/failure.h"

namespace catalogd::catalog {
namespace {

const Sql begin_sql{"transaction.begin", "BEGIN IMMEDIATE"};
const Sql commit_sql{"transaction.commit", "COMMIT"};
const Sql savepoint_sql{"transaction.savepoint", "SAVEPOINT request"};
const Sql release_sql{"transaction.release", "RELEASE request"};
const Sql add_totals_sql{
    "totals.add",
    "UPDATE client_totals SET files = files + ?2, verified_files = verified_files + ?3, "
    "bytes_high = bytes_high + ?4, bytes_low = bytes_low + ?5 WHERE client = ?1"};

const Sql write_summary_sql{"summary.write",
                            "UPDATE summary SET last_number = ?1, last_created = ?2 "
                            "WHERE only_row = 1"};

// A commit that failed before its last frame was written has left nothing (a full disk too: the
// frame is cut short). After another failing write or a failing sync, and where memory ran out,
// which may be after the sync, the next start may find it.
bool nothing_was_written(int extended) {
    const int code = extended & 0xFF;
    return code == SQLITE_CONSTRAINT || code == SQLITE_BUSY || code == SQLITE_FULL;
}

}  // namespace

void TotalsDelta::add(const FileRecord& file, std::int64_t sign) {
    const std::int64_t size = file.size.value_or(0);
    files += sign;
    verified_files += file.verified ? sign : 0;
    bytes_high += sign * (size >> 32);
    bytes_low += sign * (size & 0xFFFFFFFF);
}

TotalsDelta& TotalsDelta::operator+=(const TotalsDelta& other) {
    files += other.files;
    verified_files += other.verified_files;
    bytes_high += other.bytes_high;
    bytes_low += other.bytes_low;
    return *this;
}

WriteTransaction::WriteTransaction(WriteConnection& connection)
    : connection_(connection), summary_(connection.summary()) {
    Run(connection_, begin_sql).execute();
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
        kept_[client] += delta;
    }
    request_.clear();
    flushed_.clear();
    in_request_ = false;
}

bool WriteTransaction::drop_request() {
    summary_ = summary_before_;
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

void WriteTransaction::commit() {
    flush_totals();
    write_summary();
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

void WriteTransaction::write_summary() {
    if (summary_ != connection_.summary()) {
        Run(connection_, write_summary_sql, summary_.last_number, summary_.last_created).execute();
    }
}

void WriteTransaction::change_totals(std::int64_t client, const TotalsDelta& delta) {
    (in_request_ ? request_ : kept_)[client] += delta;
}

void WriteTransaction::flush_totals() {
    for (const Deltas* deltas : {&kept_, &request_}) {
        for (const auto& [client, delta] : *deltas) {
            Run(connection_, add_totals_sql, client, delta.files, delta.verified_files,
                delta.bytes_high, delta.bytes_low)
                .execute();
        }
    }
    request_.clear();
    if (in_request_) {
        for (const auto& [client, delta] : kept_) {
            flushed_[client] += delta;
        }
    }
    kept_.clear();
}

}  // namespace catalogd::catalog

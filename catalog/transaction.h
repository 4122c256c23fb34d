// The writer's transaction: many requests, each whole or absent, made durable by one commit.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "catalog/connection.h"
#include "catalog/summary.h"

namespace catalogd::catalog {

// Begins at once and rolls back unless committed. A request runs between begin_request and
// keep_request or drop_request; its effects on totals are collected and written once per client.
//
// Any statement that fails may have ended the whole transaction: drop_request tells, and then
// nothing of the batch was kept.
class WriteTransaction {
public:
    // `now` in milliseconds since 1970: the time of whatever is done in it.
    WriteTransaction(WriteConnection& connection, std::int64_t now);
    ~WriteTransaction();
    WriteTransaction(const WriteTransaction&) = delete;
    WriteTransaction& operator=(const WriteTransaction&) = delete;

    // How a request that fails is undone.
    enum class Undo {
        by_savepoint,   // whatever it did; costs a copy of each page that it touches first
        nothing_to_do,  // it changes the catalog in its last statement only, or not at all
    };
    void begin_request(Undo undo = Undo::by_savepoint);
    void keep_request();
    // False where the transaction has ended, or cannot be rid of the request otherwise: no request
    // of it can be kept.
    [[nodiscard]] bool drop_request();

    // A part of the request that can be undone alone; parts may hold parts.
    void begin_part();
    void keep_part();
    // False where the transaction has ended: nothing of the request can be kept.
    [[nodiscard]] bool drop_part();

    // Durable when it returns. Throws CommitUnknown where that cannot be told.
    void commit();

    WriteConnection& connection() { return connection_; }
    [[nodiscard]] std::int64_t now() const { return now_; }
    Id new_id() { return connection_.identifiers().next(now_); }

    // As the requests so far have changed it.
    Summary& summary() { return summary_; }

    // What has been collected is written now, and nothing by itself any more: the request takes the
    // schema away that it belongs to. No other request may follow one that is kept.
    void leave_schema();
    [[nodiscard]] bool schema_left() const { return schema_left_; }

    // What a request changes of a client's totals, and of the whole catalog's.
    void change_totals(std::int64_t client, const Totals& by);
    // Writes what has been collected: before totals are read, and before the commit.
    void flush_totals();

    // A client that was made, changed or removed.
    void note_client(const Id& client) { changed_.insert(client); }
    // After the commit: those whose records have changed, files included; perhaps some more, which
    // a request has changed that was dropped.
    [[nodiscard]] const std::set<Id>& changed_clients() const { return changed_; }

private:
    using Deltas = std::map<std::int64_t, Totals>;  // by client number

    [[nodiscard]] bool open() const;
    void flush_summary();
    void name_owners();

    WriteConnection& connection_;
    const std::int64_t now_;
    Summary summary_;
    Summary summary_before_;             // the request that is running
    std::vector<Summary> parts_before_;  // each of the parts that are open
    Deltas kept_;
    Deltas request_;
    Deltas flushed_;  // of kept_, written inside the request that is running
    bool in_request_ = false;
    Undo undo_ = Undo::by_savepoint;   // of the request that is running
    std::int64_t changes_before_ = 0;  // rows that the connection had changed by then
    std::set<std::int64_t> owners_;    // whose files have changed, until the commit knows their ids
    std::set<Id> changed_;
    bool schema_left_ = false;
    bool committed_ = false;
};

}  // namespace catalogd::catalog

// The table of file records: what is asked of it and what changes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/transaction.h"

namespace catalogd::catalog::files {

// --- questions: of any connection -----------------------------------------------------------

std::optional<FileRecord> find(Connection& connection, std::int64_t client,
                               const std::string& name);
std::optional<OwnedFile> find_by_id(Connection& connection, const Id& id);

// A page ends after `limit` records or after some 1 MiB of them, whichever comes first;
// `complete` where nothing follows.
template <class Record>
struct Page {
    std::vector<Record> records;
    bool complete = true;
};

// Of the client, after the name, in order of name.
Page<FileRecord> list(Connection& connection, std::int64_t client, const std::string& after,
                      std::int64_t limit);

// Of all clients, in order of client identifier and name.
struct Position {
    Id client{};
    std::string name;
};
Page<OwnedFile> list_all(Connection& connection, const Position& after, std::int64_t limit);

// --- changes: inside the writer's transaction ------------------------------------------------

// What is left out keeps the stored value, except `verified`; number and time are the catalog's.
struct Saved {
    FileRecord file;
    bool created = false;
};
// `now` in milliseconds since 1970: when a new record is made.
Saved save(WriteTransaction& transaction, std::int64_t client, FileRecord file, std::int64_t now);

// An absent crc keeps the stored one. Empty where there is no such record.
std::optional<FileRecord> set_verified(WriteTransaction& transaction, std::int64_t client,
                                       const std::string& name, bool verified,
                                       std::optional<std::int64_t> crc);

// The record as it was; empty where there is none.
std::optional<FileRecord> remove(WriteTransaction& transaction, std::int64_t client,
                                 const std::string& name);

}  // namespace catalogd::catalog::files

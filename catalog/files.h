// The table of file records: what is asked of it and what changes it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/transaction.h"

namespace catalogd::catalog::files {

// --- questions: of any connection -----------------------------------------------------------

std::optional<FileRecord> find(Connection& connection, std::int64_t client,
                               const std::string& name);
std::optional<OwnedFile> find_by_id(Connection& connection, const Id& id);

// By its number, which a search knows it by.
std::optional<OwnedFile> find_by_number(Connection& connection, std::int64_t number);

// How much of a page is filled: it ends after `limit` records or after some 1 MiB of them,
// whichever comes first.
class PageSize {
public:
    explicit PageSize(std::int64_t limit) : records_left_(limit) {}

    void add(const FileRecord& file);
    [[nodiscard]] bool full() const { return records_left_ <= 0 || bytes_left_ <= 0; }
    [[nodiscard]] std::int64_t records_left() const { return records_left_; }

private:
    std::int64_t records_left_;
    std::int64_t bytes_left_ = 1 << 20;
};

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

// Of the client, in order of name: those behind a name (or from it on), or before it backwards.
struct NameRange {
    std::optional<std::string> from;  // empty: from the first name, or backwards from the last
    bool inclusive = false;
    bool descending = false;
};
std::vector<FileRecord> read_names(Connection& connection, std::int64_t client,
                                   const NameRange& range, std::int64_t limit);

// Calls `visit` for each file of the client behind the name, in order of name, until it says false.
void walk(Connection& connection, std::int64_t client, const std::string& after,
          const std::function<bool(FileRecord)>& visit);

// The part of a name after its last dot, as it is; empty where there is none.
std::string_view extension_of(std::string_view name);

// --- changes: inside the writer's transaction ------------------------------------------------

// What is left out keeps the stored value, except `verified`; number and time are the catalog's.
struct Saved {
    FileRecord file;
    bool created = false;
};
Saved save(WriteTransaction& transaction, std::int64_t client, FileRecord file);

// False where the client has a record of this name: then nothing changes. Gives the record its
// number and time.
bool insert_new(WriteTransaction& transaction, std::int64_t client, FileRecord& file);

// An absent crc keeps the stored one. Empty where there is no such record.
std::optional<FileRecord> set_verified(WriteTransaction& transaction, std::int64_t client,
                                       const std::string& name, bool verified,
                                       std::optional<std::int64_t> crc);

// The record as it was; empty where there is none.
std::optional<FileRecord> remove(WriteTransaction& transaction, std::int64_t client,
                                 const std::string& name);

}  // namespace catalogd::catalog::files

// Why the catalog refuses. Thrown inside catalog/ and turned into the contract's errors at one
// place, actors/translation.cpp; SQLiteCpp's own exceptions join them there.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "catalog/records.h"

namespace catalogd::catalog {

struct Refusal {};  // what a caller did wrong; nothing has been changed

struct ClientNotFound : Refusal {
    std::optional<Id> id;
    std::optional<std::string> name;
};

struct NameTaken : Refusal {
    std::string name;
    Id holder{};
};

struct UnknownClient : Refusal {
    Id id{};
};

struct FileNotFound : Refusal {
    std::optional<Id> id;
    std::optional<Id> client;
    std::optional<std::string> name;
};

struct InvalidCursor : Refusal {};

// More than one commit may remove: no more than `most` lie before `before`.
struct TooManySamples : Refusal {
    std::int64_t most = 0;
    std::int64_t before = 0;
};
// Session keys can be neither sealed nor opened.
struct KeyUnavailable : Refusal {
    std::string reason;
};

// Nothing is left to seal anew, and this program may not make another key.
struct NoNewKey : Refusal {
    std::string reason;
};

// The step has no way back.
struct NotReversible : Refusal {
    std::int64_t version = 0;
    std::string name;
};

// No schema to go back to.
struct UnknownSchema : Refusal {
    std::string reason;
};

struct RequestIdReused : Refusal {
    std::string id;
};

// A file that was named cannot be read; the text is for a person.
struct UnfitPath : Refusal {
    std::string reason;
};

// It can be read, and is no old catalog that can be taken over; the same.
struct NotImportable : Refusal {
    std::string reason;
};

struct UnknownBackup : Refusal {
    std::string name;
};

// A name that no backup can be given; the text is for a person.
struct UnfitBackupName : Refusal {
    std::string reason;
};

// The backup is not what was taken, or no catalog.
struct BackupDamaged : Refusal {
    std::string name;
    std::string reason;
};

// Nothing is wrong with it, but this program cannot use it.
struct UnfitBackup : Refusal {
    std::string reason;
};

// Session keys in the backup are sealed with keys that are not here.
struct BackupKeysMissing : Refusal {
    std::string name;
    std::vector<std::string> keys;  // their identifiers in hex
};

// It would leave less on the disk than must stay free.
struct DiskTooSmall : Refusal {
    std::string reason;
};

// Long work was told to end before it was done.
struct Stopped : Refusal {};

struct UnknownTable : Refusal {
    std::string table;
};

// A statement that its caller wrote cannot be run, or may not; the reason is for that person.
struct QueryRefused : Refusal {
    std::string reason;
};

// The catalog cannot be opened or go on; the text is for a person. `held` where another
// process has it and a later start may succeed, `damaged` where the file's content is at fault.
struct Unusable : std::runtime_error {
    enum class Kind { held, unwritable, unsupported, damaged };
    Unusable(Kind why, const std::string& reason) : std::runtime_error(reason), kind(why) {}
    Kind kind;
};

// What SQLite failed at, for those above catalog/ who do not know its codes.
struct DatabaseFault {
    enum class Kind { disk_full, read_only, interrupted, other };
    Kind kind = Kind::other;
    std::string text;
};

// Of the exception that is being handled; empty where it is not SQLite's.
std::optional<DatabaseFault> current_database_fault();

// A commit whose outcome only the next start can tell: the connection must not be used again.
struct CommitUnknown : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace catalogd::catalog

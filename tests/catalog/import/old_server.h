// An old server's database, made as that server made it: each of its seven schemas.
#pragma once

#include <SQLiteCpp/Database.h>

#include <memory>
#include <string>

#include "catalog/records.h"

namespace catalogd::catalog::import {

enum class OldForm {
    oldest,
    base,
    migration_1,
    migration_2,
    migration_3,
    migration_4,
    migration_5
};

inline constexpr OldForm old_forms[] = {
    OldForm::oldest,      OldForm::base,        OldForm::migration_1, OldForm::migration_2,
    OldForm::migration_3, OldForm::migration_4, OldForm::migration_5};

std::string name_of(OldForm form);

class OldServer {
public:
    OldServer(const std::string& path, OldForm form);

    OldServer& run(const std::string& sql);

    // A client with this number as its identifier: keys and time as the server wrote them.
    OldServer& client(int id, const std::string& name);
    // A row with size, time and CRC where the form has them.
    OldServer& file(int client, const std::string& name, bool verified = true);
    // A row of any form but the oldest: `values` are Verified, FileSize, ModificationDate, CRC.
    OldServer& row(int client, const std::string& name, const std::string& values);

    // Everything in the database file.
    void stop() { database_.reset(); }
    // As a server that was killed: the last commits are in the log beside the file.
    void crash();

private:
    const OldForm form_;
    std::unique_ptr<SQLite::Database> database_;
    int files_ = 0;
};

// x'00…07': 16 bytes.
std::string blob(int number);

}  // namespace catalogd::catalog::import

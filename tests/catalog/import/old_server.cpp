#include "tests/catalog/import/old_server.h"

#include <sqlite3.h>

#include <array>

namespace catalogd::catalog::import {
namespace {

constexpr auto clients =
    "CREATE TABLE clients (ID BLOB(16) PRIMARY KEY, Name VARCHAR(255) UNIQUE NOT NULL, "
    "PublicKey BLOB(160), LastSeen TEXT NOT NULL, AESKey BLOB(32));";
constexpr auto oldest_files =
    "CREATE TABLE files (ID BLOB(16) NOT NULL, FileName VARCHAR(255) NOT NULL, "
    "PathName VARCHAR(255) NOT NULL, Verified BOOLEAN DEFAULT 0, PRIMARY KEY (ID, FileName));";
constexpr auto base =
    "CREATE TABLE files (ID BLOB(16) PRIMARY KEY, FileName VARCHAR(255) NOT NULL, "
    "PathName VARCHAR(255) NOT NULL, Verified BOOLEAN DEFAULT 0, FileSize INTEGER, "
    "ModificationDate TEXT, CRC INTEGER, ClientID BLOB(16) NOT NULL, "
    "FOREIGN KEY (ClientID) REFERENCES clients(ID) ON DELETE CASCADE);"
    "CREATE TABLE metrics_history (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp TEXT NOT NULL, "
    "metric_name VARCHAR(100) NOT NULL, value REAL NOT NULL);"
    "CREATE INDEX idx_clients_name ON clients(Name);"
    "CREATE INDEX idx_clients_lastseen ON clients(LastSeen);"
    "CREATE INDEX idx_files_clientid ON files(ClientID);"
    "CREATE INDEX idx_files_filename ON files(FileName);"
    "CREATE INDEX idx_files_client_filename ON files(ClientID, FileName);"
    "CREATE INDEX idx_files_verified ON files(Verified);"
    "CREATE INDEX idx_files_moddate ON files(ModificationDate);"
    "CREATE INDEX idx_files_filesize ON files(FileSize);"
    "CREATE INDEX idx_metrics_name_time ON metrics_history(metric_name, timestamp);";

constexpr std::array<const char*, 5> migrations{
    "CREATE TABLE database_migrations (version INTEGER PRIMARY KEY, description TEXT NOT NULL, "
    "applied_at TEXT NOT NULL, rollback_sql TEXT);"
    "CREATE INDEX idx_files_client_id ON files(ClientID);"
    "CREATE INDEX idx_files_size ON files(FileSize);"
    "CREATE INDEX idx_files_client_verified ON files(ClientID, Verified);"
    "CREATE INDEX idx_files_client_name ON files(ClientID, FileName);",

    "ALTER TABLE files ADD COLUMN FileCategory VARCHAR(50) DEFAULT 'document';"
    "ALTER TABLE files ADD COLUMN MimeType VARCHAR(100);"
    "ALTER TABLE files ADD COLUMN FileExtension VARCHAR(10);"
    "ALTER TABLE files ADD COLUMN OriginalPath TEXT;"
    "ALTER TABLE files ADD COLUMN FileHash VARCHAR(64);"
    "ALTER TABLE files ADD COLUMN TransferDuration INTEGER;"
    "ALTER TABLE files ADD COLUMN TransferSpeed INTEGER;"
    "ALTER TABLE files ADD COLUMN CompressionRatio REAL;",

    "CREATE TABLE transfer_stats (Date TEXT PRIMARY KEY, TotalFiles INTEGER DEFAULT 0, "
    "TotalBytes INTEGER DEFAULT 0, SuccessfulTransfers INTEGER DEFAULT 0, "
    "FailedTransfers INTEGER DEFAULT 0, AverageFileSize INTEGER DEFAULT 0, "
    "PeakTransferSpeed INTEGER DEFAULT 0);"
    "CREATE TABLE client_activity (ID INTEGER PRIMARY KEY AUTOINCREMENT, ClientID BLOB(16) NOT "
    "NULL, ActivityType VARCHAR(50) NOT NULL, Timestamp TEXT NOT NULL, FileCount INTEGER DEFAULT "
    "0, BytesTransferred INTEGER DEFAULT 0, FOREIGN KEY (ClientID) REFERENCES clients(ID));"
    "CREATE TABLE file_categories (ID INTEGER PRIMARY KEY AUTOINCREMENT, Name VARCHAR(50) UNIQUE "
    "NOT NULL, Description TEXT, DefaultPath VARCHAR(255), Color VARCHAR(7) DEFAULT '#007acc');"
    "INSERT INTO file_categories (Name) VALUES ('document'), ('image'), ('backup'), ('other');",

    "CREATE TABLE client_quotas (ClientID BLOB(16) PRIMARY KEY, QuotaBytes INTEGER NOT NULL "
    "DEFAULT 1073741824, UsedBytes INTEGER DEFAULT 0, LastUpdated TEXT NOT NULL, WarningThreshold "
    "REAL DEFAULT 0.8, FOREIGN KEY (ClientID) REFERENCES clients(ID) ON DELETE CASCADE);",

    "CREATE TABLE file_versions (ID INTEGER PRIMARY KEY AUTOINCREMENT, FileID BLOB(16) NOT NULL, "
    "VersionNumber INTEGER NOT NULL, PathName VARCHAR(255) NOT NULL, FileSize INTEGER, "
    "CreatedDate TEXT NOT NULL, IsActive BOOLEAN DEFAULT 1, VersionHash VARCHAR(64), "
    "ParentVersionID INTEGER, FOREIGN KEY (FileID) REFERENCES files(ID) ON DELETE CASCADE, "
    "FOREIGN KEY (ParentVersionID) REFERENCES file_versions(ID));"
    "ALTER TABLE files ADD COLUMN CurrentVersionID INTEGER;"
    "ALTER TABLE files ADD COLUMN TotalVersions INTEGER DEFAULT 1;"
    "CREATE INDEX idx_file_versions_file_id ON file_versions(FileID);"
    "CREATE INDEX idx_file_versions_active ON file_versions(IsActive);"};

}  // namespace

std::string name_of(OldForm form) {
    if (form <= OldForm::base) {
        return form == OldForm::base ? "base" : "oldest";
    }
    return "migration " + std::to_string(static_cast<int>(form) - static_cast<int>(OldForm::base));
}

std::string blob(int number) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "x'%032x'", static_cast<unsigned>(number));
    return text.data();
}

OldServer::OldServer(const std::string& path, OldForm form)
    : form_(form),
      database_(
          std::make_unique<SQLite::Database>(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)) {
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
    run(clients);
    run(form == OldForm::oldest ? oldest_files : base);
    for (int i = 0; i < static_cast<int>(form) - static_cast<int>(OldForm::base); ++i) {
        run(migrations.at(static_cast<std::size_t>(i)));
    }
}

OldServer& OldServer::run(const std::string& sql) {
    database_->exec(sql);
    return *this;
}

OldServer& OldServer::client(int id, const std::string& name) {
    return run("INSERT INTO clients VALUES (" + blob(id) + ", '" + name +
               "', zeroblob(160), '2025-01-10T12:00:00.250000+00:00Z', zeroblob(32))");
}

OldServer& OldServer::file(int client, const std::string& name, bool verified) {
    if (form_ == OldForm::oldest) {
        return run("INSERT INTO files VALUES (" + blob(client) + ", '" + name +
                   "', 'received_files/" + name + "', " + (verified ? "1" : "0") + ")");
    }
    return row(client, name,
               std::string(verified ? "1" : "0") + ", 7, '2025-01-09T12:00:00+00:00', 99");
}

OldServer& OldServer::row(int client, const std::string& name, const std::string& values) {
    return run(
        "INSERT INTO files (ID, FileName, PathName, ClientID, Verified, FileSize, "
        "ModificationDate, CRC) VALUES (" +
        blob(1'000'000 + ++files_) + ", '" + name + "', 'received_files/" + name + "', " +
        blob(client) + ", " + values + ")");
}

void OldServer::crash() {
    sqlite3_db_config(database_->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    database_.reset();
}

}  // namespace catalogd::catalog::import

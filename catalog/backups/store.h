// The folder that holds backups: for each the file and, beside it, what was noted of it.
//
// A backup has its name only when it is complete and on the disk. Whatever is unfinished lies in a
// scratch folder, which goes with the work that made it, or at the next start.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/backups/manifest.h"

namespace catalogd::catalog::backups {

struct Backup {
    std::string name;
    Manifest manifest;
    // Why it cannot be used as it is; empty where nothing is known against it. What is noted is
    // then the file's own size and time, and nothing else.
    std::string problem;
};

// Immutable; safe for any number of threads, but changing the folder is maintenance's alone.
class Store {
public:
    // `disk_floor`: bytes that must stay free beside whatever is written.
    Store(std::string folder, std::int64_t disk_floor)
        : folder_(std::move(folder)), disk_floor_(disk_floor) {}

    // Newest first.
    [[nodiscard]] std::vector<Backup> list() const;
    // Throws UnknownBackup.
    [[nodiscard]] Backup find(const std::string& name) const;
    // At most `most` bytes from there on, none behind its end. Throws UnknownBackup.
    [[nodiscard]] std::string read(const std::string& name, std::int64_t offset,
                                   std::size_t most) const;

    // Throws UnknownBackup.
    void remove(const std::string& name) const;
    void note_proven(const Backup& backup, std::int64_t now) const;
    void remove_unfinished() const;

    // "<prefix>-20261124T203000Z", or the like where that is taken.
    [[nodiscard]] std::string free_name(const std::string& prefix, std::int64_t now) const;
    // Makes the folder where there is none. Throws UnfitBackupName: taken, or not such a name.
    void check_free(const std::string& name) const;
    // Throws DiskTooSmall where writing so many bytes would leave too little, here or elsewhere.
    void check_room(std::int64_t bytes) const { check_room(bytes, folder_); }
    void check_room(std::int64_t bytes, const std::string& folder) const;
    // Where there is none.
    void make_folder() const;

    // Puts a finished file among the backups, and what is noted of it beside it; both are on the
    // disk when it returns.
    void add(const std::string& file, const Backup& backup) const;

    // A place for a ScratchFolder; those that a kill has left go with remove_unfinished.
    [[nodiscard]] std::string scratch(const std::string& purpose) const;

    [[nodiscard]] std::string path(const std::string& name) const;

private:
    [[nodiscard]] Backup look(const std::string& name) const;

    const std::string folder_;
    const std::int64_t disk_floor_;
};

// 1 to 100 of A-Z a-z 0-9 . _ -, no dot first.
bool is_backup_name(std::string_view name);

// Where backups of a catalog lie unless told otherwise.
std::string folder_beside(const std::string& database);

// Beside a backup's file, wherever that is.
std::string manifest_beside(const std::string& file);
std::optional<Manifest> read_manifest(const std::string& path);

}  // namespace catalogd::catalog::backups

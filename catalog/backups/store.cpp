#include "catalog/backups/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catalog/backups/scratch_folder.h"
#include "catalog/durable_file.h"
#include "catalog/failure.h"
#include "catalog/storage.h"

namespace catalogd::catalog::backups {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view extension = ".backup";
constexpr std::string_view manifest_extension = ".manifest";
constexpr std::string_view scratch_prefix = ".unfinished-";  // no backup's name begins with a dot
constexpr std::size_t longest_name = 100;

std::string utc(std::int64_t now) {
    const auto seconds = static_cast<std::time_t>(now / 1000);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &parts)};
}

bool exists(const std::string& path) {
    struct stat status{};
    return ::lstat(path.c_str(), &status) == 0;
}

// The names in a folder; none where there is no folder, and those before it where it cannot be read
// on: who looks at backups on a thread of its own must not end by a disk that fails.
std::vector<std::string> entries(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed); entry != fs::directory_iterator();
         entry.increment(failed)) {
        names.push_back(entry->path().filename());
    }
    return names;
}

}  // namespace

std::string Store::path(const std::string& name) const {
    return folder_ + '/' + name + std::string(extension);
}

std::string Store::scratch(const std::string& purpose) const {
    return folder_ + '/' + std::string(scratch_prefix) + purpose;
}

Backup Store::look(const std::string& name) const {
    struct stat status{};
    const bool there = is_backup_name(name) && ::lstat(path(name).c_str(), &status) == 0;
    if (!there || !S_ISREG(status.st_mode)) {
        throw UnknownBackup{{}, name};
    }
    if (auto manifest = read_manifest(manifest_beside(path(name)))) {
        const bool whole = manifest->bytes == status.st_size;
        return {name, std::move(*manifest),
                whole ? "" : "its file has another size than was noted"};
    }
    Manifest known;
    known.created = status.st_mtim.tv_sec * 1000;
    known.bytes = status.st_size;
    return {name, known, "what was noted of it is missing or not readable"};
}

std::vector<Backup> Store::list() const {
    std::vector<Backup> backups;
    for (const std::string& entry : entries(folder_)) {
        if (!entry.ends_with(extension)) {
            continue;
        }
        try {
            backups.push_back(look(entry.substr(0, entry.size() - extension.size())));
        } catch (const UnknownBackup&) {
            continue;  // removed meanwhile, or no file
        }
    }
    std::ranges::sort(backups, [](const Backup& a, const Backup& b) {
        return std::pair(a.manifest.created, a.name) > std::pair(b.manifest.created, b.name);
    });
    return backups;
}

Backup Store::find(const std::string& name) const {
    return look(name);
}

std::string Store::read(const std::string& name, std::int64_t offset, std::size_t most) const {
    const std::string at = path(look(name).name);
    const FileDescriptor file(::open(at.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    std::string chunk(most, '\0');
    const ssize_t got = file ? ::pread(file.get(), chunk.data(), most, offset) : -1;
    if (got < 0) {
        if (errno == ENOENT) {
            throw UnknownBackup{{}, name};
        }
        fail_at(at);
    }
    chunk.resize(static_cast<std::size_t>(got));
    return chunk;
}

// The file first: what is noted of no file is a leftover, and goes as one.
void Store::remove(const std::string& name) const {
    const std::string file = path(look(name).name);
    if (::unlink(file.c_str()) != 0 && errno != ENOENT) {
        fail_at(file);
    }
    ::unlink(manifest_beside(file).c_str());
    sync_folder(folder_);
}

void Store::note_proven(const Backup& backup, std::int64_t now) const {
    Manifest manifest = backup.manifest;
    manifest.proven = now;
    const ScratchFolder folder(scratch("note"));
    write_new_file(folder.file("manifest"), to_text(manifest), 0600);
    rename_durably(folder.file("manifest"), manifest_beside(path(backup.name)));
}

void Store::remove_unfinished() const {
    std::error_code ignored;  // what cannot be removed now is tried again next time
    for (const std::string& entry : entries(folder_)) {
        const std::string whole = folder_ + '/' + entry;
        const std::string beside = std::string(extension) + std::string(manifest_extension);
        const bool of_no_backup =
            entry.ends_with(beside) &&
            !exists(whole.substr(0, whole.size() - manifest_extension.size()));
        if (entry.starts_with(scratch_prefix) || of_no_backup) {
            fs::remove_all(whole, ignored);
        }
    }
}

std::string Store::free_name(const std::string& prefix, std::int64_t now) const {
    const std::string name = prefix + '-' + utc(now);
    std::string free = name;
    for (int i = 2; exists(path(free)); ++i) {
        free = name + '-' + std::to_string(i);
    }
    return free;
}

void Store::check_free(const std::string& name) const {
    if (!is_backup_name(name)) {
        throw UnfitBackupName{{}, "must be 1 to 100 of A-Z a-z 0-9 . _ - and not begin with a dot"};
    }
    if (exists(path(name))) {
        throw UnfitBackupName{{}, "there is a backup of this name: " + name};
    }
    make_folder();
}

void Store::make_folder() const {
    if (::mkdir(folder_.c_str(), 0700) == 0) {
        sync_folder(folder_of(folder_));
    } else if (errno != EEXIST) {
        fail_at(folder_);
    }
}

void Store::check_room(std::int64_t bytes, const std::string& folder) const {
    const std::int64_t free = free_bytes(exists(folder) ? folder : folder_of(folder));
    if (free - bytes < disk_floor_) {
        throw DiskTooSmall{{},
                           std::to_string(bytes) + " bytes are needed in " + folder + ", where " +
                               std::to_string(free) + " are free and " +
                               std::to_string(disk_floor_) + " must stay so"};
    }
}

void Store::add(const std::string& file, const Backup& backup) const {
    const std::string manifest = manifest_beside(path(backup.name));
    ::unlink(manifest.c_str());  // of no backup: the name is free
    write_new_file(manifest, to_text(backup.manifest), 0600);
    try {
        rename_durably(file, path(backup.name));
    } catch (const Unusable&) {
        ::unlink(manifest.c_str());
        throw;
    }
}

bool is_backup_name(std::string_view name) {
    return !name.empty() && name.size() <= longest_name && name.front() != '.' &&
           std::ranges::all_of(name, [](char letter) {
               return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      (letter >= '0' && letter <= '9') || letter == '.' || letter == '_' ||
                      letter == '-';
           });
}

std::string folder_beside(const std::string& database) {
    return folder_of(database) + "/backups";
}

std::string manifest_beside(const std::string& file) {
    return file + std::string(manifest_extension);
}

std::optional<Manifest> read_manifest(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return file ? parse_manifest(text.str()) : std::nullopt;
}

}  // namespace catalogd::catalog::backups

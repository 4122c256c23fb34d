#include "tests/catalog/fault_vfs.h"

#include <stdexcept>

namespace catalogd::catalog {
namespace {

// What SQLite holds of an open file: ours first, the real one behind it.
struct FaultFile {
    sqlite3_file base;
    FaultVfs* disk;
    const char* path;  // SQLite's own; it lives as long as the file
};

FaultFile& ours(sqlite3_file* file) {
    return *reinterpret_cast<FaultFile*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(&ours(file) + 1);
}

bool fails(sqlite3_file* file, FaultKind kind) {
    const FaultFile& mine = ours(file);
    return mine.disk->fails(kind, mine.path == nullptr ? "" : mine.path);
}

int close_file(sqlite3_file* file) {
    return real(file)->pMethods->xClose(real(file));
}

int read_file(sqlite3_file* file, void* out, int size, sqlite3_int64 at) {
    return fails(file, FaultKind::read) ? SQLITE_IOERR_READ
                                        : real(file)->pMethods->xRead(real(file), out, size, at);
}

int write_file(sqlite3_file* file, const void* in, int size, sqlite3_int64 at) {
    if (!fails(file, FaultKind::write)) {
        return real(file)->pMethods->xWrite(real(file), in, size, at);
    }
    real(file)->pMethods->xWrite(real(file), in, size / 2, at);
    return ours(file).disk->disk_full() ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    return fails(file, FaultKind::truncate) ? SQLITE_IOERR_TRUNCATE
                                            : real(file)->pMethods->xTruncate(real(file), size);
}

int sync_file(sqlite3_file* file, int flags) {
    return fails(file, FaultKind::sync) ? SQLITE_IOERR_FSYNC
                                        : real(file)->pMethods->xSync(real(file), flags);
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}

int lock_file(sqlite3_file* file, int level) {
    return real(file)->pMethods->xLock(real(file), level);
}

int unlock_file(sqlite3_file* file, int level) {
    return real(file)->pMethods->xUnlock(real(file), level);
}

int check_lock(sqlite3_file* file, int* reserved) {
    return real(file)->pMethods->xCheckReservedLock(real(file), reserved);
}

int control_file(sqlite3_file* file, int operation, void* argument) {
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

int sector_size(sqlite3_file* file) {
    return real(file)->pMethods->xSectorSize(real(file));
}

int characteristics(sqlite3_file* file) {
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
    return real(file)->pMethods->xShmMap(real(file), region, size, extend, memory);
}

int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

void barrier(sqlite3_file* file) {
    real(file)->pMethods->xShmBarrier(real(file));
}

int unmap_shared(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods methods{2,
                                 close_file,
                                 read_file,
                                 write_file,
                                 truncate_file,
                                 sync_file,
                                 size_of_file,
                                 lock_file,
                                 unlock_file,
                                 check_lock,
                                 control_file,
                                 sector_size,
                                 characteristics,
                                 map_shared,
                                 lock_shared,
                                 barrier,
                                 unmap_shared,
                                 nullptr,
                                 nullptr};

FaultVfs& disk_of(sqlite3_vfs* vfs) {
    return *static_cast<FaultVfs*>(vfs->pAppData);
}

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    file->pMethods = nullptr;
    FaultVfs& disk = disk_of(vfs);
    if (disk.fails(FaultKind::open, path == nullptr ? "" : path)) {
        return SQLITE_CANTOPEN;
    }
    ours(file).disk = &disk;
    ours(file).path = path;
    const int status = disk.base()->xOpen(disk.base(), path, real(file), flags, out_flags);
    if (real(file)->pMethods != nullptr) {
        file->pMethods = &methods;
    }
    return status;
}

int remove_file(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    FaultVfs& disk = disk_of(vfs);
    return disk.fails(FaultKind::remove, path)
               ? SQLITE_IOERR_DELETE
               : disk.base()->xDelete(disk.base(), path, sync_folder);
}

}  // namespace

FaultVfs::FaultVfs() : base_(sqlite3_vfs_find("unix-excl")), vfs_(*base_) {
    vfs_.zName = name;
    vfs_.szOsFile = static_cast<int>(sizeof(FaultFile)) + base_->szOsFile;
    vfs_.pAppData = this;
    vfs_.pNext = nullptr;
    vfs_.xOpen = open_file;
    vfs_.xDelete = remove_file;
    if (sqlite3_vfs_register(&vfs_, 0) != SQLITE_OK) {
        throw std::runtime_error("SQLite refuses the faulty disk");
    }
}

FaultVfs::~FaultVfs() {
    sqlite3_vfs_unregister(&vfs_);
}

void FaultVfs::fail(const Plan& plan) {
    plan_ = plan;
    armed_ = true;
    calls_ = 0;
    failures_ = 0;
}

void FaultVfs::heal() {
    armed_ = false;
}

bool FaultVfs::fails(FaultKind kind, const std::string& path) {
    const bool meant = (static_cast<unsigned>(plan_.kind) & static_cast<unsigned>(kind)) != 0 &&
                       (!plan_.only_log || path.ends_with("-wal"));
    if (!armed_ || !meant) {
        return false;
    }
    ++calls_;
    const bool fail = plan_.for_good ? calls_ >= plan_.nth : calls_ == plan_.nth;
    failures_ += fail ? 1 : 0;
    return fail;
}

}  // namespace catalogd::catalog

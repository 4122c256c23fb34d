// Files beside the database that must be there after a power loss. Never the database itself:
// opening and closing that outside SQLite drops its locks.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <utility>

namespace catalogd::catalog {

// Owns a file descriptor; tests false where opening failed.
class FileDescriptor {
public:
    explicit FileDescriptor(int descriptor) : descriptor_(descriptor) {}
    FileDescriptor(FileDescriptor&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileDescriptor& operator=(FileDescriptor&&) = delete;
    ~FileDescriptor();
    explicit operator bool() const { return descriptor_ >= 0; }
    [[nodiscard]] int get() const { return descriptor_; }

private:
    int descriptor_;
};

// Throws Unusable: the system call that has just failed was about this file.
[[noreturn]] void fail_at(const std::string& path);

// Makes a file that must not exist yet, with its content and its folder's entry on the disk.
void write_new_file(const std::string& path, std::string_view content, mode_t mode);

// Puts a finished file in the place of its final name, for good.
void rename_durably(const std::string& from, const std::string& to);

// What was made or removed in it stays so.
void sync_folder(const std::string& path);

std::string folder_of(const std::string& path);

}  // namespace catalogd::catalog

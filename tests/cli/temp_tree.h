// A directory tree of the test's own, gone with it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace catalogd::cli {

class TempTree {
public:
    TempTree() : path_((std::filesystem::temp_directory_path() / "tree-XXXXXX").string()) {
        if (::mkdtemp(path_.data()) == nullptr) {
            throw std::runtime_error("no directory for the test at " + path_);
        }
    }
    ~TempTree() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TempTree(const TempTree&) = delete;
    TempTree& operator=(const TempTree&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string path(const std::string& name) const { return path_ + '/' + name; }

    // Makes the file and the directories above it; the time is fixed.
    void write(const std::string& name, const std::string& content = "content") {
        const std::filesystem::path file = path(name);
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << content;
        set_time(name, std::chrono::seconds(1'736'510'400));  // 2025-01-10T12:00:00Z
    }

    void set_time(const std::string& name, std::chrono::nanoseconds since_epoch) {
        const auto moment = std::chrono::sys_time<std::chrono::nanoseconds>(since_epoch);
        std::filesystem::last_write_time(path(name), std::chrono::file_clock::from_sys(moment));
    }

private:
    std::string path_;
};

}  // namespace catalogd::cli

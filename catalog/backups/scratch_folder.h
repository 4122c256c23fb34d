// A folder for what must not outlive the work that needs it.
#pragma once

#include <string>

namespace catalogd::catalog::backups {

// Made empty; gone with the object.
class ScratchFolder {
public:
    explicit ScratchFolder(std::string path);
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    [[nodiscard]] std::string file(const std::string& name) const { return path_ + '/' + name; }

private:
    const std::string path_;
};

}  // namespace catalogd::catalog::backups

#include "catalog/backups/scratch_folder.h"

#include <sys/stat.h>

#include <filesystem>

#include "catalog/durable_file.h"

namespace catalogd::catalog::backups {
namespace fs = std::filesystem;

ScratchFolder::ScratchFolder(std::string path) : path_(std::move(path)) {
    std::error_code failed;
    fs::remove_all(path_, failed);
    if (::mkdir(path_.c_str(), 0700) != 0) {
        fail_at(path_);
    }
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;  // the next start removes what is left
    fs::remove_all(path_, ignored);
}

}  // namespace catalogd::catalog::backups

// A directory tree, file by file, always in the same order.
#pragma once

#include <dirent.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/failure.h"

namespace catalogd::cli {

// Visits the regular files below a directory and follows no symbolic link. The order is that of
// the names compared byte for byte, as the catalog orders them. Other kinds of file are passed
// over in silence. Paths may be longer than the system's limit: each step is relative to the last.
class Walk {
public:
    struct Entry {
        std::string name;      // below the directory, bytes as they are
        int folder = -1;       // an open descriptor of where it lies; valid until next()
        std::string own_name;  // its name in there
        int error = 0;         // the errno that kept a directory from being read; 0: a file
    };

    // `directory` itself may be a symbolic link.
    static Result<Walk> open(const std::string& directory);

    std::optional<Entry> next();

private:
    struct Level {
        struct Close {
            void operator()(DIR* open) const { closedir(open); }
        };
        std::unique_ptr<DIR, Close> stream;
        std::vector<std::string> names;  // those of directories with a slash at their end
        std::size_t next = 0;
        std::size_t prefix = 0;  // how much of `prefix_` is the way to here
    };

    // Empty, and errno set, where the directory cannot be read to its end.
    static std::optional<Level> read(int folder, const char* name, int flags);

    Walk() = default;
    bool descend();

    std::vector<Level> levels_;
    std::string prefix_;    // the way to the level that is visited: "a/b/"
    std::string own_name_;  // of the entry that was looked at last
};

}  // namespace catalogd::cli

// Which backups there are, for who must not wait for a disk: as whoever looked last found them.
//
// Looked at by who has changed them (BackupNews), before that is told, and by the scheduler as its
// jobs begin and end, which finds what a person has done to the folder by hand.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "catalog/backups/store.h"
#include "protocol/admin.h"

namespace catalogd::actors {

// From any thread.
class BackupList {
public:
    static constexpr std::size_t most_told = 20;
    struct Look {
        protocol::admin::ListBackups::Reply newest;  // so many at most, newest first
        std::size_t total = 0;
        std::optional<std::int64_t> last_proven;  // milliseconds since 1970; of any that is whole
    };

    explicit BackupList(const catalog::backups::Store& store) : store_(store) {}

    // Reads the folder.
    void look();
    // Waits for no look.
    [[nodiscard]] std::shared_ptr<const Look> latest() const;

private:
    const catalog::backups::Store& store_;
    std::mutex looking_;  // so that of two looks the later one stays
    mutable std::mutex publishing_;
    std::shared_ptr<const Look> latest_ = std::make_shared<Look>();
};

}  // namespace catalogd::actors

// What the catalog holds of a client's files already, in order of name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/patience.h"
#include "cli/varlink_client.h"
#include "protocol/files.h"

namespace catalogd::cli {

// A cursor over the records, fetched page by page as they are needed: it costs the memory of one
// page, and its connection is idle between pages, however long the caller takes.
class StoredFiles {
public:
    StoredFiles(VarlinkClient daemon, protocol::Id client, Patience patience = Patience())
        : daemon_(std::move(daemon)), client_(client), patience_(std::move(patience)) {}

    // The record that the cursor stands on; null behind the last one.
    Result<const protocol::files::File*> current();
    void advance() { ++at_; }

private:
    Result<void> fetch();

    VarlinkClient daemon_;
    protocol::Id client_;
    Patience patience_;
    std::vector<protocol::files::File> page_;
    std::size_t at_ = 0;
    std::optional<std::string> next_;
    bool begun_ = false;
};

}  // namespace catalogd::cli

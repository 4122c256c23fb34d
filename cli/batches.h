// Recording files in large batches, two of them on their way at any time.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "cli/patience.h"
#include "cli/varlink_client.h"
#include "protocol/files.h"

namespace catalogd::cli {

class Batches {
public:
    Batches(VarlinkClient daemon, protocol::Id client, Patience patience = Patience())
        : daemon_(std::move(daemon)), patience_(std::move(patience)) {
        collected_.client_id = client;
    }

    // What was read to make the record tells how dear it would be to lose.
    Result<void> add(protocol::files::NewFile file);
    // Sends what is collected and waits until the daemon has confirmed everything.
    Result<void> finish();

    // As far as the daemon has confirmed.
    [[nodiscard]] std::int64_t created() const { return created_; }
    [[nodiscard]] std::int64_t updated() const { return updated_; }

private:
    Result<void> send_collected();
    Result<void> send(std::string parameters);
    Result<void> await_one();

    VarlinkClient daemon_;
    Patience patience_;
    protocol::files::SaveMany collected_;
    std::size_t text_bytes_ = 0;            // of what is collected
    std::int64_t content_bytes_ = 0;        // of the files that it tells of
    std::deque<std::string> on_their_way_;  // parameters, to send again after Busy
    std::int64_t created_ = 0;
    std::int64_t updated_ = 0;
};

}  // namespace catalogd::cli

// The settings while the daemon runs: what file, environment and flags say, over what the catalog
// keeps, over the defaults.
//
// Thread     main
// Invariants what is in force is what the catalog keeps durably and what was read wholly: a change
//            that is refused or cannot be kept, and a file that is not right, change nothing; one
//            change is under way at a time, so that each is judged on the one before it
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <deque>
#include <functional>

#include "config/overlay.h"
#include "endpoints/settings.h"

namespace catalogd::daemon {

class Settings : public endpoints::Settings {
public:
    // False: the writer's mailbox is full.
    using Post = std::function<bool(actors::WriterMail&)>;
    // Puts the live keys in force; must not throw.
    using Apply = std::function<void(const config::Config&)>;

    // Hears what came of each reading of the file: its one error is ConfigurationInvalid.
    using Told = std::function<void(const protocol::Result<protocol::settings::Reload::Reply>&)>;

    // `loaded` came from `sources`. What of `stored` cannot be used is told in the log.
    Settings(boost::asio::any_io_executor main, config::Sources sources, config::Loaded loaded,
             config::Stored stored);

    // Before the first call.
    void connect(Post post, Apply apply, Told told);

    // What the catalog keeps now, where it is another catalog than before.
    void adopt(const config::Stored& stored);

    // What is in force: live keys as they are now, the others as they were at start.
    [[nodiscard]] const config::Config& running() const { return running_; }

    [[nodiscard]] protocol::settings::ListSettings::Reply list() const override;
    void set(protocol::settings::SetSetting message, actors::WriterMail mail) override;
    protocol::Result<protocol::settings::Reload::Reply> reload() override;

private:
    struct Change {
        protocol::settings::SetSetting message;
        actors::WriterMail mail;
    };
    // Of a change that may be kept.
    struct Proposal {
        config::Stored stored;  // all of them
        protocol::settings::SetSetting::Reply reply;
    };

    protocol::Result<protocol::settings::Reload::Reply> read_again();
    protocol::Result<Proposal> judge(const protocol::settings::SetSetting& message) const;
    void keep_next();
    bool keep_first();
    void answer_first(actors::Outcome outcome);
    void overlay();

    const boost::asio::any_io_executor main_;
    const config::Sources sources_;
    Post post_;
    Apply apply_;
    Told told_;

    config::Loaded loaded_;                     // without the catalog
    config::Stored stored_;                     // in the catalog
    std::vector<config::Problem> passed_over_;  // of these
    config::Loaded configured_;                 // both: what a start would put in force
    config::Config running_;
    std::deque<Change> waiting_;  // the first one is under way
};

}  // namespace catalogd::daemon

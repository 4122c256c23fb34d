// Whose records have changed: what io.catalogd.Watch tells.
//
// The writer notes the clients of each commit once it is durable; a watch asks what was changed
// since its cursor. Remembered are so many clients as a catalog usually has; whoever asks for what
// is older is told to begin anew.
#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "protocol/values.h"

namespace catalogd::actors::events {

// Safe for any number of threads.
class ChangedClients {
public:
    // `epoch`: of this start, another one each time.
    explicit ChangedClients(std::string epoch, std::size_t most = 20'000)
        : epoch_(std::move(epoch)), most_(most) {}

    void note(std::span<const protocol::Id> clients);
    // Another catalog is in the place of this one.
    void note_all();

    struct Changes {
        std::string cursor;
        std::vector<protocol::Id> clients;
        bool reset = false;  // it is not known what has changed
    };
    // Since the cursor; without one, from now on.
    [[nodiscard]] Changes since(const std::optional<std::string>& cursor) const;

    // `wake` is called on the writer's thread after each change, while the token lives. It throws
    // nothing and does not call back.
    class Token;
    [[nodiscard]] std::shared_ptr<Token> listen(std::function<void()> wake);
    // Nothing is noted any more: all are woken, and ended() holds.
    void close();
    [[nodiscard]] bool ended() const { return closed_; }

private:
    using Wakes = std::list<std::function<void()>>;
    [[nodiscard]] std::optional<std::uint64_t> number_in(const std::string& cursor) const;
    void wake_all() const;

    const std::string epoch_;
    const std::size_t most_;
    std::atomic<bool> closed_{false};

    mutable std::mutex mutex_;  // over all that follows
    std::uint64_t last_ = 0;
    std::uint64_t forgotten_to_ = 0;  // changes up to this number are not known any more
    std::map<protocol::Id, std::uint64_t> changed_;
    std::map<std::uint64_t, std::vector<protocol::Id>> by_number_;
    Wakes wakes_;
};

class ChangedClients::Token {
public:
    Token(ChangedClients& changed, std::function<void()> wake);
    ~Token();
    Token(const Token&) = delete;
    Token& operator=(const Token&) = delete;

private:
    ChangedClients& changed_;
    Wakes::iterator place_;
};

}  // namespace catalogd::actors::events

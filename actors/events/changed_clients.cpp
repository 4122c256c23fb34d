#include "actors/events/changed_clients.h"

#include "protocol/events.h"

namespace catalogd::actors::events {

void ChangedClients::note(std::span<const protocol::Id> clients) {
    if (clients.empty()) {
        return;
    }
    const std::lock_guard lock(mutex_);
    ++last_;
    for (const protocol::Id& client : clients) {
        auto& number = changed_[client];
        if (number != 0) {
            auto& earlier = by_number_[number];
            std::erase(earlier, client);
            if (earlier.empty()) {
                by_number_.erase(number);
            }
        }
        number = last_;
        by_number_[last_].push_back(client);
    }
    while (changed_.size() > most_) {
        const auto oldest = by_number_.begin();
        for (const protocol::Id& client : oldest->second) {
            changed_.erase(client);
        }
        forgotten_to_ = oldest->first;
        by_number_.erase(oldest);
    }
    wake_all();
}

void ChangedClients::note_all() {
    const std::lock_guard lock(mutex_);
    forgotten_to_ = ++last_;
    changed_.clear();
    by_number_.clear();
    wake_all();
}

ChangedClients::Changes ChangedClients::since(const std::optional<std::string>& cursor) const {
    const std::lock_guard lock(mutex_);
    Changes changes{protocol::events::sequence_text(epoch_, last_), {}, false};
    if (!cursor) {
        return changes;
    }
    const auto after = number_in(*cursor);
    if (!after || *after > last_ || *after < forgotten_to_) {
        changes.reset = true;
        return changes;
    }
    for (auto each = by_number_.upper_bound(*after); each != by_number_.end(); ++each) {
        changes.clients.insert(changes.clients.end(), each->second.begin(), each->second.end());
    }
    return changes;
}

// Empty for one of another start.
std::optional<std::uint64_t> ChangedClients::number_in(const std::string& cursor) const {
    const auto sequence = protocol::events::parse_sequence(cursor);
    return sequence && sequence->epoch == epoch_ ? std::optional(sequence->number) : std::nullopt;
}

void ChangedClients::wake_all() const {
    for (const auto& wake : wakes_) {
        wake();
    }
}

std::shared_ptr<ChangedClients::Token> ChangedClients::listen(std::function<void()> wake) {
    return std::make_shared<Token>(*this, std::move(wake));
}

void ChangedClients::close() {
    closed_ = true;
    const std::lock_guard lock(mutex_);
    wake_all();
}

ChangedClients::Token::Token(ChangedClients& changed, std::function<void()> wake)
    : changed_(changed) {
    const std::lock_guard lock(changed_.mutex_);
    place_ = changed_.wakes_.insert(changed_.wakes_.end(), std::move(wake));
}

ChangedClients::Token::~Token() {
    const std::lock_guard lock(changed_.mutex_);
    changed_.wakes_.erase(place_);
}

}  // namespace catalogd::actors::events

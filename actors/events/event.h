// An event on its way to subscribers: made once, shared by all of them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace catalogd::actors::events {

struct Event {
    std::string_view type;     // lives as long as the program
    std::uint64_t number = 0;  // of its sequence; 0: it has none of its own
    std::string json;          // the CloudEvent
};
using EventPtr = std::shared_ptr<const Event>;

// Which types a subscriber asks for: "io.catalogd.job.finished", "io.catalogd.job.*"; none named:
// all but samples. Snapshots, heartbeats and losses are for everybody.
class Filter {
public:
    Filter() = default;
    // Throws std::invalid_argument, with the reason, for a type that there is not.
    explicit Filter(std::vector<std::string> patterns);

    [[nodiscard]] bool wants(std::string_view type) const;

private:
    std::vector<std::string> patterns_;
};

}  // namespace catalogd::actors::events

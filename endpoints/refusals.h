// Calls that were denied for want of a role, on their way into the audit log. Who may do nothing
// must not make work either: of equal ones (user and method) the first is told of at once, and
// those of the minute behind it by one entry with their number. Nobody waits for these entries.
//
// Overflow: so many different ones are told apart at a time; all others count as one, of several
//           users. Where the writer's mailbox is full, what should be posted counts on.
#pragma once

#include <map>
#include <string_view>
#include <tuple>

#include "endpoints/method_table.h"

namespace catalogd::endpoints {

// Everything runs on the sessions' thread.
class Refusals {
public:
    // Both must outlive it.
    Refusals(actors::Writer& writer, const actors::Clock& clock) : writer_(writer), clock_(clock) {}

    // `method` is a row's name; null for what is no method here, whose text is the peer's own.
    void note(const Caller& caller, const Method* method);

    // From time to time: tells of those whose minute is over.
    void write_due();
    // The same of all, before the writer stops.
    void write_all();

private:
    using Kind = std::tuple<std::int64_t, std::string_view>;  // user and method
    struct Folded {
        catalog::audit::Caller caller;
        actors::Moment since;
        std::int64_t untold = 0;
        bool first = true;  // none of them has been told of
    };
    using Kinds = std::map<Kind, Folded>;

    Kinds::iterator kind_of(const catalog::audit::Caller& caller, std::string_view method);
    void tell(const Kind& kind, Folded& folded);

    actors::Writer& writer_;
    const actors::Clock& clock_;
    Kinds kinds_;
};

}  // namespace catalogd::endpoints

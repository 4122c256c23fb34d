// Putting a copy in the catalog's place, under a daemon that runs: what restoring and vacuuming
// have in common.
#pragma once

#include "actors/maintenance.h"

namespace catalogd::actors {

// While it lives, writes are answered ReadOnly, with this reason.
class WritesHeld {
public:
    WritesHeld(WorkContext& context, const std::string& why);
    ~WritesHeld();
    WritesHeld(const WritesHeld&) = delete;
    WritesHeld& operator=(const WritesHeld&) = delete;

private:
    WorkContext& context_;
};

// While writes are held. From here on nothing stops it: it is a few seconds, and half of it is
// nothing. Throws the error that it ended in, which has left the catalog as it was unless it is
// OutcomeUnknown.
void replace_catalog(WorkContext& context, const std::string& copy, const catalog::Slices& slices);

}  // namespace catalogd::actors

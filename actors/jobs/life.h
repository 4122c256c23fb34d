// The life of a job as a table: what may become of it when. Whatever is not in the table cannot
// happen, and is a fault of this program where it does.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace catalogd::actors {

enum class JobState {
    resting,    // until its time comes
    due,        // its time has come; it waits for its turn
    beginning,  // a run is being noted in the catalog
    running,    // on maintenance's thread, or in its queue
    stopping,   // the same, and told to end
    ending,     // what it ended in is being noted
};

enum class JobEvent {
    time_came,
    turn_came,
    asked,    // somebody wants it to run now
    forgone,  // its turn did not come in time
    noted,    // the run has an id
    not_noted,
    told_to_stop,
    ended,
    kept,  // what it ended in was noted, or cannot be
};

struct JobStep {
    JobState from;
    JobEvent event;
    JobState to;
};

inline constexpr std::array job_life{
    JobStep{JobState::resting, JobEvent::time_came, JobState::due},
    JobStep{JobState::resting, JobEvent::asked, JobState::beginning},
    JobStep{JobState::due, JobEvent::asked, JobState::beginning},
    JobStep{JobState::due, JobEvent::turn_came, JobState::beginning},
    JobStep{JobState::due, JobEvent::forgone, JobState::ending},
    JobStep{JobState::beginning, JobEvent::noted, JobState::running},
    JobStep{JobState::beginning, JobEvent::not_noted, JobState::resting},
    JobStep{JobState::running, JobEvent::told_to_stop, JobState::stopping},
    JobStep{JobState::running, JobEvent::ended, JobState::ending},
    JobStep{JobState::stopping, JobEvent::told_to_stop, JobState::stopping},
    JobStep{JobState::stopping, JobEvent::ended, JobState::ending},
    JobStep{JobState::ending, JobEvent::kept, JobState::resting},
};

constexpr std::optional<JobState> after(JobState state, JobEvent event) {
    for (const JobStep& step : job_life) {
        if (step.from == state && step.event == event) {
            return step.to;
        }
    }
    return {};
}

// Whether a run of it is under way.
constexpr bool has_run(JobState state) {
    return state != JobState::resting && state != JobState::due;
}

}  // namespace catalogd::actors

#include "actors/health/observations.h"

#include <fmt/format.h>

namespace catalogd::actors::health {
namespace {

constexpr double hundred = 100;

Observation writer(const Figures& figures, const Thresholds& thresholds) {
    Observation seen{"writer", 0.0, "ms", thresholds.writer};
    if (figures.writer.busy_since) {
        const std::chrono::duration<double, std::milli> busy =
            figures.at - *figures.writer.busy_since;
        seen.observed = std::max(0.0, busy.count());
    }
    seen.reason = fmt::format("the writer has been with one batch for {:.0f} s, and {} writes wait",
                              *seen.observed / 1000, figures.writer.queued);
    seen.recommendation =
        "Look at the disk (iostat -x 1) and at what runs: catalogctl queries tells which statement "
        "takes longest, the log names those that are slow.";
    return seen;
}

Observation readers(const Figures& figures, const Recent& recent, const Thresholds& thresholds) {
    Observation seen{"readers", recent.readers_busy * hundred, "%", thresholds.readers};
    seen.reason = fmt::format("the {} readers were busy for {:.0f} % of the last ten seconds",
                              figures.readers.readers, *seen.observed);
    seen.recommendation = "Raise readers.count, or let fewer callers ask at once.";
    return seen;
}

Observation queue(const Figures& figures, const Recent& recent, const Thresholds& thresholds) {
    const double fuller = std::max(figures.writer.fullness, figures.readers.fullness);
    Observation seen{"queue", fuller * hundred, "%", thresholds.queue};
    if (recent.refused_in_minute > 0) {
        seen.at_least = Status::warn;
        seen.reason = fmt::format("{} calls were refused as Busy within the last minute; ",
                                  recent.refused_in_minute);
    }
    const bool of_writer = figures.writer.fullness >= figures.readers.fullness;
    seen.reason += fmt::format("the queue of the {} is {:.0f} % full",
                               of_writer ? "writer" : "readers", *seen.observed);
    seen.recommendation = fmt::format(
        "Let callers send less at once, or find what takes so long with catalogctl queries; a "
        "burst that is meant to be so large needs a larger {0}.queue or {0}.queue_bytes.",
        of_writer ? "writer" : "readers");
    return seen;
}

// At the present growth: how fast, and in how many days each mark is reached.
std::string growth_text(const Figures& figures, double bytes, const Marks& marks) {
    if (!figures.growth_per_day || *figures.growth_per_day <= 0) {
        return {};
    }
    const double growth = *figures.growth_per_day;
    std::string text = fmt::format(", and grow by {} a day", bytes_text(growth));
    for (const auto& [mark, what] :
         {std::pair(marks.warn, "warning"), std::pair(marks.fail, "failing")}) {
        if (mark > bytes) {
            text += fmt::format("; {:.0f} days to {}", (mark - bytes) / growth, what);
        }
    }
    return text;
}

Observation database_size(const Figures& figures, const Thresholds& thresholds) {
    const auto bytes = static_cast<double>(figures.database_bytes + figures.log_bytes);
    Observation seen{"database-size", bytes, "bytes", thresholds.database};
    seen.reason = fmt::format("database and log take {}", bytes_text(bytes)) +
                  growth_text(figures, bytes, thresholds.database);
    seen.always_told = figures.growth_per_day.has_value();
    seen.recommendation =
        "Delete clients and records that are not needed, and give what they took back with a "
        "vacuum; if the catalog is meant to be so large, raise health.database_warn and "
        "health.database_fail.";
    return seen;
}

Observation log_size(const Figures& figures, const Thresholds& thresholds) {
    const auto bytes = static_cast<double>(figures.log_bytes);
    Observation seen{"wal-size", bytes, "bytes", thresholds.log};
    seen.reason = fmt::format("the write-ahead log takes {}", bytes_text(bytes));
    seen.recommendation =
        "Something reads for so long that the log cannot begin anew: look for long lists and "
        "backups, and lower deadlines.read.";
    return seen;
}

Observation disk_free(const Figures& figures, const Thresholds& thresholds) {
    Observation seen{"disk-free", {}, "bytes", thresholds.disk, true};
    if (figures.disk_free) {
        seen.observed = static_cast<double>(*figures.disk_free);
        seen.reason = fmt::format("{} are free on the database's disk", bytes_text(*seen.observed));
        if (figures.writer.short_of_disk) {
            seen.at_least = Status::fail;
            seen.reason += ", too few: nothing is written but what makes room";
        }
    } else {
        seen.at_least = Status::warn;
        seen.reason = "the database's disk does not tell how much of it is free";
    }
    seen.recommendation =
        "Free space there, or enlarge the disk: catalogctl backup list shows what backups take. A "
        "full disk refuses writes and loses none.";
    return seen;
}

Observation subscribers(const Figures& figures, const Recent& recent) {
    Observation seen{"subscribers", static_cast<double>(recent.slow_in_minute), {}, {1, 0}};
    seen.reason = fmt::format(
        "of {} subscribers some were too slow {} times within the last minute, and lost events",
        figures.events.subscribers, recent.slow_in_minute);
    seen.recommendation =
        "Look for a subscriber that does not read, or have it name the types that it needs.";
    return seen;
}

// Of those who judge for themselves; until they have, the check passes and says so.
Observation found(const Figures& figures, std::string name) {
    Observation seen{std::move(name), {}, {}, {}};
    seen.always_told = true;
    seen.reason = "has not run yet";
    for (const Finding& finding : figures.findings) {
        if (finding.check == seen.name) {
            seen.at_least = finding.status;
            seen.observed = finding.observed;
            seen.unit = finding.unit;
            seen.reason = finding.reason;
            seen.recommendation = finding.recommendation;
        }
    }
    return seen;
}

}  // namespace

std::string bytes_text(double bytes) {
    constexpr std::array units{"bytes", "KiB", "MiB", "GiB", "TiB"};
    std::size_t unit = 0;
    while (bytes >= 1024 && unit + 1 < units.size()) {
        bytes /= 1024;
        ++unit;
    }
    return unit == 0 ? fmt::format("{:.0f} bytes", bytes)
                     : fmt::format("{:.1f} {}", bytes, units[unit]);
}

std::vector<Observation> observe(const Figures& figures, const Recent& recent,
                                 const Thresholds& thresholds) {
    return {writer(figures, thresholds),
            readers(figures, recent, thresholds),
            queue(figures, recent, thresholds),
            database_size(figures, thresholds),
            log_size(figures, thresholds),
            disk_free(figures, thresholds),
            found(figures, "integrity"),
            found(figures, "foreign-keys"),
            found(figures, "orphans"),
            found(figures, "backup"),
            found(figures, "jobs"),
            subscribers(figures, recent)};
}

}  // namespace catalogd::actors::health

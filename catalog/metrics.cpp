#include "catalog/metrics.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "catalog/failure.h"

namespace catalogd::catalog::metrics {
namespace {

const Sql number_sql{"metrics.number", "SELECT number FROM metric_names WHERE name = ?1"};
const Sql add_name_sql{"metrics.add_name",
                       "INSERT INTO metric_names (name) VALUES (?1) RETURNING number"};
const Sql names_sql{"metrics.names", "SELECT number, name FROM metric_names ORDER BY name"};
const Sql forget_name_sql{"metrics.forget_name", "DELETE FROM metric_names WHERE number = ?1"};
const Sql any_sql{"metrics.any", "SELECT 1 FROM samples WHERE name = ?1 LIMIT 1"};

const Sql last_of_time_sql{"metrics.last_of_time",
                           "SELECT n FROM samples WHERE name = ?1 AND at = ?2 "
                           "ORDER BY n DESC LIMIT 1"};
const Sql same_sql{"metrics.same",
                   "SELECT 1 FROM samples WHERE name = ?1 AND at = ?2 AND value = ?3 LIMIT 1"};
const Sql add_sql{"metrics.add",
                  "INSERT INTO samples (name, at, n, value) VALUES (?1, ?2, ?3, ?4)"};

const Sql expired_sql{"metrics.expired",
                      "SELECT at, n FROM samples WHERE name = ?1 AND at < ?2 ORDER BY at, n "
                      "LIMIT ?3"};
const Sql expired_after_sql{"metrics.expired_after",
                            "SELECT at FROM samples WHERE name = ?1 AND at < ?2 ORDER BY at, n "
                            "LIMIT 1 OFFSET ?3"};
const Sql remove_to_sql{"metrics.remove_to",
                        "DELETE FROM samples WHERE name = ?1 AND (at, n) <= (?2, ?3)"};
const Sql remove_before_sql{"metrics.remove_before",
                            "DELETE FROM samples WHERE name = ?1 AND at < ?2"};

const Sql count_sql{"metrics.count",
                    "SELECT count(*) FROM samples WHERE name = ?1 AND at BETWEEN ?2 AND ?3"};
const Sql window_sql{"metrics.window",
                     "SELECT at, value FROM samples WHERE name = ?1 AND at BETWEEN ?2 AND ?3 "
                     "ORDER BY at, n"};

struct Name {
    std::int64_t number = 0;
    std::string text;
};

std::vector<Name> all_names(Connection& connection) {
    std::vector<Name> names;
    Run run(connection, names_sql);
    while (run.step()) {
        Name& name = names.emplace_back();
        name.number = run.integer();
        name.text = run.text();
    }
    return names;
}

std::optional<std::int64_t> find_number(Connection& connection, const std::string& name) {
    Run run(connection, number_sql, name);
    return run.step() ? std::optional(run.integer()) : std::nullopt;
}

std::int64_t find_or_add(WriteTransaction& transaction, const std::string& name) {
    if (const auto number = find_number(transaction.connection(), name)) {
        return *number;
    }
    Run run(transaction.connection(), add_name_sql, name);
    run.step();
    return run.integer();
}

void add(Connection& connection, std::int64_t name, std::int64_t at, double value) {
    std::int64_t n = 0;
    if (Run run(connection, last_of_time_sql, name, at); run.step()) {
        n = run.integer() + 1;
    }
    Run(connection, add_sql, name, at, n, value).execute();
}

std::int64_t remove_expired_of(Connection& connection, std::int64_t name, const Expiry& expiry) {
    Point last;
    std::int64_t last_n = -1;
    {
        Run run(connection, expired_sql, name, expiry.before, expiry.most);
        while (run.step()) {
            last.at = run.integer();
            last_n = run.integer();
        }
    }
    return last_n < 0 ? 0 : Run(connection, remove_to_sql, name, last.at, last_n).execute();
}

// Counts no further than `expiry.most`.
std::int64_t count_expired(Connection& connection, std::int64_t name, const Expiry& expiry) {
    std::int64_t count = 0;
    Run run(connection, expired_sql, name, expiry.before, expiry.most);
    while (run.step()) {
        ++count;
    }
    return count;
}

// A time before which the names have no more than `expiry.most` samples together: as if each had
// its share of them.
std::int64_t earlier_time(Connection& connection, const std::vector<Name>& names,
                          const Expiry& expiry) {
    const std::int64_t share = expiry.most / static_cast<std::int64_t>(names.size());
    std::int64_t time = expiry.before;
    for (const Name& name : names) {
        if (Run run(connection, expired_after_sql, name.number, time, share); run.step()) {
            time = run.integer();
        }
    }
    return time;
}

void forget_if_empty(Connection& connection, std::int64_t name) {
    if (!Run(connection, any_sql, name).step()) {
        Run(connection, forget_name_sql, name).execute();
    }
}

std::int64_t count(Connection& connection, std::int64_t name, const Window& window) {
    Run run(connection, count_sql, name, window.from, window.to);
    return run.step() ? run.integer() : 0;
}

// The mean of points that come one after another. In long double, where neither sum of finite
// values can overflow.
class Mean {
public:
    void add(const Point& point) {
        at_ += static_cast<long double>(point.at);
        value_ += static_cast<long double>(point.value);
        ++count_;
    }
    // Begins anew.
    Point take() {
        const auto count = static_cast<long double>(count_);
        const Point mean{static_cast<std::int64_t>(at_ / count),
                         static_cast<double>(value_ / count)};
        *this = Mean();
        return mean;
    }

private:
    long double at_ = 0;
    long double value_ = 0;
    std::int64_t count_ = 0;
};

}  // namespace

void record(WriteTransaction& transaction, const std::vector<Sample>& samples,
            const Expiry& expiry) {
    Connection& connection = transaction.connection();
    std::map<std::string_view, std::int64_t> numbers;
    std::int64_t left = expiry.most;
    for (const Sample& sample : samples) {
        const auto [entry, first] = numbers.try_emplace(sample.name);
        if (first) {
            entry->second = find_or_add(transaction, sample.name);
            left -= remove_expired_of(connection, entry->second, {expiry.before, left});
        }
        add(connection, entry->second, sample.at, sample.value);
    }
}

bool record_once(WriteTransaction& transaction, const Sample& sample) {
    Connection& connection = transaction.connection();
    const std::int64_t name = find_or_add(transaction, sample.name);
    if (Run(connection, same_sql, name, sample.at, sample.value).step()) {
        return false;
    }
    add(connection, name, sample.at, sample.value);
    return true;
}

std::int64_t remove_expired(WriteTransaction& transaction, const Expiry& expiry) {
    Connection& connection = transaction.connection();
    std::int64_t removed = 0;
    for (const Name& name : all_names(connection)) {
        if (removed < expiry.most) {
            removed +=
                remove_expired_of(connection, name.number, {expiry.before, expiry.most - removed});
            forget_if_empty(connection, name.number);
        }
    }
    return removed;
}

std::int64_t trim(WriteTransaction& transaction, std::int64_t before, std::int64_t most) {
    Connection& connection = transaction.connection();
    const auto names = all_names(connection);
    std::int64_t older = 0;
    for (const Name& name : names) {
        older += count_expired(connection, name.number, {before, most - older + 1});
        if (older > most) {
            throw TooManySamples{{}, most, earlier_time(connection, names, {before, most})};
        }
    }
    for (const Name& name : names) {
        Run(connection, remove_before_sql, name.number, before).execute();
        forget_if_empty(connection, name.number);
    }
    return older;
}

std::vector<std::string> names(Connection& connection) {
    std::vector<std::string> texts;
    for (Name& name : all_names(connection)) {
        texts.push_back(std::move(name.text));
    }
    return texts;
}

std::vector<Point> history(Connection& connection, const std::string& name, const Window& window,
                           std::int64_t most) {
    const Snapshot snapshot(connection);
    const auto number = find_number(connection, name);
    if (!number) {
        return {};
    }
    const std::int64_t samples = count(connection, *number, window);
    const std::int64_t groups = std::min(samples, most);
    std::vector<Point> points;
    points.reserve(static_cast<std::size_t>(groups));
    Mean mean;
    Run run(connection, window_sql, *number, window.from, window.to);
    for (std::int64_t read = 1; run.step(); ++read) {
        Point point;
        point.at = run.integer();
        point.value = run.real();
        mean.add(point);
        // The group ends where the share of the samples that was read reaches its share of groups.
        const auto done = static_cast<std::int64_t>(points.size()) + 1;
        if (read * groups >= done * samples) {
            points.push_back(mean.take());
        }
    }
    return points;
}

}  // namespace catalogd::catalog::metrics

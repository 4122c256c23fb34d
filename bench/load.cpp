#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>

#include "bench/arguments.h"
#include "bench/load_driver.h"
#include "bench/load_frames.h"
#include "bench/records.h"

// Puts load on a running daemon and prints what came of it as one JSON object.
//   clients  --socket PATH                                   saves the clients of all records
//   preload  --socket PATH --records N --connections C       records 0 to N, by SaveMany
//   save     --socket PATH --first NUMBER                    one new record per call
//   get      --socket PATH --records N --first SEED          records below N, at random
//   many     --socket PATH --first NUMBER --rows N --batch N new records, by SaveMany
//   list     --socket PATH                                   everything, again and again
// All: --connections C --depth CALLS --milliseconds M --names plain|corpus
// save: --once 1 gives each call a requestId

namespace catalogd::bench {
namespace {

class SaveClients : public Workload {
public:
    bool append_call(std::string& out) override {
        if (client_ == kClients) {
            return false;
        }
        append_client_save(out, client_++);
        return true;
    }
    std::uint64_t rows_of(std::string_view) const override { return 1; }

private:
    std::uint64_t client_ = 0;
};

class Saves : public Workload {
public:
    Saves(std::uint64_t first, Names names, bool once) : next_(first), names_(names), once_(once) {}
    bool append_call(std::string& out) override {
        append_save(out, next_++, names_, once_);
        return true;
    }
    std::uint64_t rows_of(std::string_view) const override { return 1; }

private:
    std::uint64_t next_;
    const Names names_;
    const bool once_;
};

class Gets : public Workload {
public:
    Gets(std::uint64_t records, std::uint64_t seed) : records_(records), next_(seed) {}
    bool append_call(std::string& out) override {
        append_get(out, scramble(next_++) % records_);
        return true;
    }
    std::uint64_t rows_of(std::string_view) const override { return 1; }

private:
    std::uint64_t records_;
    std::uint64_t next_;
};

// Each call holds records of one client; clients take turns.
class Batches : public Workload {
public:
    Batches(std::uint64_t first, std::uint64_t rows, std::uint64_t batch, Names names)
        : first_(first),
          calls_(std::max<std::uint64_t>(1, rows / batch)),
          batch_(batch),
          names_(names) {}
    bool append_call(std::string& out) override {
        if (call_ == calls_) {
            return false;
        }
        append_save_many(out, first_, call_ % kClients, call_ / kClients * batch_, batch_, names_);
        ++call_;
        return true;
    }
    std::uint64_t rows_of(std::string_view) const override { return batch_; }

private:
    std::uint64_t first_;
    std::uint64_t calls_;
    std::uint64_t batch_;
    const Names names_;
    std::uint64_t call_ = 0;
};

class Lists : public Workload {
public:
    bool append_call(std::string& out) override {
        append_list(out);
        return true;
    }
    std::uint64_t rows_of(std::string_view reply) const override { return count_files(reply); }
    bool may_be_cut() const override { return true; }
};

// The largest batch of up to 10,000 records that fills every client with the same number.
std::uint64_t preload_batch(std::uint64_t records) {
    constexpr std::uint64_t kMost = 10'000;
    const auto of_each_client = records / kClients;
    if (of_each_client == 0 || records % kClients != 0) {
        throw std::invalid_argument("--records must be a multiple of " + std::to_string(kClients));
    }
    auto batch = std::min(kMost, of_each_client);
    while (of_each_client % batch != 0) {
        --batch;
    }
    return batch;
}

std::unique_ptr<Workload> make_workload(const Arguments& arguments) {
    const auto& command = arguments.command();
    const auto records = arguments.number("records", 1'000'000);
    const auto first = arguments.number("first", 0);
    const auto names = arguments.text("names") == "corpus" ? Names::corpus : Names::plain;
    if (command == "clients") {
        return std::make_unique<SaveClients>();
    }
    if (command == "preload") {
        return std::make_unique<Batches>(0, records, preload_batch(records), names);
    }
    if (command == "save") {
        return std::make_unique<Saves>(first, names, arguments.number("once", 0) != 0);
    }
    if (command == "get") {
        return std::make_unique<Gets>(records, first);
    }
    if (command == "many") {
        return std::make_unique<Batches>(first, arguments.number("rows", 100'000),
                                         arguments.number("batch", 1'000), names);
    }
    if (command == "list") {
        return std::make_unique<Lists>();
    }
    throw std::invalid_argument("no such command: " + command);
}

double microseconds_at(const std::vector<std::uint32_t>& sorted, double share) {
    if (sorted.empty()) {
        return 0;
    }
    const auto last = static_cast<double>(sorted.size() - 1);
    return static_cast<double>(sorted[static_cast<std::size_t>(share * last)]) / 1000;
}

std::string without_quotes(std::string text) {
    std::replace_if(
        text.begin(), text.end(),
        [](char letter) { return letter == '"' || letter == '\\' || letter < ' '; }, '\'');
    return text;
}

void print(Outcome outcome) {
    auto& times = outcome.nanoseconds;
    std::sort(times.begin(), times.end());
    std::printf(
        "{\"calls\": %llu, \"rows\": %llu, \"seconds\": %.6f, \"callsPerSecond\": %.1f,"
        " \"perSecond\": %.1f, \"p50\": %.1f, \"p99\": %.1f, \"max\": %.1f, \"errors\": %llu,"
        " \"firstError\": \"%s\"}\n",
        static_cast<unsigned long long>(outcome.calls),
        static_cast<unsigned long long>(outcome.rows), outcome.seconds,
        static_cast<double>(outcome.calls) / outcome.seconds,
        static_cast<double>(outcome.rows) / outcome.seconds, microseconds_at(times, 0.5),
        microseconds_at(times, 0.99), microseconds_at(times, 1),
        static_cast<unsigned long long>(outcome.errors),
        without_quotes(outcome.first_error).c_str());
}

void run(const Arguments& arguments) {
    const auto workload = make_workload(arguments);
    // What has a fixed number of calls ends by itself.
    const auto seconds = arguments.number("milliseconds", 600'000);
    Driver driver({.socket = arguments.text("socket"),
                   .connections = arguments.number("connections", 1),
                   .depth = arguments.number("depth", 1),
                   .seconds = static_cast<double>(seconds) / 1000},
                  *workload);
    print(driver.run());
}

}  // namespace
}  // namespace catalogd::bench

int main(int argc, char** argv) {
    try {
        catalogd::bench::run({argc,
                              argv,
                              {"socket", "records", "first", "rows", "batch", "connections",
                               "depth", "milliseconds", "names", "once"}});
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "catalogd_bench_load: %s\n", error.what());
        return 1;
    }
}

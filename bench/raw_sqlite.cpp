#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include "bench/arguments.h"
#include "bench/raw_catalog.h"
#include "bench/records.h"

// What SQLite does in one thread with nothing around it: the limit that the daemon is held
// against.
//   prepare     --database FILE --records N
//   saves       --database FILE --first NUMBER --milliseconds M          64 rows per commit
//   batches     --database FILE --first NUMBER --batch N --rows N        a client's rows per commit
//   lookups     --database FILE --first SEED --records N --milliseconds M
//   count       --database FILE
//   page-sizes  --database FILE --records N --milliseconds M             a new file for each size
// More options: --page-size, --checkpoint-pages, --cache-kib, --layout plain|id|name
// (raw_catalog.h).

namespace catalogd::bench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// Rows of all clients in turn, as they arrive from many connections.
double mixed_saves(RawCatalog& catalog, std::uint64_t first, double seconds) {
    constexpr std::uint64_t kRowsPerCommit = 64;
    std::uint64_t rows = 0;
    const auto start = Clock::now();
    while (seconds_since(start) < seconds) {
        catalog.begin();
        for (std::uint64_t i = 0; i < kRowsPerCommit; ++i) {
            catalog.save(first + rows++);
        }
        catalog.commit();
    }
    return static_cast<double>(rows) / seconds_since(start);
}

// Each commit holds rows of one client, as a call of SaveMany does. `first` is a multiple of
// the number of clients.
double batches(RawCatalog& catalog, std::uint64_t first, std::uint64_t rows,
               std::uint64_t rows_per_commit) {
    const std::uint64_t commits = std::max<std::uint64_t>(1, rows / rows_per_commit);
    const auto start = Clock::now();
    for (std::uint64_t commit = 0; commit < commits; ++commit) {
        const auto ordinal = commit / kClients * rows_per_commit;
        catalog.begin();
        for (std::uint64_t i = 0; i < rows_per_commit; ++i) {
            catalog.save(first + record_of(commit % kClients, ordinal + i));
        }
        catalog.commit();
    }
    return static_cast<double>(commits * rows_per_commit) / seconds_since(start);
}

double lookups(RawCatalog& catalog, std::uint64_t records, std::uint64_t seed, double seconds) {
    std::uint64_t found = 0;
    const auto start = Clock::now();
    while (seconds_since(start) < seconds) {
        for (int i = 0; i < 100; ++i) {
            if (!catalog.find(scramble(seed + found) % records)) {
                throw std::runtime_error("a record that was saved is not there");
            }
            ++found;
        }
    }
    return static_cast<double>(found) / seconds_since(start);
}

void prepare(RawCatalog& catalog, std::uint64_t records) {
    constexpr std::uint64_t kRowsPerCommit = 50'000;
    for (std::uint64_t record = 0; record < records;) {
        catalog.begin();
        for (std::uint64_t i = 0; i < kRowsPerCommit && record < records; ++i) {
            catalog.save(record++);
        }
        catalog.commit();
    }
    catalog.checkpoint();
}

// A fresh connection's cache is empty, a daemon's is not.
void warm_up(RawCatalog& catalog, std::uint64_t records) {
    lookups(catalog, records, 1, 0.3);
}

double measure(RawCatalog& catalog, const Arguments& arguments) {
    const auto records = arguments.number("records", 1'000'000);
    const auto seconds = static_cast<double>(arguments.number("milliseconds", 4'000)) / 1000;
    const auto first = arguments.number("first", 1'000'000'000);
    warm_up(catalog, records);
    if (arguments.command() == "saves") {
        return mixed_saves(catalog, first, seconds);
    }
    if (arguments.command() == "lookups") {
        return lookups(catalog, records, first, seconds);
    }
    if (arguments.command() == "batches") {
        return batches(catalog, first, arguments.number("rows", 100'000),
                       arguments.number("batch", 1'000));
    }
    throw std::invalid_argument("no such command: " + arguments.command());
}

void compare_page_sizes(RawSettings settings, const Arguments& arguments) {
    const auto records = arguments.number("records", 1'000'000);
    const auto seconds = static_cast<double>(arguments.number("milliseconds", 4'000)) / 1000;
    const auto base = settings.database;
    for (const std::uint64_t page_size : {4096U, 8192U, 16384U}) {
        settings.database = base + "." + std::to_string(page_size);
        settings.page_size = page_size;
        // The same amount of WAL between checkpoints.
        settings.checkpoint_pages =
            RawSettings{}.checkpoint_pages * RawSettings{}.page_size / page_size;
        RawCatalog catalog(settings);
        prepare(catalog, records);
        const auto found = lookups(catalog, records, 1, seconds);
        const auto saved = mixed_saves(catalog, 1'000'000'000, seconds);
        const auto thousands = batches(catalog, 2'000'000'000, 100'000, 1'000);
        std::printf(
            "{\"pageSize\": %llu, \"layout\": \"%s\", \"lookupsPerSecond\": %.0f,"
            " \"saves64PerSecond\": %.0f, \"saves1000PerSecond\": %.0f, \"bytes\": %llu}\n",
            static_cast<unsigned long long>(page_size), settings.layout.c_str(), found, saved,
            thousands,
            static_cast<unsigned long long>(std::filesystem::file_size(settings.database)));
        std::fflush(stdout);
    }
}

void run(const Arguments& arguments) {
    RawSettings settings;
    settings.database = arguments.text("database");
    settings.page_size = arguments.number("page-size", settings.page_size);
    settings.layout = arguments.text("layout", settings.layout);
    settings.checkpoint_pages = arguments.number("checkpoint-pages", settings.checkpoint_pages);
    settings.cache_kib = arguments.number("cache-kib", settings.cache_kib);
    if (arguments.command() == "page-sizes") {
        return compare_page_sizes(settings, arguments);
    }
    RawCatalog catalog(settings);
    if (arguments.command() == "prepare") {
        prepare(catalog, arguments.number("records", 1'000'000));
    } else if (arguments.command() == "count") {
        std::printf("%llu\n", static_cast<unsigned long long>(catalog.count()));
    } else {
        std::printf("{\"perSecond\": %.1f}\n", measure(catalog, arguments));
    }
}

}  // namespace
}  // namespace catalogd::bench

int main(int argc, char** argv) {
    try {
        catalogd::bench::run({argc,
                              argv,
                              {"database", "records", "first", "milliseconds", "rows", "batch",
                               "page-size", "layout", "checkpoint-pages", "cache-kib"}});
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "catalogd_bench_raw: %s\n", error.what());
        return 1;
    }
}

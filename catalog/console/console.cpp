#include "catalog/console/console.h"

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <array>

#include "catalog/console/memory_bound.h"
#include "catalog/failure.h"

namespace catalogd::catalog::console {
namespace {

constexpr std::int64_t memory = 64 << 20;

// No single instruction may take long, since the deadline is looked at between two: texts are so
// short that a function whose time is the product of two of them ends in some 100 ms. The longest
// row of the catalog has 80,000 bytes.
constexpr std::array<std::pair<int, int>, 9> limits{{
    {SQLITE_LIMIT_LENGTH, 100'000},
    {SQLITE_LIMIT_SQL_LENGTH, 100'000},
    {SQLITE_LIMIT_COLUMN, 100},
    {SQLITE_LIMIT_EXPR_DEPTH, 50},
    {SQLITE_LIMIT_COMPOUND_SELECT, 10},
    {SQLITE_LIMIT_VDBE_OP, 25'000},
    {SQLITE_LIMIT_FUNCTION_ARG, 100},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 100},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
}};

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

void bind(SQLite::Statement& statement, int at, const Cell& cell) {
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
        statement.bind(at, *integer);
    } else if (const auto* real = std::get_if<double>(&cell)) {
        statement.bind(at, *real);
    } else if (const auto* text = std::get_if<std::string>(&cell)) {
        statement.bindNoCopy(at, *text);
    } else if (const auto* octets = std::get_if<Octets>(&cell)) {
        statement.bindNoCopy(at, octets->bytes.data(), static_cast<int>(octets->bytes.size()));
    }
}

// What is wrong with the statement is its author's to know; a deadline and a database that fails
// are not about the statement.
bool is_about_the_statement(const SQLite::Exception& failure) {
    switch (failure.getErrorCode() & 0xFF) {
        case SQLITE_INTERRUPT:
        case SQLITE_IOERR:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_CANTOPEN:
        case SQLITE_BUSY:
        case SQLITE_PROTOCOL:
            return false;
        default:
            return true;
    }
}

// A statement's time, from when this is made to when it goes.
struct Counted {
    explicit Counted(QueryStatistics* where) : statistics(where) {}
    ~Counted() {
        if (statistics != nullptr) {
            run.took = std::chrono::steady_clock::now() - began;
            statistics->count_console(run);
        }
    }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

    QueryStatistics* const statistics;
    const std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    QueryStatistics::Run run;
};

}  // namespace

Console::Console(const OpenOptions& options) : ReadConnection(options) {
    database().exec("PRAGMA query_only = OFF");
    for (const Table& table : tables()) {
        database().exec("CREATE TEMP VIEW " + std::string(table.name()) + " AS " + table.view());
    }
    database().exec("PRAGMA query_only = ON");
    authorizer_.emplace(database());
    for (const auto& [name, value] : limits) {
        sqlite3_limit(database().getHandle(), name, value);
    }
}

// Counted whether it is answered or not.
Result Console::run(const Query& query) {
    Counted counted(options().statistics);
    return answer(query, counted.run);
}

Result Console::answer(const Query& query, QueryStatistics::Run& run) {
    const MemoryBound bound(memory);
    try {
        check(query.sql);
        return read(query, run);
    } catch (const SQLite::Exception& failure) {
        if (std::string refusal = authorizer_->take_refusal(); !refusal.empty()) {
            throw QueryRefused{{}, std::move(refusal)};
        }
        if (failure.getErrorCode() == SQLITE_NOMEM) {
            throw QueryRefused{{}, "it needs more than 64 MiB of memory"};
        }
        if (is_about_the_statement(failure)) {
            throw QueryRefused{{}, failure.what()};
        }
        throw;
    }
}

// One statement, which reads; whatever follows it may only be space and comments.
void Console::check(const std::string& sql) {
    sqlite3* handle = database().getHandle();
    if (sql.find('\0') != std::string::npos) {
        throw QueryRefused{{}, "a statement must not hold a NUL"};
    }
    int statements = 0;
    bool reads = true;
    const char* const end = sql.data() + sql.size();
    for (const char* rest = sql.data(); rest < end;) {
        sqlite3_stmt* prepared = nullptr;
        const int status =
            sqlite3_prepare_v2(handle, rest, static_cast<int>(end - rest), &prepared, &rest);
        const std::unique_ptr<sqlite3_stmt, Finalize> statement(prepared);
        if (status != SQLITE_OK) {
            throw SQLite::Exception(handle, status);
        }
        statements += statement ? 1 : 0;
        reads = reads && (!statement || sqlite3_stmt_readonly(statement.get()) != 0);
    }
    if (statements != 1) {
        throw QueryRefused{{}, "exactly one statement is needed"};
    }
    if (!reads) {
        throw QueryRefused{{}, "only a SELECT is allowed here"};
    }
}

Result Console::read(const Query& query, QueryStatistics::Run& run) {
    SQLite::Statement statement(database(), query.sql);
    const auto expected = static_cast<std::size_t>(statement.getBindParameterCount());
    if (expected != query.parameters.size()) {
        throw QueryRefused{{},
                           "the statement has " + std::to_string(expected) +
                               " parameters, and there are values for " +
                               std::to_string(query.parameters.size())};
    }
    for (std::size_t i = 0; i < expected; ++i) {
        bind(statement, static_cast<int>(i + 1), query.parameters[i]);
    }
    Result result;
    for (int i = 0; i < statement.getColumnCount(); ++i) {
        result.columns.emplace_back(statement.getColumnName(i));
    }
    std::int64_t bytes_left = page_bytes;
    while (!result.truncated && statement.executeStep()) {
        Row row;
        for (int i = 0; i < statement.getColumnCount(); ++i) {
            row.push_back(cell_of(statement.getColumn(i)));
        }
        bytes_left -= bytes_of(row);
        result.truncated =
            bytes_left < 0 || result.rows.size() == static_cast<std::size_t>(query.limit);
        if (!result.truncated) {
            result.rows.push_back(std::move(row));
        }
    }
    run.rows = static_cast<std::int64_t>(result.rows.size());
    // The one statement that this connection has.
    run.scanned = sqlite3_stmt_status(sqlite3_next_stmt(database().getHandle(), nullptr),
                                      SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
    if (result.truncated && result.rows.empty()) {
        throw QueryRefused{{}, "its first row alone has more than 1 MiB"};
    }
    return result;
}

}  // namespace catalogd::catalog::console

// A real catalog in a folder of the test's own, and the words in which tests speak of it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "catalog/clients.h"
#include "catalog/failure.h"
#include "catalog/files.h"
#include "catalog/migrations.h"
#include "tests/catalog/temp_folder.h"

namespace catalogd::catalog {

// Identifiers that a reader of the test can tell apart; in the order of their numbers.
Id id_of(int number);

FileRecord file_named(const std::string& name, std::optional<std::int64_t> size = {});

// The rows of a statement, their columns joined by '|' and nulls as "null".
std::vector<std::string> rows_of(Connection& connection, const std::string& sql);

class CatalogFixture : public testing::Test {
protected:
    CatalogFixture();

    [[nodiscard]] std::string path() const { return folder_.file("catalog.db"); }
    [[nodiscard]] OpenOptions options() const;

    // A catalog with the whole schema; open from the start.
    WriteConnection& writer() { return *writer_; }
    void close() { writer_.reset(); }
    void reopen();
    // Closes it as a crash would: the log stays as it is.
    void crash();
    [[nodiscard]] std::unique_ptr<ReadConnection> new_reader() const;

    // One request in a transaction of its own, committed.
    template <class Request>
    auto commit(Request&& request) {
        WriteTransaction transaction(writer(), now);
        transaction.begin_request();
        if constexpr (std::is_void_v<decltype(request(transaction))>) {
            request(transaction);
            transaction.keep_request();
            transaction.commit();
        } else {
            auto result = request(transaction);
            transaction.keep_request();
            transaction.commit();
            return result;
        }
    }
    // The same for a request that is refused: it must throw, and is dropped.
    template <class Failure, class Request>
    Failure refused(Request&& request) {
        WriteTransaction transaction(writer(), now);
        transaction.begin_request();
        try {
            request(transaction);
        } catch (const Failure& failure) {
            EXPECT_TRUE(transaction.drop_request());
            transaction.commit();
            return failure;
        }
        ADD_FAILURE() << "the request was not refused";
        throw std::runtime_error("not refused");
    }

    // Saves a client with this name and identifier; its number.
    std::int64_t save_client(const std::string& name, int id);
    files::Saved save_file(std::int64_t client, const FileRecord& file);
    void save_files(std::int64_t client, const std::vector<std::string>& names);
    ClientRecord client(int id) { return clients::find(writer(), id_of(id)).value(); }

    std::int64_t count(const std::string& table);
    // Every row of every table: whether anything at all has changed.
    std::vector<std::string> everything();
    void expect_sound();
    // The totals that are kept, against those counted from the records.
    void expect_totals_exact();
    void expect_summary_exact();

    std::int64_t now = 1'700'000'000'000;
    TempFolder folder_{TempFolder::fast()};

private:
    std::unique_ptr<WriteConnection> writer_;
};

}  // namespace catalogd::catalog

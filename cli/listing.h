// Lists as every command prints them: a table for people, JSON lines or CSV for programs.
#pragma once

#include <algorithm>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <functional>
#include <limits>
#include <ostream>

#include "cli/csv.h"
#include "cli/json_lines.h"
#include "cli/table.h"

namespace catalogd::cli {

// last_seen as it is on the wire: lastSeen.
std::string wire_name(std::string_view member);

// What CSV names the columns: the record's members, all of them.
template <class Record>
std::vector<std::string> member_names() {
    if constexpr (boost::describe::has_describe_members<Record>::value) {
        using Members = boost::describe::describe_members<Record, boost::describe::mod_public>;
        std::vector<std::string> names;
        boost::mp11::mp_for_each<Members>(
            [&](auto member) { names.push_back(wire_name(member.name)); });
        return names;
    } else {
        return {"name"};
    }
}

// Prints pages of records as they come until enough were printed.
template <class Record>
class Listing {
public:
    static constexpr std::size_t all = std::numeric_limits<std::size_t>::max();

    // `member`: of the reply, which holds the records. `cells`: a row of the table.
    Listing(const Session& session, std::string_view member, std::vector<Column> columns,
            std::function<std::vector<std::string>(const Record&)> cells, std::size_t most = all)
        : session_(session),
          member_(member),
          cells_(std::move(cells)),
          most_(most),
          table_(session, std::move(columns)),
          csv_(session, member_names<Record>()) {}

    // Whether more are wanted. `raw` is the reply that the page is of.
    bool print(const std::vector<Record>& page, protocol::Parameters raw) {
        if (session_.options.json) {
            most_ -= print_elements(session_.out, raw, member_, most_);
        } else if (session_.options.csv) {
            most_ -= csv_.print_elements(raw, member_, most_);
        } else {
            const std::size_t count = std::min(most_, page.size());
            std::for_each_n(page.begin(), count,
                            [&](const Record& record) { table_.add(cells_(record)); });
            most_ -= count;
        }
        return most_ > 0 && session_.out.good();
    }

    // What is held back, or a header where no row came.
    void finish() {
        if (session_.options.csv) {
            csv_.finish();
        } else if (!session_.options.json) {
            table_.flush();
        }
    }

private:
    const Session& session_;
    const std::string_view member_;
    const std::function<std::vector<std::string>(const Record&)> cells_;
    std::size_t most_;
    Table table_;
    Csv csv_;
};

// Prints the list that a call answers with, in one reply or many.
template <class Message, class Record>
Outcome print_list(VarlinkClient& daemon, const Message& message, Listing<Record>& listing,
                   std::vector<Record> Message::Reply::* records) {
    const auto print = [&](const typename Message::Reply& reply, protocol::Parameters raw) {
        return listing.print(reply.*records, raw);
    };
    if (auto done = daemon.stream(message, print); !done) {
        return done.error();
    }
    listing.finish();
    return ExitCode::ok;
}

}  // namespace catalogd::cli

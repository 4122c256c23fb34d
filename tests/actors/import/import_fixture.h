// An import from the message to the catalog: a real old database, real actors.
#pragma once

#include <boost/json/parse.hpp>
#include <filesystem>

#include "actors/maintenance.h"
#include "tests/actors/actors_fixture.h"
#include "tests/catalog/import/old_server.h"

namespace catalogd::actors {

using catalog::import::OldForm;
using catalog::import::OldServer;
namespace json = boost::json;

inline protocol::Id id_of(int number) {
    protocol::Id id;
    id.bytes[15] = static_cast<std::uint8_t>(number);
    return id;
}

class ImportTest : public ActorsFixture {
protected:
    ~ImportTest() override { maintenance_.reset(); }

    [[nodiscard]] std::string path() const { return theirs_.file("defensive.db"); }
    OldServer server(OldForm form = OldForm::base) { return {path(), form}; }

    Maintenance& maintenance() {
        if (!maintenance_) {
            writer();
            maintenance_.emplace(
                database(), shared(), clock, Maintenance::Options{},
                [this](WriterMail& mail) { return writer().post(mail); },
                [this](Writer::Alone alone) { return writer().post_alone(std::move(alone)); });
        }
        return *maintenance_;
    }

    Outcome attempt_import(bool dry_run = false, std::function<void(double)> progress = {}) {
        auto promise = std::make_shared<std::promise<Outcome>>();
        Work work = work_of(admin::ImportDatabase{{path()}, dry_run});
        work.reply = [promise](Outcome outcome) { promise->set_value(std::move(outcome)); };
        work.progress = std::move(progress);
        EXPECT_TRUE(maintenance().post(work));
        return promise->get_future().get();
    }
    json::object import(bool dry_run = false) {
        const auto reply = succeeded(attempt_import(dry_run)).reply;
        return json::parse(reply.parameters()).at("report").as_object();
    }
    std::string refusal() {
        const Outcome outcome = attempt_import();
        EXPECT_TRUE(ends_in<errors::NotImportable>(outcome));
        return std::get<errors::NotImportable>(outcome.error()).reason;
    }

    // "4 read, 1 imported, 1 merged, 0 present; its client is not there 2"
    static std::string line(const json::object& report, std::string_view table) {
        std::string text = "no such table";
        for (const json::value& each : report.at("tables").as_array()) {
            if (each.at("table").as_string() == table) {
                text = figure(each, "read") + " read, " + figure(each, "imported") + " imported, " +
                       figure(each, "merged") + " merged, " + figure(each, "present") + " present";
                for (const char* list : {"setAside", "valuesSetAside"}) {
                    for (const json::value& reason : each.at(list).as_array()) {
                        text += "; " + std::string(reason.at("reason").as_string()) + ' ' +
                                figure(reason, "count");
                    }
                }
            }
        }
        return text;
    }
    static std::string figure(const json::value& from, std::string_view name) {
        return std::to_string(from.at(name).to_number<std::int64_t>());
    }

    files::File file_of(int client, const std::string& name) {
        return succeeded(ask(files::Get{{}, id_of(client), name})).file;
    }
    std::string side_report(const json::object& report) {
        return catalog::content_of(std::string(report.at("sideReport").as_string()));
    }
    std::vector<std::string> files_beside() {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
            names.push_back(entry.path().filename());
        }
        return names;
    }

    catalog::TempFolder theirs_;  // of the old server

private:
    std::optional<Maintenance> maintenance_;
};

}  // namespace catalogd::actors

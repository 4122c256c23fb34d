// A catalog in a folder of the test's own, served on a socket there: the daemon's composition
// without its configuration and signals, and the words in which the tests speak of it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <future>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "catalog/catalog.h"
#include "endpoints/catalog_service.h"
#include "endpoints/listening_socket.h"
#include "endpoints/varlink_server.h"
#include "tests/actors/actors_fixture.h"
#include "tests/catalog/temp_folder.h"
#include "tests/endpoints/varlink_peer.h"
#include "tests/eventually.h"

namespace catalogd::endpoints {

// The catalog's service for peers that all have one role, whoever they are.
class ServiceInRole : public Service {
public:
    ServiceInRole(const Service& inner, std::optional<Role> role) : inner_(inner), role_(role) {}
    protocol::Result<Task> prepare(const protocol::Call& call, const Caller& caller,
                                   std::size_t bytes) const override {
        return inner_.prepare(call, caller, bytes);
    }
    [[nodiscard]] Role role_of(const Peer& peer) const override {
        return role_ ? *role_ : inner_.role_of(peer);
    }

private:
    const Service& inner_;
    const std::optional<Role> role_;
};

// Settings that nobody has: for the tests of all else.
class NoSettings : public Settings {
public:
    [[nodiscard]] protocol::settings::ListSettings::Reply list() const override { return {}; }
    void set(protocol::settings::SetSetting message, actors::WriterMail mail) override {
        mail.reply(protocol::Error(protocol::errors::UnknownSetting{message.name}));
    }
    protocol::Result<protocol::settings::Reload::Reply> reload() override {
        return protocol::settings::Reload::Reply{};
    }
};

struct ServedOptions {
    actors::Writer::Options writer{};
    actors::Readers::Options readers{};
    actors::Maintenance::Options maintenance{};
    actors::Readers::Options console{1, {}};
    actors::Scheduler::Options scheduler{};
    ServerLimits limits{};
    AccessLists access{};
    actors::events::Bounds events{};
    std::int64_t disk_floor = 0;
    std::optional<Role> role{};    // of every peer; else as `access` gives it
    Settings* settings = nullptr;  // must outlive this; nullptr: none
    // What is served instead of the catalog's service, and must outlive this.
    std::function<const Service&(const Service& inner, const Actors& actors)> around{};
};

class ServedCatalog {
public:
    explicit ServedCatalog(ServedOptions options = {});
    ~ServedCatalog();
    ServedCatalog(const ServedCatalog&) = delete;
    ServedCatalog& operator=(const ServedCatalog&) = delete;

    [[nodiscard]] VarlinkPeer connect() const { return VarlinkPeer::connect_to(socket_path()); }
    // On a connection of its own.
    Reply call(std::string_view method, const json::object& parameters = {}) const {
        return connect().call(method, parameters);
    }
    // The id of the new client.
    std::string add_client(const std::string& name) const;
    // Files "0000" and so on, each with a path of so many bytes.
    void add_files(const std::string& client, int count, std::size_t path_size = 10) const;

    // The writer, or every reader, held in the reply to a message until release_actors.
    void hold_writer();
    void hold_readers();
    void release_actors();

    CatalogService& service() { return *service_; }
    VarlinkServer& server() { return *server_; }
    // Runs on the server's thread, and all that it had to do before.
    void on_server(const std::function<void()>& work);
    [[nodiscard]] std::size_t connections();
    void stop_server(std::chrono::milliseconds grace);
    [[nodiscard]] bool stopped() const;
    void wait_until_stopped() { stopped_future_.wait(); }

    [[nodiscard]] std::string socket_path() const { return folder_.file("socket"); }
    [[nodiscard]] catalog::OpenOptions database() const {
        catalog::OpenOptions options;
        options.path = folder_.file("catalog.db");
        options.log_kept_bytes = options_.writer.checkpoint_at;
        options.statistics = statistics_.get();
        return options;
    }
    [[nodiscard]] std::string folder() const { return folder_.path(); }
    actors::Writer& writer() { return *writer_; }
    actors::Readers& readers() { return *readers_; }
    actors::Readers& console() { return *console_; }
    actors::Maintenance& maintenance() { return *maintenance_; }
    actors::Scheduler& scheduler() { return *scheduler_; }
    // It has no thread here: it looks when a test says so.
    actors::Health& health() { return *health_; }
    actors::events::Hub& events() { return events_; }
    actors::BackupList& backups() { return backup_list_; }
    Actors actors() {
        Settings& settings = options_.settings != nullptr ? *options_.settings : no_settings_;
        return {*writer_, *readers_, *maintenance_, *console_, clock_,    {},          settings,
                *health_, events_,   *scheduler_,   changed_,  arrivals_, backup_list_};
    }
    actors::ManualClock& clock() { return clock_; }
    // What the daemon does from time to time.
    void tell_of_refusals() {
        on_server([this] { refusals_->write_due(); });
    }

private:
    template <class Message, class Actor>
    void hold(Actor& actor, Message message);
    void start();
    void tell_health(actors::health::Figures& figures) const;

    const catalog::TempFolder folder_{catalog::TempFolder::fast()};
    const ServedOptions options_;
    NoSettings no_settings_;
    actors::ManualClock clock_;
    actors::events::Hub events_{clock_, "e", options_.events};
    actors::events::ChangedClients changed_{"e"};
    std::list<actors::Hold> holds_;
    std::list<actors::Hold> released_holds_;  // their threads may not have left them yet
    boost::asio::io_context io_{1};
    std::optional<ListeningSocket> listening_;
    const std::unique_ptr<catalog::QueryStatistics> statistics_ =
        std::make_unique<catalog::QueryStatistics>(clock_.wall());
    std::optional<catalog::Opened> catalog_;
    catalog::search::Index index_;
    actors::Arrivals arrivals_;
    const catalog::backups::Store backups_{folder_.file("backups"), options_.disk_floor};
    actors::BackupList backup_list_{backups_};
    std::unique_ptr<actors::Writer> writer_;
    std::unique_ptr<actors::Readers> readers_;
    std::unique_ptr<actors::Maintenance> maintenance_;
    std::unique_ptr<actors::Readers> console_;
    std::unique_ptr<actors::Scheduler> scheduler_;
    std::unique_ptr<actors::Health> health_;
    std::unique_ptr<Refusals> refusals_;
    std::unique_ptr<CatalogService> service_;
    std::unique_ptr<ServiceInRole> in_role_;
    std::unique_ptr<VarlinkServer> server_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    bool stopping_ = false;
    std::promise<void> stopped_promise_;
    std::future<void> stopped_future_ = stopped_promise_.get_future();
    std::thread thread_;
};

// Of a reply that is an error.
MATCHER_P(IsError, name, "is the error " + std::string(name)) {
    *result_listener << "whose error is \"" << arg.error << "\" with "
                     << json::serialize(arg.parameters);
    return arg.error == name;
}

MATCHER(Succeeded, "is no error") {
    *result_listener << "whose error is \"" << arg.error << "\" with "
                     << json::serialize(arg.parameters);
    return arg.error.empty();
}

// `path` as JSON pointers are: "/file/size".
MATCHER_P2(Has, path, value, "has " + std::string(path)) {
    *result_listener << arg.error << json::serialize(arg.parameters);
    boost::system::error_code missing;
    const json::value whole(arg.parameters);
    const json::value* found = whole.find_pointer(path, missing);
    return found != nullptr && *found == json::value(value);
}

}  // namespace catalogd::endpoints

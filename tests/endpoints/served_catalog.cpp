#include "tests/endpoints/served_catalog.h"

#include <boost/asio/post.hpp>
#include <cstdio>

namespace catalogd::endpoints {
namespace {

namespace asio = boost::asio;

std::string file_name(int number) {
    std::array<char, 16> name{};
    std::snprintf(name.data(), name.size(), "%04d", number);
    return name.data();
}

}  // namespace

ServedCatalog::ServedCatalog(ServedOptions options)
    : options_(std::move(options)), work_(io_.get_executor()) {
    start();
    thread_ = std::thread([this] { io_.run(); });
}

void ServedCatalog::start() {
    listening_.emplace(socket_path(), 0660, "");
    catalog_.emplace(catalog::open(database(), {folder_.file("key")}, clock_.wall()));
    const actors::Shared shared{catalog_->folding, catalog_->sealer, index_, backups_, arrivals_};
    writer_ = std::make_unique<actors::Writer>(
        std::move(catalog_->writer), shared, clock_, options_.writer,
        actors::Writer::Events{[](const std::string&) {},
                               [](std::int64_t) {},
                               {},
                               {},
                               [this](const std::set<catalog::Id>& clients) {
                                   std::vector<protocol::Id> ids;
                                   for (const catalog::Id& client : clients) {
                                       ids.push_back({client});
                                   }
                                   changed_.note(ids);
                               }});
    readers_ = std::make_unique<actors::Readers>(database(), shared, clock_, options_.readers);
    maintenance_ = std::make_unique<actors::Maintenance>(
        database(), shared, clock_, options_.maintenance,
        [this](actors::WriterMail& mail) { return writer_->post(mail); },
        [this](actors::Writer::Alone alone) { return writer_->post_alone(std::move(alone)); });
    console_ = std::make_unique<actors::Readers>(database(), shared, clock_, options_.console);
    health_ = std::make_unique<actors::Health>(
        actors::health::About{"1.2.3", database().path, catalog_->shape, clock_.wall(),
                              clock_.now()},
        [this](actors::health::Figures& figures) { tell_health(figures); }, events_, clock_,
        actors::Health::Options{});
    scheduler_ = std::make_unique<actors::Scheduler>(
        clock_, backup_list_, options_.scheduler, actors::Scheduler::Known{},
        actors::Scheduler::Parts{[this](actors::WriterMail& mail) { return writer_->post(mail); },
                                 [this](actors::Work& work) { return maintenance_->post(work); },
                                 [] { return std::int64_t{0}; }, [] { return 0.0; }, false, false});
    scheduler_->start();
    refusals_ = std::make_unique<Refusals>(*writer_, clock_);
    service_ =
        std::make_unique<CatalogService>(actors(), AccessPolicy(options_.access), *refusals_);
    const Service& served = options_.around ? options_.around(*service_, actors()) : *service_;
    in_role_ = std::make_unique<ServiceInRole>(served, options_.role);
    server_ = std::make_unique<VarlinkServer>(
        io_, VarlinkServer::Acceptor(io_, {}, listening_->release()), *in_role_, options_.limits);
    server_->start();
}

void ServedCatalog::tell_health(actors::health::Figures& figures) const {
    figures.writer = writer_->figures();
    figures.commit_times = writer_->times().commits.spread().counts();
    figures.readers = readers_->figures();
    figures.maintenance = maintenance_->figures();
}

ServedCatalog::~ServedCatalog() {
    release_actors();
    if (!stopping_) {
        stop_server(std::chrono::milliseconds(0));
    }
    wait_until_stopped();
    // As the daemon does: those whose sessions were closed in the middle let go of the events too.
    on_server([this] { events_.close(); });
    on_server([] {});
    work_.reset();
    io_.stop();
    thread_.join();
    refusals_->write_all();
    maintenance_->stop();
    scheduler_->stop();
    readers_->stop();
    console_->stop();
    writer_->stop();
}

std::string ServedCatalog::add_client(const std::string& name) const {
    const Reply reply = call("io.catalogd.Clients.Save", {{"name", name}});
    return std::string(reply.parameters.at("client").at("id").as_string());
}

void ServedCatalog::add_files(const std::string& client, int count, std::size_t path_size) const {
    json::array files;
    for (int number = 0; number < count; ++number) {
        files.push_back({{"name", file_name(number)}, {"path", std::string(path_size, 'p')}});
    }
    EXPECT_THAT(call("io.catalogd.Files.SaveMany", {{"clientId", client}, {"files", files}}),
                Succeeded());
}

template <class Message, class Actor>
void ServedCatalog::hold(Actor& actor, Message message) {
    actors::Hold& hold = holds_.emplace_back();
    using Mail = std::conditional_t<actors::Write<Message>, actors::WriterMail, actors::ReaderMail>;
    const actors::Moment now = clock_.now();
    Mail mail;
    mail.message = std::move(message);
    mail.deadline = {now, now + std::chrono::hours(24)};
    mail.reply = hold.reply();
    ASSERT_TRUE(actor.post(mail));
    hold.wait_until_holding();
}

void ServedCatalog::hold_writer() {
    hold(*writer_, protocol::files::SetVerified{});
}

void ServedCatalog::hold_readers() {
    for (std::size_t i = 0; i < readers_->figures().readers; ++i) {
        hold(*readers_, protocol::clients::Get{});
    }
}

void ServedCatalog::release_actors() {
    for (actors::Hold& hold : holds_) {
        hold.release();
    }
    released_holds_.splice(released_holds_.end(), holds_);
}

void ServedCatalog::on_server(const std::function<void()>& work) {
    std::promise<void> done;
    asio::post(io_, [&] {
        work();
        done.set_value();
    });
    done.get_future().wait();
}

std::size_t ServedCatalog::connections() {
    std::size_t count = 0;
    on_server([&] { count = server_->connections(); });
    return count;
}

void ServedCatalog::stop_server(std::chrono::milliseconds grace) {
    stopping_ = true;
    maintenance_->cancel();
    events_.close();
    changed_.close();
    on_server([&] {
        server_->stop(grace, [this] {
            events_.close();
            changed_.close();
            stopped_promise_.set_value();
        });
    });
}

bool ServedCatalog::stopped() const {
    return stopped_future_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

}  // namespace catalogd::endpoints

// HTTP as the configuration wants it: bound before the catalog is opened, served once it is.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <optional>

#include "config/config.h"
#include "endpoints/http/address.h"
#include "endpoints/http/catalog_site.h"
#include "endpoints/http/server.h"

namespace catalogd::daemon {

class Http {
public:
    // Takes the port, where one is configured; or the socket that the service manager has passed,
    // whatever the configuration says. Throws SocketHeld or std::system_error where it
    // cannot be had, std::invalid_argument where the configuration contradicts itself.
    Http(const config::Config::Http& config, std::optional<int> passed);
    ~Http();
    Http(const Http&) = delete;
    Http& operator=(const Http&) = delete;

    // `varlink_connections` tells how many are open on the other socket. All of it must outlive
    // the server.
    void serve(boost::asio::io_context& io, const endpoints::Actors& actors,
               std::function<std::size_t()> varlink_connections);
    void set_limit(std::size_t connections);
    void stop(std::chrono::milliseconds grace, std::function<void()> done);

    // "http://127.0.0.1:8787"; empty where nothing is served.
    [[nodiscard]] std::string url() const;

private:
    std::optional<endpoints::http::Address> address_;
    int listening_ = -1;
    std::size_t limit_;
    std::optional<endpoints::http::Guard> guard_;
    std::optional<endpoints::http::CatalogSite> site_;
    std::optional<endpoints::http::Server> server_;
};

}  // namespace catalogd::daemon

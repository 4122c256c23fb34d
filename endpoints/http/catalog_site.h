// What is shown on the port: probes, metrics, schemas, and files of the dashboard.
#pragma once

#include <functional>
#include <span>

#include "endpoints/http/metrics.h"
#include "endpoints/http/session.h"

namespace catalogd::endpoints::http {

class CatalogSite : public Site {
public:
    // How many connections the sockets have.
    struct Counts {
        std::size_t varlink = 0;
        std::size_t http = 0;
        std::int64_t http_refused = 0;
    };

    CatalogSite(Actors actors, std::function<Counts()> counts)
        : actors_(actors), counts_(std::move(counts)) {}

    [[nodiscard]] Response answer(const Target& target, const Request& request) const override;

    // From now on it is not ready.
    void stop() { stopping_ = true; }

private:
    [[nodiscard]] Response probe(bool passes, const Target& target,
                                 std::span<const protocol::health::Check> checks,
                                 std::string_view otherwise = "not ready") const;
    [[nodiscard]] Response ready(const Target& target) const;
    [[nodiscard]] Response health(const Target& target) const;
    [[nodiscard]] Response jobs() const;
    [[nodiscard]] Response backups() const;
    [[nodiscard]] Response show_metrics() const;

    const Actors actors_;
    const std::function<Counts()> counts_;
    bool stopping_ = false;
};

}  // namespace catalogd::endpoints::http

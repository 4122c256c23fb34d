#include "cli/stored_files.h"

namespace catalogd::cli {

Result<const protocol::files::File*> StoredFiles::current() {
    while (at_ == page_.size()) {
        if (begun_ && !next_) {
            return nullptr;
        }
        if (auto fetched = fetch(); !fetched) {
            return fetched.error();
        }
    }
    return &page_[at_];
}

Result<void> StoredFiles::fetch() {
    protocol::files::List list;
    list.client_id = client_;
    list.after = next_;
    list.limit = protocol::Limit{1000};
    auto reply = daemon_.call(list);
    while (!reply && patience_.wait(reply.error())) {
        reply = daemon_.call(list);
    }
    if (!reply) {
        return reply.error();
    }
    patience_.renew();
    page_ = std::move(reply->files);
    next_ = std::move(reply->next);
    at_ = 0;
    begun_ = true;
    return {};
}

}  // namespace catalogd::cli

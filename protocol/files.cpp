#include "protocol/files.h"

#include "protocol/attributes.h"
#include "protocol/decode.ipp"

namespace catalogd::protocol {

namespace files {

Refusal AttributesRule::check(const Value& attributes) {
    constexpr std::size_t limit = 65'536;
    const std::size_t size = attributes_text(attributes).size();
    if (size > limit) {
        return "must have at most " + std::to_string(limit) + " bytes as JSON, has " +
               std::to_string(size);
    }
    return {};
}

}  // namespace files

CATALOGD_CODEC(files::Save);
CATALOGD_CODEC(files::SaveMany);
CATALOGD_CODEC(files::Get);
CATALOGD_CODEC(files::SetVerified);
CATALOGD_CODEC(files::Delete);
CATALOGD_CODEC(files::DeleteMany);
CATALOGD_CODEC(files::List);
CATALOGD_CODEC(files::Search);
CATALOGD_CODEC(files::ListRemovals);
CATALOGD_CODEC(files::ConfirmRemovals);

}  // namespace catalogd::protocol

// Why something of an old database was not brought over as it was.
#pragma once

#include <string_view>

namespace catalogd::actors::import {

enum class Reason {
    // of a row, which is set aside whole
    identifier,
    second_identifier,
    name,
    name_taken,
    path,
    orphan,
    client_set_aside,
    sample,
    no_place,
    // of a value, without which its row is brought over
    public_key,
    session_key,
    time,
    verified,
    size,
    crc,
    label,
    file_identifier,
    column,
};

constexpr std::string_view text_of(Reason reason) {
    switch (reason) {
        case Reason::identifier:
            return "its identifier is not 16 bytes";
        case Reason::second_identifier:
            return "a client before it has its identifier";
        case Reason::name:
            return "its name is empty, too long, or not plain text";
        case Reason::name_taken:
            return "another client has its name";
        case Reason::path:
            return "its path is empty, too long, or not plain text";
        case Reason::orphan:
            return "its client is not there";
        case Reason::client_set_aside:
            return "its client was set aside";
        case Reason::sample:
            return "it has no name, no time, or no finite value";
        case Reason::no_place:
            return "the catalog has no place for it";
        case Reason::public_key:
            return "a public key that is not 160 bytes";
        case Reason::session_key:
            return "a session key that is not 32 bytes";
        case Reason::time:
            return "a time that cannot be read";
        case Reason::verified:
            return "a mark of verification that is neither 0 nor 1";
        case Reason::size:
            return "a size that is not a whole number from 0";
        case Reason::crc:
            return "a CRC that is not a number of 32 bits";
        case Reason::label:
            return "a MIME type or category that is too long or not plain text";
        case Reason::file_identifier:
            return "a file's identifier that is not 16 bytes";
        case Reason::column:
            return "a column that the catalog has no place for";
    }
    return {};
}

}  // namespace catalogd::actors::import

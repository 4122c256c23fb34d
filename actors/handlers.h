// What the actors do with each message: one overload each. Which messages the writer takes and
// which the readers take follows from these overloads alone; a message of the protocol with none,
// or with both, does not compile.
#pragma once

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <variant>

#include "actors/envelope.h"
#include "catalog/case_folding.h"
#include "catalog/identifiers.h"
#include "catalog/sealing.h"
#include "catalog/transaction.h"
#include "protocol/methods.h"

namespace catalogd::actors {

namespace clients = protocol::clients;
namespace files = protocol::files;
namespace whole = protocol::whole;

// --- the writer's: inside a transaction that it commits before any reply ----------------------

struct WriteContext {
    catalog::WriteTransaction& transaction;
    catalog::IdentifierSource& identifiers;
    const catalog::CaseFolding& folding;
    const catalog::Sealer& sealer;
    std::int64_t now;  // milliseconds since 1970
};

clients::Save::Reply apply(WriteContext& context, const clients::Save& message);
clients::Update::Reply apply(WriteContext& context, const clients::Update& message);
clients::Touch::Reply apply(WriteContext& context, const clients::Touch& message);
clients::Delete::Reply apply(WriteContext& context, const clients::Delete& message);
clients::DeleteMany::Reply apply(WriteContext& context, const clients::DeleteMany& message);
clients::Import::Reply apply(WriteContext& context, const clients::Import& message);
files::Save::Reply apply(WriteContext& context, const files::Save& message);
files::SaveMany::Reply apply(WriteContext& context, const files::SaveMany& message);
files::SetVerified::Reply apply(WriteContext& context, const files::SetVerified& message);
files::Delete::Reply apply(WriteContext& context, const files::Delete& message);
files::DeleteMany::Reply apply(WriteContext& context, const files::DeleteMany& message);
whole::Transaction::Reply apply(WriteContext& context, const whole::Transaction& message);

// --- the readers': on a read-only connection, under a deadline --------------------------------
// A transaction's reads run on the writer's connection, and see what came before them.

struct ReadContext {
    catalog::Connection& connection;
    const catalog::CaseFolding& folding;
    const catalog::Sealer& sealer;
};

clients::Get::Reply answer(ReadContext& context, const clients::Get& message);
clients::GetSessionKey::Reply answer(ReadContext& context, const clients::GetSessionKey& message);
clients::List::Reply answer(ReadContext& context, const clients::List& message);
files::Get::Reply answer(ReadContext& context, const files::Get& message);
files::List::Reply answer(ReadContext& context, const files::List& message);

// --- who takes what ---------------------------------------------------------------------------

template <class Message>
concept Write =
    requires(WriteContext& context, const Message& message) { apply(context, message); };

template <class Message>
concept Read = requires(ReadContext& context, const Message& message) { answer(context, message); };

// A call that may take long: it returns pages.
template <class Message>
concept Listing = Read<Message> && requires(typename Message::Reply reply) { reply.next; };

template <class Message>
using IsWrite = std::bool_constant<Write<Message>>;
template <class Message>
using IsRead = std::bool_constant<Read<Message>>;
template <class Message>
using HasOneHandler = std::bool_constant<Write<Message> != Read<Message>>;

static_assert(boost::mp11::mp_all_of<protocol::Methods, HasOneHandler>::value,
              "each message has exactly one handler: apply or answer");

// What an operation of a transaction may call.
using Operable = boost::mp11::mp_append<clients::Methods, files::Methods,
                                        boost::mp11::mp_list<whole::Transaction>>;

template <template <class> class Selected>
using OneOf =
    boost::mp11::mp_rename<boost::mp11::mp_copy_if<protocol::Methods, Selected>, std::variant>;

using WriteMessage = OneOf<IsWrite>;
using ReadMessage = OneOf<IsRead>;
using WriterMail = Envelope<WriteMessage>;
using ReaderMail = Envelope<ReadMessage>;

// --- whichever it is (dispatch.cpp) -----------------------------------------------------------

// Both throw what the handlers throw.
Answer dispatch(WriteContext& context, const WriteMessage& message);
Answer dispatch(ReadContext& context, const ReadMessage& message);

// How a write that fails is undone: decision 8.
catalog::WriteTransaction::Undo undo_of(const WriteMessage& message);
// The id that the caller gave it.
std::optional<std::string> request_id_of(const WriteMessage& message);

bool is_listing(const ReadMessage& message);
// Makes a listing ask for the page after this cursor.
void go_on(ReadMessage& listing, std::string after);

}  // namespace catalogd::actors

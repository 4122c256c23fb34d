// From a message of whatever kind to its handler, and from the handler's reply to its text.
#include "actors/audit.h"
#include "actors/log_fields.h"

namespace catalogd::actors {
namespace {

template <class Reply>
Answer encoded(const Reply& reply) {
    Answer answer{protocol::EncodedReply(reply)};
    if constexpr (requires { next_page(reply); }) {
        answer.next = next_page(reply);
    }
    return answer;
}

// Empty where it is none of the protocol's.
template <class Message>
constexpr std::string_view method_of() {
    if constexpr (requires { Message::method; }) {
        return Message::method;
    } else {
        return {};
    }
}

// A savepoint copies every page that a request touches first, which a save would pay for with a
// quarter of its instructions. These messages end with the one statement that changes anything, and
// SQLite undoes a statement that fails by itself.
using OneStatement =
    boost::mp11::mp_list<files::Save, files::SetVerified, files::Delete, clients::Touch>;

using MakesRoom =
    boost::mp11::mp_list<clients::Delete, clients::DeleteMany, files::Delete, files::DeleteMany,
                         files::ConfirmRemovals, metrics::Trim, KeepSetting, RecordActs, NoteRun,
                         NoteHold, FinishRuns, RemoveExpired, GiveBackPages, RemoveOrphans>;

}  // namespace

Answer dispatch(WriteContext& context, const WriteMessage& message) {
    return std::visit(
        [&]<class Message>(const Message& m) {
            const LogField field(log_field::method, method_of<Message>());
            if constexpr (std::is_void_v<decltype(apply(context, m))>) {
                apply(context, m);
                return Answer{protocol::EncodedReply::of_text("{}")};
            } else {
                return encoded(noted(context.acts, m, [&] { return apply(context, m); }));
            }
        },
        message);
}

Answer dispatch(ReadContext& context, const ReadMessage& message) {
    return std::visit(
        [&]<class Message>(const Message& m) {
            const LogField field(log_field::method, method_of<Message>());
            return encoded(answer(context, m));
        },
        message);
}

catalog::WriteTransaction::Undo undo_of(const WriteMessage& message) {
    using catalog::WriteTransaction;
    return std::visit(
        []<class Message>(const Message&) {
            return boost::mp11::mp_contains<OneStatement, Message>::value
                       ? WriteTransaction::Undo::nothing_to_do
                       : WriteTransaction::Undo::by_savepoint;
        },
        message);
}

bool makes_room(const WriteMessage& message) {
    return std::visit(
        []<class Message>(const Message&) {
            return boost::mp11::mp_contains<MakesRoom, Message>::value;
        },
        message);
}

std::optional<std::string> request_id_of(const WriteMessage& message) {
    return std::visit(
        [](const auto& m) -> std::optional<std::string> {
            if constexpr (requires { m.request_id; }) {
                return m.request_id ? std::optional(m.request_id->value) : std::nullopt;
            } else {
                return {};
            }
        },
        message);
}

bool is_listing(const ReadMessage& message) {
    return std::visit([]<class Message>(const Message&) { return Listing<Message>; }, message);
}

bool is_console(const ReadMessage& message) {
    return std::holds_alternative<admin::Query>(message);
}

void go_on(ReadMessage& listing, std::string after) {
    std::visit(
        [&]<class Message>(Message& message) {
            if constexpr (requires { message.offset; }) {
                message.offset = protocol::Size{std::stoll(after)};
            } else if constexpr (Paged<Message>) {
                message.after = std::move(after);
            }
            if constexpr (requires { message.count_total; }) {
                message.count_total.reset();  // the first page has told it
            }
        },
        listing);
}

}  // namespace catalogd::actors

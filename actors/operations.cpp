// io.catalogd.Transaction: its operations, each a call that has a handler of its own.
#include <algorithm>
#include <array>

#include "actors/audit.h"
#include "actors/translation.h"
#include "protocol/expectation.h"
#include "protocol/frame.h"

namespace catalogd::actors {
namespace {

namespace errors = protocol::errors;
using protocol::EncodedReply;

// Replies of one transaction together: what fits into the frame that brings them.
constexpr std::size_t most_reply_bytes = protocol::frame_limit - 4096;

[[noreturn]] void refuse(const char* parameter, std::string reason) {
    throw protocol::Error(errors::InvalidValue{parameter, std::move(reason)});
}

protocol::Object parameters_of(const protocol::Error& error) {
    protocol::Object object{""};
    protocol::encode_parameters(object.json, error);
    return object;
}

// Counts a depth up for as long as it lives.
class Level {
public:
    explicit Level(int& depth) : depth_(depth) { ++depth_; }
    ~Level() { --depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

private:
    int& depth_;
};

// All operations of one call, those of nested transactions included.
class Operations {
public:
    explicit Operations(WriteContext& context) : context_(context) {}

    // Throws protocol::Error: TransactionFailed, naming the operation that ended it.
    whole::Transaction::Reply run(const std::vector<whole::Operation>& operations);

    // Performs one operation that is a call of Message.
    template <class Message>
    EncodedReply perform(std::string_view parameters);

private:
    whole::Outcome run(const whole::Operation& operation, std::int64_t index);
    EncodedReply perform(const whole::Operation& operation);
    whole::Outcome kept(const EncodedReply& reply);

    WriteContext& context_;
    int depth_ = 0;
    std::size_t operations_ = 0;
    std::size_t reply_bytes_ = 0;
};

// The methods that an operation may call.
struct Method {
    std::string_view name;
    EncodedReply (Operations::*perform)(std::string_view parameters);
};

constexpr auto methods = [] {
    std::array<Method, boost::mp11::mp_size<Operable>::value> rows{};
    std::size_t count = 0;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Operable>>(
        [&]<class Message>(std::type_identity<Message>) {
            rows[count++] = {Message::method, &Operations::perform<Message>};
        });
    std::ranges::sort(rows, {}, &Method::name);
    return rows;
}();

const Method& method_named(const std::string& name) {
    const auto* found = std::ranges::lower_bound(methods, name, {}, &Method::name);
    if (found == methods.end() || found->name != name) {
        refuse("method", "is none that a transaction can hold: " + name);
    }
    return *found;
}

template <class Message>
EncodedReply Operations::perform(std::string_view parameters) {
    const auto message = protocol::decode_text<Message>(parameters);
    if (!message) {
        throw message.error();
    }
    if constexpr (Write<Message>) {
        if (message->request_id) {
            refuse("requestId", "belongs to the whole transaction, not to an operation");
        }
    }
    if constexpr (std::is_same_v<Message, whole::Transaction>) {
        return EncodedReply(run(message->operations.value));
    } else if constexpr (Write<Message>) {
        return EncodedReply(
            noted(context_.acts, *message, [&] { return apply(context_, *message); }));
    } else {
        context_.transaction.flush_totals();
        ReadContext reading{context_.transaction.connection(), context_.shared,
                            context_.transaction.now(), [] { return false; }};
        return EncodedReply(
            noted(context_.acts, *message, [&] { return answer(reading, *message); }));
    }
}

EncodedReply Operations::perform(const whole::Operation& operation) {
    const Method& method = method_named(operation.method);
    const protocol::Object parameters = operation.parameters.value_or(protocol::Object());
    EncodedReply reply = (this->*method.perform)(parameters.json);
    if (operation.expect) {
        if (auto path = protocol::unmet_expectation(operation.expect->json, reply.parameters())) {
            throw protocol::Error(errors::ExpectationFailed{std::move(*path)});
        }
    }
    return reply;
}

whole::Outcome Operations::kept(const EncodedReply& reply) {
    reply_bytes_ += reply.parameters().size();
    if (reply_bytes_ > most_reply_bytes) {
        refuse("operations", "have replies that are together longer than a frame may be");
    }
    return {protocol::Object{std::string(reply.parameters())}, {}};
}

whole::Outcome Operations::run(const whole::Operation& operation, std::int64_t index) {
    const bool apart = operation.on_error == whole::OnError::continue_;
    const std::size_t acts_before = context_.acts.size();
    if (apart) {
        context_.transaction.begin_part();
    }
    auto outcome = attempt([&] { return kept(perform(operation)); });
    if (outcome) {
        if (apart) {
            context_.transaction.keep_part();
        }
        return std::move(*outcome);
    }
    settle(std::span(context_.acts).subspan(acts_before), short_name(outcome.error()));
    std::string name(protocol::name_of(outcome.error()));
    protocol::Object parameters = parameters_of(outcome.error());
    if (!apart || !context_.transaction.drop_part()) {
        throw protocol::Error(
            errors::TransactionFailed{index, std::move(name), std::move(parameters)});
    }
    return {std::move(parameters), std::move(name)};
}

whole::Transaction::Reply Operations::run(const std::vector<whole::Operation>& operations) {
    operations_ += operations.size();
    if (operations_ > whole::operations_limit) {
        refuse("operations", "must be at most " + std::to_string(whole::operations_limit) +
                                 ", those of nested transactions included");
    }
    const Level level(depth_);
    if (depth_ > whole::nesting_limit) {
        refuse("operations",
               "are nested more than " + std::to_string(whole::nesting_limit) + " deep");
    }
    whole::Transaction::Reply reply;
    for (const whole::Operation& operation : operations) {
        reply.results.push_back(run(operation, static_cast<std::int64_t>(reply.results.size())));
    }
    return reply;
}

}  // namespace

whole::Transaction::Reply apply(WriteContext& context, const whole::Transaction& message) {
    return Operations(context).run(message.operations.value);
}

}  // namespace catalogd::actors

#include "protocol/codec.h"

#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "protocol/admin.h"
#include "protocol/clients.h"
#include "protocol/files.h"
#include "protocol/service.h"
#include "protocol/settings.h"
#include "protocol/whole.h"
#include "tests/protocol/described_type.h"
#include "tests/protocol/sample.h"

namespace catalogd::protocol {
namespace {

using testing::HasSubstr;

constexpr std::string_view id = "0193abcd11112222333344445555ffff";

template <class Message>
Result<Message> decode_text(std::string_view json) {
    const boost::json::value value = boost::json::parse(json);
    return decode<Message>(&value.get_object());
}

template <class Message>
std::string encoded(const Message& message) {
    std::string text;
    encode(text, message);
    return text;
}

std::string as_json(std::string_view text) {
    std::string json;
    append_quoted(json, text);
    return json;
}

// What decoding ends with: "type PATH", "value PATH: reason", or nothing.
template <class Message>
std::string refusal(std::string_view json) {
    const auto result = decode_text<Message>(json);
    if (result) {
        return {};
    }
    const Error error = result.error();
    if (const auto* mistyped = std::get_if<errors::InvalidParameter>(&error)) {
        return "type " + mistyped->parameter;
    }
    const auto& wrong = std::get<errors::InvalidValue>(error);
    return "value " + wrong.parameter + ": " + wrong.reason;
}

// --- every message -----------------------------------------------------------------------------

using Methods = boost::mp11::mp_append<service::Methods, admin::Methods, clients::Methods,
                                       files::Methods, metrics::Methods, settings::Methods>;

// Calls `see` with each method's parameters and each method's reply.
template <class See>
void for_each_message(See see) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Methods>>(
        [&]<class Method>(std::type_identity<Method>) {
            SCOPED_TRACE(Method::method);
            see(std::type_identity<Method>());
            see(std::type_identity<typename Method::Reply>());
        });
}

TEST(Codec, ReadsWhatItWroteWithEveryFieldSet) {
    for_each_message([]<class Message>(std::type_identity<Message>) {
        const std::string json = encoded(Sampler(Fill::all).make<Message>());
        const auto decoded = decode_text<Message>(json);
        ASSERT_TRUE(decoded) << json << refusal<Message>(json);
        EXPECT_EQ(encoded(*decoded), json);
    });
}

TEST(Codec, ReadsWhatItWroteWithNoOptionalFieldSet) {
    for_each_message([]<class Message>(std::type_identity<Message>) {
        const std::string json = encoded(Sampler(Fill::none).make<Message>());
        const auto decoded = decode_text<Message>(json);
        ASSERT_TRUE(decoded) << json << refusal<Message>(json);
        EXPECT_EQ(encoded(*decoded), json);
    });
}

TEST(Codec, WritesEveryFieldThatIsSetAndNoOther) {
    for_each_message([]<class Message>(std::type_identity<Message>) {
        const auto all = boost::json::parse(encoded(Sampler(Fill::all).make<Message>()));
        const auto none = boost::json::parse(encoded(Sampler(Fill::none).make<Message>()));
        for (const idl::Field& field : idl::described_type<Message>().fields) {
            EXPECT_TRUE(all.get_object().contains(field.name)) << field.name;
            EXPECT_NE(none.get_object().contains(field.name), field.type.nullable) << field.name;
        }
    });
}

TEST(Codec, TakesNullForAbsentAndRefusesBothWhereAFieldIsRequired) {
    for_each_message([]<class Message>(std::type_identity<Message>) {
        const auto whole = boost::json::parse(encoded(Sampler(Fill::all).make<Message>()));
        for (const idl::Field& field : idl::described_type<Message>().fields) {
            boost::json::object without = whole.get_object();
            without[field.name] = nullptr;
            const std::string with_null = refusal<Message>(boost::json::serialize(without));
            without.erase(field.name);
            EXPECT_EQ(refusal<Message>(boost::json::serialize(without)), with_null);
            EXPECT_EQ(with_null, field.type.nullable ? "" : "type " + field.name);
        }
    });
}

TEST(Codec, RefusesUnknownKeysInEveryCall) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Methods>>(
        []<class Method>(std::type_identity<Method>) {
            auto whole = boost::json::parse(encoded(Sampler(Fill::all).make<Method>()));
            whole.get_object()["unknownKey"] = nullptr;
            EXPECT_EQ(refusal<Method>(boost::json::serialize(whole)), "type unknownKey");
        });
}

TEST(Codec, PassesOverTheNewFieldsOfANewerDaemonsReplies) {
    auto reply = boost::json::parse(encoded(Sampler(Fill::all).make<files::Save::Reply>()));
    reply.as_object()["isNew"] = true;
    reply.at("file").as_object()["isNewToo"] = 1;
    EXPECT_TRUE(decode<files::Save::Reply>(&reply.get_object()));
}

// A value of none of the contract's types but one in each field's place.
TEST(Codec, RefusesValuesOfAnotherTypeInEveryField) {
    for_each_message([]<class Message>(std::type_identity<Message>) {
        const auto whole = boost::json::parse(encoded(Sampler(Fill::all).make<Message>()));
        for (const idl::Field& field : idl::described_type<Message>().fields) {
            boost::json::object other = whole.get_object();
            // A number with a fraction, but where that is what the field holds.
            other[field.name] = boost::json::value(1.5);
            if (whole.at(field.name).is_double()) {
                other[field.name] = boost::json::array{};
            }
            EXPECT_EQ(refusal<Message>(boost::json::serialize(other)), "type " + field.name);
        }
    });
}

TEST(Codec, TakesNoParametersForEmptyOnes) {
    EXPECT_TRUE(decode<service::GetInfo>(nullptr));
    EXPECT_TRUE(decode<clients::List>(nullptr));
    EXPECT_TRUE(decode<files::Save>(nullptr).has_error());
}

// --- where it went wrong -------------------------------------------------------------------------

std::string save_with(std::string_view field) {
    return R"({"clientId":")" + std::string(id) + R"(","file":{"name":"n","path":"p",)" +
           std::string(field) + "}}";
}

std::string save_fourth(const std::string& fourth) {
    return R"({"clientId":")" + std::string(id) + R"(","files":[{"name":"a","path":"p"},
        {"name":"b","path":"p"},{"name":"c","path":"p"},)" +
           fourth + "]}";
}

TEST(CodecPath, LeadsToTheFieldInsideObjectsAndArrays) {
    EXPECT_EQ(refusal<files::Save>(save_with(R"("size":"large")")), "type file.size");
    EXPECT_EQ(refusal<files::Save>(save_with(R"("colour":1)")), "type file.colour");
    EXPECT_EQ(refusal<files::Save>(save_with(R"("attributes":{"key":1})")),
              "type file.attributes.key");
    EXPECT_EQ(refusal<files::SaveMany>(save_fourth(R"({"name":"d","path":"p","size":true})")),
              "type files[3].size");
    EXPECT_EQ(refusal<files::SaveMany>(save_fourth(R"({"name":"d"})")), "type files[3].path");
    EXPECT_EQ(refusal<files::SaveMany>(save_fourth("null")), "type files[3]");
    EXPECT_THAT(refusal<files::SaveMany>(save_fourth(R"({"name":"d","path":"p","size":-1})")),
                HasSubstr("value files[3].size: must be 0 to"));
    EXPECT_THAT(refusal<clients::Import>(R"({"clients":[{"name":""}]})"),
                HasSubstr("value clients[0].name: must have 1 to 255 characters"));
    EXPECT_EQ(refusal<clients::DeleteMany>(R"({"ids":[1]})"), "type ids[0]");
}

TEST(CodecInteger, EndsWith64SignedBits) {
    EXPECT_EQ(refusal<files::Save>(save_with(R"("size":9223372036854775807)")), "");
    EXPECT_EQ(refusal<files::Save>(save_with(R"("size":9223372036854775808)")),
              "value file.size: must be at most 9223372036854775807");
    EXPECT_EQ(refusal<files::Save>(save_with(R"("size":18446744073709551615)")),
              "value file.size: must be at most 9223372036854775807");
    EXPECT_EQ(refusal<files::Save>(save_with(R"("size":18446744073709551616)")), "type file.size");
}

TEST(CodecInteger, TakesNoDoubles) {
    for (const char* value : {"1.0", "1e3", "0.5", "-0.0", "1e400"}) {
        EXPECT_EQ(refusal<files::Save>(save_with("\"size\":" + std::string(value))),
                  "type file.size");
    }
}

TEST(CodecObject, HoldsNoNumberThatItsTextCouldNotHold) {
    const std::string before = R"({"operations":[{"method":"a.b.C","expect":{"x":[{"y":)";
    EXPECT_EQ(refusal<whole::Transaction>(before + "-1e300}]}}]}"), "");
    EXPECT_EQ(refusal<whole::Transaction>(before + "-1e400}]}}]}"),
              "value operations[0].expect: must hold finite numbers alone");
}

TEST(CodecText, HasItsForm) {
    EXPECT_EQ(refusal<clients::GetSessionKey>(R"({"id":"42"})"),
              "value id: must be 32 hex digits or a dashed UUID");
    EXPECT_THAT(refusal<files::Save>(save_with(R"("modified":"yesterday")")),
                HasSubstr("value file.modified: must be a time as RFC 3339 writes it"));
    EXPECT_EQ(refusal<clients::Save>(R"({"name":"n","sessionKey":"a-_b"})"),
              "value sessionKey: must be standard base64 with padding");
    EXPECT_EQ(refusal<clients::Save>(R"({"name":"n","sessionKey":"Zm9v"})"),
              "value sessionKey: must be 32 bytes, is 3");
    EXPECT_EQ(refusal<clients::Save>(R"({"name":"n","publicKey":""})"),
              "value publicKey: must be 160 bytes, is 0");
}

TEST(CodecEnum, IsOneOfItsWords) {
    EXPECT_EQ(decode_text<clients::List>(R"({"order":"mostFiles"})")->order,
              clients::Order::most_files);
    EXPECT_EQ(refusal<clients::List>(R"({"order":"most_files"})"), "type order");
    EXPECT_EQ(refusal<clients::List>(R"({"order":""})"), "type order");
    EXPECT_EQ(refusal<clients::List>(R"({"order":2})"), "type order");
}

TEST(CodecArray, IsCountedBeforeItsElementsAreRead) {
    std::string ids = "0";
    for (std::size_t i = 0; i < clients::batch_limit; ++i) {
        ids += ",0";
    }
    EXPECT_EQ(refusal<clients::DeleteMany>(R"({"ids":[)" + ids + "]}"),
              "value ids: must have at most 10000 elements, has 10001");
    EXPECT_EQ(refusal<clients::DeleteMany>(R"({"ids":[]})"), "");
}

// --- text ---------------------------------------------------------------------------------------

TEST(CodecQuoted, EscapesWhatJsonMustNotHoldAndNothingElse) {
    EXPECT_EQ(as_json(""), R"("")");
    EXPECT_EQ(as_json("plain /\x7F"), "\"plain /\x7F\"");
    EXPECT_EQ(as_json("\"\\\n\t"), R"("\"\\\n\t")");
    EXPECT_EQ(as_json(std::string("a\0b", 3)), R"("a\u0000b")");
    EXPECT_EQ(as_json("\x01\x1F\r\b"), R"("\u0001\u001f\u000d\u0008")");
    EXPECT_EQ(as_json("caf\xC3\xA9 \xF0\x9F\x98\x80"), "\"caf\xC3\xA9 \xF0\x9F\x98\x80\"");
}

TEST(CodecQuoted, IsReadBackAsItWasWithEveryAsciiCharacter) {
    std::string text;
    for (char c = 0; c < 0x7F; ++c) {
        text += c;
        EXPECT_EQ(std::string_view(boost::json::parse(as_json(text)).get_string()), text);
    }
}

TEST(CodecError, HoldsItsParametersAlone) {
    std::string out;
    encode_parameters(out, errors::InvalidValue{"files[3].size", "says \"no\""});
    EXPECT_EQ(out, R"({"parameter":"files[3].size","reason":"says \"no\""})");
    out.clear();
    encode_parameters(out, errors::OutcomeUnknown{});
    EXPECT_EQ(out, "{}");
    EXPECT_EQ(name_of(errors::Busy{5}), "io.catalogd.Busy");
}

}  // namespace
}  // namespace catalogd::protocol

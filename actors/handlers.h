// What the actors do with each message: one overload each. Which messages the writer takes, which
// the readers and which maintenance follows from these overloads alone; a message of the protocol
// with none, or with two, does not compile.
#pragma once

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <functional>
#include <memory>
#include <variant>

#include "actors/envelope.h"
#include "actors/jobs/messages.h"
#include "actors/pacing.h"
#include "catalog/backups/store.h"
#include "catalog/case_folding.h"
#include "catalog/import/slice.h"
#include "catalog/resealing.h"
#include "catalog/sealing.h"
#include "catalog/search/build.h"
#include "catalog/transaction.h"
#include "protocol/methods.h"
#include "protocol/settings.h"

namespace catalogd::actors {

namespace admin = protocol::admin;
namespace clients = protocol::clients;
namespace files = protocol::files;
namespace jobs = protocol::jobs;
namespace metrics = protocol::metrics;
namespace whole = protocol::whole;

// --- messages that never cross the wire --------------------------------------------------------

struct InstallIndexStep {
    std::shared_ptr<const catalog::search::Step> step;
    std::size_t piece;  // of search::pieces_of(*step), in order

    [[nodiscard]] bool is_last() const { return piece + 1 == catalog::search::pieces_of(*step); }
};

// Of a rotation: values sealed with another key, and the key itself once it seals every value.
struct ExchangeSealedKeys {
    std::vector<catalog::resealing::Exchange> exchanges;
};
struct NoteKey {
    catalog::Bytes key_id;
};
// Some records of an import. What became of each is in `outcomes` once the message has succeeded.
struct ImportSlice {
    std::shared_ptr<const catalog::import::Slice> slice;
    std::shared_ptr<std::vector<catalog::import::Outcome>> outcomes;
};
// A change of a setting that has been judged already: it ends in `reply`, and where that is no
// error the text is kept, or forgotten where there is none. Not where the call is a repeated one,
// which `*kept` tells.
struct KeepSetting {
    static constexpr std::string_view method = protocol::settings::SetSetting::method;
    std::string name;
    std::optional<std::string> value;
    std::optional<protocol::RequestId> request_id;
    protocol::Result<protocol::settings::SetSetting::Reply> reply;
    std::shared_ptr<bool> kept = std::make_shared<bool>(false);
};
// Calls that others than the writer have answered or refused; their caller is the envelope's.
struct RecordActs {
    std::vector<Act> acts;
};

// The schema goes back to this version, and the writer takes nothing more.
struct TakeStepsBack {
    std::int64_t to;
};

struct StoreQueryStatistics {};

// --- the writer's: inside a transaction that it commits before any reply ----------------------

// What every actor needs beside its connection; safe for any number of threads.
struct Shared {
    const catalog::CaseFolding& folding;
    catalog::Sealer& sealer;
    catalog::search::Index& index;
    const catalog::backups::Store& backups;
    Arrivals& arrivals;
};

struct WriteContext {
    catalog::WriteTransaction& transaction;
    const Shared& shared;
    std::int64_t metrics_kept;  // milliseconds that a sample is kept
    // For the audit log: of the message that is being applied.
    std::vector<Act> acts{};
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
files::ConfirmRemovals::Reply apply(WriteContext& context, const files::ConfirmRemovals& message);
metrics::Record::Reply apply(WriteContext& context, const metrics::Record& message);
metrics::Trim::Reply apply(WriteContext& context, const metrics::Trim& message);
whole::Transaction::Reply apply(WriteContext& context, const whole::Transaction& message);
// The indexer's: what it has built becomes part of the search index.
void apply(WriteContext& context, const InstallIndexStep& message);
void apply(WriteContext& context, const ExchangeSealedKeys& message);
void apply(WriteContext& context, const NoteKey& message);
// An import's: added where the catalog has no such record.
void apply(WriteContext& context, const ImportSlice& message);
protocol::settings::SetSetting::Reply apply(WriteContext& context, const KeepSetting& message);
void apply(WriteContext& context, const TakeStepsBack& message);
void apply(WriteContext& context, const RecordActs& message);
// The writer's own.
void apply(WriteContext& context, const StoreQueryStatistics& message);
// The scheduler's, and its jobs' (jobs/writes.cpp).
void apply(WriteContext& context, const NoteRun& message);
void apply(WriteContext& context, const NoteHold& message);
void apply(WriteContext& context, const FinishRuns& message);
void apply(WriteContext& context, const RemoveExpired& message);
void apply(WriteContext& context, const GiveBackPages& message);
void apply(WriteContext& context, const RefreshStatistics& message);
void apply(WriteContext& context, const RemoveOrphans& message);
void apply(WriteContext& context, const ForgetSearchIndex& message);

// --- the readers': on a read-only connection, under a deadline --------------------------------
// A transaction's reads run on the writer's connection, and see what came before them.

struct ReadContext {
    catalog::Connection& connection;
    const Shared& shared;
    std::int64_t now;  // milliseconds since 1970
    // A search's page that has taken its time ends with what it has.
    std::function<bool()> page_is_due;
    // Whether the call's time is over, or its caller gone: for who opens a connection of its own.
    std::function<bool()> overdue{};
};

admin::ListAudit::Reply answer(ReadContext& context, const admin::ListAudit& message);
clients::Get::Reply answer(ReadContext& context, const clients::Get& message);
clients::GetSessionKey::Reply answer(ReadContext& context, const clients::GetSessionKey& message);
clients::List::Reply answer(ReadContext& context, const clients::List& message);
files::Get::Reply answer(ReadContext& context, const files::Get& message);
files::List::Reply answer(ReadContext& context, const files::List& message);
files::Search::Reply answer(ReadContext& context, const files::Search& message);
files::ListRemovals::Reply answer(ReadContext& context, const files::ListRemovals& message);
metrics::History::Reply answer(ReadContext& context, const metrics::History& message);
metrics::ListNames::Reply answer(ReadContext& context, const metrics::ListNames& message);
admin::ListMigrations::Reply answer(ReadContext& context, const admin::ListMigrations& message);
whole::GetStatistics::Reply answer(ReadContext& context, const whole::GetStatistics& message);
admin::QueryStatistics::Reply answer(ReadContext& context, const admin::QueryStatistics& message);
admin::ListTables::Reply answer(ReadContext& context, const admin::ListTables& message);
admin::GetTableSchema::Reply answer(ReadContext& context, const admin::GetTableSchema& message);
admin::GetTableRows::Reply answer(ReadContext& context, const admin::GetTableRows& message);
admin::Query::Reply answer(ReadContext& context, const admin::Query& message);
admin::ListBackups::Reply answer(ReadContext& context, const admin::ListBackups& message);
admin::ReadBackup::Reply answer(ReadContext& context, const admin::ReadBackup& message);
jobs::History::Reply answer(ReadContext& context, const jobs::History& message);
jobs::Forecast::Reply answer(ReadContext& context, const jobs::Forecast& message);

// --- maintenance's: long work, in slices (maintenance.h) ----------------------------------------

class WorkContext;

admin::RotateKeys::Reply perform(WorkContext& context, const admin::RotateKeys& message);
admin::ImportDatabase::Reply perform(WorkContext& context, const admin::ImportDatabase& message);
admin::Rollback::Reply perform(WorkContext& context, const admin::Rollback& message);
admin::VerifyAudit::Reply perform(WorkContext& context, const admin::VerifyAudit& message);
admin::Restore::Reply perform(WorkContext& context, const admin::Restore& message);
admin::DeleteBackup::Reply perform(WorkContext& context, const admin::DeleteBackup& message);

// --- who takes what ---------------------------------------------------------------------------

template <class Message>
concept Write =
    requires(WriteContext& context, const Message& message) { apply(context, message); };

template <class Message>
concept Read = requires(ReadContext& context, const Message& message) { answer(context, message); };

template <class Message>
concept LongWork =
    requires(WorkContext& context, const Message& message) { perform(context, message); };

// Where the page after this one begins; empty where it is the last.
template <class Reply>
    requires requires(const Reply& reply) { reply.next; }
std::optional<std::string> next_page(const Reply& reply) {
    return reply.next;
}
std::optional<std::string> next_page(const admin::ReadBackup::Reply& reply);

template <class Message>
concept Paged = requires(const typename Message::Reply& reply) { next_page(reply); };

// A call that may take long and whose reply may be large.
template <class Message>
concept Listing = Read<Message> && (Paged<Message> || std::is_same_v<Message, metrics::History>);

template <class Message>
using IsWrite = std::bool_constant<Write<Message>>;
template <class Message>
using IsRead = std::bool_constant<Read<Message>>;
template <class Message>
using HasOneHandler =
    std::bool_constant<int{Write<Message>} + int{Read<Message>} + int{LongWork<Message>} == 1>;

static_assert(boost::mp11::mp_all_of<protocol::Methods, HasOneHandler>::value,
              "each message has exactly one handler: apply, answer or perform");

// What an operation of a transaction may call.
using Operable =
    boost::mp11::mp_append<clients::Methods, boost::mp11::mp_remove<files::Methods, files::Search>,
                           boost::mp11::mp_remove<metrics::Methods, metrics::History>,
                           boost::mp11::mp_list<whole::Transaction>>;

using WriteMessage = boost::mp11::mp_rename<
    boost::mp11::mp_push_back<boost::mp11::mp_copy_if<protocol::Methods, IsWrite>, InstallIndexStep,
                              ExchangeSealedKeys, NoteKey, ImportSlice, KeepSetting, TakeStepsBack,
                              RecordActs, StoreQueryStatistics, NoteRun, NoteHold, FinishRuns,
                              RemoveExpired, GiveBackPages, RefreshStatistics, RemoveOrphans,
                              ForgetSearchIndex>,
    std::variant>;
using ReadMessage =
    boost::mp11::mp_rename<boost::mp11::mp_copy_if<protocol::Methods, IsRead>, std::variant>;
using WriterMail = Envelope<WriteMessage>;
using ReaderMail = Envelope<ReadMessage>;

// --- whichever it is (dispatch.cpp) -----------------------------------------------------------

// Both throw what the handlers throw.
Answer dispatch(WriteContext& context, const WriteMessage& message);
Answer dispatch(ReadContext& context, const ReadMessage& message);

// How a write that fails is undone: decision 8.
catalog::WriteTransaction::Undo undo_of(const WriteMessage& message);
// Whether it takes records away, or is needed by what does: such a write goes on while the disk is
// nearly full.
bool makes_room(const WriteMessage& message);
// The id that the caller gave it.
std::optional<std::string> request_id_of(const WriteMessage& message);

bool is_listing(const ReadMessage& message);
// It may take as long as its deadline lets it: it waits for others of its kind alone.
bool is_console(const ReadMessage& message);
// Makes a listing ask for the page after this cursor.
void go_on(ReadMessage& listing, std::string after);

}  // namespace catalogd::actors

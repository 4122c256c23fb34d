// Tables and statements as their caller sees them. What a statement may do is tried at random in
// tests/catalog/console.
#include "tests/endpoints/contract_names.h"
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

constexpr auto list_tables = "io.catalogd.Admin.ListTables";
constexpr auto get_schema = "io.catalogd.Admin.GetTableSchema";
constexpr auto get_rows = "io.catalogd.Admin.GetTableRows";
constexpr auto query = "io.catalogd.Admin.Query";
constexpr auto unknown_table = "io.catalogd.Admin.UnknownTable";
constexpr auto failed = "io.catalogd.Admin.QueryFailed";

// Never comes to an end by itself.
constexpr auto endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

class ConsoleCalls : public testing::Test {
protected:
    Reply ask(const std::string& sql, json::array parameters = {}) {
        return peer.call(query, {{"sql", sql}, {"parameters", std::move(parameters)}});
    }
    // The cells of a reply's one row.
    json::array row(const std::string& sql, json::array parameters = {}) {
        const Reply reply = ask(sql, std::move(parameters));
        EXPECT_THAT(reply, Succeeded());
        return reply.parameters.at("rows").at(0).at("cells").as_array();
    }

    ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
};

TEST_F(ConsoleCalls, ListTheTablesAndTheirColumns) {
    EXPECT_THAT(peer.call(list_tables),
                Has("/tables", json::array{"clients", "files", "metrics_history"}));
    const Reply schema = peer.call(get_schema, {{"table", "files"}});
    EXPECT_THAT(schema, Has("/columns/0", json::object{{"name", "ID"},
                                                       {"type", "TEXT"},
                                                       {"notNull", true},
                                                       {"primaryKey", true}}));
    EXPECT_THAT(schema, Has("/columns/3/defaultValue", "0"));
}

TEST_F(ConsoleCalls, ShowATablePageByPage) {
    catalog.add_files(catalog.add_client("a"), 3);
    Reply page = peer.call(get_rows, {{"table", "files"}, {"limit", 2}});
    EXPECT_THAT(page, Has("/rows/0/cells/1", json::object{{"text", "0000"}}));
    page = peer.call(get_rows,
                     {{"table", "files"}, {"after", page.parameters.at("next")}, {"limit", 2}});
    EXPECT_THAT(page, Has("/rows/0/cells/1", json::object{{"text", "0002"}}));
    EXPECT_FALSE(page.parameters.contains("next"));
}

TEST_F(ConsoleCalls, StreamATable) {
    catalog.add_files(catalog.add_client("a"), 3);
    peer.send_call(get_rows, {{"table", "files"}, {"limit", 1}}, {{"more", true}});
    for (int i = 0; i < 3; ++i) {
        const Reply page = peer.receive();
        EXPECT_EQ(page.parameters.at("rows").as_array().size(), 1U);
        EXPECT_EQ(page.continues, i < 2);
    }
}

TEST_F(ConsoleCalls, ShowWhatAClientIsCalledEverywhereElse) {
    const std::string id = catalog.add_client("a");
    EXPECT_EQ(row("SELECT ID FROM clients"), (json::array{{{"text", id}}}));
    EXPECT_EQ(row("SELECT Name FROM clients WHERE ID = ?", {{{"text", id}}}),
              (json::array{{{"text", "a"}}}));
}

TEST_F(ConsoleCalls, RefuseACursorThatIsNotTheTables) {
    catalog.add_client("a");
    catalog.add_client("b");
    const Reply page = peer.call(get_rows, {{"table", "clients"}, {"limit", 1}});
    const std::string next(page.parameters.at("next").as_string());
    for (const json::object& wrong : {json::object{{"table", "files"}, {"after", next}},
                                      json::object{{"table", "clients"}, {"after", "x"}},
                                      json::object{{"table", "clients"}, {"after", next + "AAAA"}},
                                      json::object{{"table", "clients"}, {"limit", 0}},
                                      json::object{{"table", "clients"}, {"limit", 1001}}}) {
        EXPECT_THAT(peer.call(get_rows, wrong), IsError(invalid_value)) << wrong;
    }
}

TEST_F(ConsoleCalls, NameTheTableThatIsUnknown) {
    for (const std::string name : {"", "requests", "sqlite_schema", "clients; --", "CLIENTS",
                                   "\u0000", "main.clients", "\U0001F600"}) {
        EXPECT_THAT(peer.call(get_rows, {{"table", name}}), IsError(unknown_table)) << name;
        EXPECT_THAT(peer.call(get_schema, {{"table", name}}), Has("/table", name));
    }
}

TEST_F(ConsoleCalls, AnswerCellsOfEveryType) {
    EXPECT_EQ(row("SELECT 7, 0.5, 'x', x'00ff', NULL, 9e999, -9e999, CAST(x'ff' AS TEXT)"),
              (json::array{{{"int", 7}},
                           {{"float", 0.5}},
                           {{"text", "x"}},
                           {{"bytes", "AP8="}},
                           json::object(),
                           {{"text", "Inf"}},
                           {{"text", "-Inf"}},
                           {{"bytes", "/w=="}}}));
}

TEST_F(ConsoleCalls, TakeCellsOfEveryType) {
    const json::array cells{{{"int", INT64_MIN}},
                            {{"float", -0.25}},
                            {{"text", "\u0000\u00E4"}},
                            {{"bytes", "AP8="}},
                            json::object()};
    EXPECT_EQ(row("SELECT ?1, ?2, ?3, ?4, ?5", cells), cells);
}

TEST_F(ConsoleCalls, NameTheParameterThatIsWrong) {
    EXPECT_THAT(ask("SELECT ?, ?", {{{"int", 1}}, {{"int", 1}, {"text", "1"}}}),
                Has("/parameter", "parameters[1]"));
    EXPECT_THAT(ask("SELECT ?", {{{"bytes", "?"}}}), Has("/parameter", "parameters[0].bytes"));
    EXPECT_THAT(ask("SELECT ?", {{{"real", 1}}}), Has("/parameter", "parameters[0].real"));
    EXPECT_THAT(ask("SELECT 1", json::array(101, json::object())), Has("/parameter", "parameters"));
}

TEST_F(ConsoleCalls, SayWhyAStatementFailed) {
    EXPECT_THAT(ask("SELEC 1"), IsError(failed));
    EXPECT_THAT(
        ask("DELETE FROM main.clients"),
        Has("/reason", "only a SELECT is allowed here, of clients, files, metrics_history"));
    EXPECT_THAT(peer.call(query), Has("/parameter", "sql"));
}

TEST_F(ConsoleCalls, AreCountedTogetherAndTheirTextsKeptNowhere) {
    ask("SELECT 'SECRET'");
    ask("SELEC 'SECRET'");
    const Reply statistics = peer.call("io.catalogd.Admin.QueryStatistics", {{"limit", 1000}});
    const std::string text = json::serialize(statistics.parameters);
    EXPECT_NE(text.find(R"json({"statement":"(query)","calls":2,"rows":1,)json"), std::string::npos)
        << text;
    EXPECT_EQ(text.find("SECRET"), std::string::npos);
}

TEST_F(ConsoleCalls, EndAtTheDeadlineAndLeaveTheNextAlone) {
    peer.send_call(query, {{"sql", endless}}, {{"io.catalogd.timeoutMs", 700}});
    EXPECT_TRUE(eventually([&] { return catalog.console().figures().active == 1; }));
    catalog.clock().pass(std::chrono::milliseconds(700));
    EXPECT_THAT(peer.receive(), Has("/afterMs", 700));
    EXPECT_THAT(ask("SELECT 1"), Succeeded());
}

TEST_F(ConsoleCalls, KeepNobodyElseWaiting) {
    const std::string client = catalog.add_client("a");
    peer.send_call(query, {{"sql", endless}});
    EXPECT_THAT(catalog.call("io.catalogd.Clients.Get", {{"id", client}}), Succeeded());
    EXPECT_THAT(catalog.call("io.catalogd.Files.List"), Succeeded());
    EXPECT_THAT(catalog.call("io.catalogd.Files.Search", {{"text", "a"}}), Succeeded());
    EXPECT_THAT(catalog.call("io.catalogd.Clients.Touch", {{"id", client}}), Succeeded());
    EXPECT_THAT(catalog.call(get_rows, {{"table", "clients"}}), Succeeded());
    catalog.clock().pass(std::chrono::hours(1));
    EXPECT_THAT(peer.receive(), IsError("io.catalogd.DeadlineExceeded"));
}

TEST_F(ConsoleCalls, EndWhenTheirCallerHasGone) {
    {
        VarlinkPeer leaving = catalog.connect();
        leaving.send_call(query, {{"sql", endless}});
        EXPECT_TRUE(eventually([&] { return catalog.console().figures().active == 1; }));
    }
    EXPECT_TRUE(eventually([&] { return catalog.console().figures().abandoned == 1; }));
    EXPECT_THAT(ask("SELECT 1"), Succeeded());
}

TEST(Console, RefusesAtOnceWhenTooManyStatementsWait) {
    ServedOptions options;
    options.console.mailbox.messages = 1;
    ServedCatalog catalog(options);
    VarlinkPeer first = catalog.connect();
    VarlinkPeer second = catalog.connect();
    first.send_call(query, {{"sql", endless}});
    EXPECT_TRUE(eventually([&] { return catalog.console().figures().active == 1; }));
    second.send_call(query, {{"sql", "SELECT 1"}});
    EXPECT_TRUE(eventually([&] { return catalog.console().figures().queued == 1; }));
    EXPECT_THAT(catalog.call(query, {{"sql", "SELECT 1"}}), IsError("io.catalogd.Busy"));
    catalog.clock().pass(std::chrono::hours(1));
    EXPECT_THAT(first.receive(), IsError("io.catalogd.DeadlineExceeded"));
}

}  // namespace
}  // namespace catalogd::endpoints

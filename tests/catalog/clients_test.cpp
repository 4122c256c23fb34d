#include "catalog/clients.h"

#include <sqlite3.h>

#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {
namespace {

const Bytes public_key(160, 'p');
const Bytes sealed_key(80, 's');

class Clients : public CatalogFixture {
protected:
    clients::Saved save(int id, const clients::Change& change) {
        return commit([&](WriteTransaction& transaction) {
            return clients::save(transaction, id_of(id), change);
        });
    }
    ClientRecord update(int id, const clients::Edit& edit) {
        return commit([&](WriteTransaction& transaction) {
            return clients::update(transaction, id_of(id), edit);
        });
    }
    void touch(int id, std::int64_t at) {
        commit([&](WriteTransaction& transaction) { clients::touch(transaction, id_of(id), at); });
    }
    std::optional<std::int64_t> remove(int id) {
        return commit(
            [&](WriteTransaction& transaction) { return clients::remove(transaction, id_of(id)); });
    }
    bool insert_new(int id, const std::string& name) {
        return commit([&](WriteTransaction& transaction) {
            return clients::insert_new(transaction, id_of(id), {name, {}, {}, 0});
        });
    }
};

TEST_F(Clients, AreCreatedWithWhatIsGiven) {
    const auto saved = save(1, {"one", public_key, sealed_key, 77});
    EXPECT_TRUE(saved.created);
    EXPECT_EQ(saved.client.id, id_of(1));
    EXPECT_EQ(saved.client.name, "one");
    EXPECT_EQ(saved.client.public_key, public_key);
    EXPECT_TRUE(saved.client.has_session_key);
    EXPECT_EQ(saved.client.last_seen, 77);
    EXPECT_EQ(saved.client.files, 0);
    EXPECT_EQ(clients::sealed_key(writer(), id_of(1)), sealed_key);
}

TEST_F(Clients, KeepTheirFilesWhenSavedAgain) {
    const auto number = save_client("one", 1);
    save_files(number, {"a", "b", "c"});
    const auto again = save(1, {"one", public_key, {}, 5});
    EXPECT_FALSE(again.created);
    EXPECT_EQ(again.client.number, number);
    EXPECT_EQ(again.client.files, 3);
    EXPECT_EQ(count("files"), 3);
}

TEST_F(Clients, KeepTheKeysThatASaveLeavesOut) {
    save(1, {"one", public_key, sealed_key, 1});
    const auto again = save(1, {"new name", {}, {}, 2});
    EXPECT_EQ(again.client.public_key, public_key);
    EXPECT_EQ(clients::sealed_key(writer(), id_of(1)), sealed_key);
    EXPECT_EQ(again.client.name, "new name");
    EXPECT_EQ(again.client.last_seen, 2);
}

TEST_F(Clients, AreFoundByIdAndByName) {
    save_client("one", 1);
    EXPECT_EQ(clients::find_by_name(writer(), "one")->id, id_of(1));
    EXPECT_EQ(clients::find(writer(), id_of(1))->name, "one");
    EXPECT_EQ(clients::find(writer(), id_of(2)), std::nullopt);
    EXPECT_EQ(clients::find_by_name(writer(), "On"), std::nullopt);
    EXPECT_EQ(clients::find_by_name(writer(), "ONE"), std::nullopt);
}

TEST_F(Clients, DoNotTakeANameThatAnotherHas) {
    save_client("one", 1);
    save_client("two", 2);
    const auto before = everything();
    const auto taken = refused<NameTaken>([](WriteTransaction& transaction) {
        clients::save(transaction, id_of(2), {"one", public_key, {}, 9});
    });
    EXPECT_EQ(taken.holder, id_of(1));
    EXPECT_EQ(taken.name, "one");
    EXPECT_EQ(everything(), before);
}

TEST_F(Clients, AreNotCreatedUnderATakenName) {
    save_files(save_client("one", 1), {"a"});
    const auto before = everything();
    refused<NameTaken>([](WriteTransaction& transaction) {
        clients::save(transaction, id_of(2), {"one", {}, {}, 9});
    });
    EXPECT_EQ(everything(), before);
}

TEST_F(Clients, AreNotRenamedToATakenName) {
    save_client("one", 1);
    save_client("two", 2);
    const auto before = everything();
    const auto taken = refused<NameTaken>([](WriteTransaction& transaction) {
        clients::update(transaction, id_of(2), {"one", public_key, true, true});
    });
    EXPECT_EQ(taken.holder, id_of(1));
    EXPECT_EQ(everything(), before);
    save_client("three", 3);  // no lock was left
}

TEST_F(Clients, MayKeepTheirOwnName) {
    save_client("one", 1);
    EXPECT_EQ(update(1, {"one", {}, false, false}).name, "one");
}

TEST_F(Clients, AreNotSeenWhenUpdated) {
    save(1, {"one", {}, {}, 50});
    const auto client = update(1, {"new", public_key, false, false});
    EXPECT_EQ(client.name, "new");
    EXPECT_EQ(client.public_key, public_key);
    EXPECT_EQ(client.last_seen, 50);
}

TEST_F(Clients, LoseOnlyTheKeysThatAreCleared) {
    save(1, {"one", public_key, sealed_key, 1});
    EXPECT_EQ(update(1, {{}, {}, true, false}).public_key, std::nullopt);
    EXPECT_TRUE(client(1).has_session_key);
    EXPECT_FALSE(update(1, {{}, {}, false, true}).has_session_key);
    EXPECT_EQ(clients::sealed_key(writer(), id_of(1)), std::nullopt);
    EXPECT_EQ(client(1).name, "one");
}

TEST_F(Clients, AreNotFoundByAnUpdateOfNone) {
    save_client("one", 1);
    const auto failure = refused<ClientNotFound>([](WriteTransaction& transaction) {
        clients::update(transaction, id_of(9), {"one", {}, false, false});
    });
    EXPECT_EQ(failure.id, id_of(9));
}

TEST_F(Clients, AreTouchedForwardsOnly) {
    save(1, {"one", {}, {}, 50});
    touch(1, 70);
    EXPECT_EQ(client(1).last_seen, 70);
    touch(1, 60);
    EXPECT_EQ(client(1).last_seen, 70);
}

TEST_F(Clients, AreNotFoundByATouchOfNone) {
    refused<ClientNotFound>(
        [](WriteTransaction& transaction) { clients::touch(transaction, id_of(9), 1); });
    EXPECT_THROW(clients::sealed_key(writer(), id_of(9)), ClientNotFound);
}

TEST_F(Clients, TakeTheirFilesWithThem) {
    save_files(save_client("one", 1), {"a", "b"});
    save_files(save_client("two", 2), {"a"});
    EXPECT_EQ(remove(1), 2);
    EXPECT_EQ(count("clients"), 1);
    EXPECT_EQ(count("client_totals"), 1);
    EXPECT_EQ(count("files"), 1);
    EXPECT_EQ(client(2).files, 1);
    expect_sound();
}

TEST_F(Clients, AreDeletedAndCountedEvenWithoutFiles) {
    save_client("one", 1);
    EXPECT_EQ(remove(1), 0);
    EXPECT_EQ(remove(1), std::nullopt);
}

TEST_F(Clients, LeaveTheirNameToOthersWhenDeleted) {
    save_files(save_client("one", 1), {"a"});
    remove(1);
    const auto saved = save(2, {"one", {}, {}, 0});
    EXPECT_TRUE(saved.created);
    EXPECT_EQ(saved.client.files, 0);
}

TEST_F(Clients, AreInsertedOnlyWhereIdAndNameAreNew) {
    save_files(save_client("one", 1), {"a"});
    const auto before = everything();
    EXPECT_FALSE(insert_new(1, "other"));
    EXPECT_FALSE(insert_new(2, "one"));
    EXPECT_FALSE(insert_new(1, "one"));
    EXPECT_EQ(everything(), before);
    EXPECT_TRUE(insert_new(2, "two"));
    EXPECT_EQ(client(2).files, 0);
    expect_totals_exact();
}

class ClientChecks : public Clients {
protected:
    void expect_refused(const clients::Change& change) {
        const auto before = everything();
        const auto failure = refused<SQLite::Exception>(
            [&](WriteTransaction& transaction) { clients::save(transaction, id_of(1), change); });
        EXPECT_EQ(failure.getErrorCode() & 0xFF, SQLITE_CONSTRAINT);
        EXPECT_EQ(everything(), before);
    }
};

TEST_F(ClientChecks, RefuseNamesOfOtherLengths) {
    expect_refused({"", {}, {}, 0});
    expect_refused({std::string(256, 'x'), {}, {}, 0});
    EXPECT_TRUE(save(1, {std::string(255, 'x'), {}, {}, 0}).created);
}

TEST_F(ClientChecks, CountCharactersAndNotBytes) {
    std::string name;
    for (int i = 0; i < 255; ++i) {
        name += "\xF0\x9F\x97\x84";
    }
    EXPECT_EQ(save(1, {name, {}, {}, 0}).client.name, name);
    expect_refused({name + "x", {}, {}, 0});
}

TEST_F(ClientChecks, RefuseKeysOfOtherLengths) {
    expect_refused({"one", Bytes(159, 'p'), {}, 0});
    expect_refused({"one", Bytes(161, 'p'), {}, 0});
    expect_refused({"one", Bytes(), {}, 0});
    expect_refused({"one", {}, Bytes(32, 's'), 0});  // one that is not sealed
}

TEST_F(ClientChecks, KeepBytesOfEveryValue) {
    Bytes key;
    for (int i = 0; i < 160; ++i) {
        key += static_cast<char>(i * 3);
    }
    save(1, {"one", key, {}, 0});
    EXPECT_EQ(client(1).public_key, key);
}

}  // namespace
}  // namespace catalogd::catalog

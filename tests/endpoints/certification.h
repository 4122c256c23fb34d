// org.varlink.certification: its messages, as varlink-go-certification asks for them.
//
// A member of which the interface's name is a C++ keyword ends in an underscore.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "protocol/values.h"

namespace catalogd::certification {

// The types that the catalog's interfaces have no use for.
struct Float {
    double value = 0;
};
struct Object {
    std::string text;  // JSON, its keys in order
};
struct StringSet {
    std::set<std::string> names;
};

enum class Word { foo, bar, baz };
enum class Count { one, two, three };

struct Words {
    std::map<std::string, Word> entries;
};

struct Everything {
    bool bool_ = false;
    std::int64_t int_ = 0;
    Float float_;
    std::string string;
};

struct Flags {
    bool foo = false;
    bool bar = false;
};
struct Interface {
    std::optional<std::vector<std::optional<Words>>> foo;
    Flags anon;
};
struct Pair {
    std::int64_t first = 0;
    std::string second;
};
struct MyType {
    Object object;
    Count enum_ = Count::one;
    Pair struct_;
    std::vector<std::string> array;
    std::map<std::string, std::string> dictionary;
    StringSet stringset;
    std::optional<std::string> nullable;
    std::optional<std::vector<Pair>> nullable_array_struct;
    Interface interface;
};

// --- calls --------------------------------------------------------------------------------------

struct Start {};
struct Started {
    std::string client_id;
};
struct Test01 {
    std::string client_id;
};
struct Test02 {
    std::string client_id;
    bool bool_ = false;
};
struct Test03 {
    std::string client_id;
    std::int64_t int_ = 0;
};
struct Test04 {
    std::string client_id;
    Float float_;
};
struct Test05 {
    std::string client_id;
    std::string string;
};
struct Test06 {
    std::string client_id;
    bool bool_ = false;
    std::int64_t int_ = 0;
    Float float_;
    std::string string;
};
struct Test07 {
    std::string client_id;
    Everything struct_;
};
struct Test08 {
    std::string client_id;
    std::map<std::string, std::string> map;
};
struct Test09 {
    std::string client_id;
    StringSet set;
};
struct Test10 {
    std::string client_id;
    MyType mytype;
};
struct Test11 {
    std::string client_id;
    std::vector<std::string> last_more_replies;
};
struct End {
    std::string client_id;
};

// --- replies ------------------------------------------------------------------------------------

struct Bool {
    bool bool_ = false;
};
struct Int {
    std::int64_t int_ = 0;
};
struct Real {
    Float float_;
};
struct Text {
    std::string string;
};
struct Struct {
    Everything struct_;
};
struct Map {
    std::map<std::string, std::string> map;
};
struct Set {
    StringSet set;
};
struct Whole {
    MyType mytype;
};
struct Nothing {};
struct Ended {
    bool all_ok = false;
};
struct CertificationError {
    Object wants;
    Object got;
};

BOOST_DESCRIBE_ENUM(Word, foo, bar, baz)
BOOST_DESCRIBE_ENUM(Count, one, two, three)
BOOST_DESCRIBE_STRUCT(Everything, (), (bool_, int_, float_, string))
BOOST_DESCRIBE_STRUCT(Flags, (), (foo, bar))
BOOST_DESCRIBE_STRUCT(Interface, (), (foo, anon))
BOOST_DESCRIBE_STRUCT(Pair, (), (first, second))
BOOST_DESCRIBE_STRUCT(MyType, (),
                      (object, enum_, struct_, array, dictionary, stringset, nullable,
                       nullable_array_struct, interface))
BOOST_DESCRIBE_STRUCT(Start, (), ())
BOOST_DESCRIBE_STRUCT(Started, (), (client_id))
BOOST_DESCRIBE_STRUCT(Test01, (), (client_id))
BOOST_DESCRIBE_STRUCT(Test02, (), (client_id, bool_))
BOOST_DESCRIBE_STRUCT(Test03, (), (client_id, int_))
BOOST_DESCRIBE_STRUCT(Test04, (), (client_id, float_))
BOOST_DESCRIBE_STRUCT(Test05, (), (client_id, string))
BOOST_DESCRIBE_STRUCT(Test06, (), (client_id, bool_, int_, float_, string))
BOOST_DESCRIBE_STRUCT(Test07, (), (client_id, struct_))
BOOST_DESCRIBE_STRUCT(Test08, (), (client_id, map))
BOOST_DESCRIBE_STRUCT(Test09, (), (client_id, set))
BOOST_DESCRIBE_STRUCT(Test10, (), (client_id, mytype))
BOOST_DESCRIBE_STRUCT(Test11, (), (client_id, last_more_replies))
BOOST_DESCRIBE_STRUCT(End, (), (client_id))
BOOST_DESCRIBE_STRUCT(Bool, (), (bool_))
BOOST_DESCRIBE_STRUCT(Int, (), (int_))
BOOST_DESCRIBE_STRUCT(Real, (), (float_))
BOOST_DESCRIBE_STRUCT(Text, (), (string))
BOOST_DESCRIBE_STRUCT(Struct, (), (struct_))
BOOST_DESCRIBE_STRUCT(Map, (), (map))
BOOST_DESCRIBE_STRUCT(Set, (), (set))
BOOST_DESCRIBE_STRUCT(Whole, (), (mytype))
BOOST_DESCRIBE_STRUCT(Nothing, (), ())
BOOST_DESCRIBE_STRUCT(Ended, (), (all_ok))
BOOST_DESCRIBE_STRUCT(CertificationError, (), (wants, got))

}  // namespace catalogd::certification

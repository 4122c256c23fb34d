#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/config.h"

namespace catalogd::config {

enum class Type {
    Path,
    Group,
    Mode,
    Count,
    Size,
    Duration,
    Level,
    Principals,
    Text,
    Timetable,
    Switch
};

/// Where a value of the type lives in Config.
template <Type type, typename Value>
struct Slot {
    Value& (*in)(Config&);
    const Value& (*of)(const Config&);
};

using PathSlot = Slot<Type::Path, std::string>;
using GroupSlot = Slot<Type::Group, std::string>;
using ModeSlot = Slot<Type::Mode, unsigned>;
using CountSlot = Slot<Type::Count, int>;
using SizeSlot = Slot<Type::Size, std::int64_t>;
using DurationSlot = Slot<Type::Duration, std::chrono::milliseconds>;
using LevelSlot = Slot<Type::Level, Level>;
using TimetableSlot = Slot<Type::Timetable, Timetable>;
using PrincipalsSlot = Slot<Type::Principals, std::vector<std::string>>;
using TextSlot = Slot<Type::Text, std::string>;
using SwitchSlot = Slot<Type::Switch, bool>;

/// The order is that of Type.
using Field = std::variant<PathSlot, GroupSlot, ModeSlot, CountSlot, SizeSlot, DurationSlot,
                           LevelSlot, PrincipalsSlot, TextSlot, TimetableSlot, SwitchSlot>;

/// In the type's own measure: bytes of a path or a name, bits of a mode, a number, bytes,
/// milliseconds, entries of a list. A level, a timetable and a switch have none.
struct Bounds {
    std::int64_t least = 0;
    std::int64_t most = 0;
};

/// When a change of a value is in force.
enum class Effect {
    Live,     // at once
    Restart,  // from the daemon's next start on
    Start,    // the same; and it is needed before the catalog is open, which cannot keep it then
};

/// One row: everything that is known of a key. Loader, dump, sample and reference read it here.
struct Key {
    std::string_view section;
    std::string_view name;
    Field field;
    std::string_view fallback;  // the default, written as in a file but without quotes
    Bounds bounds;
    Effect effect;
    std::string_view sentence;
    std::string_view folder = {};  // the variable whose folder takes the place of the default's

    Type type() const { return static_cast<Type>(field.index()); }
    std::string full_name() const;    // section.key
    std::string environment() const;  // CATALOGD_SECTION__KEY
};

std::span<const Key> keys();
const Key* find_key(std::string_view full_name);
/// Of a row of the table.
std::size_t position(const Key& key);

/// The sections in the order of the table.
std::vector<std::string_view> sections();

/// Two sizes that must not contradict each other, wherever each came from.
struct AtLeast {
    std::string_view larger;
    std::string_view smaller;
    std::string_view because;
};
std::span<const AtLeast> rules();

constexpr std::array<std::string_view, 5> kLevelNames{"trace", "debug", "info", "warning", "error"};

}  // namespace catalogd::config

// Valid values of every type that crosses the wire, no two alike, for round trips.
#pragma once

#include "protocol/encode.ipp"
#include "protocol/files.h"
#include "protocol/metrics.h"

namespace catalogd::protocol {

// Which of a message's optional members are set.
enum class Fill { none, all };

// Makes values; the n-th one has n in it.
class Sampler {
public:
    explicit Sampler(Fill fill) : fill_(fill) {}

    template <class T>
    T make() {
        T value{};
        set(value);
        return value;
    }

private:
    void set(bool& value) { value = true; }
    void set(std::int64_t& value) { value = INT64_MAX - count_++; }
    void set(Id& value) { value.bytes[15] = static_cast<std::uint8_t>(count_++); }
    void set(Time& value) { value.milliseconds = 1'736'510'400'000 + count_++; }
    void set(TimeOrDay& value) {
        set(value.begin);
        value.end = value.begin;
    }
    void set(double& value) { value = 0.5 + static_cast<double>(count_++); }
    void set(Base64& value) { value.bytes = {'\0', '\xFF', static_cast<char>(count_++)}; }
    void set(Object& value) { value.json = "{\"n\":" + std::to_string(count_++) + '}'; }

    // Free text may hold anything that is UTF-8.
    void set(std::string& value) {
        value = std::to_string(count_++) + " \"\\/\n\t\r\b\f\x1F\x7F \xC3\xA9 \xF0\x9F\x98\x80";
        value += '\0';
    }

    template <std::size_t low, std::size_t high, Unit unit>
    void set(Checked<TextRule<low, high, unit>>& text) {
        text.value = "caf\xC3\xA9 \" \\ " + std::to_string(count_++);
    }

    template <std::int64_t low, std::int64_t high>
    void set(Checked<IntegerRule<low, high>>& integer) {
        integer.value = high - count_++;
    }

    template <class Element, std::size_t high>
    void set(Checked<CountRule<Element, high>>& elements) {
        set(elements.value);
    }

    void set(files::Attributes& attributes) { set(attributes.value); }

    template <std::size_t size>
    void set(Key<size>& key) {
        key.value.assign(size, static_cast<char>(count_++));
    }

    template <class T>
        requires std::is_enum_v<T>
    void set(T& value) {
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
            [&](auto descriptor) { value = descriptor.value; });
    }

    template <class T>
    void set(std::optional<T>& value) {
        if (fill_ == Fill::all) {
            set(value.emplace());
        }
    }

    template <class T>
    void set(std::vector<T>& elements) {
        if (fill_ == Fill::all) {
            set(elements.emplace_back());
            set(elements.emplace_back());
        }
    }

    void set(std::map<std::string, std::string>& entries) {
        if (fill_ == Fill::all) {
            entries = {{make<std::string>(), make<std::string>()}, {"key", make<std::string>()}};
        }
    }

    template <class T>
        requires boost::describe::has_describe_members<T>::value
    void set(T& message) {
        boost::mp11::mp_for_each<codec::Members<T>>(
            [&](auto descriptor) { set(message.*descriptor.pointer); });
    }

    Fill fill_;
    std::int64_t count_ = 1;
};

}  // namespace catalogd::protocol

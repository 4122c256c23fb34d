// Whether the disk has room for more, told before it has none: a full disk would refuse deletions
// too, since they go through the write-ahead log first. A file of reserve, given up when the rest
// is nearly used, is for these.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace catalogd::catalog {

class DiskGuard {
public:
    struct Limits {
        std::int64_t floor = 0;    // bytes that must stay free; 0: nothing is watched
        std::int64_t reserve = 0;  // of the file
        bool operator==(const Limits&) const = default;
    };
    struct Disk {
        std::int64_t size = 0;
        std::int64_t free = 0;
    };
    using Look = std::function<Disk(const std::string& folder)>;  // throws Unusable

    // Limits hold on a disk of some size; on a small one no more than a sixteenth of it.
    DiskGuard(const std::string& database, Limits told, Look look = look_at);
    void set_limits(Limits told) { limits_ = told; }

    // Looks at the disk, and makes the reserve or gives it up. Why nothing may be written but what
    // makes room; empty: anything may. Goes back to that with some room to spare.
    const std::string& look();
    [[nodiscard]] bool low() const { return !reason_.empty(); }
    [[nodiscard]] bool has_reserve() const { return has_reserve_; }

    static Disk look_at(const std::string& folder);

private:
    void judge(const Disk& disk, const Limits& here);
    void make_reserve(std::int64_t bytes);
    void give_up_reserve();

    const std::string folder_;
    const std::string reserve_file_;
    Limits limits_;
    const Look look_;
    bool has_reserve_;
    std::string reason_;
};

}  // namespace catalogd::catalog

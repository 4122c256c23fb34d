// Other processes at the same database: the sqlite3 tool, a program that holds the catalog, one
// that works under another user.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

namespace catalogd::catalog {

struct ToolResult {
    int exit_status = -1;
    std::string output;  // and errors
};

// Debian's own sqlite3 on a database file.
ToolResult sqlite3_tool(const std::string& path, const std::string& sql);

// A process that has the catalog open until the object goes. To be made while this process has
// no connection open: connections must not cross a fork.
class HoldingProcess {
public:
    explicit HoldingProcess(const std::string& path);
    ~HoldingProcess();
    HoldingProcess(const HoldingProcess&) = delete;
    HoldingProcess& operator=(const HoldingProcess&) = delete;
    [[nodiscard]] pid_t pid() const { return pid_; }

private:
    pid_t pid_ = -1;
    int leash_ = -1;  // the holder ends when this is closed
};

// Runs it in a forked process, which ends without any clean-up; the exit status is what it
// returned. The same rule about connections.
int in_child(const std::function<int()>& work);

// The same as the user "nobody", for whom permissions mean something. What it returns is a text.
std::string as_nobody(const std::function<std::string()>& work);

}  // namespace catalogd::catalog

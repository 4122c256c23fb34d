#include "actors/log_fields.h"

namespace catalogd::actors {
namespace {

thread_local const LogField* innermost_field = nullptr;

}  // namespace

LogField::LogField(const char* name, std::string_view value)
    : name_(name), value_(value), around_(innermost_field) {
    innermost_field = this;
}

LogField::~LogField() {
    innermost_field = around_;
}

const LogField* LogField::innermost() {
    return innermost_field;
}

}  // namespace catalogd::actors

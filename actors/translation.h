// The one place where the catalog's exceptions become the contract's errors.
#pragma once

#include "protocol/errors.h"

namespace catalogd::actors {

// Of the exception that is being handled: call it in a catch block. Nothing of the request was
// kept.
protocol::Error translate_current_exception();

// The result of `work`, or the error that its exception means.
template <class Work>
auto attempt(const Work& work) -> protocol::Result<decltype(work())> {
    try {
        return work();
    } catch (...) {
        return translate_current_exception();
    }
}

}  // namespace catalogd::actors

// An import's second pass: the files, whose rows come in order of client and name.
#pragma once

#include "actors/import/client_pass.h"

namespace catalogd::actors::import {

void pass_files(catalog::import::OldDatabase& old, Course& course, const KnownClients& known);

}  // namespace catalogd::actors::import

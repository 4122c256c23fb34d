// An import's third pass: the numbers over time.
#pragma once

#include "actors/import/course.h"
#include "catalog/import/old_database.h"

namespace catalogd::actors::import {

void pass_samples(catalog::import::OldDatabase& old, Course& course);

}  // namespace catalogd::actors::import

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: cohort_retention is asked of rows, of an activity_accumulator or of a cohort_accumulator
// at most: 20 lines
#include <credence/retention/cohort_retention.hpp>
#include <credence/survey/nps.hpp>

auto found() { return credence::cohort_retention(credence::nps_accumulator{}, credence::calendar_month{}); }

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this is asked of an activity_accumulator
// at most: 18 lines
#include <credence/history/activity_times.hpp>
#include <credence/retention/stickiness.hpp>

auto found() { return credence::stickiness(credence::activity_times_accumulator<int>{}); }

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this is asked of rows, or of a survival_times_accumulator
// at most: 10 lines
#include <credence/survey/nps.hpp>
#include <credence/survival/kaplan_meier.hpp>

auto found(credence::nps_accumulator const& seen) { return credence::kaplan_meier(seen); }

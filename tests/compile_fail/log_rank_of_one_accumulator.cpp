// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this compares the groups of rows, or of group_by(rows
// at most: 15 lines
#include <credence/survival/log_rank.hpp>

auto found(credence::survival_times_accumulator const& seen) { return credence::log_rank(seen); }

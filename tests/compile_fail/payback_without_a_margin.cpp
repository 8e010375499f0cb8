// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the order of this call is payback_period(acquisition_cost, {.margin = 25})
// at most: 15 lines
#include <credence/clv/payback_period.hpp>

void asked() { static_cast<void>(credence::payback_period(300, 25)); }

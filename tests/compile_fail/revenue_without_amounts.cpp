// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this history holds no amounts
// at most: 18 lines
#include <credence/churn/revenue_movements.hpp>

auto found(credence::activity_accumulator<int, credence::calendar_month> const& history) {
  return credence::revenue_movements(history);
}

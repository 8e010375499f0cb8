// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the order of this call is customer_lifetime_value([executor,] fit, spend, customers, {options})
// at most: 15 lines
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/customer_lifetime_value.hpp>
#include <vector>

void asked([[maybe_unused]] credence::bg_nbd const& model, std::vector<credence::purchase_history> const& customers) {
  static_cast<void>(credence::customer_lifetime_value(model, customers));
}

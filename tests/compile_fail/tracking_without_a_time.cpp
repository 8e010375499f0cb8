// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the order of this call is purchase_tracking(fit, orders, &order::customer, &order::placed
// at most: 15 lines
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/purchase_tracking.hpp>
#include <vector>

void asked(credence::bg_nbd const& model, std::vector<credence::purchase_history> const& customers) {
  static_cast<void>(credence::purchase_tracking(model, customers));
}

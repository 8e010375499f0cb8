// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the order of this call is predict([executor,] fit, customers, ahead, {options})
// at most: 15 lines
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/predict.hpp>
#include <vector>

void asked([[maybe_unused]] credence::bg_nbd const& model, std::vector<credence::purchase_history> const& customers) {
  static_cast<void>(credence::predict(model, customers));
}

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_PURCHASE_FIT_OPTIONS_HPP
#define CREDENCE_CLV_PURCHASE_FIT_OPTIONS_HPP

#include <optional>

#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// The options of a fit of a model of purchases.
struct purchase_fit_options {
  std::optional<time_span> unit = {};  ///< how long a unit of time is; unset: what the rows say, as those of rfm do
  number penalty = 0;          ///< λ ≥ 0: λ Σ v² is taken from ln L, v the logarithms of parameters and the γ
  whole max_iterations = 100;  ///< steps of Newton's method, ≥ 1; some 5 are usual
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

namespace detail {

inline void check_fit_options(purchase_fit_options const& chosen) {
  if (!is_finite(chosen.penalty) || chosen.penalty < 0)
    wrong_argument("purchase_fit_options::penalty", chosen.penalty.value, "it must be finite, and 0 or more");
  if (chosen.max_iterations.value < 1)
    wrong_argument("purchase_fit_options::max_iterations", chosen.max_iterations.value, "it must be at least 1");
  if (chosen.unit && chosen.unit->micros <= 0)
    wrong_argument("purchase_fit_options::unit", chosen.unit->micros, "it must be longer than nothing");
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

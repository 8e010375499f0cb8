// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_BETA_STEP_HPP
#define CREDENCE_CLV_DETAIL_BETA_STEP_HPP

#include <cmath>
#include <type_traits>

#include <credence/core/version.hpp>
#include <credence/math/log_space.hpp>

// How a beta function changes with one of its arguments. The models of customers who decide at each opportunity are
// made of such changes, and the difference of two `log_beta` has few digits where the change is small.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Stirling's series but for its first term 1/(12x), for x >= 10. Source: DLMF 5.11.1.
template <class Number>
[[nodiscard]] Number stirling_rest(Number const& place) {
  Number const square = 1.0 / (place * place);
  Number sum = square * (-3617.0 / 122400.0) + 1.0 / 156.0;
  sum = square * sum - 691.0 / 360360.0;
  sum = square * sum + 1.0 / 1188.0;
  sum = square * sum - 1.0 / 1680.0;
  sum = square * sum + 1.0 / 1260.0;
  sum = square * sum - 1.0 / 360.0;
  return square * sum / place;
}

/// ln B(fixed, from + more) − ln B(fixed, from), 0 or less, for fixed, from > 0 and 0 <= more < 1e100: relative error
/// below 1e-13 while fixed·more ÷ from is above 1e-8, and it is below 0 wherever `more` is not. For `double` and
/// `second_order`.
/// With g(x) = ln Γ(x) − ln Γ(fixed + x) it is g(from + more) − g(from): up to 10 by the recurrence of Γ, from there by
/// Stirling's formula, of both all that cancels taken out on paper.
template <class Number>
[[nodiscard]] Number log_beta_step(Number const& fixed, std::type_identity_t<Number> from,
                                   std::type_identity_t<Number> const& more) {
  using math::value_of;
  using std::log;
  using std::log1p;
  Number below = 0.0;
  for (; value_of(from) < 10; from += 1.0) {
    Number const left = -(fixed / (fixed + from)) * (more / (from + more));
    below += value_of(left) > -0.5 ? log1p(left) : log(from / (from + more) * ((fixed + from + more) / (fixed + from)));
  }
  Number const end = from + more;
  Number const whole_end = fixed + end;
  Number const whole_from = fixed + from;
  Number const first = -(fixed / whole_from) * (more / end) * ((from + whole_end) / (from * whole_end)) / 12.0;
  Number const rest = (stirling_rest(end) - stirling_rest(from)) -
                      (stirling_rest(whole_end) - stirling_rest(whole_from));
  Number const above = (from - 0.5) * log1p(fixed / from * (more / whole_end)) - more * log1p(fixed / end) -
                       fixed * log1p(more / whole_from) + first + rest;
  // A change so small that rounding has eaten it.
  return below + (value_of(above) < 0 || value_of(more) == 0 ? above : -(fixed / whole_from) * (more / end));
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

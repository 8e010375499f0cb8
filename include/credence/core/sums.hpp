// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_SUMS_HPP
#define CREDENCE_CORE_SUMS_HPP

#include <type_traits>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Keeps the compiler from reassociating across this value: the one fence behind which compensated sums keep their
/// meaning under -ffast-math. At run time the value passes through a register the optimiser may not look into; neither
/// compiler's own barrier builtin works in a constant expression on all we serve, and there no fence is needed.
[[nodiscard]] constexpr double fenced(double value) {
#if defined(__GNUC__) || defined(__clang__)
  if (!std::is_constant_evaluated()) {
#if defined(__SSE2__)
    __asm__("" : "+x"(value));
#elif defined(__aarch64__)
    __asm__("" : "+w"(value));
#else
    __asm__("" : "+m"(value));
#endif
  }
#elif defined(_MSC_VER)
  if (!std::is_constant_evaluated()) {
    double volatile kept = value;
    return kept;
  }
#endif
  return value;
}

}  // namespace detail

/// A sum of doubles that carries its own rounding error: |error| ≤ 2u|Σx| + O(n u²)Σ|x|, u = 2⁻⁵³, so in practice the
/// last digit, whatever the order and size of the terms. Merges as it adds. 4 flops a term.
/// Source: Knuth's exact TwoSum; the error term kept apart as in Ogita, Rump and Oishi (2005), Sum2.
struct compensated_sum {
  double sum = 0;
  double lost = 0;

  constexpr compensated_sum& operator+=(double unfenced) {
    // TwoSum: total + error == sum + term, exactly. Each step is fenced, or fast-math would cancel the error to zero;
    // so is the term, or a product would be fused into the first addition and rounded apart in the others.
    double const term = detail::fenced(unfenced);
    double const total = detail::fenced(sum + term);
    double const term_part = detail::fenced(total - sum);
    double const sum_part = detail::fenced(total - term_part);
    double const error = detail::fenced(detail::fenced(sum - sum_part) + detail::fenced(term - term_part));
    sum = total;
    lost = detail::fenced(lost + error);
    return *this;
  }
  constexpr compensated_sum& operator+=(compensated_sum const& other) {
    *this += other.sum;
    lost = detail::fenced(lost + other.lost);
    return *this;
  }
  /// The sum, rounded once. An overflowed sum is the infinity it overflowed to: its error term says nothing.
  [[nodiscard]] constexpr double value() const { return is_finite(sum) ? sum + lost : sum; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("sum", self.sum);
    visit("lost", self.lost);
  }
  friend constexpr bool operator==(compensated_sum const&, compensated_sum const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_PURCHASE_BLOCK_HPP
#define CREDENCE_CLV_DETAIL_PURCHASE_BLOCK_HPP

#include <cstddef>

#include <credence/clv/purchase_history.hpp>
#include <credence/core/version.hpp>
#include <credence/math/second_order.hpp>

// What a likelihood is summed over, and into. A law of purchases says of its likelihood, for fits:
//   template <class Number> static Number log_likelihood_at(std::array<Number, n> const& natural, purchases const&);
// for `double` and `math::second_order<n>`, which is enough; and, where that is too slow, a type
//   struct terms { terms(std::array<double, n> const& natural, double greatest_frequency);
//                  void add(purchase_block const&, block_sums<n>&) const; };
// made once for each step of a fit, with what depends on the frequency alone in tables, and asked by several threads.
// Slopes and curvature are by the logarithms of the parameters. Where to begin:
//   static std::array<double, n> start(purchase_moments const&);

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Does a law ask for Σ ln(gap)? One that does says `static constexpr bool uses_log_gaps = true`.
template <class Law>
inline constexpr bool asks_log_gaps = requires {
  requires Law::uses_log_gaps;
};

/// Customers side by side, sound ones only.
struct purchase_block {
  double const* frequency = nullptr;
  double const* recency = nullptr;
  double const* age = nullptr;
  double const* log_gaps = nullptr;  ///< nullptr: 0 each
  double const* weight = nullptr;    ///< nullptr: 1 each
  std::size_t count = 0;

  [[nodiscard]] purchases at(std::size_t place) const {
    return {frequency[place], recency[place], age[place], log_gaps != nullptr ? log_gaps[place] : 0.0};
  }
  [[nodiscard]] double weight_at(std::size_t place) const { return weight != nullptr ? weight[place] : 1.0; }
};

/// ln L of a block with its slope and its curvature.
template <std::size_t Size>
using block_sums = math::second_order<Size>;

/// What is seen of all customers before a fit, weighted: enough to begin near.
struct purchase_moments {
  double weight = 0;              ///< customers
  double frequency = 0;           ///< mean x
  double frequency_squares = 0;   ///< mean x²
  double age = 0;                 ///< mean T
  double age_squares = 0;         ///< mean T²
  double repeaters = 0;           ///< share with x > 0
  double silence = 0;             ///< mean (T − t_x) ÷ T of those
  double greatest_frequency = 0;  ///<
  double greatest_age = 0;        ///<
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

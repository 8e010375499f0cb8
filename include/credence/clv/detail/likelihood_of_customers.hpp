// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_LIKELIHOOD_OF_CUSTOMERS_HPP
#define CREDENCE_CLV_DETAIL_LIKELIHOOD_OF_CUSTOMERS_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include <credence/clv/covariate_model.hpp>
#include <credence/clv/detail/customer_table.hpp>
#include <credence/clv/detail/purchase_block.hpp>
#include <credence/clv/detail/search.hpp>
#include <credence/core/version.hpp>
#include <credence/math/detail/likelihood_in_parts.hpp>
#include <credence/math/likelihood_sums.hpp>
#include <credence/math/second_order.hpp>

// ln L of all customers with its slope and curvature.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// θ = e^φ as numbers that know their derivatives by φ.
template <std::size_t Size>
[[nodiscard]] std::array<math::second_order<Size>, Size> by_logarithms(std::array<double, Size> const& natural) {
  std::array<math::second_order<Size>, Size> numbers{};
  for (std::size_t at = 0; at < Size; ++at) {
    numbers[at].value = numbers[at].gradient[at] = natural[at];
    numbers[at].hessian[at * (at + 1) / 2 + at] = natural[at];
  }
  return numbers;
}

/// The terms of a law that wrote none by hand.
template <class Law>
class differentiated_terms {
  static constexpr std::size_t count = Law::parameter_count;

 public:
  differentiated_terms(std::array<double, count> const& natural, double) : numbers_(by_logarithms(natural)) {}
  void add(purchase_block const& block, block_sums<count>& sums) const {
    for (std::size_t at = 0; at < block.count; ++at)
      sums += Law::log_likelihood_at(numbers_, block.at(at)) * block.weight_at(at);
  }

 private:
  std::array<math::second_order<count>, count> numbers_;
};
template <class Law>
struct terms_of {
  using type = differentiated_terms<Law>;
};
template <class Law>
requires requires { typename Law::terms; }
struct terms_of<Law> {
  using type = typename Law::terms;
};

/// Of a law without covariates, at the logarithms of its parameters.
template <class Law, class Executor>
[[nodiscard]] math::likelihood_sums likelihood_of(Executor& run, customer_table const& table, double greatest_frequency,
                                                  std::vector<double> const& logs) {
  constexpr std::size_t count = Law::parameter_count;
  typename terms_of<Law>::type const terms(detail::natural_of<count>(logs), greatest_frequency);
  return math::detail::likelihood_in_parts(run, count, table.stretches(), [&](std::size_t number) {
    block_sums<count> own;
    terms.add(table.at(number).block(), own);
    return own;
  });
}

/// Of a law with covariates: each customer has parameters of his own, whose logarithms are shifted.
template <class Law, class Executor>
[[nodiscard]] math::likelihood_sums likelihood_of(Executor& run, customer_table const& table,
                                                  std::array<std::size_t, 2> const& widths,
                                                  std::vector<double> const& point) {
  constexpr std::size_t count = Law::parameter_count;
  std::size_t const size = point.size();
  return math::detail::likelihood_in_parts(run, size, table.stretches(), [&](std::size_t number) {
    auto const place = table.at(number);
    math::likelihood_sums own(size);
    // Each number of the point shifts the logarithm of one parameter, by so much: a row of the chain rule.
    std::vector<std::size_t> shifts(size);
    std::vector<double> by(size, 1.0);
    for (std::size_t at = 0; at < count; ++at) shifts[at] = at;
    for (std::size_t each = place.first; each < place.first + place.count; ++each) {
      std::array<double, count> logs{};
      for (std::size_t at = 0; at < count; ++at) logs[at] = point[at];
      double const* const known = place.columns.covariates(each);
      std::size_t next = count;
      for (covariate_slot const& slot : Law::covariate_slots) {
        double const* const values = known + (slot.on_dropout ? widths[0] : 0);
        for (std::size_t at = 0; at < widths[slot.on_dropout ? 1 : 0]; ++at, ++next) {
          shifts[next] = slot.parameter;
          by[next] = slot.sign * values[at];
          logs[slot.parameter] += point[next] * by[next];
        }
      }
      std::array<double, count> natural{};
      for (std::size_t at = 0; at < count; ++at) natural[at] = std::exp(logs[at]);
      math::second_order<count> const term = Law::log_likelihood_at(by_logarithms(natural), place.columns.at(each));
      double const weight = place.columns.weight(each);
      for (std::size_t row = 0, at = 0; row < size; ++row) {
        own.gradient[row] += weight * by[row] * term.gradient[shifts[row]];
        for (std::size_t column = 0; column <= row; ++column, ++at)
          own.hessian[at] += weight * by[row] * by[column] * term.second(shifts[row], shifts[column]);
      }
      own.log_likelihood += weight * term.value;
    }
    return own;
  });
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_BETA_GEOMETRIC_TERMS_HPP
#define CREDENCE_CLV_DETAIL_BETA_GEOMETRIC_TERMS_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/clv/detail/beta_geometric_run.hpp>
#include <credence/clv/detail/purchase_block.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/second_order.hpp>

// The likelihood of BG/NBD and MBG/NBD with slope and curvature, for a fit to many customers. Those who bought equally
// often stand in a row, a *run*: then all that is gammas is one number for them, and what is left is a loop over t_x
// and T without branches.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Gammas from a table by frequency, the rest by runs; see `beta_geometric_run` for the letters.
template <bool LeavesAtFirst>
class beta_geometric_terms {
 public:
  beta_geometric_terms(std::array<double, 4> const& natural, double greatest_frequency)
      : r_(natural[0]), alpha_(natural[1]), a_(natural[2]), b_(natural[3]) {
    std::size_t const rows = static_cast<std::size_t>((std::min)(greatest_frequency, most_rows - 1)) + 1;
    by_frequency_.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row) by_frequency_.push_back(of_frequency(static_cast<double>(row)));
  }

  /// Quickest where the block stands in the order of frequency; else it is read in that order, a part at a time.
  void add(purchase_block const& block, block_sums<4>& sums) const {
    compensated_sum value;
    if (std::is_sorted(block.frequency, block.frequency + block.count)) {
      add_runs(block, nullptr, 0, block.count, value, sums);
    } else {
      std::array<std::uint16_t, most_of_a_part> order;
      for (std::size_t from = 0; from < block.count; from += most_of_a_part) {
        std::size_t const count = (std::min)(most_of_a_part, block.count - from);
        put_in_order(block.frequency + from, count, order);
        add_runs(block, order.data(), from, count, value, sums);
      }
    }
    sums.value += value.value();
  }

 private:
  using four = math::second_order<4>;
  static constexpr double first = LeavesAtFirst ? 1 : 0;
  static constexpr double most_rows = 256;
  static constexpr double most_in_order = 63;
  static constexpr std::size_t most_of_a_part = 8'192;

  /// By frequency, those from `most_in_order` on last and as they come.
  static void put_in_order(double const* frequency, std::size_t count,
                           std::array<std::uint16_t, most_of_a_part>& order) {
    constexpr std::size_t kinds = static_cast<std::size_t>(most_in_order) + 1;
    std::array<std::size_t, kinds + 1> next{};
    auto const kind = [&](std::size_t place) {
      return static_cast<std::size_t>((std::min)(frequency[place], most_in_order));
    };
    for (std::size_t place = 0; place < count; ++place) ++next[kind(place) + 1];
    for (std::size_t own = 1; own < kinds; ++own) next[own] += next[own - 1];
    for (std::size_t place = 0; place < count; ++place) order[next[kind(place)]++] = static_cast<std::uint16_t>(place);
  }

  /// What depends on the frequency alone: the gammas, x ln α off, by the logarithms of the parameters.
  [[nodiscard]] four of_frequency(double frequency) const {
    using math::log_beta;
    double const occasions = frequency + first;
    four sum;
    if (frequency > 0)
      sum += math::log_gamma(frequency) - log_beta(by_log(r_, 0), frequency) -
             frequency * math::variable<4>(std::log(alpha_), 1);
    if (occasions > 0) {
      four const stay = by_log(b_, 3);
      sum += log_beta(by_log(a_, 2) + stay, occasions) - log_beta(stay, occasions);
    }
    return sum;
  }
  /// A parameter as a function of the logarithm of which it is one.
  [[nodiscard]] static four by_log(double natural, std::size_t index) {
    four number(natural);
    number.gradient[index] = natural;
    number.hessian[index * (index + 1) / 2 + index] = natural;
    return number;
  }

  /// Of the customers base, base + 1 …, or base + order[0], base + order[1] …
  void add_runs(purchase_block const& block, std::uint16_t const* order, std::size_t base, std::size_t count,
                compensated_sum& value, block_sums<4>& sums) const {
    auto const frequency_at = [&](std::size_t place) {
      return block.frequency[base + (order != nullptr ? order[place] : place)];
    };
    for (std::size_t from = 0; from < count;) {
      double const frequency = frequency_at(from);
      std::size_t const last = (std::min)(count, from + beta_geometric_run::most);
      std::size_t to = from + 1;
      if (frequency_at(last - 1) == frequency && frequency < most_in_order)
        to = last;
      else
        while (to < last && frequency_at(to) == frequency) ++to;
      double const log_odds = frequency + first > 0 ? std::log(a_) - std::log(b_ + (frequency + first - 1)) : 0;
      beta_geometric_run run(alpha_, r_ + frequency, log_odds);
      double const weight = frequency + first > 0 ? add_run<true>(block, order, base, from, to, run)
                                                  : add_run<false>(block, order, base, from, to, run);
      finish(frequency, weight, run, value, sums);
      from = to;
    }
  }

  /// Their weight.
  template <bool MayHaveLeft>
  static double add_run(purchase_block const& block, std::uint16_t const* order, std::size_t base, std::size_t from,
                        std::size_t to, beta_geometric_run& run) {
    constexpr std::size_t width = beta_geometric_run::width;
    double sum = 0;
    for (; from < to; from += width) {
      std::size_t const count = (std::min)(width, to - from);
      bool const is_plain = count == width && block.weight == nullptr;
      if (is_plain && order == nullptr) {
        sum += static_cast<double>(width);
        run.add<false, MayHaveLeft>(block.recency + base + from, block.age + base + from, nullptr);
        continue;
      }
      // Those who are missing in a strip weigh nothing.
      double recency[width] = {};
      double age[width] = {};
      double weight[width] = {};
      for (std::size_t lane = 0; lane < count; ++lane) {
        std::size_t const place = base + (order != nullptr ? order[from + lane] : from + lane);
        recency[lane] = block.recency[place];
        age[lane] = block.age[place];
        sum += weight[lane] = block.weight_at(place);
      }
      if (is_plain)
        run.add<false, MayHaveLeft>(recency, age, nullptr);
      else
        run.add<true, MayHaveLeft>(recency, age, weight);
    }
    return sum;
  }

  void finish(double frequency, double weight, beta_geometric_run const& run, compensated_sum& value,
              block_sums<4>& sums) const {
    bool const is_kept = frequency < static_cast<double>(by_frequency_.size());
    four const alone = is_kept ? by_frequency_[static_cast<std::size_t>(frequency)] : of_frequency(frequency);
    double const big_r = r_ + frequency;
    // u by ln b, and that by ln b.
    double const by_b = frequency + first > 0 ? -b_ / (b_ + (frequency + first - 1)) : 0;
    double const by_b_twice = by_b + by_b * by_b;

    double const log_growth = run.log_growth();
    double const left = run.left();
    double const left_gap = run.left_gap();
    double const left_slope = run.left_slope();
    double const share = run.share();
    double const both = run.both();
    double const both_gap = run.both_gap();
    double const both_slope = run.both_slope();
    value += weight * alone.value;
    value += run.softplus() - big_r * log_growth;
    sums.gradient[0] += r_ * (left_gap - log_growth);
    sums.gradient[1] += big_r * (share - left_slope);
    sums.gradient[2] += left;
    sums.gradient[3] += by_b * left;
    sums.hessian[0] += r_ * (left_gap - log_growth + r_ * run.both_gaps());
    sums.hessian[1] += r_ * (share - left_slope - big_r * run.both_mixed());
    sums.hessian[2] += big_r * (run.share_squares() - share - run.left_bend() + big_r * run.both_slopes());
    sums.hessian[3] += r_ * both_gap;
    sums.hessian[4] -= big_r * both_slope;
    sums.hessian[5] += both;
    sums.hessian[6] += by_b * r_ * both_gap;
    sums.hessian[7] -= by_b * big_r * both_slope;
    sums.hessian[8] += by_b * both;
    sums.hessian[9] += by_b_twice * left + by_b * by_b * both;
    for (std::size_t at = 0; at < 4; ++at) sums.gradient[at] += weight * alone.gradient[at];
    for (std::size_t at = 0; at < 10; ++at) sums.hessian[at] += weight * alone.hessian[at];
  }

  double r_;
  double alpha_;
  double a_;
  double b_;
  std::vector<four> by_frequency_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

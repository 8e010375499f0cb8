// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_BETA_GEOMETRIC_TERMS_HPP
#define CREDENCE_CLV_DETAIL_BETA_GEOMETRIC_TERMS_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include <credence/clv/detail/lane_math.hpp>
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

/// What a run adds up, each Σ over its customers, weighted: see `beta_geometric_terms` for the letters.
struct run_sums {
  double weight = 0;
  double log_growth = 0;     ///< ln(A/α)
  double share = 0;          ///< τ = T/A
  double share_squares = 0;  ///< τ²
  double softplus = 0;       ///< ln(1 + e^u)
  double left = 0;           ///< s = 1/(1 + e^−u)
  double left_gap = 0;       ///< s·ρ
  double left_slope = 0;     ///< s·κ
  double left_bend = 0;      ///< s·κ(1 − α/A − α/B)
  double both = 0;           ///< q = s(1 − s)
  double both_gap = 0;       ///< q·ρ
  double both_gaps = 0;      ///< q·ρ²
  double both_slope = 0;     ///< q·κ
  double both_slopes = 0;    ///< q·κ²
  double both_mixed = 0;     ///< q·ρκ
};

/// With A = α + T, B = α + t_x and R = r + x:
///   ρ = ln(A/B),   u = ln(a/(b + x + d − 1)) + R·ρ,   κ = α(T − t_x)/(A·B) = −∂ρ/∂ln α
template <bool LeavesAtFirst>
class beta_geometric_terms {
 public:
  beta_geometric_terms(std::array<double, 4> const& natural, double greatest_frequency)
      : r_(natural[0]), alpha_(natural[1]), a_(natural[2]), b_(natural[3]) {
    std::size_t const rows = static_cast<std::size_t>((std::min)(greatest_frequency, most_rows - 1)) + 1;
    by_frequency_.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row) by_frequency_.push_back(of_frequency(static_cast<double>(row)));
  }

  /// Quickest where the block stands in the order of frequency; else it is brought into it, a part at a time.
  void add(purchase_block const& block, block_sums<4>& sums) const {
    compensated_sum value;
    if (std::is_sorted(block.frequency, block.frequency + block.count)) {
      add_runs(block, value, sums);
    } else {
      sorted_part part;
      for (std::size_t from = 0; from < block.count; from += sorted_part::most)
        add_runs(part.of(block, from), value, sums);
    }
    sums.value += value.value();
  }

 private:
  using four = math::second_order<4>;
  static constexpr double first = LeavesAtFirst ? 1 : 0;
  static constexpr double most_rows = 256;
  static constexpr double most_in_order = 63;
  static constexpr std::size_t lanes = 8;
  static constexpr std::size_t most_of_a_run = 512;  ///< so that a product of so many mantissas does not overflow

  /// A part of a block in the order of frequency; those from `most_in_order` on stand last, as they come.
  struct sorted_part {
    static constexpr std::size_t most = 2048;
    static constexpr std::size_t kinds = static_cast<std::size_t>(most_in_order) + 1;
    std::array<std::array<double, most>, 4> columns;

    purchase_block of(purchase_block const& block, std::size_t from) {
      std::size_t const count = (std::min)(most, block.count - from);
      std::array<std::size_t, kinds + 1> next{};
      auto const kind = [&](std::size_t place) {
        return static_cast<std::size_t>((std::min)(block.frequency[from + place], most_in_order));
      };
      for (std::size_t place = 0; place < count; ++place) ++next[kind(place) + 1];
      for (std::size_t own = 1; own < kinds; ++own) next[own] += next[own - 1];
      for (std::size_t place = 0; place < count; ++place) {
        std::size_t const to = next[kind(place)]++;
        columns[0][to] = block.frequency[from + place];
        columns[1][to] = block.recency[from + place];
        columns[2][to] = block.age[from + place];
        if (block.weight != nullptr) columns[3][to] = block.weight[from + place];
      }
      return {columns[0].data(),
              columns[1].data(),
              columns[2].data(),
              nullptr,
              block.weight != nullptr ? columns[3].data() : nullptr,
              count};
    }
  };

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

  void add_runs(purchase_block const& block, compensated_sum& value, block_sums<4>& sums) const {
    for (std::size_t from = 0; from < block.count;) {
      double const frequency = block.frequency[from];
      std::size_t const last = (std::min)(block.count, from + most_of_a_run);
      std::size_t to = from + 1;
      if (frequency < most_in_order)
        to = static_cast<std::size_t>(std::upper_bound(block.frequency + to, block.frequency + last, frequency) -
                                      block.frequency);
      else
        while (to < last && block.frequency[to] == frequency) ++to;
      run_sums run;
      add_run(block, from, to, frequency, run);
      finish(frequency, run, value, sums);
      from = to;
    }
  }

  void add_run(purchase_block const& block, std::size_t from, std::size_t to, double frequency, run_sums& run) const {
    double const log_odds = std::log(a_) - std::log(b_ + (frequency + first - 1));
    bool const may_have_left = frequency + first > 0;
    run.weight = 0;
    if (block.weight == nullptr) {
      std::size_t const whole_strips = (to - from) / lanes * lanes;
      run.weight = static_cast<double>(whole_strips);
      if (may_have_left)
        add_strips<false, true>(block, from, from + whole_strips, frequency, log_odds, run);
      else
        add_strips<false, false>(block, from, from + whole_strips, frequency, log_odds, run);
      from += whole_strips;
    }
    // The others, and what of them is no whole strip, weighted.
    for (; from < to; from += lanes) {
      std::array<std::array<double, lanes>, 3> strip{};
      std::size_t const count = (std::min)(lanes, to - from);
      for (std::size_t lane = 0; lane < count; ++lane) {
        strip[0][lane] = block.recency[from + lane];
        strip[1][lane] = block.age[from + lane];
        run.weight += strip[2][lane] = block.weight_at(from + lane);
      }
      purchase_block const padded{nullptr, strip[0].data(), strip[1].data(), nullptr, strip[2].data(), lanes};
      if (may_have_left)
        add_strips<true, true>(padded, 0, lanes, frequency, log_odds, run);
      else
        add_strips<true, false>(padded, 0, lanes, frequency, log_odds, run);
    }
  }

  /// Without weights the logarithms of A/α and of 1 + e^−|u| are those of two products.
  template <bool Weighted, bool MayHaveLeft>
  void add_strips(purchase_block const& block, std::size_t from, std::size_t to, double frequency, double log_odds,
                  run_sums& run) const {
    using strip = std::array<double, lanes>;
    double const big_r = r_ + frequency;
    double const alpha = alpha_;
    double const per_alpha = 1 / alpha_;
    strip growth, exponents{}, odds, share{}, share_squares{}, positive{}, left{}, left_gap{}, left_slope{},
        left_bend{}, both{}, both_gap{}, both_gaps{}, both_slope{}, both_slopes{}, both_mixed{};
    growth.fill(1);
    odds.fill(1);
    for (; from < to; from += lanes) {
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        double const age = block.age[from + lane];
        double const weight = Weighted ? block.weight[from + lane] : 1.0;
        double const per_a = 1 / (alpha + age);
        double const tau = age * per_a;
        double const times = 1 + age * per_alpha;
        if constexpr (Weighted) {
          exponents[lane] += weight * lane_log(times);
        } else {
          lane_parts const parts = lane_parts_of(times);
          growth[lane] *= parts.mantissa;
          exponents[lane] += parts.exponent;
        }
        share[lane] += weight * tau;
        share_squares[lane] += weight * (tau * tau);
        if constexpr (MayHaveLeft) {
          double const recency = block.recency[from + lane];
          double const per_b = 1 / (alpha + recency);
          double const gap = (age - recency) * per_b;
          double const rho = lane_log1p(gap);
          double const u = log_odds + big_r * rho;
          double const size = std::fabs(u);
          double const odd = lane_exp_of_minus(size);
          double const inverse = 1 / (1 + odd);
          double const s = weight * (lane_chosen(u, odd, 1.0) * inverse);
          double const q = weight * (odd * inverse * inverse);
          double const kappa = alpha * gap * per_a;
          if constexpr (Weighted) {
            positive[lane] += weight * (0.5 * (u + size) + lane_log(1 + odd));
          } else {
            positive[lane] += 0.5 * (u + size);
            odds[lane] *= 1 + odd;
          }
          left[lane] += s;
          left_gap[lane] += s * rho;
          left_slope[lane] += s * kappa;
          left_bend[lane] += s * kappa * (tau - alpha * per_b);
          both[lane] += q;
          both_gap[lane] += q * rho;
          both_gaps[lane] += q * rho * rho;
          both_slope[lane] += q * kappa;
          both_slopes[lane] += q * kappa * kappa;
          both_mixed[lane] += q * rho * kappa;
        }
      }
    }
    if constexpr (Weighted) {
      run.log_growth += total(exponents);
      run.softplus += total(positive);
    } else {
      run.log_growth += std::log(product(growth)) + total(exponents) * 0.6931471805599453;
      run.softplus += total(positive) + std::log(product(odds));
    }
    run.share += total(share);
    run.share_squares += total(share_squares);
    run.left += total(left);
    run.left_gap += total(left_gap);
    run.left_slope += total(left_slope);
    run.left_bend += total(left_bend);
    run.both += total(both);
    run.both_gap += total(both_gap);
    run.both_gaps += total(both_gaps);
    run.both_slope += total(both_slope);
    run.both_slopes += total(both_slopes);
    run.both_mixed += total(both_mixed);
  }
  [[nodiscard]] static double total(std::array<double, lanes> const& strip) {
    return ((strip[0] + strip[4]) + (strip[2] + strip[6])) + ((strip[1] + strip[5]) + (strip[3] + strip[7]));
  }
  [[nodiscard]] static double product(std::array<double, lanes> const& strip) {
    return ((strip[0] * strip[4]) * (strip[2] * strip[6])) * ((strip[1] * strip[5]) * (strip[3] * strip[7]));
  }

  void finish(double frequency, run_sums const& run, compensated_sum& value, block_sums<4>& sums) const {
    bool const is_kept = frequency < static_cast<double>(by_frequency_.size());
    four const alone = is_kept ? by_frequency_[static_cast<std::size_t>(frequency)] : of_frequency(frequency);
    double const big_r = r_ + frequency;
    // u by ln b, and that by ln b.
    double const by_b = frequency + first > 0 ? -b_ / (b_ + (frequency + first - 1)) : 0;
    double const by_b_twice = by_b + by_b * by_b;

    value += run.weight * alone.value;
    value += run.softplus - big_r * run.log_growth;
    sums.gradient[0] += r_ * (run.left_gap - run.log_growth);
    sums.gradient[1] += big_r * (run.share - run.left_slope);
    sums.gradient[2] += run.left;
    sums.gradient[3] += by_b * run.left;
    sums.hessian[0] += r_ * (run.left_gap - run.log_growth + r_ * run.both_gaps);
    sums.hessian[1] += r_ * (run.share - run.left_slope - big_r * run.both_mixed);
    sums.hessian[2] += big_r * (run.share_squares - run.share - run.left_bend + big_r * run.both_slopes);
    sums.hessian[3] += r_ * run.both_gap;
    sums.hessian[4] -= big_r * run.both_slope;
    sums.hessian[5] += run.both;
    sums.hessian[6] += by_b * r_ * run.both_gap;
    sums.hessian[7] -= by_b * big_r * run.both_slope;
    sums.hessian[8] += by_b * run.both;
    sums.hessian[9] += by_b_twice * run.left + by_b * by_b * run.both;
    for (std::size_t at = 0; at < 4; ++at) sums.gradient[at] += run.weight * alone.gradient[at];
    for (std::size_t at = 0; at < 10; ++at) sums.hessian[at] += run.weight * alone.hessian[at];
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

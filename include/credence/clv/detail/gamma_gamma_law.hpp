// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_GAMMA_GAMMA_LAW_HPP
#define CREDENCE_CLV_DETAIL_GAMMA_GAMMA_LAW_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include <credence/clv/detail/spend_table.hpp>
#include <credence/clv/spend_history.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/polygamma.hpp>
#include <credence/math/second_order.hpp>

// What Gamma–Gamma says of one customer, and of many at once for its fit.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

struct gamma_gamma_law {
  static constexpr std::size_t parameter_count = 3;
  double p = 0;
  double q = 0;
  double gamma = 0;

  /// ln f(m̄ | x), x >= 1, in the ratios of γ and the total m̄x.
  template <class Number>
  [[nodiscard]] static Number log_likelihood_at(std::array<Number, 3> const& natural, spends const& own) {
    using math::log_beta;
    using std::log1p;
    Number const shape = natural[0] * own.count;
    Number const share = natural[2] / (own.mean * own.count);
    return -log_beta(shape, natural[1]) - natural[1] * log1p(1.0 / share) - shape * log1p(share) - std::log(own.mean);
  }
  [[nodiscard]] double log_likelihood(spends const& own) const {
    return own.count == 0 ? 0.0 : log_likelihood_at<double>({p, q, gamma}, own);
  }
  [[nodiscard]] double expected(spends const& own) const {
    double const shape = p * own.count + q;
    if (!(shape > 1)) return infinite_number();
    return p * (own.count == 0 ? gamma : gamma + own.mean * own.count) / (shape - 1);
  }

  /// Near where the likelihood is greatest: the variance of ln m̄ is about ψ'(q) + 1/(px), a line in 1/x.
  [[nodiscard]] static std::array<double, 3> start(spend_moments const& moments) {
    auto const bounded = [](double value, double least, double most) {
      return (std::min)((std::max)(value, least), most);
    };
    double const split = moments.variance / 2;
    bool const told = moments.slope > 0 && moments.slope < moments.variance / moments.inverse_count;
    double const within = told ? moments.slope : split / moments.inverse_count;
    double const between = moments.variance - within * moments.inverse_count;
    double const shape = bounded(1 / within, 0.05, 100);
    double const rates = bounded((1 + std::sqrt(1 + 2 * between)) / (2 * between), 0.2, 100);
    return {shape, rates, std::exp(moments.mean_log + math::digamma(rates)) / shape};
  }

  /// For a fit: what depends on the count alone is in a table, so that each customer costs one logarithm.
  class terms {
   public:
    terms(std::array<double, 3> const& natural, double greatest_count)
        : p_(natural[0]), q_(natural[1]), gamma_(natural[2]), log_gamma_(std::log(natural[2])) {
      double const kept = (std::min)(greatest_count, most_kept);
      by_count_.reserve(static_cast<std::size_t>(kept) + 1);
      by_count_.emplace_back();  // nobody averages no purchases
      for (double count = 1; count <= kept; ++count) by_count_.push_back(row_of_count(count));
    }

    void add(spend_block const& block, math::second_order<3>& sums) const {
      std::array<double, 10> own{};
      for (std::size_t at = 0; at < block.count; ++at) {
        double const count = block.counts[at];
        by_count const row = count <= most_kept ? by_count_[static_cast<std::size_t>(count)] : row_of_count(count);
        double const weight = block.weight_at(at);
        double const sum = gamma_ + block.totals[at];
        double const log_sum = std::log(sum);
        double const left = gamma_ / sum;  // γ/(γ+z)
        double const ahead = block.log_totals[at] - log_sum;
        double const back = log_gamma_ - log_sum;
        double const by_p = row.shape * (row.slope_p + ahead);
        double const by_q = q_ * (row.slope_q + back);
        double const whole = row.shape + q_;
        own[0] += weight * (row.value + q_ * back + row.shape * ahead - block.log_totals[at]);
        own[1] += weight * by_p;
        own[2] += weight * by_q;
        own[3] += weight * (q_ - whole * left);
        own[4] += weight * (row.bend_pp + by_p);
        own[5] += weight * row.bend_pq;
        own[6] += weight * (row.bend_qq + by_q);
        own[7] -= weight * row.shape * left;
        own[8] += weight * q_ * (1 - left);
        own[9] -= weight * whole * left * (1 - left);
      }
      sums.value += own[0];
      for (std::size_t at = 0; at < 3; ++at) sums.gradient[at] += own[1 + at];
      for (std::size_t at = 0; at < 6; ++at) sums.hessian[at] += own[4 + at];
    }

   private:
    static constexpr double most_kept = 4'096;
    struct by_count {
      double shape = 0;    // px
      double value = 0;    // −ln B(px, q) + ln x
      double slope_p = 0;  // ψ(px+q) − ψ(px)
      double slope_q = 0;  // ψ(px+q) − ψ(q)
      double bend_pp = 0;  // by the logarithms of p and q
      double bend_pq = 0;
      double bend_qq = 0;
    };
    [[nodiscard]] by_count row_of_count(double count) const {
      double const shape = p_ * count;
      return {shape,
              std::log(count) - math::log_beta(shape, q_),
              math::digamma_increment(shape, q_),
              math::digamma_increment(q_, shape),
              -shape * shape * math::trigamma_decrement(shape, q_),
              shape * q_ * math::trigamma(shape + q_),
              -q_ * q_ * math::trigamma_decrement(q_, shape)};
    }

    double p_;
    double q_;
    double gamma_;
    double log_gamma_;
    std::vector<by_count> by_count_;
  };
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

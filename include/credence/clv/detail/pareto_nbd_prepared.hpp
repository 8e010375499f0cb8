// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_PARETO_NBD_PREPARED_HPP
#define CREDENCE_CLV_DETAIL_PARETO_NBD_PREPARED_HPP

#include <cmath>
#include <cstddef>
#include <vector>

#include <credence/clv/detail/pareto_nbd_law.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/version.hpp>

// Pareto/NBD of many customers. With H(y) what J would be had the customer, last seen at y, never been looked at again,
//   J = ((α+T)/(α+t_x))^(r+x) ((β+T)/(β+t_x))^s H(t_x) − H(T),
// and H is a smooth function of y alone for each x: a polynomial. The difference cancels where J is small, which costs
// P(alive) = 1/(1+J) nothing.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

class pareto_nbd_prepared {
 public:
  pareto_nbd_prepared(pareto_nbd_law const& law, double ahead)
      : law_(law), ahead_(ahead), center_(std::sqrt(law.alpha) * std::sqrt(law.beta)) {
    double const less = law.alpha < law.beta ? law.alpha : law.beta;
    double const more = law.alpha < law.beta ? law.beta : law.alpha;
    if (!(more < 8 * less) || !(law.r < 100) || !(law.s < 100)) return;  // too many terms
    // In t = 2g/(g+y) − 1, g = √(αβ), the nearest singularities of H, at y = −α and y = −β, are as far as can be.
    double const root = std::sqrt(more / less);
    double const reach = root > 1 + 1e-9 ? 1 + 2 / (root - 1) : 1e9;
    double const ellipse = reach + std::sqrt(reach * reach - 1);
    terms_ = 4 * (1 + static_cast<std::size_t>((37 + std::log(1 + law.s)) / std::log(ellipse) / 4));
    if (terms_ > most_terms) {
      terms_ = 0;
      return;
    }
    table_.reserve(counts * terms_);
    for (std::size_t count = 0; count < counts; ++count) tabulate(static_cast<double>(count), more, more - less);
  }

  [[nodiscard]] double alive(purchases const& own) const {
    if (!(own.frequency < counts) || terms_ == 0) return law_.alive(own);
    double const silent = own.age - own.recency;
    double const power = (law_.r + own.frequency) * std::log1p(silent / (law_.alpha + own.recency)) +
                         law_.s * std::log1p(silent / (law_.beta + own.recency));
    double const* const of = table_.data() + static_cast<std::size_t>(own.frequency) * terms_;
    double const then = 2 * center_ / (center_ + own.recency) - 1;
    double const now = 2 * center_ / (center_ + own.age) - 1;
    // Even and odd powers apart, so that four sums run side by side.
    double const then_square = then * then;
    double const now_square = now * now;
    double then_even = 0;
    double then_odd = 0;
    double now_even = 0;
    double now_odd = 0;
    for (std::size_t at = terms_; at != 0; at -= 2) {
      then_odd = then_odd * then_square + of[at - 1];
      then_even = then_even * then_square + of[at - 2];
      now_odd = now_odd * now_square + of[at - 1];
      now_even = now_even * now_square + of[at - 2];
    }
    double const odds = std::exp(power) * (then_even + then * then_odd) - (now_even + now * now_odd);
    return odds > 0 ? 1 / (1 + odds) : 1.0;
  }
  [[nodiscard]] double expected_after(purchases const& own) const {
    return alive(own) * ((law_.r + own.frequency) / (law_.alpha + own.age)) *
           pareto_time(law_.s, law_.beta + own.age, ahead_);
  }

 private:
  static constexpr std::size_t counts = 32;  ///< frequencies with a polynomial of their own
  static constexpr std::size_t most_terms = 28;

  /// H(y) = s/k Σ (R)_n/(k+1)_n q^n, R = r+x, k = R+s, q = (M−m)/(M+y), where β ≤ α; else with s+1 for R, and 1−q times
  /// it. All terms are positive.
  [[nodiscard]] double never_seen_again(double count, double q) const {
    double const rate = law_.r + count;
    double const all = rate + law_.s;
    bool const beta_is_less = law_.beta <= law_.alpha;
    double const start = beta_is_less ? rate : law_.s + 1;
    double term = 1;
    double sum = 1;
    for (int at = 0; at < 4000 && term > 1e-17 * sum; ++at) sum += term *= (start + at) / (all + 1 + at) * q;
    return law_.s / all * sum * (beta_is_less ? 1 : 1 - q);
  }

  /// The polynomial through the Chebyshev points, by powers of t.
  void tabulate(double count, double more, double gap) {
    constexpr double pi = 3.141592653589793;
    double values[most_terms];
    double const size = static_cast<double>(terms_);
    for (std::size_t at = 0; at < terms_; ++at) {
      double const t = std::cos(pi * (static_cast<double>(at) + 0.5) / size);
      // 1/(M + y) where g + y = 2g/(1 + t).
      double const q = gap * (1 + t) / ((more - center_) * (1 + t) + 2 * center_);
      values[at] = never_seen_again(count, q);
    }
    double powers[most_terms] = {};
    double previous[most_terms] = {};  // T_{j−1} and T_j by powers
    double current[most_terms] = {};
    current[0] = 1;
    for (std::size_t order = 0; order < terms_; ++order) {
      double sum = 0;
      for (std::size_t at = 0; at < terms_; ++at)
        sum += values[at] * std::cos(pi * static_cast<double>(order) * (static_cast<double>(at) + 0.5) / size);
      double const coefficient = sum * (order == 0 ? 1 : 2) / size;
      for (std::size_t at = 0; at <= order; ++at) powers[at] += coefficient * current[at];
      double next[most_terms] = {};
      for (std::size_t at = 0; at <= order && at + 1 < terms_; ++at) next[at + 1] = (order == 0 ? 1 : 2) * current[at];
      for (std::size_t at = 0; at < terms_; ++at) {
        next[at] -= previous[at];
        previous[at] = current[at];
        current[at] = next[at];
      }
    }
    table_.insert(table_.end(), powers, powers + terms_);
  }

  pareto_nbd_law law_;
  double ahead_;
  double center_;
  std::size_t terms_ = 0;  ///< 0: there are no polynomials
  std::vector<double> table_;
};

inline pareto_nbd_prepared pareto_nbd_law::prepared(double ahead) const { return {*this, ahead}; }

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

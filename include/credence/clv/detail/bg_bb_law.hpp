// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_BG_BB_LAW_HPP
#define CREDENCE_CLV_DETAIL_BG_BB_LAW_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>

#include <credence/clv/detail/beta_step.hpp>
#include <credence/clv/detail/purchase_block.hpp>
#include <credence/clv/detail/renewal_law.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/math/log_space.hpp>

// What BG/BB says of one customer. All sums are of positive terms, each a known share of the one before it, so that
// nothing cancels and no γ is special.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

struct bg_bb_law {
  static constexpr std::size_t parameter_count = 4;
  /// That one who left is silent is summed over when he may have left.
  static constexpr double most_opportunities = 1e6;
  double alpha = 0;
  double beta = 0;
  double gamma = 0;
  double delta = 0;

  /// What else must hold than of any history: opportunities are whole, and at each there is one purchase at most.
  [[nodiscard]] static std::optional<rejection> fault(purchases const& own) {
    if (std::optional<rejection> const reason = detail::fault_of(own)) return reason;
    bool const whole = std::floor(own.recency) == own.recency && std::floor(own.age) == own.age &&
                       own.age <= most_opportunities;
    if (!whole || own.frequency > own.recency || (own.frequency == 0) != (own.recency == 0)) return rejection::bad_time;
    return std::nullopt;
  }

  /// Histories of two opportunities are of four kinds, whose shares are three numbers.
  [[nodiscard]] static std::string_view lacks(purchase_moments const& moments) {
    return moments.greatest_age < 3
               ? "no customer had three opportunities, without which four parameters cannot be told"
               : std::string_view();
  }

  /// L ÷ its term of one who left right after t_x, which is B(α+x, β+t_x−x) B(γ+1, δ+t_x) ÷ B(α, β) B(γ, δ): the sum
  /// over when he may have left, and of one who has not.
  template <class Number>
  struct silence {
    Number log_first = 0.0;
    Number all = 0.0;    ///< L ÷ first
    Number alive = 0.0;  ///< of it, of one still alive at n
  };
  template <class Number>
  [[nodiscard]] static silence<Number> silence_of(std::array<Number, 4> const& natural, purchases const& own) {
    using math::value_of;
    using std::log;
    auto const& [buy, skip, leave, stay] = natural;
    double const skipped = own.recency - own.frequency;
    silence<Number> found;
    found.log_first = log_beta_step(skip, buy, Number(own.frequency)) +
                      log_beta_step(buy + own.frequency, skip, Number(skipped)) + log(leave / (leave + stay)) +
                      log_beta_step(leave + 1.0, stay, Number(own.recency));
    Number term = 1.0;
    double const silent = own.age - own.recency;
    for (double after = 0; after < silent; ++after) {
      found.all += term;
      term *= (skip + (skipped + after)) / (buy + skip + (own.recency + after)) *
              ((stay + (own.recency + after)) / (leave + stay + (own.recency + after + 1)));
      if (value_of(term) < 1e-290) {  // and the rest is nothing
        term = Number(0.0);
        break;
      }
    }
    found.alive = term * ((leave + stay + own.age) / leave);
    found.all += found.alive;
    return found;
  }
  template <class Number>
  [[nodiscard]] static Number log_likelihood_at(std::array<Number, 4> const& natural, purchases const& own) {
    using std::log;
    silence<Number> const found = silence_of(natural, own);
    return found.log_first + log(found.all);
  }
  [[nodiscard]] double log_likelihood(purchases const& own) const { return log_likelihood_at<double>(natural(), own); }

  /// P(alive at opportunity n).
  [[nodiscard]] double alive_now(purchases const& own) const {
    silence<double> const found = silence_of<double>(natural(), own);
    return found.alive / found.all;
  }
  /// P(alive at opportunity n + 1 + ahead): he decides before it whether to stay.
  [[nodiscard]] double alive_after(purchases const& own, double ahead) const {
    return alive_now(own) * std::exp(leaving(own.age).log_kept(0, ahead + 1));
  }
  [[nodiscard]] double alive(purchases const& own) const { return alive_after(own, 0); }
  /// How customers go on to leave who are alive at opportunity `age`.
  [[nodiscard]] shifted_beta_geometric_law leaving(double age) const { return {gamma, delta + age}; }

  /// Opportunities that one who is alive at the next one will live to see, of the `most` to come, that one among them:
  /// the k-th is worth e^(−δk).
  [[nodiscard]] double lifetime(purchases const& own, double discount, double most) const {
    if (!(most >= 1)) return 0;
    double const each_step = std::exp(-discount);
    return each_step * (1 + each_step * detail::renewals_to_come(leaving(own.age + 1), 0, discount, most - 1));
  }
  [[nodiscard]] double mean_lifetime(purchases const& own) const { return lifetime(own, 0, infinite_number()); }
  /// The same of one who may have left.
  [[nodiscard]] double time_alive(purchases const& own, double discount, double horizon) const {
    return alive(own) * lifetime(own, discount, horizon);
  }

  [[nodiscard]] double expected(double within) const {
    return alpha / (alpha + beta) * detail::renewals_to_come(leaving(0), 0, 0, within);
  }
  /// Purchases from the next opportunity on, at so many of them (which may be +∞), the one k ahead worth e^(−δk).
  [[nodiscard]] double residual(purchases const& own, double discount, double horizon) const {
    return alive_now(own) * buys(own) * std::exp(-discount) *
           detail::renewals_to_come(leaving(own.age), 0, discount, horizon);
  }
  [[nodiscard]] double expected_after(purchases const& own, double ahead) const { return residual(own, 0, ahead); }
  /// Σ over the opportunity of the first purchase.
  [[nodiscard]] double buys_within(purchases const& own, double ahead) const {
    double sum = 0;
    double term = alive_now(own) * buys(own);
    double const whole = alpha + beta + own.age;
    double const skipped = beta + (own.age - own.frequency);
    shifted_beta_geometric_law const left = leaving(own.age);
    for (double next = 1; next <= ahead; ++next) {
      term *= left.retention(next);
      sum += term;
      term *= (skipped + (next - 1)) / (whole + next);
      if (term < 1e-22 * sum) break;
    }
    return sum;
  }
  /// P(X(n) = count): he is still there after n, or left after i.
  [[nodiscard]] double mass(double count, double within) const {
    if (count > within) return 0;
    // Of those who came to i = count opportunities: B(α+x, β) ÷ B(α, β), S(i), and who of them left right after.
    double ways = std::exp(log_beta_step(beta, alpha, count));
    double stays = std::exp(leaving(0).log_kept(0, count));
    double sum = 0;
    for (double at = count; at < within; ++at) {
      sum += ways * stays * leaving(0).churn(at + 1);
      stays *= leaving(0).retention(at + 1);
      ways *= (at + 1) / (at + 1 - count) * ((beta + (at - count)) / (alpha + beta + at));
    }
    return sum + ways * stays;
  }
  [[nodiscard]] double expected_for_ever(purchases const& own) const { return residual(own, 0, infinite_number()); }

  /// E[p^l θ^m | data]: L with α + l and γ + m, in the measure of p^l θ^m.
  [[nodiscard]] double posterior_moment(purchases const& own, double of_purchase, double of_dropout) const {
    std::array<double, 4> raised = natural();
    raised[0] += of_purchase;
    raised[2] += of_dropout;
    return std::exp(log_likelihood_at<double>(raised, own) - log_likelihood(own) +
                    log_beta_step(beta, alpha, of_purchase) + log_beta_step(delta, gamma, of_dropout));
  }

  /// Near enough: those who came back bought as often as they did until then, and silence tells how many have left.
  [[nodiscard]] static std::array<double, 4> start(purchase_moments const& moments) {
    double const share = (std::min)((std::max)(moments.frequency / moments.age, 0.02), 0.98);
    return {1, (1 - share) / share, 1, 5};
  }

 private:
  [[nodiscard]] std::array<double, 4> natural() const { return {alpha, beta, gamma, delta}; }
  /// P(buys at an opportunity), of one who is alive at n.
  [[nodiscard]] double buys(purchases const& own) const { return (alpha + own.frequency) / (alpha + beta + own.age); }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

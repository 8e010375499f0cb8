// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_CNBD_K_LAW_HPP
#define CREDENCE_CLV_DETAIL_CNBD_K_LAW_HPP

#include <array>
#include <cmath>
#include <cstddef>

#include <credence/clv/detail/purchase_block.hpp>
#include <credence/clv/detail/stage_sums.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/log_space.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Gaps of k stages each, all at a rate λ ~ Gamma(r, alpha); after a purchase, and where `LeavesAtOnce` after the very
/// first one too, a customer leaves with the probability p ~ Beta(a, b). With R = r + kx and A = alpha + T:
///   ω_j ∝ Γ(R+j) ÷ (Γ(R) j!) · ((T−t_x) ÷ A)^j,  j = 0 … k−1, Ω their sum,
/// is the chance that one who is there has j stages of the next gap behind him; his λ is then Gamma(R + j, A).
template <bool LeavesAtOnce>
struct cnbd_k_law {
  static constexpr std::size_t parameter_count = 4;
  static constexpr bool uses_log_gaps = true;
  static constexpr double chances_before = LeavesAtOnce ? 1 : 0;  // to leave, before there are repeat purchases
  int k = 1;
  double r = 0;
  double alpha = 0;
  double a = 0;
  double b = 0;

  /// What depends on the frequency alone: ln Γ(r + kx) − ln Γ(r) − x ln Γ(k) and ln B(a, b + left) − ln B(a, b), from
  /// betas, in which nothing large cancels. Of r, alpha, a and b, as the next.
  template <class Number>
  [[nodiscard]] static Number log_likelihood_of_frequency(std::array<Number, 4> const& natural, double frequency,
                                                          int k) {
    using math::log_beta;
    auto const& [shape, rate, leave, stay] = natural;
    double const stages = k * frequency;
    double const occasions = frequency + chances_before;
    Number sum = 0;
    if (stages > 0) sum += math::log_gamma(stages) - frequency * math::log_gamma(k) - log_beta(shape, stages);
    if (occasions > 0) sum += log_beta(leave + stay, occasions) - log_beta(stay, occasions);
    return sum;
  }
  /// What depends on the times.
  template <class Number>
  [[nodiscard]] static Number log_likelihood_of_times(std::array<Number, 4> const& natural, purchases const& own,
                                                      int k) {
    using math::softplus;
    using std::log;
    using std::log1p;
    auto const& [shape, rate, leave, stay] = natural;
    double const stages = k * own.frequency;
    Number const log_open = log_open_stages(shape + stages, rate, own, k);
    Number sum = log_open - shape * log1p(own.age / rate) + (k - 1) * own.log_gaps;
    if (stages > 0) sum -= stages * log(rate + own.age);
    if (own.frequency + chances_before > 0) sum += softplus(log_odds_gone(natural, own, k, log_open));
    return sum;
  }
  template <class Number>
  [[nodiscard]] static Number log_likelihood_at(std::array<Number, 4> const& natural, purchases const& own, int k) {
    return log_likelihood_of_frequency(natural, own.frequency, k) + log_likelihood_of_times(natural, own, k);
  }
  [[nodiscard]] double log_likelihood(purchases const& own) const {
    return log_likelihood_at<double>(natural(), own, k);
  }

  /// Rates by the moments of the number of purchases, as if nobody left, and one in four who leaves.
  [[nodiscard]] static std::array<double, 4> start(purchase_moments const& seen, int k) {
    double const rate = seen.frequency > 0 && seen.age > 0 ? seen.frequency / seen.age : 1;
    double const beyond = seen.frequency_squares - seen.frequency - rate * rate * seen.age_squares;
    double const shape = beyond > 0 ? rate * rate * seen.age_squares / beyond : 10;
    double const kept = (std::fmin)((std::fmax)(shape, 0.05), 50.0);
    return {kept, kept / (rate * k), 1, 3};
  }

  [[nodiscard]] double alive(purchases const& own) const {
    if (own.frequency + chances_before <= 0) return 1;
    double const log_open = log_open_stages(r + k * own.frequency, alpha, own, k);
    return math::expit(-log_odds_gone(natural(), own, k, log_open));
  }
  [[nodiscard]] double alive_after(purchases const& own, double ahead) const {
    return alive(own) * over_stages(own, [&](double rate_shape, double scale, int done) {
             return stage_sums{{rate_shape, scale, ahead}, k, done, a, stayed(own)}.alive();
           });
  }
  [[nodiscard]] double buys_within(purchases const& own, double ahead) const {
    return alive(own) * over_stages(own, [&](double rate_shape, double scale, int done) {
             return stage_count(rate_shape, scale, ahead).at_least(k - done);
           });
  }
  [[nodiscard]] double expected(double within) const {
    double const stays_at_once = LeavesAtOnce ? b / (a + b) : 1.0;
    return stays_at_once * stage_sums{{r, alpha, within}, k, 0, a, b + chances_before}.purchases();
  }
  [[nodiscard]] double expected_after(purchases const& own, double ahead) const {
    return alive(own) * over_stages(own, [&](double rate_shape, double scale, int done) {
             return stage_sums{{rate_shape, scale, ahead}, k, done, a, stayed(own)}.purchases();
           });
  }
  [[nodiscard]] double mass(double count, double within) const {
    if (within == 0) return count == 0 ? 1 : 0;
    stage_count const stages(r, alpha, within);
    double const still = std::exp(math::log_beta(a, b + count + chances_before) - math::log_beta(a, b));
    double const leaves = count + chances_before > 0
                              ? std::exp(math::log_beta(a + 1, b + (count + chances_before - 1)) - math::log_beta(a, b))
                              : 0.0;
    return still * stages.among(k * count, k) + leaves * stages.at_least(k * count);
  }
  [[nodiscard]] double expected_for_ever(purchases const& own) const { return alive(own) * purchases_of_a_life(own); }
  [[nodiscard]] double mean_lifetime(purchases const& own) const {
    double const all = purchases_of_a_life(own);
    if (!is_finite(all) || !(r + k * own.frequency > 1)) return infinite_number();
    return over_stages(
        own, [&](double rate_shape, double scale, int done) { return scale / (rate_shape - 1) * (k * all - done); });
  }

 private:
  [[nodiscard]] std::array<double, 4> natural() const { return {r, alpha, a, b}; }
  /// p of one who is there is Beta(a, this).
  [[nodiscard]] double stayed(purchases const& own) const { return b + own.frequency + chances_before; }
  /// E[1 ÷ p] of one who is there.
  [[nodiscard]] double purchases_of_a_life(purchases const& own) const {
    return a > 1 ? (a + (stayed(own) - 1)) / (a - 1) : infinite_number();
  }

  /// ln Ω, nested: 1 + q R ÷ 1 · (1 + q (R+1) ÷ 2 · (1 + …)), in logs, for R may be large.
  template <class Number>
  [[nodiscard]] static Number log_open_stages(Number const& shape, Number const& alpha, purchases const& own, int k) {
    using math::softplus;
    using std::log;
    Number nested = 0;
    double const silent = own.age - own.recency;
    if (k == 1 || !(silent > 0)) return nested;
    Number const log_share = std::log(silent) - log(alpha + own.age);
    for (int stage = k - 1; stage > 0; --stage)
      nested = softplus(log_share + log((shape + (stage - 1.0)) / static_cast<double>(stage)) + nested);
    return nested;
  }
  /// ln of the odds that he has left with his last purchase.
  template <class Number>
  [[nodiscard]] static Number log_odds_gone(std::array<Number, 4> const& natural, purchases const& own, int k,
                                            Number const& log_open) {
    using std::log;
    using std::log1p;
    auto const& [shape, rate, leave, stay] = natural;
    return log(leave) - log(stay + (own.frequency + chances_before - 1)) +
           (shape + k * own.frequency) * log1p((own.age - own.recency) / (rate + own.recency)) - log_open;
  }

  /// Σ_j ω_j answer(R + j, A, j).
  template <class Answer>
  [[nodiscard]] double over_stages(purchases const& own, Answer const& answer) const {
    double const shape = r + k * own.frequency;
    double const scale = alpha + own.age;
    double const silent = own.age - own.recency;
    if (!(silent > 0)) return answer(shape, scale, 0);
    double const log_share = std::log(silent / scale);
    double const log_all = log_open_stages(shape, alpha, own, k);
    double sum = 0;
    double log_weight = 0;
    for (int done = 0; done < k; ++done) {
      double const weight = std::exp(log_weight - log_all);
      if (weight > 1e-20) sum += weight * answer(shape + done, scale, done);
      log_weight += log_share + std::log((shape + done) / (done + 1));
    }
    return sum;
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

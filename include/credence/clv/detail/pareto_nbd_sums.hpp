// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_PARETO_NBD_SUMS_HPP
#define CREDENCE_CLV_DETAIL_PARETO_NBD_SUMS_HPP

#include <cstddef>

#include <credence/clv/detail/pareto_nbd_moments.hpp>
#include <credence/clv/detail/purchase_block.hpp>
#include <credence/core/version.hpp>
#include <credence/math/detail/lane_math.hpp>

// From the moments of J to ln L, its slope and its curvature by ln r, ln α, ln s and ln β.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

struct pareto_parameters {
  double r;
  double alpha;
  double s;
  double beta;
  double log_alpha;
  bool beta_is_less;  ///< or the same

  [[nodiscard]] double less() const { return beta_is_less ? beta : alpha; }
  [[nodiscard]] double more() const { return beta_is_less ? alpha : beta; }
};

/// Customers side by side: what goes into the moments, and what is put together with them.
struct pareto_customers {
  std::size_t count = 0;
  pareto_lane weight;
  pareto_lane frequency;
  pareto_lane recency;
  pareto_lane age;
  pareto_lane reach;     ///< w at t_x
  pareto_lane farthest;  ///< D at t_x
  pareto_lane from;      ///< where the integral begins
  pareto_lane gamma;     ///< ln Γ(r+x) − ln Γ(r), and its derivatives by ln r
  pareto_lane gamma_slope;
  pareto_lane gamma_bend;
};

/// Adds all lanes. `left` is J/(1+J), the probability that the customer has left, and `log_one_more` ln(1+J).
inline void add_pareto_terms(pareto_parameters const& at, pareto_customers const& own, pareto_moments const& moments,
                             pareto_lane const& log_one_more, pareto_lane const& left, block_sums<4>& sums) {
  using place = pareto_moments;
  // Which of w and D is ln((α+T)/(α+y)), and which of u and v is α/(α+y); the others are of β.
  auto const& m = moments.of;
  bool const swapped = at.beta_is_less;
  pareto_lane const& first_a = m[swapped ? place::d : place::w];
  pareto_lane const& first_u = m[swapped ? place::v : place::u];
  pareto_lane const& first_b = m[swapped ? place::w : place::d];
  pareto_lane const& first_v = m[swapped ? place::u : place::v];
  pareto_lane const& aa = m[swapped ? place::dd : place::ww];
  pareto_lane const& au = m[swapped ? place::dv : place::wu];
  pareto_lane const& uu = m[swapped ? place::vv : place::uu];
  pareto_lane const& ab = m[place::wd];
  pareto_lane const& av = m[swapped ? place::ud : place::wv];
  pareto_lane const& ub = m[swapped ? place::wv : place::ud];
  pareto_lane const& uv = m[place::uv];
  pareto_lane const& bb = m[swapped ? place::ww : place::dd];
  pareto_lane const& bv = m[swapped ? place::wu : place::dv];
  pareto_lane const& vv = m[swapped ? place::uu : place::vv];
  pareto_lane log_u;
  pareto_lane log_v;
  for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
    log_u[lane] = own.age[lane] / at.alpha;
    log_v[lane] = own.age[lane] / at.beta;
  }
  math::detail::log1p_lanes(log_u);
  math::detail::log1p_lanes(log_v);
  pareto_lane out[15];
  double const r = at.r;
  double const s = at.s;
  double const alpha = at.alpha;
  double const beta = at.beta;
  for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
    double const age = own.age[lane];
    double const rate = r + own.frequency[lane];
    double const known_u = alpha / (alpha + age);
    double const known_v = beta / (beta + age);
    double const gone_u = age / (alpha + age);  // 1 − u_T
    double const gone_v = age / (beta + age);
    double const by_one = 1 / m[place::one][lane];
    double const gone = left[lane];
    double const square = gone * gone;
    // Means over the time of leaving: of a = ln((α+T)/(α+y)), u = α/(α+y) − α/(α+T), b and v the same of β.
    double const a = by_one * first_a[lane];
    double const u = by_one * first_u[lane];
    double const b = by_one * first_b[lane];
    double const v = by_one * first_v[lane];
    double const mean_uu = by_one * uu[lane];
    double const mean_vv = by_one * vv[lane];
    // ln of the integrand by ln r, ln α, ln s, ln β: r a, −R u, 1 + s b, −(s+1) v − v_T; and means of their products.
    double const more = s + 1;
    double const by_r = r * a;
    double const by_alpha = -rate * u;
    double const by_s = 1 + s * b;
    double const by_beta = -more * v - known_v;
    double const r_r = r * r * by_one * aa[lane];
    double const r_alpha = -r * rate * by_one * au[lane];
    double const alpha_alpha = rate * rate * mean_uu;
    double const r_s = by_r + r * s * by_one * ab[lane];
    double const alpha_s = by_alpha - rate * s * by_one * ub[lane];
    double const s_s = 1 + 2 * s * b + s * s * by_one * bb[lane];
    double const r_beta = -r * (more * by_one * av[lane] + known_v * a);
    double const alpha_beta = rate * (more * by_one * uv[lane] + known_v * u);
    double const s_beta = by_beta - s * (more * by_one * bv[lane] + known_v * b);
    double const beta_beta = more * (more * mean_vv + 2 * known_v * v) + known_v * known_v;
    // ln L = (ln of the case that the customer is there) + ln(1 + J), and J/(1+J) is the share of the other case.
    double const own_r = -r * log_u[lane];
    double const own_s = -s * log_v[lane];
    out[0][lane] = own.gamma[lane] + own_r - own.frequency[lane] * (at.log_alpha + log_u[lane]) + own_s +
                   log_one_more[lane];
    out[1][lane] = own.gamma_slope[lane] + own_r + gone * by_r;
    out[2][lane] = r * gone_u - own.frequency[lane] * known_u + gone * by_alpha;
    out[3][lane] = own_s + gone * by_s;
    out[4][lane] = s * gone_v + gone * by_beta;
    out[5][lane] = own.gamma_bend[lane] + own_r + gone * (by_r + r_r) - square * by_r * by_r;
    out[6][lane] = r * gone_u + gone * (r_alpha - r * u) - square * by_r * by_alpha;
    out[7][lane] = -rate * known_u * gone_u + gone * (rate * (mean_uu - u * (gone_u - known_u)) + alpha_alpha) -
                   square * by_alpha * by_alpha;
    out[8][lane] = gone * r_s - square * by_r * by_s;
    out[9][lane] = gone * alpha_s - square * by_alpha * by_s;
    out[10][lane] = own_s + gone * (s * b + s_s) - square * by_s * by_s;
    out[11][lane] = gone * r_beta - square * by_r * by_beta;
    out[12][lane] = gone * alpha_beta - square * by_alpha * by_beta;
    out[13][lane] = s * gone_v + gone * (s_beta - s * v) - square * by_s * by_beta;
    out[14][lane] = -s * known_v * gone_v +
                    gone * (more * (mean_vv - v * (gone_v - known_v)) - known_v * gone_v + beta_beta) -
                    square * by_beta * by_beta;
  }
  auto const total = [&](std::size_t number) {
    double sum = 0;
    for (std::size_t lane = 0; lane < pareto_lanes; ++lane) sum += own.weight[lane] * out[number][lane];
    return sum;
  };
  sums.value += total(0);
  for (std::size_t row = 0; row < 4; ++row) sums.gradient[row] += total(1 + row);
  for (std::size_t entry = 0; entry < 10; ++entry) sums.hessian[entry] += total(5 + entry);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

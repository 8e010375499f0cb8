// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_PARETO_NBD_TERMS_HPP
#define CREDENCE_CLV_DETAIL_PARETO_NBD_TERMS_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include <credence/clv/detail/concave_integral.hpp>
#include <credence/clv/detail/pareto_nbd_moments.hpp>
#include <credence/clv/detail/pareto_nbd_sums.hpp>
#include <credence/clv/detail/purchase_block.hpp>
#include <credence/core/version.hpp>
#include <credence/math/detail/lane_math.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/log_space.hpp>
#include <credence/math/polygamma.hpp>

// The likelihood of Pareto/NBD with its slope and curvature, for fits. Customers wait until enough are there whose
// integrals need as many points; those few whose integrand is steep or long are done alone, in pieces.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

class pareto_nbd_terms {
 public:
  pareto_nbd_terms(std::array<double, 4> const& natural, double greatest_frequency)
      : at_{natural[0], natural[1], natural[2], natural[3], std::log(natural[1]), natural[3] <= natural[1]} {
    std::size_t const kept = greatest_frequency < 4'095 ? static_cast<std::size_t>(greatest_frequency) + 1 : 4'096;
    gammas_.reserve(kept);
    for (std::size_t count = 0; count < kept; ++count) gammas_.push_back(gamma_terms(static_cast<double>(count)));
  }

  void add(purchase_block const& block, block_sums<4>& sums) const {
    pareto_customers waiting[kinds];
    pareto_customers next;
    for (std::size_t first = 0; first < block.count; first += pareto_lanes) {
      std::size_t const left = block.count - first;
      next.count = left < pareto_lanes ? left : pareto_lanes;
      for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
        std::size_t const place = first + (lane < next.count ? lane : 0);
        next.frequency[lane] = block.frequency[place];
        next.recency[lane] = block.recency[place];
        next.age[lane] = block.age[place];
      }
      measure(next);
      for (std::size_t lane = 0; lane < next.count; ++lane) {
        next.weight[lane] = block.weight_at(first + lane);
        int const kind = kind_of(next, lane);
        if (kind < 0) {
          alone(next, lane, sums);
          continue;
        }
        pareto_customers& queue = waiting[kind];
        copy(next, lane, queue, queue.count);
        if (++queue.count == pareto_lanes) serve(kind, queue, sums);
      }
    }
    for (int kind = 0; kind < kinds; ++kind)
      if (waiting[kind].count != 0) serve(kind, waiting[kind], sums);
  }

 private:
  static constexpr int kinds = 4;

  /// ln Γ(r+x) − ln Γ(r) and its derivatives by ln r.
  struct gamma_part {
    double value;
    double slope;
    double bend;
  };
  [[nodiscard]] gamma_part gamma_terms(double frequency) const {
    if (frequency == 0) return {0, 0, 0};
    double const slope = at_.r * math::digamma_increment(at_.r, frequency);
    return {math::log_gamma(frequency) - math::log_beta(at_.r, frequency), slope,
            slope - at_.r * at_.r * math::trigamma_decrement(at_.r, frequency)};
  }

  static void copy(pareto_customers const& from, std::size_t lane, pareto_customers& to, std::size_t place) {
    to.weight[place] = from.weight[lane];
    to.frequency[place] = from.frequency[lane];
    to.recency[place] = from.recency[lane];
    to.age[place] = from.age[lane];
    to.reach[place] = from.reach[lane];
    to.farthest[place] = from.farthest[lane];
    to.from[place] = from.from[lane];
  }
  /// All lanes behind the last customer are the first one, who does not count there.
  static void fill_up(pareto_customers& own) {
    for (std::size_t lane = own.count; lane < pareto_lanes; ++lane) {
      copy(own, 0, own, lane);
      own.weight[lane] = 0;
    }
  }
  void look_up_gammas(pareto_customers& own) const {
    for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
      double const frequency = own.frequency[lane];
      gamma_part const gamma = frequency < static_cast<double>(gammas_.size())
                                   ? gammas_[static_cast<std::size_t>(frequency)]
                                   : gamma_terms(frequency);
      own.gamma[lane] = gamma.value;
      own.gamma_slope[lane] = gamma.slope;
      own.gamma_bend[lane] = gamma.bend;
    }
  }

  /// How far the integral goes.
  void measure(pareto_customers& own) const {
    double const less = at_.less();
    double const more = at_.more();
    for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
      own.reach[lane] = (own.age[lane] - own.recency[lane]) / (less + own.recency[lane]);
      own.farthest[lane] = (own.age[lane] - own.recency[lane]) / (more + own.recency[lane]);
    }
    math::detail::log1p_lanes(own.reach);
    math::detail::log1p_lanes(own.farthest);
  }

  [[nodiscard]] pareto_integrand integrand_of(pareto_customers const& own, std::size_t lane) const {
    return {pareto_exponent_of(at_.beta_is_less, at_.r + own.frequency[lane], at_.s),
            at_.less(),
            at_.more(),
            own.age[lane],
            own.recency[lane],
            own.reach[lane],
            0};
  }
  /// Which queue: those of 8, 12, 16 and 24 points; −1 is none of them.
  [[nodiscard]] int kind_of(pareto_customers& own, std::size_t lane) const {
    pareto_integrand integrand = integrand_of(own, lane);
    std::size_t const points = pareto_points_for(integrand);
    own.from[lane] = integrand.from;
    return points == 0 ? -1 : points == 24 ? 3 : static_cast<int>(points / 4) - 2;
  }

  void serve(int kind, pareto_customers& own, block_sums<4>& sums) const {
    fill_up(own);
    look_up_gammas(own);
    pareto_stretch stretch;
    pareto_lane reverse;
    for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
      pareto_exponent const by = pareto_exponent_of(at_.beta_is_less, at_.r + own.frequency[lane], at_.s);
      stretch.less[lane] = at_.less();
      stretch.more[lane] = at_.more();
      stretch.by_w[lane] = by.by_w;
      stretch.by_more[lane] = by.by_more;
      stretch.age[lane] = own.age[lane];
      stretch.half[lane] = (own.reach[lane] - own.from[lane]) / 2;
      stretch.middle[lane] = own.reach[lane] - stretch.half[lane];
      stretch.at_middle[lane] = -stretch.middle[lane];
      stretch.top[lane] = by.by_w * own.reach[lane] + by.by_more * own.farthest[lane];
      reverse[lane] = -stretch.top[lane];
    }
    math::detail::exp_lanes(stretch.at_middle);
    math::detail::exp_lanes(reverse);
    pareto_moments moments;
    switch (kind) {
      case 0: pareto_moments_of<8>(stretch, moments); break;
      case 1: pareto_moments_of<12>(stretch, moments); break;
      case 2: pareto_moments_of<16>(stretch, moments); break;
      default: pareto_moments_of<24>(stretch, moments); break;
    }
    // J = e^top · rest; ln(1 + J) = top + ln(e^−top + rest) does not overflow, and top is not below −6.
    pareto_lane log_one_more;
    pareto_lane left;
    for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
      double const scale = at_.beta_is_less ? 1.0 : (at_.alpha + own.age[lane]) / (at_.beta + own.age[lane]);
      double const rest = at_.s * scale * stretch.half[lane] * moments.of[pareto_moments::one][lane];
      left[lane] = rest / (reverse[lane] + rest);
      log_one_more[lane] = reverse[lane] + rest;
    }
    math::detail::log_lanes(log_one_more);
    for (std::size_t lane = 0; lane < pareto_lanes; ++lane) log_one_more[lane] += stretch.top[lane];
    add_pareto_terms(at_, own, moments, log_one_more, left, sums);
    own.count = 0;
  }

  /// One whose exponent is steep or whose reach is long: the lanes are pieces of the one integral.
  void alone(pareto_customers const& all, std::size_t lane, block_sums<4>& sums) const {
    double const age = all.age[lane];
    pareto_integrand const integrand = integrand_of(all, lane);
    concave_hump const hump = hump_of([&](double along) { return integrand.exponent(along); }, 0, integrand.reach);
    double const half = hump.length() / 2;
    pareto_moments sum{};
    pareto_stretch stretch;
    pareto_moments moments;
    for (int first = 0; first < hump.panels; first += static_cast<int>(pareto_lanes)) {
      int const left = hump.panels - first;
      std::size_t const here = left < static_cast<int>(pareto_lanes) ? static_cast<std::size_t>(left) : pareto_lanes;
      for (std::size_t each_of = 0; each_of < pareto_lanes; ++each_of) {
        int const piece = first + (each_of < here ? static_cast<int>(each_of) : 0);
        stretch.less[each_of] = at_.less();
        stretch.more[each_of] = at_.more();
        stretch.by_w[each_of] = integrand.by.by_w;
        stretch.by_more[each_of] = integrand.by.by_more;
        stretch.age[each_of] = age;
        stretch.half[each_of] = half;
        stretch.middle[each_of] = hump.from + (2 * piece + 1) * half;
        stretch.at_middle[each_of] = std::exp(-stretch.middle[each_of]);
        stretch.top[each_of] = hump.top;
      }
      if (all.reach[lane] < 0.1) {
        pareto_moments_of<16, true>(stretch, moments);
      } else {
        pareto_moments_of<16>(stretch, moments);
      }
      for (int moment = 0; moment < pareto_moments::count; ++moment)
        for (std::size_t each_of = 0; each_of < here; ++each_of) sum.of[moment][0] += moments.of[moment][each_of];
    }
    double const integral = half * sum.of[pareto_moments::one][0];
    double const scale = at_.beta_is_less ? 1.0 : (at_.alpha + age) / (at_.beta + age);
    double const log_odds = integral > 0 ? hump.top + std::log(at_.s * scale * integral) : -1e3;
    for (pareto_lane& each_of : sum.of)
      for (double& value : each_of) value = each_of[0];
    pareto_customers own;
    own.count = 1;
    copy(all, lane, own, 0);
    fill_up(own);
    look_up_gammas(own);
    pareto_lane log_one_more{math::softplus(log_odds)};
    pareto_lane left{math::expit(log_odds)};
    add_pareto_terms(at_, own, sum, log_one_more, left, sums);
  }

  pareto_parameters at_;
  std::vector<gamma_part> gammas_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

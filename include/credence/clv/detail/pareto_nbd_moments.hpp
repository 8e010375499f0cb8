// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_PARETO_NBD_MOMENTS_HPP
#define CREDENCE_CLV_DETAIL_PARETO_NBD_MOMENTS_HPP

#include <cmath>
#include <cstddef>

#include <credence/core/version.hpp>
#include <credence/math/detail/lane_math.hpp>
#include <credence/math/gauss_legendre.hpp>

// The integral J of Pareto/NBD and its derivatives, for several customers side by side. In w the integrand is
// e^(p w + c D(w)), D = ln((M+T)/(M+y)), M the greater of α and β, with p and c by which of them that is. All
// derivatives by the parameters are of the same integrand, times w, D, m/(m+y), M/(M+y), or two of these: moments.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// How many customers are worked on at once.
inline constexpr std::size_t pareto_lanes = math::detail::lane_width;
using pareto_lane = double[pareto_lanes];

/// The exponent of one customer, p w + c D(w), up to a constant.
struct pareto_exponent {
  double by_w = 0;     ///< p: s where β ≤ α, else r+x−1
  double by_more = 0;  ///< c: r+x where β ≤ α, else s+1
};
[[nodiscard]] inline pareto_exponent pareto_exponent_of(bool beta_is_less, double rate, double s) {
  return beta_is_less ? pareto_exponent{s, rate} : pareto_exponent{rate - 1, s + 1};
}

/// The same with where it is taken: from `from`, which is 0, at T, or where next to nothing lies before, to `reach`, at
/// t_x.
struct pareto_integrand {
  pareto_exponent by;
  double less = 0;   ///< m
  double more = 0;   ///< M
  double age = 0;    ///< T
  double seen = 0;   ///< t_x
  double reach = 0;  ///< ln((m+T)/(m+t_x))
  double from = 0;

  [[nodiscard]] double exponent(double w) const {
    double const all = less + age;
    return by.by_w * w + by.by_more * std::log1p(all * -std::expm1(-w) / (more - less + all * std::exp(-w)));
  }
  /// Its slope where m + y is this, which falls with w.
  [[nodiscard]] double slope(double less_and_y) const {
    return by.by_w + by.by_more * (less_and_y / (more - less + less_and_y));
  }
};

/// How many points are enough: 8, 12, 16 or 24; 0 where 24 are not. Moves `from` up where that helps.
[[nodiscard]] inline std::size_t pareto_points_for(pareto_integrand& own) {
  double begin = own.slope(own.less + own.age);
  if (!(own.reach < 6) || !(begin < 5000)) return 0;  // there rounding would show
  double const end = own.slope(own.less + own.seen);
  double change = own.reach * (begin > -end ? begin : -end);
  // Found by trying: ln J, ln L and its slope to 1e-12, beside the same in finer pieces.
  if (change < 3.3 && own.reach < (begin - end < 0.25 ? 1.6 : 1.0)) return 8;
  if (change < 10 && own.reach < 2.4) return 12;
  if (change < 20 && own.reach < 3.5) return 16;
  if (change < 36) return 24;
  if (!(end * own.reach > 36)) return 0;
  // From so far on the integrand is below e^−36 of its greatest.
  own.from = own.reach - 36 / end;
  begin = own.slope((own.less + own.seen) * std::exp(36 / end));
  return (own.reach - own.from) * begin < 42 ? 24 : 0;
}

/// ∫ e^(p w + c D − top) of one customer.
template <std::size_t Points>
[[nodiscard]] double pareto_integral_of(pareto_integrand const& own, double top) {
  auto const& rule = math::gauss_legendre_points<Points>;
  double const half = (own.reach - own.from) / 2;
  double const middle = own.reach - half;
  double const all = own.less + own.age;
  double const gap = own.more - own.less;
  double const start = all * std::exp(-middle);  // m + y there
  double const by_w = own.by.by_w;
  double const by_more = own.by.by_more;
  double const at_middle = by_w * middle - top;
  // One half of the points, then its mirror image.
  constexpr std::size_t half_points = Points / 2;
  double grown[half_points];
  double logs[Points];
  double masses[Points];
  for (std::size_t at = 0; at < half_points; ++at) grown[at] = half * (1 - 2 * rule.nodes[at]);
  math::detail::exp_lanes(grown);
  for (std::size_t at = 0; at < half_points; ++at) {
    double const before = start * grown[at];
    double const after = start / grown[at];
    logs[at] = (all - before) / (gap + before);
    logs[half_points + at] = (all - after) / (gap + after);
  }
  math::detail::log1p_lanes(logs);
  for (std::size_t at = 0; at < half_points; ++at) {
    double const step = by_w * half * (1 - 2 * rule.nodes[at]);
    masses[at] = at_middle - step + by_more * logs[at];
    masses[half_points + at] = at_middle + step + by_more * logs[half_points + at];
  }
  math::detail::exp_lanes(masses);
  double sum = 0;
  for (std::size_t at = 0; at < half_points; ++at) sum += rule.weights[at] * (masses[at] + masses[half_points + at]);
  return 2 * half * sum;
}

/// What the moments are taken of: a stretch of w for each lane.
struct pareto_stretch {
  pareto_lane by_w;       ///< p
  pareto_lane by_more;    ///< c
  pareto_lane less;       ///< m
  pareto_lane more;       ///< M
  pareto_lane age;        ///< T
  pareto_lane middle;     ///< of the stretch
  pareto_lane half;       ///< of its length
  pareto_lane at_middle;  ///< e^(−middle)
  pareto_lane top;        ///< about the greatest exponent: it is taken off
};

/// ∫ e^(…−top) over the stretch, divided by half of its length, and the same of products of w, u = m/(m+y) − m/(m+T),
/// D and v = M/(M+y) − M/(M+T). As differences they are exact where m or M is beyond all ages and times s of its size.
struct pareto_moments {
  enum place { one, w, u, d, v, ww, wu, wd, wv, uu, ud, uv, dd, dv, vv, count };
  pareto_lane of[count];
};

/// `IsShort`: w is below 0.1 throughout. Then T − y is told from T in its last digit too, which counts where all rates
/// are the same: r and α, or s and β, are beyond all bounds then.
template <std::size_t Points, bool IsShort = false>
void pareto_moments_of(pareto_stretch const& own, pareto_moments& moments) {
  auto const& rule = math::gauss_legendre_points<Points>;
  pareto_lane sums[pareto_moments::count] = {};
  pareto_lane all;
  pareto_lane start;
  pareto_lane gap;
  pareto_lane growth;  // at the middle of w, m/(m+y) ÷ (m+T)
  pareto_lane last;    // M/(M+T)
  for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
    all[lane] = own.less[lane] + own.age[lane];
    start[lane] = all[lane] * own.at_middle[lane];
    gap[lane] = own.more[lane] - own.less[lane];
    growth[lane] = own.less[lane] / (all[lane] * start[lane]);
    last[lane] = own.more[lane] / (own.more[lane] + own.age[lane]);
  }
  for (std::size_t place = 0; place < Points / 2; ++place) {
    double const node = 1 - 2 * rule.nodes[place];
    double const weight = 2 * rule.weights[place];
    pareto_lane at[2];       // w
    pareto_lane seen[2];     // m + y: one exponential serves both mirror images
    pareto_lane growths[2];  // m/(m+y) ÷ (m+T)
    pareto_lane grown;
    for (std::size_t lane = 0; lane < pareto_lanes; ++lane) grown[lane] = own.half[lane] * node;
    math::detail::exp_lanes(grown);
    for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
      double const step = own.half[lane] * node;
      double const shrunk = 1 / grown[lane];
      at[0][lane] = own.middle[lane] - step;
      at[1][lane] = own.middle[lane] + step;
      seen[0][lane] = start[lane] * grown[lane];
      seen[1][lane] = start[lane] * shrunk;
      growths[0][lane] = growth[lane] * shrunk;
      growths[1][lane] = growth[lane] * grown[lane];
    }
    for (std::size_t side = 0; side < 2; ++side) {
      double const* const side_at = at[side];
      double const* const side_growths = growths[side];
      pareto_lane silent;  // T − y, and that ÷ (M + y)
      pareto_lane logs;
      pareto_lane ratios;
      pareto_lane masses;
      for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
        if constexpr (IsShort) {
          double const w = side_at[lane];
          // 1 − e^−w by its series.
          double sum = 1.0 / 40320 - w * (1.0 / 362880);
          sum = 1.0 / 720 - w * (1.0 / 5040 - w * sum);
          sum = 1.0 / 24 - w * (1.0 / 120 - w * sum);
          sum = 1.0 / 2 - w * (1.0 / 6 - w * sum);
          silent[lane] = all[lane] * (w * (1 - w * sum));
        } else {
          silent[lane] = all[lane] - seen[side][lane];
        }
        logs[lane] = ratios[lane] = silent[lane] / (gap[lane] + seen[side][lane]);
      }
      math::detail::log1p_lanes(logs);
      for (std::size_t lane = 0; lane < pareto_lanes; ++lane)
        masses[lane] = own.by_w[lane] * side_at[lane] + own.by_more[lane] * logs[lane] - own.top[lane];
      math::detail::exp_lanes(masses);
      for (std::size_t lane = 0; lane < pareto_lanes; ++lane) {
        double const w = side_at[lane];
        double const d = logs[lane];
        double const u = side_growths[lane] * silent[lane];
        double const v = last[lane] * ratios[lane];
        double const mass = weight * masses[lane];
        double const mass_w = mass * w;
        double const mass_u = mass * u;
        double const mass_d = mass * d;
        double const mass_v = mass * v;
        sums[pareto_moments::one][lane] += mass;
        sums[pareto_moments::w][lane] += mass_w;
        sums[pareto_moments::u][lane] += mass_u;
        sums[pareto_moments::d][lane] += mass_d;
        sums[pareto_moments::v][lane] += mass_v;
        sums[pareto_moments::ww][lane] += mass_w * w;
        sums[pareto_moments::wu][lane] += mass_w * u;
        sums[pareto_moments::wd][lane] += mass_w * d;
        sums[pareto_moments::wv][lane] += mass_w * v;
        sums[pareto_moments::uu][lane] += mass_u * u;
        sums[pareto_moments::ud][lane] += mass_u * d;
        sums[pareto_moments::uv][lane] += mass_u * v;
        sums[pareto_moments::dd][lane] += mass_d * d;
        sums[pareto_moments::dv][lane] += mass_d * v;
        sums[pareto_moments::vv][lane] += mass_v * v;
      }
    }
  }
  for (int moment = 0; moment < pareto_moments::count; ++moment)
    for (std::size_t lane = 0; lane < pareto_lanes; ++lane) moments.of[moment][lane] = sums[moment][lane];
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

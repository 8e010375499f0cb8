// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_BETA_GEOMETRIC_RUN_HPP
#define CREDENCE_CLV_DETAIL_BETA_GEOMETRIC_RUN_HPP

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include <credence/core/version.hpp>
#include <credence/math/detail/lane_math.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What customers who bought equally often add to the likelihood of BG/NBD or MBG/NBD, its slope and its curvature:
/// sums over t_x and T, weighted. With A = α + T, B = α + t_x and R = r + x
///   ρ = ln(A/B),   u = log_odds + R·ρ,   κ = α(T − t_x)/(A·B) = −∂ρ/∂ln α,   τ = T/A,   s = 1/(1 + e^−u),   q = s(1 −
///   s)
/// Each sum is kept in lanes that do not wait for each other, and all that is done is loops of a fixed length without
/// branches, of which compilers make vectors at -O2 too.
class beta_geometric_run {
 public:
  static constexpr std::size_t width = math::detail::lane_width;  ///< of a strip of customers
  static constexpr std::size_t most = 16 * width;                 ///< of a run: a product of more may overflow

  beta_geometric_run(double alpha, double big_r, double log_odds) : alpha_(alpha), big_r_(big_r), log_odds_(log_odds) {
    growth_.fill(1);
    odds_.fill(1);
  }

  /// Adds `width` customers; without weights each counts once. `MayHaveLeft`: else all are alive for certain, and there
  /// is no u.
  template <bool Weighted, bool MayHaveLeft>
  void add(double const* recency, double const* age, double const* weight);

  [[nodiscard]] double log_growth() const { return std::log(product(growth_)) + total(logs_); }  ///< Σ ln(A/α)
  [[nodiscard]] double softplus() const { return std::log(product(odds_)) + total(positive_); }  ///< Σ ln(1 + e^u)
  [[nodiscard]] double share() const { return total(share_); }                                   ///< Σ τ
  [[nodiscard]] double share_squares() const { return total(share_squares_); }                   ///< Σ τ²
  [[nodiscard]] double left() const { return total(left_); }                                     ///< Σ s
  [[nodiscard]] double left_gap() const { return total(left_gap_); }                             ///< Σ s·ρ
  [[nodiscard]] double left_slope() const { return total(left_slope_); }                         ///< Σ s·κ
  [[nodiscard]] double left_bend() const { return total(left_bend_); }      ///< Σ s·κ(τ − α/B)
  [[nodiscard]] double both() const { return total(both_); }                ///< Σ q
  [[nodiscard]] double both_gap() const { return total(both_gap_); }        ///< Σ q·ρ
  [[nodiscard]] double both_gaps() const { return total(both_gaps_); }      ///< Σ q·ρ²
  [[nodiscard]] double both_slope() const { return total(both_slope_); }    ///< Σ q·κ
  [[nodiscard]] double both_slopes() const { return total(both_slopes_); }  ///< Σ q·κ²
  [[nodiscard]] double both_mixed() const { return total(both_mixed_); }    ///< Σ q·ρκ

 private:
  static constexpr std::size_t lanes = 8;
  using strip = std::array<double, lanes>;

  [[nodiscard]] static double total(strip const& own) {
    return ((own[0] + own[4]) + (own[2] + own[6])) + ((own[1] + own[5]) + (own[3] + own[7]));
  }
  [[nodiscard]] static double product(strip const& own) {
    return ((own[0] * own[4]) * (own[2] * own[6])) * ((own[1] * own[5]) * (own[3] * own[7]));
  }

  double alpha_;
  double big_r_;
  double log_odds_;
  // Without weights the logarithms of A/α and of 1 + e^−|u| are those of two products, the first of mantissas.
  strip growth_;
  strip odds_;
  strip logs_{};
  strip positive_{};
  strip share_{};
  strip share_squares_{};
  strip left_{};
  strip left_gap_{};
  strip left_slope_{};
  strip left_bend_{};
  strip both_{};
  strip both_gap_{};
  strip both_gaps_{};
  strip both_slope_{};
  strip both_slopes_{};
  strip both_mixed_{};
};

template <bool Weighted, bool MayHaveLeft>
void beta_geometric_run::add(double const* recency, double const* age, double const* weight) {
  double const alpha = alpha_;
  double const per_alpha = 1 / alpha_;
  double const big_r = big_r_;
  double const log_odds = log_odds_;
  double shares[width];
  double rests[width];  // 1 less these
  double growths[width];
  for (std::size_t lane = 0; lane < width; ++lane) {
    growths[lane] = age[lane] * per_alpha;
    double const inverse = 1 / (alpha + age[lane]);
    shares[lane] = age[lane] * inverse;
    rests[lane] = alpha * inverse;
  }
  if constexpr (Weighted) math::detail::log1p_lanes(growths);
  for (std::size_t from = 0; from < width; from += lanes)
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      double const own = Weighted ? weight[from + lane] : 1.0;
      double const tau = shares[from + lane];
      share_[lane] += own * tau;
      share_squares_[lane] += own * (tau * tau);
      if constexpr (Weighted) {
        logs_[lane] += own * growths[from + lane];
      } else {
        // A/α is at least 1: as a mantissa from √½ to √2 and an exponent.
        constexpr std::uint64_t root_of_half = 0x3fe6'a09e'667f'3bcdU;
        std::uint64_t const bits = std::bit_cast<std::uint64_t>(1 + growths[from + lane]);
        std::uint64_t const exponent = (bits - root_of_half) >> 52;
        growth_[lane] *= std::bit_cast<double>(bits - (exponent << 52));
        logs_[lane] += 0.6931471805599453 * static_cast<double>(static_cast<std::int32_t>(exponent));
      }
    }
  if constexpr (MayHaveLeft) {
    double rho[width];
    double per_b[width];
    double kappa[width];
    double power[width];
    for (std::size_t lane = 0; lane < width; ++lane) {
      double const inverse = 1 / (alpha + recency[lane]);
      per_b[lane] = alpha * inverse;
      rho[lane] = (age[lane] - recency[lane]) * inverse;
      kappa[lane] = rho[lane] * rests[lane];
    }
    math::detail::log1p_lanes(rho);
    for (std::size_t lane = 0; lane < width; ++lane) power[lane] = -std::fabs(log_odds + big_r * rho[lane]);
    math::detail::exp_lanes(power);
    double logs[width];
    if constexpr (Weighted) {
      for (std::size_t lane = 0; lane < width; ++lane) logs[lane] = power[lane];
      math::detail::log1p_lanes(logs);
    }
    for (std::size_t from = 0; from < width; from += lanes)
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        std::size_t const at = from + lane;
        double const own = Weighted ? weight[at] : 1.0;
        double const u = log_odds + big_r * rho[at];
        double const inverse = 1 / (1 + power[at]);
        // 1 where u > 0, else the power: by the sign's bit, for a comparison becomes a branch at a compiler's whim.
        std::uint64_t const below = 0 - (std::bit_cast<std::uint64_t>(u) >> 63);
        double const numerator = std::bit_cast<double>((std::bit_cast<std::uint64_t>(power[at]) & below) |
                                                       (std::bit_cast<std::uint64_t>(1.0) & ~below));
        double const s = own * (numerator * inverse);
        double const q = own * (power[at] * inverse * inverse);
        if constexpr (Weighted) {
          positive_[lane] += own * (0.5 * (u + std::fabs(u)) + logs[at]);
        } else {
          positive_[lane] += 0.5 * (u + std::fabs(u));
          odds_[lane] *= 1 + power[at];
        }
        left_[lane] += s;
        left_gap_[lane] += s * rho[at];
        left_slope_[lane] += s * kappa[at];
        left_bend_[lane] += s * kappa[at] * (shares[at] - per_b[at]);
        both_[lane] += q;
        both_gap_[lane] += q * rho[at];
        both_gaps_[lane] += q * rho[at] * rho[at];
        both_slope_[lane] += q * kappa[at];
        both_slopes_[lane] += q * kappa[at] * kappa[at];
        both_mixed_[lane] += q * rho[at] * kappa[at];
      }
  }
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

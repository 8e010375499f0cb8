// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_COVARIATE_SCALES_HPP
#define CREDENCE_CLV_DETAIL_COVARIATE_SCALES_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <credence/clv/covariate_model.hpp>
#include <credence/clv/detail/customer_table.hpp>
#include <credence/core/error.hpp>
#include <credence/core/version.hpp>
#include <credence/math/fit_report.hpp>
#include <credence/math/likelihood_sums.hpp>
#include <credence/math/maximise.hpp>

// A search expects coefficients of covariates that vary by about 1 around 0. A year of birth or an income does not: its
// coefficient is tiny, and the parameter that it shifts is e^100 where it is 0.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Searches in (z − mean) ÷ deviation, and tells of it in z: with γ' found of those, γ = γ' ÷ deviation, and the
/// logarithm that it shifts is less by sign · γ · mean. That is linear, so that covariances and penalties follow.
class covariate_scales {
 public:
  /// Scales the covariates of the table.
  template <std::size_t Slots>
  covariate_scales(customer_table& table, std::array<covariate_slot, Slots> const& entering,
                   std::array<std::size_t, 2> const& widths, std::size_t parameters)
      : parameters_(parameters) {
    std::vector<customer_table::spread> const spreads = table.scale_covariates(widths[0] + widths[1]);
    for (covariate_slot const& slot : entering)
      for (std::size_t at = 0; at < widths[slot.on_dropout ? 1 : 0]; ++at) {
        customer_table::spread const own = spreads[(slot.on_dropout ? widths[0] : 0) + at];
        entries_.push_back({slot.parameter, 1 / own.deviation, -slot.sign * own.middle / own.deviation});
      }
  }

  /// Less strength × the squares of what the point is in z.
  void penalise(math::likelihood_sums& sums, std::vector<double> const& point, double strength) const {
    std::vector<double> const own = in_z(point);
    std::size_t const size = point.size();
    for (double const coordinate : own) sums.log_likelihood += -strength * coordinate * coordinate;
    std::vector<std::vector<double>> columns;  // of the change from the point to z
    for (std::size_t at = 0; at < size; ++at) {
      std::vector<double> unit(size, 0.0);
      unit[at] = 1;
      columns.push_back(in_z(unit));
    }
    for (std::size_t row = 0; row < size; ++row) {
      sums.gradient[row] -= 2 * strength * product(columns[row], own);
      for (std::size_t column = 0; column <= row; ++column)
        sums.hessian[math::likelihood_sums::place(row, column)] -= 2 * strength *
                                                                   product(columns[row], columns[column]);
    }
  }

  /// Of what was found of scaled covariates, what it is in z; but for directions, which in z would name what has the
  /// greatest unit only. A reason where that is beyond all numbers.
  [[nodiscard]] std::string restore(math::maximum_result& found, std::vector<std::string> const& names) const {
    std::size_t const size = found.point.size();
    found.point = in_z(found.point);
    if (!found.covariance.empty()) {
      for (int way = 0; way < 2; ++way) {  // from the left, and, turned over, from the right
        std::vector<double> turned(size * size);
        for (std::size_t row = 0; row < size; ++row) {
          auto const begin = found.covariance.begin() + static_cast<std::ptrdiff_t>(row * size);
          std::vector<double> const moved = in_z(std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(size)));
          for (std::size_t column = 0; column < size; ++column) turned[column * size + row] = moved[column];
        }
        found.covariance = std::move(turned);
      }
    }
    for (std::size_t at = 0; found && at < parameters_; ++at)
      if (!(std::fabs(found.point[at]) < 300)) {
        found.status = fit_status::singular;
        return joined({"covariates lie so far from 0, beside how much they vary, that ", names[at],
                       " of a customer whose covariates are all 0 is beyond all numbers: give them less their means"});
      }
    return {};
  }

 private:
  struct entry {
    std::size_t parameter;  ///< whose logarithm the coefficient shifts
    double factor;          ///< of the coefficient in z
    double shift;           ///< of the logarithm in z, for each 1 of the coefficient
  };

  [[nodiscard]] std::vector<double> in_z(std::vector<double> point) const {
    for (std::size_t at = 0; at < entries_.size(); ++at) {
      double& coefficient = point[parameters_ + at];
      point[entries_[at].parameter] += entries_[at].shift * coefficient;
      coefficient *= entries_[at].factor;
    }
    return point;
  }
  [[nodiscard]] static double product(std::vector<double> const& left, std::vector<double> const& right) {
    double sum = 0;
    for (std::size_t at = 0; at < left.size(); ++at) sum += left[at] * right[at];
    return sum;
  }

  std::size_t parameters_;
  std::vector<entry> entries_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_DETAIL_GAUSS_LEGENDRE_HPP
#define CREDENCE_MATH_DETAIL_GAUSS_LEGENDRE_HPP

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {
namespace detail {

// The integral of `function` over [0, length] by the 24 points of Gauss and Legendre. Source: DLMF 3.5(v).
template <class Function>
[[nodiscard]] double gauss_legendre(Function const& function, double const length) noexcept {
  constexpr double nodes[] = {
      0.0640568928626056261, 0.191118867473616309, 0.315042679696163374, 0.433793507626045138,
      0.545421471388839536,  0.648093651936975569, 0.740124191578554364, 0.820001985973902922,
      0.886415527004401034,  0.938274552002732759, 0.974728555971309498, 0.99518721999702136,
  };
  constexpr double weights[] = {
      0.127938195346752157,  0.125837456346828296,  0.121670472927803391,  0.115505668053725601,
      0.107444270115965635,  0.0976186521041138883, 0.0861901615319532759, 0.0733464814110803057,
      0.0592985849154367807, 0.0442774388174198062, 0.0285313886289336632, 0.0123412297999871995,
  };
  double sum = 0.0;
  for (int place = 0; place < 12; ++place) {
    double const left = function(0.5 * length * (1.0 - nodes[place]));
    double const right = function(0.5 * length * (1.0 + nodes[place]));
    sum += weights[place] * (left + right);
  }
  return 0.5 * length * sum;
}

}  // namespace detail
}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

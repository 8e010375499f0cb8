// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_CONCAVE_INTEGRAL_HPP
#define CREDENCE_CLV_DETAIL_CONCAVE_INTEGRAL_HPP

#include <cmath>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/gauss_legendre.hpp>

// Integrals of e^f where f is concave, as of all mixtures over gammas in a logarithmic variable: there is one hump, and
// f falls off on both sides of it ever faster, so that what matters is found by looking, however narrow it is.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Where e^f has its mass: f is `top` somewhere between, and below `top` − 40 outside.
struct concave_hump {
  double from = 0;
  double to = 0;
  double top = 0;  ///< the greatest f seen, less than the greatest by a small number at most
  int panels = 1;  ///< pieces, all of one length, on each of which 16 points of Gauss and Legendre are exact to 1e-14
  [[nodiscard]] double length() const { return (to - from) / panels; }
};

/// f may have singularities from ±iπ off the real axis on.
template <class Exponent>
[[nodiscard]] concave_hump hump_of(Exponent const& exponent, double from, double to) {
  constexpr int steps = 16;
  constexpr double deep = 40;
  constexpr double longest = 1.5;  // piece: 16 points see the singularities from half as far as they are
  concave_hump hump{from, to, -infinite_number(), 1};
  double first = 0;
  double last = 0;
  for (int look = 0; look < 60; ++look) {
    double values[steps + 1];
    double const step = (hump.to - hump.from) / steps;
    int best = 0;
    for (int at = 0; at <= steps; ++at) {
      values[at] = exponent(at == steps ? hump.to : hump.from + at * step);
      if (values[at] > values[best]) best = at;
    }
    int begin = 0;
    int end = steps;
    while (begin < best && !(values[begin + 1] > values[best] - deep)) ++begin;
    while (end > best && !(values[end - 1] > values[best] - deep)) --end;
    hump.top = values[best];
    first = values[begin];
    last = values[end];
    double const start = hump.from;
    hump.from = start + begin * step;
    if (end != steps) hump.to = start + end * step;
    if (end - begin > steps / 2 || !(hump.to > hump.from)) break;
  }
  // How far e^f goes up and down decides with how many points it looks like a polynomial.
  double const up = first < hump.top - 2 * deep ? 2 * deep : hump.top - first;
  double const down = last < hump.top - 2 * deep ? 2 * deep : hump.top - last;
  double const by_length = (hump.to - hump.from) / longest;
  double const by_change = (up + down) / 8;
  hump.panels = 1 + static_cast<int>(by_length > by_change ? by_length : by_change);
  return hump;
}

/// ln ∫ e^f from `from` to `to`; −∞ where they are the same.
template <class Exponent>
[[nodiscard]] double log_concave_integral(Exponent const& exponent, double from, double to) {
  if (!(to > from)) return -infinite_number();
  concave_hump const hump = hump_of(exponent, from, to);
  double sum = 0;
  for (int panel = 0; panel < hump.panels; ++panel)
    sum += math::gauss_legendre<16>(
        [&](double within) { return std::exp(exponent(hump.from + panel * hump.length() + within) - hump.top); },
        hump.length());
  return hump.top + std::log(sum);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

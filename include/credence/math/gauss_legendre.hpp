// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_GAUSS_LEGENDRE_HPP
#define CREDENCE_MATH_GAUSS_LEGENDRE_HPP

#include <cstddef>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {
namespace detail {

// Half of each rule on [0, 1]: the nodes below 1/2, as their distance from 0, and their weights. The other half is its
// mirror image. Printed by tests/reference/gauss_legendre.py.
inline constexpr double gauss_legendre_nodes_8[] = {0.0198550717512318842, 0.10166676129318663, 0.237233795041835507,
                                                    0.408282678752175098};
inline constexpr double gauss_legendre_weights_8[] = {0.0506142681451881296, 0.111190517226687235, 0.156853322938943644,
                                                      0.181341891689180991};
inline constexpr double gauss_legendre_nodes_12[] = {0.00921968287664037465, 0.0479413718147625717,
                                                     0.115048662902847656,   0.206341022856691276,
                                                     0.316084250500909903,   0.437383295744265542};
inline constexpr double gauss_legendre_weights_12[] = {0.0235876681932559136, 0.0534696629976592155,
                                                       0.0800391642716731132, 0.101583713361532961,
                                                       0.116746268269177404,  0.124573522906701393};
inline constexpr double gauss_legendre_nodes_16[] = {0.0052995325041750337, 0.027712488463383712, 0.0671843988060841281,
                                                     0.122297795822498483,  0.191061877798678126, 0.270991611171386307,
                                                     0.359198224610370543,  0.45249374508118128};
inline constexpr double gauss_legendre_weights_16[] = {
    0.0135762297058770474, 0.0311267619693239464, 0.0475792558412463924, 0.062314485627766936,
    0.074797994408288366,  0.0845782596975012691, 0.0913017075224617944, 0.0947253052275342481};
inline constexpr double gauss_legendre_nodes_24[] = {
    0.00240639000148931991, 0.0126357220143452509, 0.0308627239986336207, 0.0567922364977994829,
    0.089999007013048539,   0.129937904210722818,  0.175953174031512215,  0.227289264305580232,
    0.283103246186977431,   0.342478660151918313,  0.404440566263191845,  0.467971553568697187};
inline constexpr double gauss_legendre_weights_24[] = {
    0.00617061489999359977, 0.0142656943144668316, 0.0221387194087099031, 0.0296492924577183904,
    0.0366732407055401529,  0.043095080765976638,  0.0488093260520569441, 0.0537221350579828174,
    0.0577528340268628007,  0.0608352364639016956, 0.0629187281734141481, 0.0639690976733760785};
inline constexpr double gauss_legendre_nodes_32[] = {
    0.00136806907525921823, 0.0071942442273658323, 0.0176188722062467846, 0.0325469620311301554,
    0.051839422116973938,   0.0753161931337150149, 0.102758102016028797,  0.13390894062985516,
    0.1684778665348924,     0.206142121379618835,  0.246550045533885305,  0.289324361934682327,
    0.334065698858936175,   0.380356318873931463,  0.427764019208601753,  0.475846167156130842};
inline constexpr double gauss_legendre_weights_32[] = {
    0.0035093050047350483, 0.0081371973654528353, 0.0126960326546310297, 0.0171369314565107166,
    0.0214179490111133403, 0.0254990296311880881, 0.0293420467392677736, 0.0329111113881809234,
    0.0361728970544242531, 0.0390969478935351532, 0.0416559621134733776, 0.0438260465022019056,
    0.0455869393478819424, 0.0469221995404022828, 0.0478193600396374297, 0.0482700442573639003};
inline constexpr double gauss_legendre_nodes_48[] = {
    0.0006144963737869407, 0.00323491386682462123, 0.00793770813858657113, 0.0147042037268763748, 0.0235061484197845696,
    0.0343066546467228334, 0.0470604316422151636,  0.061713989862876057,   0.0782058691878032346, 0.0964668979852786865,
    0.11642048374212983,   0.137982934538092673,   0.161063810183668047,   0.185566301611743188,  0.211387636958013648,
    0.238419512638883483,  0.266548547624520798,   0.295656759004641635,   0.325622056853919631,  0.356318756322272212,
    0.387618104802655469,  0.419388821965554141,   0.451497650395268651,   0.483809914518565319};
inline constexpr double gauss_legendre_weights_48[] = {
    0.00157667302615291932, 0.00366377695063813105, 0.00573861728961726974, 0.00778965786147192436,
    0.00980808022867776391, 0.0117853804196621896,  0.0137132548541784741,  0.0155836139163990445,
    0.0173886112823852194,  0.0191206755329153532,  0.0207725414717323746,  0.0223372804283471402,
    0.0238083292462452374,  0.0251795177769272375,  0.0264450947425968335,  0.0275997518499920814,
    0.0286386460502016079,  0.0295574198491978179,  0.03035221958294694,    0.031019711579946332,
    0.0315570961431270128,  0.0319621192923240933,  0.0322330822179750411,  0.0323688484063419613};

}  // namespace detail

/// The rule of Gauss and Legendre on [0, 1]: Σ weights[i] · f(nodes[i]) is the integral of f over [0, 1], exactly for
/// polynomials of a degree below twice the points. Nodes ascend. For 8, 12, 16, 24, 32 and 48 points.
/// Source: DLMF 3.5(v).
template <std::size_t Points>
struct gauss_legendre_rule {
  static_assert(Points == 8 || Points == 12 || Points == 16 || Points == 24 || Points == 32 || Points == 48,
                "credence: there are Gauss-Legendre rules of 8, 12, 16, 24, 32 and 48 points");

  double nodes[Points] = {};
  double weights[Points] = {};

  constexpr gauss_legendre_rule() {
    if constexpr (Points == 8) mirror(detail::gauss_legendre_nodes_8, detail::gauss_legendre_weights_8);
    if constexpr (Points == 12) mirror(detail::gauss_legendre_nodes_12, detail::gauss_legendre_weights_12);
    if constexpr (Points == 16) mirror(detail::gauss_legendre_nodes_16, detail::gauss_legendre_weights_16);
    if constexpr (Points == 24) mirror(detail::gauss_legendre_nodes_24, detail::gauss_legendre_weights_24);
    if constexpr (Points == 32) mirror(detail::gauss_legendre_nodes_32, detail::gauss_legendre_weights_32);
    if constexpr (Points == 48) mirror(detail::gauss_legendre_nodes_48, detail::gauss_legendre_weights_48);
  }

 private:
  constexpr void mirror(double const* half_nodes, double const* half_weights) {
    for (std::size_t at = 0; at < Points / 2; ++at) {
      nodes[at] = half_nodes[at];
      nodes[Points - 1 - at] = 1.0 - half_nodes[at];
      weights[at] = weights[Points - 1 - at] = half_weights[at];
    }
  }
};

/// The rule as a constant: `for` loops over its arrays vectorise.
template <std::size_t Points>
inline constexpr gauss_legendre_rule<Points> gauss_legendre_points{};

/// The integral of `function` over [0, length] by the rule of so many points. How good it is depends on the function:
/// 24 points are exact to a double for a Gaussian bell over six standard deviations to one side, and nothing near a
/// singularity.
template <std::size_t Points, class Function>
[[nodiscard]] double gauss_legendre(Function const& function, double const length) {
  constexpr gauss_legendre_rule<Points> const& rule = gauss_legendre_points<Points>;
  double sum = 0.0;
  for (std::size_t at = 0; at < Points / 2; ++at)
    sum += rule.weights[at] * (function(length * rule.nodes[at]) + function(length * rule.nodes[Points - 1 - at]));
  return length * sum;
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

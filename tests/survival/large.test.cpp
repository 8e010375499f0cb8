// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/survival/kaplan_meier.hpp>
#include <credence/survival/log_rank.hpp>
#include <credence/survival/nelson_aalen.hpp>
#include <credence/survival/survival_times.hpp>
#include <cstdint>
#include <vector>

// A hundred thousand customers who are the same on every machine (PEERS.md of the project), and what R 4.2.2 with
// survival 3.5-3 answers of them.

namespace test_large_survival {

struct customer {
  std::int32_t day;
  bool has_left;
  std::uint8_t first, second, fourth;  // of what the time depends on
};

std::uint64_t mixed(std::uint64_t word) {
  word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9u;
  word = (word ^ (word >> 27)) * 0x94D049BB133111EBu;
  return word ^ (word >> 31);
}
std::uint64_t random(std::uint64_t stream, std::uint64_t at) {
  return mixed(mixed(stream * 0x9E3779B97F4A7C15u + 0x1234567u) + (at + 1) * 0x9E3779B97F4A7C15u);
}
std::uint64_t below(std::uint64_t word, std::uint64_t limit) { return ((word >> 32) * limit) >> 32; }

std::vector<customer> customers() {
  std::vector<customer> all;
  for (std::uint64_t at = 0; at < 100'000; ++at) {
    customer one{};
    one.first = static_cast<std::uint8_t>(random(11, at) >> 63);
    one.second = below(random(12, at), 10) < 3;
    one.fourth = static_cast<std::uint8_t>(random(14, at) >> 61);
    double const third = static_cast<double>(random(13, at) >> 54) / 1024;
    std::uint64_t const word = random(15, at);
    double const fifth =
        (static_cast<double>((word & 0xffff) + ((word >> 16) & 0xffff) + ((word >> 32) & 0xffff) + (word >> 48)) -
         131070) /
        32768;
    double const uniform = (static_cast<double>(random(16, at) >> 11) + .5) * 0x1p-53;
    double const left = 1 +
                        std::floor(-std::log(uniform) / (.0012 * std::exp(.5 * one.first - .4 * one.second +
                                                                          .8 * third + .05 * one.fourth + .3 * fifth)));
    double const seen = static_cast<double>(1 + below(random(17, at), 1'095));
    one.day = static_cast<std::int32_t>(left < seen ? left : seen);
    one.has_left = left <= seen;
    all.push_back(one);
  }
  return all;
}

bool like(double mine, double other) { return std::fabs(mine - other) <= 1e-10 * std::fabs(other); }

TEST_CASE("survival of a hundred thousand: as R says") {
  auto const all = customers();
  auto const seen = credence::survival_times(all, &customer::day, &customer::has_left);
  CHECK(seen.result().left == 63'775);
  CHECK(seen.result().time == 26'952'040);
  auto const curve = credence::kaplan_meier(seen);
  CHECK(like(curve.at(30).survival, 0.9208794956228380));
  CHECK(like(curve.at(365).survival, 0.4108464825831012));
  CHECK(like(curve.at(1'000).survival, 0.1283799514142357));
  CHECK(like(curve.at(30).standard_error, 0.0008593318813504785));
  CHECK(like(curve.at(365).standard_error, 0.0017336049951689359));
  CHECK(like(curve.at(1'000).standard_error, 0.0019340502704873433));
  CHECK(curve.median().value == 277);
  CHECK(curve.median().interval.lower == 274);
  CHECK(curve.median().interval.upper == 280);
  CHECK(like(curve.restricted_mean(730).value, 343.4642214480589));
  CHECK(like(curve.restricted_mean(730).standard_error, 0.9019008425221063));
  auto const hazard = credence::nelson_aalen(seen);
  CHECK(like(hazard.at(365).hazard, 0.88843977185960155));
  CHECK(like(hazard.at(365).standard_error, 0.0042145232418086716));
  auto const one_by_one = credence::nelson_aalen(seen, {.ties = credence::tied_events::one_by_one});
  CHECK(like(one_by_one.at(365).hazard, 0.8895267535426464));
  CHECK(like(one_by_one.at(1'000).hazard, 2.0526475760807603));
  CHECK(like(one_by_one.at(1'000).standard_error, 0.015062583916043882));

  auto const by_fourth =
      credence::log_rank(all, &customer::day, &customer::has_left, credence::grouped_by(&customer::fourth));
  CHECK(like(by_fourth.chi_squared, 570.4851623360038));
  CHECK(by_fourth.degrees_of_freedom == 7);
  CHECK(like(credence::log_rank(all, &customer::day, &customer::has_left, credence::grouped_by(&customer::fourth),
                                credence::stratified_by(&customer::second))
                 .chi_squared,
             590.5495932770779));
  CHECK(like(credence::log_rank(all, &customer::day, &customer::has_left, credence::grouped_by(&customer::first),
                                credence::stratified_by(&customer::fourth), {.rho = 1})
                 .chi_squared,
             3114.317536193143));
}

}  // namespace test_large_survival

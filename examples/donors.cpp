// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// A charity asks its donors once a year. Whom should it go on asking, and how much will come of it?
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include <credence/clv/bg_bb.hpp>

/// Donors who gave first in 1995 and were asked in each of the six years to 2001, all those alike in one row.
/// Source: Fader, Hardie & Shang, Customer-Base Analysis in a Discrete-Time Noncontractual Setting, Marketing Science
/// 29 (2010); the gifts of the five years after that are from the same donors.
struct donors {
  int frequency;  // years with a gift, of six
  int recency;    // the last of them; 0: none
  double count;
  double gifts_2002_to_2006;
  static constexpr int age = 6;
};

int main() {
  std::vector<donors> const all{
      {6, 6, 1203, 4252}, {5, 6, 728, 2227}, {4, 6, 512, 1393}, {3, 6, 357, 817}, {2, 6, 234, 442}, {1, 6, 129, 190},
      {5, 5, 335, 582},   {4, 5, 284, 542},  {3, 5, 225, 373},  {2, 5, 173, 244}, {1, 5, 119, 136}, {4, 4, 240, 201},
      {3, 4, 181, 170},   {2, 4, 155, 114},  {1, 4, 78, 44},    {3, 3, 322, 148}, {2, 3, 255, 118}, {1, 3, 129, 78},
      {2, 2, 613, 244},   {1, 2, 277, 103},  {1, 1, 1091, 238}, {0, 0, 3464, 604}};

  auto const fit = credence::fit<credence::bg_bb>(all, credence::weighted_by(&donors::count));
  auto const& model = fit.model();
  std::printf("alpha %.3f (%.3f), beta %.3f (%.3f), gamma %.3f (%.3f), delta %.3f (%.3f)\n", model.alpha,
              fit.standard_errors[0], model.beta, fit.standard_errors[1], model.gamma, fit.standard_errors[2],
              model.delta, fit.standard_errors[3]);

  // The five years that were kept back.
  std::vector<double> expected(all.size());
  model.expected_purchases(all, 5, expected.begin());
  double sum = 0;
  double came = 0;
  double off = 0;
  double donors_in_all = 0;
  for (std::size_t at = 0; at < all.size(); ++at) {
    sum += all[at].count * expected[at];
    came += all[at].gifts_2002_to_2006;
    off += std::abs(all[at].count * expected[at] - all[at].gifts_2002_to_2006);
    donors_in_all += all[at].count;
  }
  std::printf("gifts in five years: %.0f expected, %.0f came; off by %.2f a donor\n", sum, came, off / donors_in_all);

  // Recency tells as much as frequency: four gifts, the last of them two years ago, promise less than one of last year.
  std::printf("gifts  last year   alive  gifts in 5 years, expected and actual\n");
  for (donors const& each : {all[0], all[5], all[6], all[11], all[15], all[21]}) {
    double const each_expected = model.expected_purchases(each, 5);
    std::printf("%5d  %9d  %4.1f %%  %.2f  %.2f\n", each.frequency, 1995 + each.recency,
                100 * model.probability_alive(each), each_expected, each.gifts_2002_to_2006 / each.count);
  }

  // A letter costs 1 and a gift brings 40: worth writing to in 2002 is who gives with a probability above 1/40.
  double letters = 0;
  double gifts = 0;
  for (donors const& each : all) {
    double const gives = model.probability_of_purchase(each, 1);
    if (gives * 40 < 1) continue;
    letters += each.count;
    gifts += each.count * gives;
  }
  std::printf("%.0f letters of %.0f, for %.0f gifts of the %.0f expected\n", letters, donors_in_all, gifts, [&] {
    double next_year = 0;
    for (donors const& each : all) next_year += each.count * model.expected_purchases(each, 1);
    return next_year;
  }());

  bool const right = std::abs(fit.log_likelihood + 33225.5812743) < 1e-6 && std::abs(model.alpha - 1.2035) < 1e-4 &&
                     std::abs(sum - 12884.2) < 1 && came == 13260 && off / donors_in_all < .15 &&
                     expected[11] < expected[5];
  return right ? 0 : 1;
}

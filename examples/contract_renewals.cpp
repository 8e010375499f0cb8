// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// A business with yearly contracts has watched two kinds of customers for seven renewals, and asks how many will be
// left after twelve. What happened is known too (Fader & Hardie 2007), so that the answers can be judged.
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

#include <credence/clv/beta_discrete_weibull.hpp>
#include <credence/clv/shifted_beta_geometric.hpp>
#include <credence/math/likelihood_ratio_test.hpp>

struct plan {
  std::string name;
  std::vector<int> alive;  // of 1,000 customers, at the start and after each yearly renewal
};

/// How far from the truth a projection of years 8 … 12 is, in percent of the customers at the start.
template <class Projection>
double miss(plan const& own, Projection const& projected) {
  double sum = 0;
  for (std::size_t year = 8; year <= 12; ++year) sum += std::abs(projected(year) - own.alive[year] / 10.0) / 5;
  return sum;
}

int main() {
  std::vector<plan> const plans{{"regular", {1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173}},
                                {"high end", {1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394}}};
  bool right = true;
  for (plan const& each : plans) {
    std::vector<int> const seen(each.alive.begin(), each.alive.begin() + 8);  // the start and seven renewals

    // Customers differ (sBG); and each changes with time besides (BdW, of which sBG is a special case).
    auto const differ = credence::fit<credence::shifted_beta_geometric>(seen);
    auto const change = credence::fit<credence::beta_discrete_weibull>(seen);
    auto const test = credence::likelihood_ratio_test(differ, change);
    // What most spreadsheets do: the same churn for everyone, for ever.
    double const retention = std::pow(seen[7] / 1000.0, 1.0 / 7);

    std::printf("%s: sBG alpha %.3f beta %.3f; BdW alpha %.3f beta %.3f c %.3f, p %.4f\n", each.name.c_str(),
                differ.model().alpha, differ.model().beta, change.model().alpha, change.model().beta, change.model().c,
                test.p_value);
    std::printf("  year  actual     sBG     BdW  same churn for all\n");
    for (std::size_t year = 8; year <= 12; ++year)
      std::printf("  %4zu  %5.1f %%  %5.1f %%  %5.1f %%  %5.1f %%\n", year, each.alive[year] / 10.0,
                  100 * differ.model().survival(year), 100 * change.model().survival(year),
                  100 * std::pow(retention, static_cast<double>(year)));
    double const by_sbg = miss(each, [&](std::size_t year) { return 100 * differ.model().survival(year); });
    double const by_bdw = miss(each, [&](std::size_t year) { return 100 * change.model().survival(year); });
    double const by_one =
        miss(each, [&](std::size_t year) { return 100 * std::pow(retention, static_cast<double>(year)); });
    std::printf("  off by %.2f, %.2f and %.2f points\n", by_sbg, by_bdw, by_one);

    // Those who have stayed for seven years are worth more than new ones, though nobody has changed.
    credence::residual_lifetime_options const yearly{.discount = credence::period_rate{0.10}};
    double const fresh = differ.model().discounted_residual_lifetime(1, yearly);
    double const loyal = differ.model().discounted_residual_lifetime(8, yearly);
    std::printf(
        "  payments still to come, discounted by 10 %% a year: %.2f of a new customer, %.2f of one who has "
        "renewed seven times\n",
        fresh, loyal);
    right = right && by_bdw < 1.5 && by_sbg < 2 && by_one > 4 && loyal > fresh && change.model().c > 1 &&
            std::abs(100 * change.model().survival(12) - (&each == &plans[0] ? 17.733140 : 40.392959)) < 1e-5;
  }
  return right ? 0 : 1;
}

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// A software business sells subscriptions by the month and by the year: where does its recurring revenue come from,
// where does it go, and how much of its growth do its customers bring about?
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iomanip>
#include <iostream>
#include <optional>
#include <random>
#include <vector>

#include <credence/churn/billing_period.hpp>
#include <credence/churn/earned_growth.hpp>
#include <credence/churn/revenue_movements.hpp>

using namespace std::chrono;

struct subscription {
  int customer;
  sys_days start;
  std::optional<sys_days> end;  // empty: it runs
  long cents;                   // a bill
  credence::billing_period billed;
  bool referred;  // "a friend told me", asked at sign-up
};

constexpr sys_days opened{2024y / 1 / 1};
constexpr sys_days today{2026y / 1 / 1};

// Customers come, change their plan at the end of a month or leave, and some come back.
std::vector<subscription> made_up_business() {
  std::mt19937 random(20'260'101);  // the same numbers everywhere, which distributions would not be
  auto const below = [&](unsigned limit) { return static_cast<int>(random() % limit); };
  std::vector<subscription> all;
  for (int customer = 0; customer < 4'000; ++customer) {
    bool const referred = below(100) < 35;
    bool const yearly = below(100) < 20;
    long const prices[] = {1'900, 4'900, 9'900};
    int plan = below(3);
    sys_days start = opened + days{below(731)};
    while (start < today) {
      sys_days const stop = start + (yearly ? days{365} : days{30 + below(240)});
      long const price = prices[plan];
      all.push_back({customer, start, stop < today ? std::optional(stop) : std::nullopt, yearly ? 10 * price : price,
                     yearly ? credence::billing_period::year : credence::billing_period::month, referred});
      int const next = below(100);  // leaves, pauses, or goes on with a plan that is cheaper, the same or dearer
      if (next < (referred ? 15 : 30)) break;
      start = next < 40 ? stop + days{40 + below(60)} : stop;
      if (next >= 40 && next < 50 && plan > 0) --plan;
      if (next >= 70 && plan < 2) ++plan;
    }
  }
  return all;
}

int main() {
  auto const subscriptions = made_up_business();

  // A yearly plan is a twelfth of its bill a month, in whole cents, so that everything below adds up to the cent.
  auto const monthly = credence::per_month(&subscription::cents, &subscription::billed);
  auto const revenue = credence::revenue_movements(subscriptions, &subscription::customer, &subscription::start,
                                                   &subscription::end, monthly, {.observed_until = today});

  std::cout << std::fixed << std::setprecision(0);
  std::cout << "month    opening     new  expand  contract   churn    back  closing  GRR %              NRR %  quick\n";
  for (auto const& month : revenue) {
    if (month.period.index % 3 != 2) continue;  // each quarter's last
    std::cout << month.name << std::setw(9) << month.opening / 100 << std::setw(8) << month.new_business / 100
              << std::setw(8) << month.expansion / 100 << std::setw(10) << -month.contraction / 100 << std::setw(8)
              << -month.churn / 100 << std::setw(8) << month.reactivation / 100 << std::setw(9) << month.closing / 100
              << std::setprecision(1) << std::setw(7) << 100 * month.gross_retention << " ("
              << 100 * month.gross_retention_interval.lower << "-" << 100 * month.gross_retention_interval.upper << ")"
              << std::setw(7) << 100 * month.net_retention << std::setw(7) << month.quick_ratio << std::setprecision(0)
              << '\n';
  }

  // Year against year: what would have become of the business without advertising? `monthly` is what runs at the end
  // of December, so the referred among the new are asked for in the same way.
  auto const years = credence::revenue_movements(subscriptions, &subscription::customer, &subscription::start,
                                                 &subscription::end, monthly, credence::calendar_year{},
                                                 {.observed_until = today});
  auto const by_friends = [&](subscription const& each) { return each.referred ? monthly(each) : std::optional(0L); };
  auto const referred = credence::revenue_movements(subscriptions, &subscription::customer, &subscription::start,
                                                    &subscription::end, by_friends, credence::calendar_year{},
                                                    {.observed_until = today});
  auto const earned = credence::earned_growth(years[1], referred[1].new_business);
  std::cout << std::setprecision(1) << "2025 grew by " << 100 * earned.growth << " %: earned " << 100 * earned.value
            << " % (NRR " << 100 * earned.net_retention << " % + new by word of mouth " << 100 * earned.earned_new_share
            << " % - 100 %), bought " << 100 * earned.bought << " %\n";

  // What must hold: every month adds up, and the last is what a plain loop over the subscriptions finds.
  bool right = revenue.size() == 24 && years.size() == 2 && revenue.rejected == 0;
  for (std::size_t at = 0; at < revenue.size(); ++at) {
    auto const& month = revenue[at];
    right = right && month.complete &&
            month.opening + month.new_business + month.expansion + month.reactivation - month.contraction -
                    month.churn ==
                month.closing;
    right = right && (at == 0 || month.opening == revenue[at - 1].closing);
  }
  double running = 0;
  for (subscription const& each : subscriptions)
    if (!each.end)
      running += std::round(static_cast<double>(each.cents) / (each.billed == credence::billing_period::year ? 12 : 1));
  right = right && running == revenue[23].closing && running == years[1].closing;
  right = right && earned && std::abs(earned.value + earned.bought - earned.growth) < 1e-12;
  return right ? 0 : 1;
}

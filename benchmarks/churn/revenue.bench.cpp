// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Revenue of a log of ten million payments by month, against the bare loop that does the least work for it.

#include <credence/churn/revenue_movements.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "contest.hpp"
#include "events.hpp"

namespace {

using inputs::event;

std::size_t payment_count() { return inputs::events().size(); }

/// The month of each day.
std::vector<std::uint32_t> const& months_of_days() {
  static std::vector<std::uint32_t> const kept = [] {
    std::vector<std::uint32_t> all;
    credence::calendar_month const policy;
    std::int64_t const first = policy.index_of(credence::epoch_seconds(inputs::first_second));
    for (std::int64_t day = 0; day < inputs::event_days; ++day)
      all.push_back(static_cast<std::uint32_t>(
          policy.index_of(credence::epoch_seconds(inputs::first_second + day * 86'400)) - first));
    return all;
  }();
  return kept;
}

struct bare_month {
  std::int64_t opening = 0;
  std::int64_t new_business = 0;
  std::int64_t expansion = 0;
  std::int64_t contraction = 0;
  std::int64_t churn = 0;
  std::int64_t reactivation = 0;
  std::int64_t closing = 0;
};

/// Cents by customer and month in one array, filled in one pass; then one pass over the customers.
std::vector<bare_month> bare_movements() {
  constexpr std::size_t months = 24;
  std::vector<std::int64_t> cents(inputs::customers() * months);
  std::vector<std::uint32_t> const& month_of = months_of_days();
  for (event const& each : inputs::events())
    cents[each.customer * months +
          month_of[static_cast<std::size_t>((each.seconds - inputs::first_second) / 86'400)]] += each.cents;
  std::vector<bare_month> rows(months);
  for (std::size_t customer = 0; customer < inputs::customers(); ++customer) {
    std::int64_t before = 0;
    bool known = false;
    for (std::size_t month = 0; month < months; ++month) {
      std::int64_t const now = cents[customer * months + month];
      bare_month& own = rows[month];
      own.opening += before;
      own.closing += now;
      if (now > 0) {
        if (before > now) own.contraction += before - now;
        if (before > 0 && now > before) own.expansion += now - before;
        if (before == 0) (known ? own.reactivation : own.new_business) += now;
        known = true;
      } else {
        own.churn += before;
      }
      before = now;
    }
  }
  return rows;
}
void expect_known(double opening, double expansion, double churn, double reactivation) {
  static bare_month const known = bare_movements()[20];
  bench::expect(opening, static_cast<double>(known.opening), "opening");
  bench::expect(expansion, static_cast<double>(known.expansion), "expansion");
  bench::expect(churn, static_cast<double>(known.churn), "churn");
  bench::expect(reactivation, static_cast<double>(known.reactivation), "reactivation");
}

template <class Policy>
void movements_of_history(Policy const& grid) {
  auto const history = credence::activity(inputs::events(), &event::customer, credence::epoch_seconds(&event::seconds),
                                          &event::cents, grid);
  auto const month = credence::revenue_movements(history)[20];
  expect_known(month.opening, month.expansion, month.churn, month.reactivation);
}

void bare() {
  bare_month const own = bare_movements()[20];
  expect_known(static_cast<double>(own.opening), static_cast<double>(own.expansion), static_cast<double>(own.churn),
               static_cast<double>(own.reactivation));
}

bench::enter const by_month{
    {.name = "revenue/movements",
     .credence =
         [] {
           auto const found = credence::revenue_movements(inputs::events(), &event::customer,
                                                          credence::epoch_seconds(&event::seconds), &event::cents);
           auto const& month = found[20];
           expect_known(month.opening, month.expansion, month.churn, month.reactivation);
           bench::expect(month.net_retention_interval.upper > month.net_retention, "the interval");
         },
     .floor = bare,
     .at_most = 1.2,
     .items = payment_count}};
/// Of a history of days, which answers every other period too.
bench::enter const by_day{{.name = "revenue/movements_of_days",
                           .credence = [] { movements_of_history(credence::calendar_day{}); },
                           .floor = bare,
                           .items = payment_count}};

}  // namespace

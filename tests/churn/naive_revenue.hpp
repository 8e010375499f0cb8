// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_CHURN_NAIVE_REVENUE_HPP
#define CREDENCE_TESTS_CHURN_NAIVE_REVENUE_HPP

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/churn/revenue_movements_result.hpp>
#include <credence/math/student_t.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

// Revenue movements as METRICS.md defines them, and nothing else: maps of (customer, period), asked customer by
// customer and period by period. Of the library it takes the t quantile.

namespace naive_revenue {

struct naive_row {
  long long opening = 0, new_business = 0, expansion = 0, contraction = 0, churn = 0, reactivation = 0, closing = 0;
  long long below_zero = 0;
  credence::revenue_customers customers;
  double gross_retention = std::nan("");
  double gross_half = std::nan("");
  double net_retention = std::nan("");
  double net_half = std::nan("");
};
using revenue_of_customers = std::map<int, std::map<std::int64_t, long long>>;

inline double half_width(std::vector<std::pair<double, double>> const& before_and_now, double opening) {
  double const size = static_cast<double>(before_and_now.size());
  if (size < 2) return std::nan("");
  double before = 0;
  double now = 0;
  for (auto const& [own, then] : before_and_now) before += own, now += then;
  double squares = 0;
  for (auto const& [own, then] : before_and_now) squares += std::pow(then - now / before * own, 2);
  return credence::math::student_t_critical(.95, size - 1) * std::sqrt(size / (size - 1) * squares) / opening;
}

inline std::vector<naive_row> movements_of(revenue_of_customers const& paid, std::int64_t first, std::int64_t last,
                                           bool reactivation_is_retained = false) {
  std::vector<naive_row> rows;
  for (std::int64_t period = first; period <= last; ++period) {
    naive_row own;
    std::vector<std::pair<double, double>> gross;
    std::vector<std::pair<double, double>> net;
    double net_now = 0;
    double gross_now = 0;
    for (auto const& [who, all] : paid) {
      auto const sum_in = [&sums = all](std::int64_t asked) {
        auto const found = sums.find(asked);
        return found == sums.end() ? 0 : found->second;
      };
      long long const before = period == first ? 0 : std::max(0LL, sum_in(period - 1));
      long long const now = std::max(0LL, sum_in(period));
      bool ever = false;
      for (auto const& [when, sum] : all) ever = ever || (when < period && sum > 0);
      own.opening += before;
      own.closing += now;
      own.customers.opening += before > 0;
      own.customers.closing += now > 0;
      if (sum_in(period) < 0) ++own.customers.below_zero, own.below_zero += sum_in(period);
      if (before > 0 && now > before) ++own.customers.expanded, own.expansion += now - before;
      if (before > 0 && now > 0 && now < before) ++own.customers.contracted, own.contraction += before - now;
      if (before > 0 && now == 0) ++own.customers.churned, own.churn += before;
      if (before == 0 && now > 0 && ever) ++own.customers.reactivated, own.reactivation += now;
      if (before == 0 && now > 0 && !ever) ++own.customers.new_business, own.new_business += now;
      if (before > 0) gross.emplace_back(before, std::min(before, now));
      if (before > 0 || (reactivation_is_retained && now > 0 && ever)) net.emplace_back(before, now);
    }
    for (auto const& [then, now] : gross) gross_now += now;
    for (auto const& [then, now] : net) net_now += now;
    if (own.opening > 0) {
      double const opening = static_cast<double>(own.opening);
      own.gross_retention = gross_now / opening;
      own.gross_half = half_width(gross, opening);
      own.net_retention = net_now / opening;
      own.net_half = half_width(net, opening);
    }
    rows.push_back(own);
  }
  return rows;
}
/// As text: what differs is then shown.
inline std::string text_of(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g ", value);
  return std::isnan(value) ? "nan " : text;
}
inline std::string text_of(credence::revenue_customers const& own) {
  std::string text;
  for (std::uint64_t const each : {own.opening, own.new_business, own.expanded, own.contracted, own.churned,
                                   own.reactivated, own.closing, own.below_zero})
    text += std::to_string(each) + ' ';
  return text;
}
inline std::string text_of(naive_row const& own) {
  std::string text;
  for (long long const each : {own.opening, own.new_business, own.expansion, own.contraction, own.churn,
                               own.reactivation, own.closing, own.below_zero})
    text += text_of(static_cast<double>(each));
  double const gross_low = own.gross_retention - own.gross_half;
  double const gross_high = own.gross_retention + own.gross_half;
  double const net_low = own.net_retention - own.net_half;
  return text + text_of(own.customers) + text_of(own.gross_retention) + text_of(gross_low < 0 ? 0 : gross_low) +
         text_of(gross_high > 1 ? 1 : gross_high) + text_of(own.net_retention) + text_of(net_low < 0 ? 0 : net_low) +
         text_of(own.net_retention + own.net_half);
}
template <class Total>
std::string text_of(credence::revenue_period<Total> const& own) {
  std::string text;
  for (double const each : {own.opening, own.new_business, own.expansion, own.contraction, own.churn, own.reactivation,
                            own.closing, own.below_zero})
    text += text_of(each);
  text += text_of(own.customers);
  for (double const each : {own.gross_retention, own.gross_retention_interval.lower, own.gross_retention_interval.upper,
                            own.net_retention, own.net_retention_interval.lower, own.net_retention_interval.upper})
    text += text_of(each);
  return text;
}
template <class Found>
void check_same(Found const& found, std::vector<naive_row> const& known) {
  REQUIRE(found.size() == known.size());
  for (std::size_t at = 0; at < known.size(); ++at) CHECK(text_of(found[at]) == text_of(known[at]));
}
/// Two answers of the library; as text, since NaN equals nothing.
template <class Found>
void check_alike(Found const& one, Found const& other) {
  REQUIRE(one.size() == other.size());
  for (std::size_t at = 0; at < one.size(); ++at) {
    CHECK(one[at].exact == other[at].exact);
    CHECK(text_of(one[at]) == text_of(other[at]));
  }
}
template <class Found>
void check_identity(Found const& found) {
  for (std::size_t at = 0; at < found.size(); ++at) {
    auto const& own = found[at].exact;
    auto sum = own.opening;
    sum += own.new_business;
    sum += own.expansion;
    sum += own.reactivation;
    sum -= own.contraction;
    sum -= own.churn;
    CHECK(sum == own.closing);
    if (at != 0) CHECK(own.opening == found[at - 1].exact.closing);
    auto const& people = found[at].customers;
    CHECK(people.opening + people.new_business + people.reactivated - people.churned == people.closing);
  }
}

struct draws {
  std::uint64_t word;
  std::uint64_t below(std::uint64_t limit) {
    word ^= word << 13;
    word ^= word >> 7;
    word ^= word << 17;
    return (word >> 11) % limit;
  }
};

}  // namespace naive_revenue

#endif

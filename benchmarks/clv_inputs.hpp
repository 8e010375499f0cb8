// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_BENCHMARKS_CLV_INPUTS_HPP
#define CREDENCE_BENCHMARKS_CLV_INPUTS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <tuple>
#include <utility>
#include <vector>

#include "draws.hpp"
#include "inputs.hpp"

// The customers that lifetime value is measured on: a million of them, who buy and leave as BG/NBD says with the
// parameters of CDNOW (r 0.243, α 4.414, a 0.793, b 2.426, in weeks), are won over 12 weeks and observed to the end of
// week 39, each with a T of its own; what they spend is Gamma–Gamma (p 6.25, q 3.74, γ 15.44). And the log of their
// orders, in the order of time. Everything is drawn from `buyer_seed`, by customer.

namespace inputs {

inline constexpr std::uint64_t all_buyers = 1'000'000;
inline constexpr std::uint64_t buyer_seed = 31;             ///< a stream of `draw`
inline constexpr std::int64_t buyers_from = 1'704'067'200;  ///< 2024-01-01, a Monday
inline constexpr std::int64_t buyers_until = buyers_from + 39 * 604'800;

/// What a model is fitted to, in weeks.
struct buyer {
  double frequency = 0;
  double recency = 0;
  double age = 0;
  double monetary_value = 0;  ///< the mean of the repeat orders; 0 without any
  std::uint64_t spend_count = 0;
  double log_gaps = 0;
};
struct order {
  std::int64_t seconds;
  std::uint32_t customer;
  std::uint32_t cents;
};
/// What the likelihood reads, as three columns.
struct buyer_columns {
  std::vector<double> frequency;
  std::vector<double> recency;
  std::vector<double> age;
};

namespace detail {

/// The draws of one customer, one after the other.
class buyer_chance {
 public:
  explicit buyer_chance(std::uint64_t customer) : at_(customer << 24) {}
  /// In (0, 1).
  double uniform() { return (static_cast<double>(draw(buyer_seed, at_++) >> 11) + 0.5) / 0x1p53; }
  double normal() { return std::sqrt(-2 * std::log(uniform())) * std::cos(6.283185307179586 * uniform()); }
  /// With scale 1, by Marsaglia & Tsang (2000).
  double gamma(double shape) {
    if (shape < 1) return gamma(shape + 1) * std::pow(uniform(), 1 / shape);
    double const third = shape - 1.0 / 3;
    for (;;) {
      double const deviate = normal();
      double const root = 1 + deviate / std::sqrt(9 * third);
      if (root <= 0) continue;
      double const cube = root * root * root;
      if (std::log(uniform()) < 0.5 * deviate * deviate + third - third * cube + third * std::log(cube))
        return third * cube;
    }
  }

 private:
  std::uint64_t at_;
};

/// One customer; `buy(weeks since the first order, spend)` for each order.
template <class Buy>
buyer buyer_of(std::uint64_t customer, Buy const& buy) {
  buyer_chance chance(customer);
  double const rate = chance.gamma(0.243) / 4.414;
  double const leaves = chance.gamma(0.793);
  double const dropout = leaves / (leaves + chance.gamma(2.426));
  double const spend_rate = chance.gamma(3.74) / 15.44;
  buyer made;
  made.age = 39 - 12 * chance.uniform();
  buy(0.0, chance.gamma(6.25) / spend_rate, made.age);
  double sum = 0;
  for (double now = 0;;) {
    double const gap = -std::log(chance.uniform()) / rate;
    now += gap;
    if (!(now < made.age)) break;
    double const spend = chance.gamma(6.25) / spend_rate;
    buy(now, spend, made.age);
    made.frequency += 1;
    made.recency = now;
    made.log_gaps += std::log(gap);
    sum += spend;
    ++made.spend_count;
    if (chance.uniform() < dropout) break;
  }
  if (made.spend_count != 0) made.monetary_value = sum / static_cast<double>(made.spend_count);
  return made;
}

}  // namespace detail

/// So many of them, always the same.
inline std::vector<buyer> buyers_of(std::uint64_t count) {
  std::vector<buyer> made;
  made.reserve(count);
  for (std::uint64_t customer = 0; customer < count; ++customer)
    made.push_back(detail::buyer_of(customer, [](double, double, double) {}));
  return made;
}
inline std::vector<order> orders_of(std::uint64_t count) {
  std::vector<order> made;
  for (std::uint64_t customer = 0; customer < count; ++customer)
    (void)detail::buyer_of(customer, [&](double after, double spend, double age) {
      double const week = 39 - age + after;
      made.push_back({buyers_from + static_cast<std::int64_t>(week * 604'800), static_cast<std::uint32_t>(customer),
                      static_cast<std::uint32_t>((std::min)(std::ceil(spend * 100), 4e9))});
    });
  std::sort(made.begin(), made.end(), [](order const& one, order const& other) {
    return std::tie(one.seconds, one.customer, one.cents) < std::tie(other.seconds, other.customer, other.cents);
  });
  return made;
}

/// How many (x, t_x, T) there are: what could be compressed.
inline std::size_t distinct_of(std::vector<buyer> const& buyers) {
  std::vector<std::tuple<double, double, double>> all;
  for (buyer const& each : buyers) all.emplace_back(each.frequency, each.recency, each.age);
  std::sort(all.begin(), all.end());
  return static_cast<std::size_t>(std::unique(all.begin(), all.end()) - all.begin());
}

/// As many times fewer than a million as there are fewer rows.
inline std::uint64_t buyer_count() { return (std::max)(all_buyers * rows / all_rows, std::uint64_t{1'000}); }

inline std::vector<buyer> const& buyers() {
  static std::vector<buyer> const kept = [] {
    std::vector<buyer> made = buyers_of(buyer_count());
    std::fprintf(stderr, "%zu buyers of seed %llu, %zu distinct (x, t_x, T)\n", made.size(),
                 static_cast<unsigned long long>(buyer_seed), distinct_of(made));
    return made;
  }();
  return kept;
}
inline buyer_columns const& buyers_by_column() {
  static buyer_columns const kept = [] {
    buyer_columns made;
    for (buyer const& each : buyers()) {
      made.frequency.push_back(each.frequency);
      made.recency.push_back(each.recency);
      made.age.push_back(each.age);
    }
    return made;
  }();
  return kept;
}
inline std::vector<order> const& orders() {
  static std::vector<order> const kept = [] {
    std::vector<order> made = orders_of(buyer_count());
    std::fprintf(stderr, "%zu orders of %llu buyers\n", made.size(), static_cast<unsigned long long>(buyer_count()));
    return made;
  }();
  return kept;
}

}  // namespace inputs

#endif

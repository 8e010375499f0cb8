// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// A shop has its own types, for who bought, when and for how much, and keeps them: what is each customer worth, and
// to whom is a voucher worth sending?
#include <chrono>
#include <cstdint>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include <credence/clv/customer_lifetime_value.hpp>
#include <credence/clv/gamma_gamma.hpp>
#include <credence/clv/mbg_nbd.hpp>
#include <credence/clv/value_at_risk.hpp>
#include <credence/history/rfm.hpp>
#include <credence/math/fit.hpp>

namespace shop {

using namespace std::chrono;

struct euros {  // counted in cents, never rounded
  std::int64_t cents;
};
struct member {
  std::uint32_t number;
  bool operator==(member const&) const = default;
};
struct basket {
  member whose;
  sys_seconds closed_at;
  euros paid;
};

constexpr sys_days opened{2024y / January / 1};
constexpr sys_days today{2026y / January / 1};

std::vector<basket> made_up_baskets() {
  std::mt19937 random(20'260'101);  // the same numbers everywhere, which distributions would not be
  auto const below = [&](std::uint32_t limit) { return static_cast<std::int64_t>(random() % limit); };
  std::vector<basket> all;
  for (std::uint32_t number = 1; number <= 3'000; ++number) {
    std::int64_t const gap = 4 + below(30) * below(30) / 4;  // days from one basket to the next, in the mean
    std::int64_t const leaves = 1 + below(8) * below(8);     // of a hundred, after each
    std::int64_t const usual = 1'000 + below(80) * below(80);
    sys_seconds when = opened + hours{below(700 * 24)};
    do all.push_back({{number}, when, {usual / 2 + below(static_cast<std::uint32_t>(usual))}});
    while (below(100) >= leaves && (when += hours{1 + below(static_cast<std::uint32_t>(48 * gap))}) < today);
  }
  return all;
}

}  // namespace shop

template <>
struct credence::money_traits<shop::euros> {
  using sum_type = std::int64_t;
  static void add(sum_type& sum, shop::euros const& amount) { sum += amount.cents; }
  static double to_real(sum_type const& sum) { return static_cast<double>(sum) / 100; }
};
template <>
struct credence::key_traits<shop::member> {
  static std::uint32_t to_key(shop::member const& own) { return own.number; }
  static shop::member from_key(std::uint32_t number) { return {number}; }
};

int main() {
  using namespace shop;
  std::vector<basket> const baskets = made_up_baskets();
  auto const customers =
      credence::rfm(baskets, &basket::whose, &basket::closed_at, &basket::paid, {.observed_until = today});
  auto const fit = credence::fit<credence::mbg_nbd>(customers);
  auto const spend = credence::fit<credence::gamma_gamma>(customers);
  if (!fit || !spend) {
    std::cout << fit.advice() << '\n' << spend.advice() << '\n';
    return 1;
  }
  // rfm counts in weeks, and the model remembers: so a rate may be told by the year.
  auto const values = credence::customer_lifetime_value(
      fit, spend, customers, {.horizon = 52.0, .discount = credence::annual_rate{0.08}, .margin = 0.25});
  auto const risk = credence::value_at_risk(values);
  std::cout << values.count << " customers are worth " << values.value << " euros in a year; " << risk.value
            << " of them hang on customers who may have left\n";

  // A voucher costs 5 euros. It is for those who may have left and would be worth four times as much.
  std::size_t vouchers = 0;
  for (auto const& own : values)
    if (own.value * (1 - own.probability_alive) > 20) {
      if (++vouchers <= 3)
        std::cout << "  member " << own.key.number << " is there with " << own.probability_alive << " and worth "
                  << own.value << '\n';
    }
  std::cout << vouchers << " vouchers are worth sending\n";

  bool const right = customers.size() == 3'000 && customers.report().rejected == 0 && values.rejected == 0 &&
                     risk.value > 0 && risk.value < values.value && vouchers > 10 && vouchers < 1'000 &&
                     customers.unit() == credence::time_span(weeks{1});
  return right ? 0 : 1;
}

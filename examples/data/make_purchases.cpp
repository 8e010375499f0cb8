// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Makes the sample orders of two years, the same bytes on every machine: make_purchases FOLDER writes them, and
// make_purchases --check FOLDER says whether those in the folder are what it would write.
//
// What is in them, for who tries a report on them: 1,100 customers of a shop, who come for the first time from July
// 2024 to June 2026 and are observed up to the end of June 2026. Each buys at a rate of his own and by chance, and
// after each purchase leaves for good with a probability of his own; after the first, one in four leaves at once, so
// that the world is nearer to MBG/NBD than to BG/NBD. What he spends does not go with how often he buys. Some orders
// come as two rows of one day; of fifty one is returned, in part or whole. Of a hundred rows one has something wrong in
// it.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sample.hpp"

namespace {

using sample::dice;

constexpr std::size_t days = 730;

/// Of July 2024 to June 2026; `day` from 0. The leap day of 2024 is before it.
std::string date_of(std::size_t const day) {
  constexpr std::size_t half_a_year = 184;
  if (day < half_a_year) return sample::date("2024", day + 181);
  return day < half_a_year + 365 ? sample::date("2025", day - half_a_year)
                                 : sample::date("2026", day - half_a_year - 365);
}

/// About exponential, its mean 1,000: quantiles, and between two of them all alike.
std::size_t exponential(dice& roll) {
  constexpr std::array<std::size_t, 17> quantiles{0,   65,  134,  208,  288,  375,  470,  575, 693,
                                                  827, 981, 1163, 1386, 1674, 2079, 2773, 4700};
  std::size_t const part = roll(quantiles.size() - 1);
  return quantiles[part] + roll(quantiles[part + 1] - quantiles[part]);
}

std::string money(std::size_t const cents) {
  return std::to_string(cents / 100) + '.' + sample::two_digits(cents % 100);
}

std::string shop_purchases(std::uint64_t const seed) {
  dice roll(seed);
  std::array<std::string, days> by_day;
  // A row of a hundred is spoilt: its writer did not know who it was, when, or for how much.
  auto const write = [&](std::size_t customer, std::size_t day, std::string const& amount) {
    std::array<std::string, 3> cells{std::to_string(customer), date_of(day), amount};
    constexpr std::array<std::string_view, 3> no_dates{"", "2025-02-30", "2062-01-09"};
    constexpr std::array<std::string_view, 3> no_amounts{"", "n/a", "free"};
    switch (roll(300)) {
      case 0: cells[0].clear(); break;
      case 1: cells[1] = no_dates[roll(no_dates.size())]; break;
      case 2: cells[2] = no_amounts[roll(no_amounts.size())]; break;
      default: break;
    }
    by_day[day] += cells[0] + ',' + cells[1] + ',' + cells[2] + '\n';
  };
  for (std::size_t customer = 1001; customer <= 2100; ++customer) {
    // Of 100,000: that he buys on a day, and that he leaves after a purchase.
    std::size_t const rate = 1 + exponential(roll) * (exponential(roll) + 500) / 850;
    std::size_t const leaves = roll(1'000) * (300 + roll(700)) * 4 / 100;
    // Cents, in the mean.
    std::size_t const usual = 1'500 + exponential(roll) * 3;
    std::size_t day = roll(720);
    bool const leaves_at_once = roll(4) == 0;
    do {
      std::size_t const cents = 1 + usual * (350 + exponential(roll) * 65 / 100) / 1'000;
      if (roll(40) == 0) write(customer, day, money(500 + roll(1'500)));  // something forgotten
      write(customer, day, money(cents));
      if (roll(50) == 0 && day + 14 < days)
        write(customer, day + 2 + roll(12), '-' + money(roll(3) == 0 ? cents : cents / (2 + roll(3))));
      if (leaves_at_once || roll(100'000) < leaves) break;
      do ++day;
      while (day < days && roll(100'000) >= rate);
    } while (day < days);
  }
  std::string text = "customer,date,amount\n";
  for (std::string const& rows : by_day) text += rows;
  return text;
}

}  // namespace

int main(int const argument_count, char** const arguments) {
  return sample::write_or_check(argument_count, arguments, {{"shop_purchases.csv", shop_purchases(13)}});
}

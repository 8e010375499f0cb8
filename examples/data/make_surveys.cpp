// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Makes the sample surveys and the logs beside them, the same bytes on every machine: make_surveys FOLDER writes them,
// and make_surveys --check FOLDER says whether those in the folder are what it would write.
//
// What is in them, for who tries a report on them: in the shop, store customers are happier than web customers, who are
// happier than app customers; from 2025 to 2026 only the app got better; six people were asked by phone, too few to
// say anything. A score is blank, 11 or 99 where there was no answer. The bank asks on a scale of 1 to 5.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sample.hpp"

namespace {

using sample::date;
using sample::dice;
using sample::two_digits;

struct channel {
  std::string_view name;
  std::array<std::size_t, 11> scores;  // how often each of 0 … 10 is given, in percent
  std::size_t weight;                  // people each answer stands for, in hundredths
};

constexpr std::array<std::string_view, 4> glad{"Quick and friendly, thank you!", "All good.",
                                               "Called it \"the best shop in town\", and I meant it.",
                                               "Minden rendben, köszönöm."};
constexpr std::array<std::string_view, 4> so_so{"It was all right, nothing special", "OK",
                                                "Prices went up, staff are kind.", "Delivery: late\nProduct: fine"};
constexpr std::array<std::string_view, 4> cross{"Waited 40 minutes, then was told \"come back tomorrow\".",
                                                "The payment failed twice, nobody answered.", "Never again",
                                                "1) broken box\n2) no refund\n3) no reply"};

std::string quoted(std::string_view const text) {
  if (text.find_first_of(",\"\n") == std::string_view::npos) return std::string(text);
  std::string field = "\"";
  for (char const letter : text) field += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  return field + '"';
}

std::string shop(std::string_view const year, channel const& app, std::uint64_t const seed) {
  constexpr std::size_t rows = 1500;
  channel const web{"web", {2, 1, 2, 3, 3, 5, 6, 13, 20, 22, 23}, 90};
  channel const store{"store", {1, 0, 1, 1, 2, 3, 4, 9, 18, 25, 36}, 160};
  channel const phone{"phone", {4, 2, 3, 4, 5, 8, 9, 15, 18, 17, 15}, 400};
  dice roll(seed);
  std::string text = "id,date,channel,score,stars,weight,comment\n";
  for (std::size_t row = 0; row < rows; ++row) {
    std::size_t const place = roll.among(std::array<std::size_t, 3>{45, 30, 25});
    channel const& asked = row % (rows / 6) == 100 ? phone : place == 0 ? web : place == 1 ? store : app;
    std::size_t const score = roll.among(asked.scores);
    // The stars follow the score, half a star up or down.
    std::size_t const stars = (score + roll(3)) / 2;
    std::size_t const weight = asked.weight - 20 + roll(41);
    // Of a hundred people, two leave the question out, two press "no answer" (11) and one is entered by hand (99).
    std::size_t const answered = roll.among(std::array<std::size_t, 4>{95, 2, 2, 1});
    std::array<std::string, 4> const written{std::to_string(score), "", "11", "99"};
    auto const& mood = score >= 9 ? glad : score >= 7 ? so_so : cross;
    std::string_view const comment = roll(4) == 0 ? mood[roll(mood.size())] : std::string_view();
    text += std::to_string(row + 1) + ',' + date(year, row * 365 / rows) + ',' + std::string(asked.name) + ',' +
            written[answered] + ',' +
            (roll(50) == 0 ? ""
                           : std::to_string(stars < 1   ? 1
                                            : stars > 5 ? 5
                                                        : stars)) +
            ',' + std::to_string(weight / 100) + '.' + two_digits(weight % 100) + ',' + quoted(comment) + '\n';
  }
  return text;
}

/// As a spreadsheet on Windows saves it: a byte order mark, CRLF, and blanks after the names.
std::string bank(std::uint64_t const seed) {
  constexpr std::array<std::string_view, 3> branches{"Main Street", "Station", "Old Town, by the bridge"};
  constexpr std::array<std::array<std::size_t, 5>, 3> scores{
      {{5, 8, 22, 35, 30}, {12, 15, 28, 28, 17}, {4, 6, 18, 32, 40}}};
  dice roll(seed);
  std::string text = "\xEF\xBB\xBFid,branch  ,recommend  ,satisfied  \r\n";
  for (std::size_t row = 0; row < 240; ++row) {
    std::size_t const branch = roll(branches.size());
    std::string const recommend = roll(30) == 0 ? "" : std::to_string(roll.among(scores[branch]) + 1);
    std::string const satisfied = std::to_string(roll.among(scores[branch]) + 1);
    text += std::to_string(row + 1) + ',' + quoted(branches[branch]) + ',' + recommend + ',' + satisfied + "\r\n";
  }
  return text;
}

/// Who bought what day, from July 2025 to June 2026: 240 customers, of whom a third never come back, the others less
/// and less often; from January on a welcome offer keeps more of the new ones.
std::string shop_orders(std::uint64_t const seed) {
  constexpr std::size_t days = 365;
  dice roll(seed);
  std::array<std::string, days> by_day;
  for (std::size_t customer = 1; customer <= 240; ++customer) {
    std::size_t day = roll(days);
    std::size_t const stays = day < 184 ? 74 : 86;  // of a hundred, those who come again after each purchase
    do {
      by_day[day] += std::to_string(customer) + ',' + sample::shop_date(day) + ',' + std::to_string(5 + roll(90)) +
                     '.' + two_digits(roll(100)) + '\n';
      day += 3 + roll(45);
    } while (day < days && roll(100) < stays);
  }
  std::string text = "customer,date,amount\n";
  for (std::string const& rows : by_day) text += rows;
  return text;
}

/// A subscription of 18 months from January 2025 on, a row for each stretch of one plan: who leaves early, who moves up
/// or down, and who comes back after some months. The cheapest plan loses most customers, mostly for its price.
std::string shop_subscriptions(std::uint64_t const seed) {
  struct plan {
    std::string_view name;
    std::string_view price;
    std::size_t leaving;  // of a thousand, in a month
  };
  constexpr std::array<plan, 3> plans{{{"basic", "9.00", 75}, {"plus", "19.00", 45}, {"team", "49.00", 20}}};
  constexpr std::array<std::string_view, 4> reasons{"price", "missing feature", "competitor", "card declined"};
  constexpr std::array<std::array<std::size_t, 4>, 3> why{{{50, 15, 15, 20}, {25, 35, 25, 15}, {10, 45, 35, 10}}};
  constexpr std::size_t months = 18;
  dice roll(seed);
  auto const on = [](std::size_t month, std::size_t day) {
    return date(month < 12 ? "2025" : "2026",
                std::array<std::size_t, 12>{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334}[month % 12] + day);
  };
  std::string text = "customer,start,end,plan,amount,reason\n";
  for (std::size_t customer = 1; customer <= 260; ++customer) {
    std::size_t const day = roll(28);
    std::size_t month = roll(months);
    std::size_t own = roll.among(std::array<std::size_t, 3>{5, 3, 2});
    std::string begun = std::to_string(customer) + ',' + on(month, day) + ',';
    auto const finish = [&](std::string const& end, std::string_view const reason) {
      text += begun + end + ',' + std::string(plans[own].name) + ',' + std::string(plans[own].price) + ',' +
              std::string(reason) + '\n';
    };
    bool here = true;
    for (++month; month < months && here; ++month) {
      std::size_t const next = roll(1'000);
      if (next < plans[own].leaving) {
        finish(on(month, day), reasons[roll.among(why[own])]);
        here = roll(100) < 15 && (month += 2 + roll(3)) < months;
        begun = std::to_string(customer) + ',' + (here ? on(month, day) : "") + ',';
      } else if (next >= 970 && own < 2) {
        finish(on(month, day), "");
        ++own;
        begun = std::to_string(customer) + ',' + on(month, day) + ',';
      } else if (next >= 955 && next < 970 && own > 0) {
        finish(on(month, day), "");
        --own;
        begun = std::to_string(customer) + ',' + on(month, day) + ',';
      }
    }
    if (here) finish("", "");
  }
  return text;
}

}  // namespace

int main(int const argument_count, char** const arguments) {
  channel const app_2025{"app", {6, 3, 4, 5, 6, 7, 8, 15, 17, 15, 14}, 110};
  channel const app_2026{"app", {3, 2, 2, 3, 4, 5, 6, 14, 19, 21, 21}, 110};
  return sample::write_or_check(argument_count, arguments,
                                {{"shop_2025.csv", shop("2025", app_2025, 2025)},
                                 {"shop_2026.csv", shop("2026", app_2026, 2026)},
                                 {"bank.csv", bank(1)},
                                 {"shop_orders.csv", shop_orders(7)},
                                 {"shop_subscriptions.csv", shop_subscriptions(11)}});
}

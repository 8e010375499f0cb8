// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Makes the sample reviews, the same bytes on every machine: make_reviews FOLDER writes them, and make_reviews --check
// FOLDER says whether those in the folder are what it would write.
//
// What is in them, for who tries a report on them: a shop of 40 items, July 2025 to June 2026, whose qualities lie
// between 2.4 and 4.7 stars. "Paper lantern" is a poor item whose maker's four friends gave it five stars, for which
// it has the best mean of all. "Cordless kettle" was very good until January and is poor since. From April on parcels
// come late, which costs everything a third of a star. One customer in eight is harsh, by more than a star, and buys
// coffee things, which look worse for it than they are. "Smart scale" and "Phone stand" gave a voucher for a review,
// and got kinder ones. Of a hundred rows three have something wrong in them.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sample.hpp"

namespace {

using sample::dice;

enum class fate { usual, of_friends, turning, coffee, vouchers };

struct item {
  std::string_view name;
  std::size_t quality;     // stars that a fair customer gives on the whole, in hundredths
  std::size_t popularity;  // how often it is bought, beside the others
  fate what = fate::usual;
};

constexpr std::array<item, 40> items{{{"Oak table", 450, 26},
                                      {"Cast-iron pan", 470, 60},
                                      {"Wool blanket", 465, 32},
                                      {"Reading lamp", 430, 70},
                                      {"Desk fan", 350, 55},
                                      {"Cordless kettle", 460, 90, fate::turning},
                                      {"Espresso machine", 455, 44, fate::coffee},
                                      {"Coffee grinder", 440, 52, fate::coffee},
                                      {"Milk frother", 400, 36, fate::coffee},
                                      {"Smart scale", 340, 48, fate::vouchers},
                                      {"Phone stand", 360, 40, fate::vouchers},
                                      {"Paper lantern", 300, 0, fate::of_friends},
                                      {"Walnut board", 460, 5},
                                      {"Linen curtain", 420, 8},
                                      {"Copper pot", 440, 4},
                                      {"Bread bin", 410, 22},
                                      {"Wall clock", 390, 34},
                                      {"Door mat", 400, 46},
                                      {"Umbrella", 310, 62},
                                      {"Travel mug", 430, 80},
                                      {"Lunch box", 420, 58},
                                      {"Garden hose", 330, 40},
                                      {"Flower pot", 410, 30},
                                      {"Watering can", 420, 28},
                                      {"Bird feeder", 440, 18},
                                      {"Tool box", 435, 36},
                                      {"Cordless drill", 445, 50},
                                      {"Step ladder", 425, 24},
                                      {"Ceiling lamp", 380, 26},
                                      {"Extension lead", 405, 66},
                                      {"Night light", 395, 30},
                                      {"Shower curtain", 300, 38},
                                      {"Bath towel", 430, 74},
                                      {"Soap dish", 370, 20},
                                      {"Laundry basket", 400, 32},
                                      {"Ironing board", 365, 26},
                                      {"Toaster", 350, 64},
                                      {"Hand mixer", 385, 42},
                                      {"Salad spinner", 240, 34},
                                      {"Pepper mill", 425, 28}}};

constexpr std::size_t customers = 330;
constexpr bool is_harsh(std::size_t const customer) { return customer % 8 == 3; }
constexpr bool is_kind(std::size_t const customer) { return customer % 10 == 7; }

std::size_t bought_by(std::size_t const customer, dice& roll) {
  // What harsh customers come for is coffee, every other time.
  bool const coffee_only = is_harsh(customer) && roll(2) == 0;
  std::array<std::size_t, items.size()> shares{};
  for (std::size_t at = 0; at < items.size(); ++at)
    shares[at] = !coffee_only || items[at].what == fate::coffee ? items[at].popularity : 0;
  return roll.among(shares);
}

std::size_t stars_of(item const& own, std::size_t const customer, std::size_t const day, bool paid, dice& roll) {
  constexpr std::size_t february = 215;
  constexpr std::size_t april = 274;
  // In hundredths of a star, and 1,000 more, so that nothing is negative.
  std::size_t level = 1'000 + own.quality + 50 + roll(101) + roll(101) + roll(101) - 150;
  if (own.what == fate::turning && day >= february) level -= 180;
  if (day >= april) level -= 35;
  if (is_harsh(customer)) level -= 130;
  if (is_kind(customer)) level += 60;
  if (paid) level += 80;
  std::size_t const stars = level < 1'100 ? 1 : (level - 1'000) / 100;
  return stars > 5 ? 5 : stars;
}

std::string shop_reviews(std::uint64_t const seed) {
  constexpr std::size_t rows = 2'000;
  dice roll(seed);
  std::string text = "item,stars,date,customer,verified,incentivised,helpful,votes\n";
  for (std::size_t row = 0; row < rows; ++row) {
    std::size_t const day = row * 365 / rows;
    std::size_t const customer = 1 + roll(customers);
    bool const of_friends = row % 230 == 200 && row < 900;
    item const& own = of_friends ? items[11] : items[bought_by(customer, roll)];
    bool const paid = own.what == fate::vouchers && roll(2) == 0;
    std::size_t const stars = of_friends ? 5 : stars_of(own, customer, day, paid, roll);
    // Who bought here is verified; others may only say so.
    bool const verified = !of_friends && roll(10) != 0;
    std::size_t const votes = roll(4) == 0 ? 1 + roll(20) : 0;
    std::size_t helpful = 0;
    for (std::size_t vote = 0; vote < votes; ++vote) helpful += roll(100) < (paid || of_friends ? 25U : 65U);
    std::array<std::string, 4> cells{std::string(own.name), std::to_string(stars), sample::shop_date(day),
                                     std::to_string(customer)};
    constexpr std::array<std::string_view, 5> no_stars{"", "0", "55", "five", "4.5"};
    constexpr std::array<std::string_view, 3> no_dates{"", "2026-02-30", "2062-01-09"};
    switch (of_friends ? 99 : roll(100)) {
      case 0: cells[1] = no_stars[roll(no_stars.size())]; break;
      case 1: cells[2] = no_dates[roll(no_dates.size())]; break;
      case 2: cells[roll(2) == 0 ? 0 : 3].clear(); break;
      default: break;
    }
    for (std::string const& cell : cells) text += cell + ',';
    text += std::string(verified ? "yes" : "no") + ',' + (paid ? "yes" : "no") + ',' + std::to_string(helpful) + ',' +
            std::to_string(votes) + '\n';
  }
  return text;
}

}  // namespace

int main(int const argument_count, char** const arguments) {
  return sample::write_or_check(argument_count, arguments, {{"shop_reviews.csv", shop_reviews(5)}});
}

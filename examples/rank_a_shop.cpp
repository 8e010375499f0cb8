// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Ranks a shop whose truth is known, for this program makes it: three scores of one catalogue; reviews that count for
// less where they are old, not of a purchase, or not found helpful; and customers of whom some are harsh.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <vector>

#include <credence/core.hpp>
#include <credence/reviews.hpp>

using namespace std::chrono;

struct review {
  int product;
  int customer;
  int stars;
  sys_days day;
  bool bought_here;
  int helpful;
  int votes;
};

/// Random numbers that are the same everywhere: splitmix64.
class dice {
 public:
  int operator()(int sides) {
    std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return static_cast<int>((mixed ^ (mixed >> 31)) % static_cast<std::uint64_t>(sides));
  }

 private:
  std::uint64_t state_ = 7;
};

constexpr int products = 200;
constexpr sys_days today = 2026y / November / 26;
constexpr int turning = 16;  // a product whose new maker is worse, since 200 days ago

/// What a product is worth, in stars.
double quality(int product) { return 2.5 + 2.2 * ((product * 37) % products) / products; }
/// As in most shops a few products have most reviews, and most products one or two.
bool is_popular(int product) { return product % 4 == 0; }
/// One customer in four is harsh, and buys three products in four from the upper half of the numbers.
bool is_harsh(int customer) { return customer % 4 == 0; }

std::vector<review> reviews_of_a_shop() {
  dice roll;
  std::vector<review> reviews;
  while (reviews.size() < 6'000) {
    int const customer = roll(400);
    int product = roll(products);
    if (is_harsh(customer) && roll(2) == 0) product = products / 2 + product / 2;
    if (!is_popular(product) && roll(60) != 0) continue;
    int const age = roll(720);
    int const level = static_cast<int>(100 * quality(product)) + 50 + roll(201) + roll(201) - 200 -
                      (is_harsh(customer) ? 120 : 0) - (product == turning && age < 200 ? 200 : 0);
    bool const bought_here = roll(5) != 0;
    // Who did not buy gives five stars, of which readers take little notice.
    int const stars = !bought_here ? 5 : level < 100 ? 1 : level >= 500 ? 5 : level / 100;
    int const votes = roll(12);
    int helpful = 0;
    for (int vote = 0; vote < votes; ++vote) helpful += roll(10) < (bought_here ? 7 : 2) ? 1 : 0;
    reviews.push_back({product, customer, stars, today - days{age}, bought_here, helpful, votes});
  }
  return reviews;
}

/// What the ten products that a score calls the best are worth in truth, on average; the one that turned has two
/// truths.
template <class Items, class ScoreOf>
double worth_of_best(Items items, ScoreOf const& score_of) {
  std::sort(items.begin(), items.end(), [&](auto const& one, auto const& other) {
    return score_of(one) != score_of(other) ? score_of(one) > score_of(other) : one.key < other.key;
  });
  double sum = 0;
  int taken = 0;
  for (auto const& each : items) {
    if (each.key == turning || taken == 10) continue;
    sum += quality(each.key);
    ++taken;
  }
  return sum / taken;
}
std::size_t place_of(int product, credence::ranking_result<int> const& ranked) {
  std::size_t at = 0;
  while (ranked[at].key != product) ++at;
  return at + 1;
}

int main() {
  std::vector<review> const all = reviews_of_a_shop();
  // Who reviews a product again means the new review.
  auto const reviews = credence::latest_by(all, &review::customer, &review::product, &review::day);
  std::cout << reviews.size() << " reviews, " << reviews.superseded << " replaced by a later one\n";

  // 1. One pass counts the stars; each score is then asked of the counts.
  auto const stars = credence::rating_catalogue(reviews, &review::product, &review::stars, {.scale_max = 5});
  auto const by_bound = credence::ranking(stars, credence::star_lower_bound_accumulator{{.scale_max = 5}});
  auto const by_bayes = credence::ranking(stars, credence::bayesian_average_accumulator{});
  auto const by_share = credence::ranking(
      stars, credence::wilson_lower_bound_accumulator{{.satisfied_from = 4, .scale_min = 1, .scale_max = 5}});
  auto const by_score = [](auto const& each) { return each.score; };
  auto const by_mean = [](auto const& each) { return each.mean; };
  double const worth_by_mean = worth_of_best(by_bound.items, by_mean);
  std::cout << "What the ten best are worth in truth: by mean " << worth_by_mean;
  bool right = true;
  for (auto const* ranked : {&by_bound, &by_bayes, &by_share}) {
    double const worth = worth_of_best(ranked->items, by_score);
    std::cout << (ranked == &by_bound   ? ", by lower bound "
                  : ranked == &by_bayes ? ", by Bayes "
                                        : ", by share ")
              << worth;
    right = right && worth > worth_by_mean;
  }
  std::cout << '\n';

  // 2. What a review counts for: with these weights the catalogue is read anew, for counts know of none.
  auto const weight = credence::recency(&review::day, {.half_life = days{180}, .observed_until = today}) *
                      credence::verified(&review::bought_here, 0.1) *
                      credence::helpfulness(&review::helpful, &review::votes);
  auto const weighed =
      credence::ranking(reviews, &review::product, &review::stars, weight, credence::bayesian_average_accumulator{});
  std::cout << "The product that turned is at place " << place_of(turning, by_bayes) << ", and with weights at "
            << place_of(turning, weighed) << " of " << weighed.catalogue << '\n';
  right = right && place_of(turning, weighed) > place_of(turning, by_bayes) + 10;

  // 3. Harsh customers: what raters and products add, told apart. Bought here only, for the others say nothing.
  std::vector<review> bought;
  for (review const& each : reviews)
    if (each.bought_here) bought.push_back(each);
  auto const model = credence::fit<credence::additive_ratings>(bought, &review::customer, &review::product,
                                                               &review::stars, {.damping = 1})
                         .model();
  int harsh = 0;
  int known = 0;
  for (auto const& rater : model.raters()) {
    harsh += is_harsh(rater.key) ? 1 : 0;
    known += is_harsh(rater.key) == (rater.effect < -0.5) ? 1 : 0;
  }
  // One pass with damping is quicker, and blames some of it on what the harsh ones buy.
  auto const bias = credence::rater_bias(bought, &review::customer, &review::product, &review::stars);
  auto const of_bought =
      credence::ranking(bought, &review::product, &review::stars, credence::bayesian_average_accumulator{});
  double const as_they_are = worth_of_best(of_bought.items, by_score);
  double const one_pass = worth_of_best(bias.items(), [](auto const& each) { return each.debiased; });
  double const at_once = worth_of_best(model.items(), by_score);
  std::cout << "Of " << model.rater_count << " customers " << harsh << " are harsh; " << known
            << " are taken for what they are\n"
            << "The ten best of purchases: by Bayes " << as_they_are << ", by rater_bias " << one_pass
            << ", by additive_ratings " << at_once << '\n';
  right = right && known > 375 && one_pass > as_they_are && at_once > as_they_are;
  return right ? 0 : 1;
}

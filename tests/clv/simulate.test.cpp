// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include "support/error_of.hpp"

#include <cmath>
#include <credence/clv/bg_bb.hpp>
#include <credence/clv/bg_cnbd_k.hpp>
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/gamma_gamma.hpp>
#include <credence/clv/mbg_cnbd_k.hpp>
#include <credence/clv/mbg_nbd.hpp>
#include <credence/clv/nbd.hpp>
#include <credence/clv/pareto_nbd.hpp>
#include <credence/clv/simulate.hpp>
#include <credence/core/real.hpp>
#include <credence/math/fit.hpp>
#include <cstddef>
#include <type_traits>
#include <vector>

namespace test_simulate {

namespace {

using customers = std::vector<credence::simulated_customer>;

credence::nbd const no_churn{{.r = 0.385, .alpha = 12.07}};
credence::bg_nbd const bg{{.r = 0.243, .alpha = 4.414, .a = 0.793, .b = 2.426}};
credence::mbg_nbd const mbg{{.r = 0.525, .alpha = 6.183, .a = 0.891, .b = 1.614}};
credence::pareto_nbd const pareto{{.r = 0.553, .alpha = 10.578, .s = 0.606, .beta = 11.669}};
credence::bg_cnbd_k const bg_regular{{.k = 2, .r = 0.9, .alpha = 6, .a = 0.9, .b = 2.5}};
credence::mbg_cnbd_k const mbg_regular{{.k = 3, .r = 0.9, .alpha = 4, .a = 0.9, .b = 2.5}};
credence::bg_bb const donors{{.alpha = 1.204, .beta = 0.750, .gamma = 0.657, .delta = 2.783}};

/// Of differences that should have the mean 0: how many standard errors they are from it.
class residuals {
 public:
  void operator()(double difference) {
    sum_ += difference;
    squares_ += difference * difference;
  }
  double standardised() const { return squares_ > 0 ? std::fabs(sum_) / std::sqrt(squares_) : 0; }

 private:
  double sum_ = 0;
  double squares_ = 0;
};

/// What a model says of new customers and of these ones, against what they did.
template <class Model>
void check_law(Model const& model, double age, double ahead) {
  customers const all = credence::simulate(model, {.customers = 20'000, .age = age, .ahead = ahead, .seed = 7});
  residuals mean, later, alive;
  bool sound = true;
  residuals counts[4];
  double const expected = [&] {
    if constexpr (std::is_same_v<Model, credence::bg_bb>) {
      return model.expected_purchases(static_cast<int>(age));
    } else {
      return model.expected_purchases(age);
    }
  }();
  double masses[4];
  for (int count = 0; count < 4; ++count) {
    if constexpr (std::is_same_v<Model, credence::bg_bb>) {
      masses[count] = model.purchase_count_probability(count, static_cast<int>(age));
    } else {
      masses[count] = model.purchase_count_probability(count, age);
    }
  }
  for (auto const& own : all) {
    mean(own.frequency - expected);
    for (int count = 0; count < 4; ++count) counts[count]((own.frequency == count) - masses[count]);
    if constexpr (std::is_same_v<Model, credence::bg_bb>) {
      later(own.holdout_frequency - model.expected_purchases(own, static_cast<int>(ahead)));
    } else {
      later(own.holdout_frequency - model.expected_purchases(own, ahead));
    }
    if constexpr (!std::is_same_v<Model, credence::nbd>) alive(own.alive - model.probability_alive(own));
    sound = sound && own.recency <= own.age && (own.frequency == 0) == (own.recency == 0) &&
            own.alive == (own.churned > own.age) && own.holdout_duration == ahead;
  }
  CHECK(sound);
  CHECK(mean.standardised() < 4);
  CHECK(later.standardised() < 4);
  CHECK(alive.standardised() < 4);
  for (auto const& each : counts) CHECK(each.standardised() < 4);
}

}  // namespace

TEST_CASE("simulate: customers do what their model says") {
  check_law(no_churn, 39, 39);
  check_law(bg, 39, 39);
  check_law(mbg, 39, 39);
  check_law(pareto, 39, 39);
  check_law(bg_regular, 39, 20);
  check_law(mbg_regular, 39, 20);
  check_law(donors, 6, 5);
}

TEST_CASE("simulate: a customer depends on the seed and his number alone") {
  customers const few = credence::simulate(mbg_regular, {.customers = 50, .age = 52, .least_age = 26});
  customers const many = credence::simulate(mbg_regular, {.customers = 80, .age = 52, .least_age = 26});
  CHECK(customers(many.begin(), many.begin() + 50) == few);
  CHECK(credence::simulate(mbg_regular, {.customers = 50, .age = 52, .least_age = 26, .seed = 1}) != few);
  customers const watched = credence::simulate(mbg_regular, {.customers = 50, .age = 52, .least_age = 26, .ahead = 99});
  for (std::size_t at = 0; at < few.size(); ++at) {
    CHECK(watched[at].frequency == few[at].frequency);
    CHECK(watched[at].recency == few[at].recency);
    CHECK(watched[at].log_gaps == few[at].log_gaps);
    CHECK(few[at].age >= 26);
    CHECK(few[at].age <= 52);
  }
  customers const other = credence::simulate(donors, {.customers = 300, .age = 6, .least_age = 4});
  int seen[7] = {};
  for (auto const& own : other) ++seen[static_cast<int>(own.age)];
  CHECK(seen[4] + seen[5] + seen[6] == 300);
  CHECK(seen[4] > 60);
  CHECK(seen[6] > 60);
}

TEST_CASE("simulate: spend, as its model has it") {
  credence::gamma_gamma const spend{{.p = 6.25, .q = 3.74, .gamma = 15.44}};
  customers const all = credence::simulate(mbg, spend, {.customers = 40'000, .age = 39, .ahead = 39});
  CHECK(all[0].frequency == credence::simulate(mbg, {.customers = 1, .age = 39})[0].frequency);
  residuals later;
  double count = 0, sum = 0, squares = 0;
  bool sound = true;
  for (auto const& own : all) {
    sound = sound && (own.monetary_value > 0) == (own.frequency > 0);
    if (own.frequency > 0) {
      ++count;
      sum += own.monetary_value;
      squares += own.monetary_value * own.monetary_value;
    }
    if (own.frequency > 0 && own.holdout_frequency > 0)
      later(own.holdout_monetary_value -
            spend.expected_spend(credence::spend_history{own.frequency, own.monetary_value}));
  }
  CHECK(sound);
  double const mean = sum / count;
  CHECK(std::fabs(mean - spend.expected_spend()) < 4 * std::sqrt((squares / count - mean * mean) / count));
  CHECK(later.standardised() < 4);
}

TEST_CASE("simulate: fits find what was simulated, the number of stages too") {
  for (int seed = 1; seed <= 3; ++seed) {
    customers const all =
        credence::simulate(mbg_regular, {.customers = 5000, .age = 52, .least_age = 30, .seed = seed});
    auto const fit = credence::fit<credence::mbg_cnbd_k>(all, {.max_k = 5});
    REQUIRE(fit);
    CHECK(fit.model().k.value == 3);
    CHECK(fit.tried.size() == 5);
    auto const truth = mbg_regular.parameters();
    for (std::size_t at = 0; at < 4; ++at) {
      CAPTURE(at);
      CHECK(std::fabs(fit.parameters[at] - truth[at]) < 4 * fit.standard_errors[at]);
    }
  }
}

TEST_CASE("simulate: what cannot be is refused") {
  CHECK(credence::simulate(bg, {.customers = 0, .age = 39}).empty());
  CHECK(credence::simulate(bg, {.customers = 1})[0].frequency == 0);
  CHECK(error_of([] { static_cast<void>(credence::simulate(bg, {.customers = -1})); }) ==
        "credence: simulate_options::customers is -1; it must be 0 or more");
  CHECK(error_of([] {
          static_cast<void>(credence::simulate(bg, {.age = credence::not_a_number()}));
        }).starts_with("credence: simulate_options::age is "));
  CHECK(error_of([] {
          static_cast<void>(credence::simulate(bg, {.age = 3, .ahead = -1}));
        }).starts_with("credence: simulate_options::ahead is -1"));
  CHECK(error_of([] {
          static_cast<void>(credence::simulate(bg, {.age = 3, .least_age = 4}));
        }).starts_with("credence: simulate_options::least_age is 4; it must not be above `age`"));
  CHECK(error_of([] {
          static_cast<void>(credence::simulate(donors, {.age = 2.5}));
        }).starts_with("credence: simulate_options::age is 2.5; opportunities are whole numbers"));
  credence::nbd const frantic{{.r = 100, .alpha = 1e-9}};
  CHECK(error_of([&] {
          static_cast<void>(credence::simulate(frantic, {.customers = 1, .age = 1}));
        }).starts_with("credence: a simulated customer buys over 10 million times"));
}

}  // namespace test_simulate

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/reviews/dawid_skene.hpp>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "reviews/patients.hpp"
#include "support/error_of.hpp"
#include "support/shared_data.hpp"

namespace test_dawid_skene {

using credence::dawid_skene;
using credence::dawid_skene_options;
using credence::fit;
using credence::fit_status;
using credence::rater_confusion;
using table = std::vector<std::vector<double>>;

namespace {

doctest::Approx about(double value, double within = 1e-9) { return doctest::Approx(value).epsilon(within).scale(0); }

auto fitted(std::vector<patient_label> const& labels, dawid_skene_options const& options = {}) {
  return fit<dawid_skene>(labels, &patient_label::item, &patient_label::rater, &patient_label::category, options);
}

std::uint32_t draw(std::uint32_t& state) { return (state = state * 1'664'525 + 1'013'904'223) >> 8; }

/// Labels by raters of all kinds, some of whom look twice.
std::vector<patient_label> crowd(std::uint32_t seed, int items, int raters, int categories) {
  std::vector<patient_label> labels;
  for (int item = 0; item < items; ++item) {
    int const truth = static_cast<int>(draw(seed) % static_cast<std::uint32_t>(categories));
    for (int at = 0; at < 6; ++at) {
      int const rater = static_cast<int>(draw(seed) % static_cast<std::uint32_t>(raters));
      bool const right = draw(seed) % 100 <
                         40 + 50 * static_cast<std::uint32_t>(rater) / static_cast<std::uint32_t>(raters);
      int const other = static_cast<int>(draw(seed) % static_cast<std::uint32_t>(categories));
      labels.push_back({item, rater, right ? truth : other});
    }
  }
  return labels;
}

/// EM from the formulas, in logarithms, with dense tables; keys are 0, 1, 2 …
struct naive {
  table posteriors;
  std::vector<table> chances;  // of each rater, by truth and answer
  std::vector<double> shares;
  double log_likelihood = 0;

  naive(std::vector<patient_label> const& labels, std::size_t categories, dawid_skene_options const& options,
        int passes) {
    std::size_t items = 0;
    std::size_t raters = 0;
    for (auto const& [item, rater, category] : labels) {
      items = std::max(items, static_cast<std::size_t>(item) + 1);
      raters = std::max(raters, static_cast<std::size_t>(rater) + 1);
    }
    posteriors.assign(items, std::vector<double>(categories, 0));
    for (auto const& [item, rater, category] : labels)
      posteriors[static_cast<std::size_t>(item)][static_cast<std::size_t>(category)] += 1;
    for (auto& own : posteriors) {
      double sum = 0;
      for (double const value : own) sum += value;
      for (double& value : own) value /= sum;
    }
    for (int pass = 0; pass < passes; ++pass) {
      shares.assign(categories, options.prior_items);
      for (auto const& own : posteriors)
        for (std::size_t truth = 0; truth < categories; ++truth) shares[truth] += own[truth];
      for (double& value : shares)
        value /= static_cast<double>(items) + options.prior_items * static_cast<double>(categories);
      chances.assign(raters, table(categories, std::vector<double>(categories, options.prior_wrong)));
      for (auto& own : chances)
        for (std::size_t truth = 0; truth < categories; ++truth) own[truth][truth] = options.prior_right;
      for (auto const& [item, rater, category] : labels)
        for (std::size_t truth = 0; truth < categories; ++truth)
          chances[static_cast<std::size_t>(rater)][truth][static_cast<std::size_t>(category)] +=
              posteriors[static_cast<std::size_t>(item)][truth];
      for (auto& own : chances) {
        if (options.confusion == rater_confusion::one_coin) {
          double right = options.prior_right;
          double all = options.prior_right + options.prior_wrong * static_cast<double>(categories - 1);
          for (std::size_t truth = 0; truth < categories; ++truth)
            for (std::size_t said = 0; said < categories; ++said) {
              double const seen = own[truth][said] - (said == truth ? options.prior_right : options.prior_wrong);
              all += seen;
              right += said == truth ? seen : 0;
            }
          for (std::size_t truth = 0; truth < categories; ++truth)
            for (std::size_t said = 0; said < categories; ++said)
              own[truth][said] = said == truth ? right / all : (1 - right / all) / static_cast<double>(categories - 1);
        } else {
          for (auto& row : own) {
            double sum = 0;
            for (double const value : row) sum += value;
            for (double& value : row) value = sum > 0 ? value / sum : 0;
          }
        }
      }
      table logs(items, std::vector<double>(categories));
      for (auto& own : logs)
        for (std::size_t truth = 0; truth < categories; ++truth) own[truth] = std::log(shares[truth]);
      for (auto const& [item, rater, category] : labels)
        for (std::size_t truth = 0; truth < categories; ++truth)
          logs[static_cast<std::size_t>(item)][truth] +=
              std::log(chances[static_cast<std::size_t>(rater)][truth][static_cast<std::size_t>(category)]);
      log_likelihood = 0;
      for (std::size_t item = 0; item < items; ++item) {
        double const greatest = *std::max_element(logs[item].begin(), logs[item].end());
        double sum = 0;
        for (double const value : logs[item]) sum += std::exp(value - greatest);
        for (std::size_t truth = 0; truth < categories; ++truth)
          posteriors[item][truth] = std::exp(logs[item][truth] - greatest) / sum;
        log_likelihood += greatest + std::log(sum);
      }
    }
  }
};

}  // namespace

TEST_CASE("dawid_skene: the patients of 1979") {
  // tests/reference/dawid_skene.py, and reference/survey-reviews-reputation.md.
  std::vector<patient_label> const labels = patients();
  if (auto const file = shared_data("reviews/dawid_skene_anesthesia.csv")) {
    std::ifstream in(*file);
    std::string header;
    std::getline(in, header);
    char comma = 0;
    std::size_t at = 0;
    for (patient_label row{}; in >> row.item >> comma >> row.rater >> comma >> row.category; ++at) {
      REQUIRE(at < labels.size());
      CHECK((row.item == labels[at].item && row.rater == labels[at].rater && row.category == labels[at].category));
    }
    CHECK(at == labels.size());
  }
  struct {
    int passes;
    double log_likelihood;
  } const steps[]{
      {1, -203.11303294198646}, {2, -192.39814929603222}, {5, -190.74834011531527}, {10, -190.7311348213642}};
  for (auto const& step : steps) {
    auto const stopped = fitted(labels, {.max_iterations = step.passes});
    CHECK(stopped.log_likelihood == about(step.log_likelihood, 1e-13));
    CHECK(stopped.status == fit_status::iteration_limit);
    CHECK(!stopped);
    CHECK(error_of([&] { (void)stopped.model(); }).find("allow more iterations") != std::string::npos);
  }
  auto const found = fitted(labels);
  REQUIRE(found);
  CHECK(std::fabs(found.log_likelihood + 190.73099659487895) < 1e-9);
  CHECK(found.iterations == 25);
  CHECK(found.count == 315);
  CHECK(found.rejected == 0);
  // To the last pass that raises it at all.
  auto const model = fitted(labels, {.tolerance = 0}).model();
  double const shares[]{.399968997619, .421576320514, .1117880152, .0666666666667};
  double const first[]{.907426029109,
                       .0925739708913,
                       0,
                       0,
                       .0703320178907,
                       .876580349134,
                       .0530876329757,
                       0,
                       0,
                       .33878594061,
                       .66121405939,
                       0,
                       0,
                       0,
                       .555555555556,
                       .444444444444};
  for (std::size_t at = 0; at < 4; ++at) CHECK(std::fabs(model.category_shares()[at] - shares[at]) < 1e-7);
  auto const confusion = model.confusion(1);
  CHECK(confusion.categories() == std::vector{1, 2, 3, 4});
  for (std::size_t at = 0; at < 16; ++at) CHECK(std::fabs(confusion.values()[at] - first[at]) < 1e-7);
  CHECK(confusion.at(2, 3) == confusion.values()[6]);
  CHECK(model.confusion(1, 2, 3) == confusion.at(2, 3));
  std::string truths;
  for (int const item : model.items()) truths += static_cast<char>('0' + model.label(item));
  CHECK(truths == "142222132243121111222222112111131224233111212");
}

TEST_CASE("dawid_skene: as the formulas have it, of random crowds, and each pass raises the likelihood") {
  for (rater_confusion const confusion : {rater_confusion::full, rater_confusion::one_coin})
    for (int const categories : {2, 3, 4, 5, 6, 7, 8, 11}) {
      bool const with_prior = categories % 2 == 1;
      dawid_skene_options options{.confusion = confusion};
      if (with_prior) {
        options.prior_right = 2;
        options.prior_wrong = .5;
        options.prior_items = 3;
      }
      std::vector<patient_label> const labels = crowd(7, 60, 9, categories);
      options.tolerance = 1e-9;
      auto const found = fitted(labels, options);
      REQUIRE(found);
      naive const oracle(labels, static_cast<std::size_t>(categories), options, static_cast<int>(found.iterations));
      CHECK(found.log_likelihood == about(oracle.log_likelihood, 1e-12));
      auto const& model = found.model();
      double worst = 0;
      for (int one = 0; one < categories; ++one) {
        auto const place = static_cast<std::size_t>(one);
        worst = std::max(worst, std::fabs(model.category_share(one) - oracle.shares[place]));
        for (int item = 0; item < 60; ++item)
          worst = std::max(worst, std::fabs(model.probability(item, one) -
                                            oracle.posteriors[static_cast<std::size_t>(item)][place]));
        for (int rater = 0; rater < 9; ++rater)
          for (int said = 0; said < categories; ++said)
            worst = std::max(
                worst,
                std::fabs(model.confusion(rater, one, said) -
                          oracle.chances[static_cast<std::size_t>(rater)][place][static_cast<std::size_t>(said)]));
      }
      CHECK(worst < 1e-9);
      if (with_prior || categories > 4) continue;
      double before = -1e300;
      for (int passes = 1; passes < 40; ++passes) {
        double const reached =
            fitted(labels, {.confusion = confusion, .tolerance = 0, .max_iterations = passes}).log_likelihood;
        CHECK(reached >= before - 1e-10);
        before = reached;
      }
    }
}

TEST_CASE("dawid_skene: strong priors are followed to the end, though the likelihood alone falls on the way") {
  std::vector<patient_label> const labels = crowd(11, 60, 9, 3);
  for (rater_confusion const confusion : {rater_confusion::full, rater_confusion::one_coin}) {
    dawid_skene_options const options{.confusion = confusion,
                                      .prior_right = confusion == rater_confusion::full ? 40 : 0,
                                      .prior_wrong = 30,
                                      .prior_items = 50,
                                      .tolerance = 1e-15};
    auto const found = fitted(labels, options);
    REQUIRE(found);
    naive const oracle(labels, 3, options, 1'000);
    CHECK(found.log_likelihood == about(oracle.log_likelihood, 1e-6));
    for (int rater = 0; rater < 9; ++rater)
      CHECK(found.model().confusion(rater, 1, 0) == about(oracle.chances[static_cast<std::size_t>(rater)][1][0], 1e-5));
  }
}

TEST_CASE("dawid_skene: the order of rows and the kind of keys change nothing") {
  enum class grade : signed char { poor = -1, fair = 0, good = 5 };
  struct named {
    std::string item;
    char const* rater;
    std::optional<grade> category;
  };
  static char const* const names[]{"ann", "bob", "cid", "dan", "eve", "fay", "gus", "hal", "ida"};
  grade const grades[]{grade::poor, grade::fair, grade::good};
  std::vector<patient_label> labels = crowd(3, 80, 9, 3);
  std::vector<named> rows;
  for (auto const& [item, rater, category] : labels)
    rows.push_back({"item " + std::to_string(item), names[rater], grades[category]});
  rows.insert(rows.begin() + 5, {"item 0", "ann", std::nullopt});
  std::reverse(labels.begin(), labels.end());
  auto const numbered = fitted(labels);
  auto const by_name = fit<dawid_skene>(rows, &named::item, &named::rater, &named::category);
  REQUIRE(numbered);
  REQUIRE(by_name);
  CHECK(by_name.rejected == 1);
  CHECK(by_name.rejections.missing == 1);
  CHECK(by_name.log_likelihood == about(numbered.log_likelihood, 1e-11));
  auto const& one = numbered.model();
  auto const& other = by_name.model();
  CHECK(other.categories() == std::vector{grade::poor, grade::fair, grade::good});
  for (int item = 0; item < 80; ++item) {
    CHECK(other.label("item " + std::to_string(item)) == grades[one.label(item)]);
    CHECK(std::fabs(other.probability("item " + std::to_string(item), grade::good) - one.probability(item, 2)) < 1e-5);
  }
  for (int rater = 0; rater < 9; ++rater) CHECK(other.accuracy(names[rater]) == about(one.accuracy(rater), 1e-5));
  CHECK(error_of([&] {
          (void)fit<dawid_skene>(rows, &named::item, &named::rater, &named::category,
                                 {.on_invalid = credence::on_invalid::raise});
        }) == "credence: sample 5 is missing");
}

TEST_CASE("dawid_skene: thousands of labels of one item, and raters who agree on all") {
  // Each of the 3,000 is right 1 in 10 times of what there are ten kinds of: the product of chances is far below
  // 1e-308.
  std::vector<patient_label> labels;
  std::uint32_t seed = 5;
  for (int rater = 0; rater < 3'000; ++rater)
    for (int item = 0; item < 3; ++item) {
      int const other = static_cast<int>(draw(seed) % 10);
      labels.push_back({item, rater, draw(seed) % 10 == 0 ? item : other});
    }
  dawid_skene_options const options{
      .confusion = rater_confusion::one_coin, .prior_right = 1, .prior_wrong = 1, .max_iterations = 3};
  auto const found = fitted(labels, options);
  CHECK(found.log_likelihood == about(naive(labels, 10, options, 3).log_likelihood, 1e-11));
  CHECK(found.log_likelihood < -10'000);

  labels.clear();
  for (int item = 0; item < 10; ++item)
    for (int rater = 0; rater < 500; ++rater) labels.push_back({item, rater, item % 4 == 0});
  auto const agreed = fitted(labels);
  REQUIRE(agreed);
  CHECK(agreed.log_likelihood == about(3 * std::log(.3) + 7 * std::log(.7), 1e-12));
  CHECK(agreed.model().accuracy(17) == 1);
  CHECK(agreed.model().probability(4, 1) == 1);
  CHECK(agreed.model().confusion(17, 0, 1) == 0);
}

TEST_CASE("dawid_skene: what nothing tells, and ties") {
  // Nobody calls an item of the second rater's a 2: of those he says nothing.
  auto const found = fitted({{1, 1, 0}, {1, 2, 0}, {2, 1, 1}, {2, 2, 1}, {3, 1, 2}, {3, 3, 2}, {4, 1, 0}, {4, 2, 1}});
  REQUIRE(found);
  auto const& model = found.model();
  CHECK(std::isnan(model.confusion(2, 2, 2)));
  CHECK(std::isnan(model.confusion(2).at(2, 0)));
  CHECK(model.confusion(1, 2, 2) == 1);
  CHECK(model.accuracy(3) == 1);
  // Two raters, one item in dispute, either as good as the other: the lesser key.
  CHECK(model.probability(4, 0) == about(.5));
  CHECK(model.label(4) == 0);
  // The same whichever way the last digits are rounded: every item has its mirror, and of one each rater says both.
  for (std::uint32_t seed = 1; seed < 30; ++seed) {
    std::vector<patient_label> mirrored = crowd(seed, 30, 5, 2);
    for (std::size_t at = 0; at < 180; ++at)
      mirrored.push_back({100 + mirrored[at].item, mirrored[at].rater, 1 - mirrored[at].category});
    for (int rater = 0; rater < 5; ++rater)
      for (int const category : {0, 1}) mirrored.push_back({99, rater, category});
    auto const tied = fitted(mirrored, {.confusion = rater_confusion::one_coin});
    if (tied) CHECK(tied.model().label(99) == 0);
  }
  CHECK(error_of([&] { (void)model.label(9); }) == "credence: there is no item 9 among the 4 labelled");
  CHECK(error_of([&] { (void)model.accuracy(0); }) == "credence: there is no rater 0 among the 3 labelled");
  CHECK(error_of([&] { (void)model.probability(1, -7); }) == "credence: there is no category -7 among the 3 labelled");
}

TEST_CASE("dawid_skene: labels that tell no item from another are no model") {
  // Two raters contradict each other on everything: either may be right, and votes start where nobody is.
  std::vector<patient_label> opposed;
  for (int item = 0; item < 10; ++item)
    for (int rater = 0; rater < 2; ++rater) opposed.push_back({item, rater, (item + rater) % 2});
  for (auto const confusion : {rater_confusion::full, rater_confusion::one_coin}) {
    auto const found = fitted(opposed, {.confusion = confusion});
    CHECK(found.status == fit_status::flat_ridge);
    CHECK(found.advice().find("of no item") != std::string::npos);
    CHECK(error_of([&] { (void)found.model(); }).find("flat_ridge") != std::string::npos);
  }
  // One item alone: whatever it is, all its raters can be perfect.
  CHECK(fitted({{1, 1, 0}, {1, 2, 0}, {1, 3, 1}}).status == fit_status::flat_ridge);
  // A third rater who sides with the first settles it; and where all items are of one category, that is known.
  for (int item = 0; item < 10; ++item) opposed.push_back({item, 2, item % 2});
  CHECK(fitted(opposed).model().accuracy(2) == 1);
  auto const sure = fitted({{1, 1, 0}, {1, 2, 0}, {1, 3, 1}, {2, 1, 0}, {2, 2, 0}, {2, 3, 0}},
                           {.confusion = rater_confusion::one_coin});
  REQUIRE(sure);
  CHECK(sure.model().probability(1, 0) == about(1));
}

TEST_CASE("dawid_skene: a slow start is not taken for the end") {
  // Two raters contradict each other on everything, and of one item only a third rater says who is right.
  std::vector<patient_label> labels;
  for (int item = 0; item < 1'000; ++item)
    for (int rater = 0; rater < 2; ++rater) labels.push_back({item, rater, (item + rater) % 2});
  labels.push_back({0, 2, 0});
  auto const found = fitted(labels, {.tolerance = 1e-5});
  REQUIRE(found);
  CHECK(found.log_likelihood == about(-1'000 * std::log(2.), 1e-4));
  CHECK(found.model().probability(500, 0) == about(1, 1e-3));
}

TEST_CASE("dawid_skene: nothing to learn from") {
  auto const reason_of = [](std::vector<patient_label> const& labels) {
    auto const found = fitted(labels);
    CHECK(found.status == fit_status::degenerate_data);
    CHECK(std::isnan(found.log_likelihood));
    CHECK(found.count == labels.size());
    CHECK(error_of([&] { (void)found.model(); }).find(found.reason) != std::string::npos);
    return found.reason;
  };
  CHECK(error_of([] { (void)fitted({}, {.tolerance = -1}); }).find("tolerance is -1") != std::string::npos);
  CHECK(reason_of({}) == "there are no labels");
  CHECK(reason_of({{1, 1, 3}, {1, 2, 3}, {2, 1, 3}}) == "all labels are of one category");
  CHECK(reason_of({{1, 1, 3}, {2, 2, 4}, {3, 1, 4}}) ==
        "no item has two labels, so that no rater is compared with another");
}

}  // namespace test_dawid_skene

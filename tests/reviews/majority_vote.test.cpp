// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/real.hpp>
#include <credence/reviews/majority_vote.hpp>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "reviews/patients.hpp"
#include "support/error_of.hpp"

namespace test_majority_vote {

using credence::majority_vote;
using credence::vote_tie;

namespace {

struct label {
  std::string item;
  int rater;
  std::optional<char> category;
  double weight = 1;
};

auto voted(std::vector<label> const& labels, credence::majority_vote_options const& options = {}) {
  return majority_vote(labels, &label::item, &label::rater, &label::category, &label::weight, options);
}

}  // namespace

TEST_CASE("majority_vote: winners, shares and who agrees") {
  auto const found = voted({{"a", 1, 'x'}, {"a", 2, 'x'}, {"a", 3, 'y'}, {"b", 1, 'z'}, {"b", 2, 'y'}, {"b", 3, 'z'}});
  CHECK(found);
  CHECK(found.count == 6);
  CHECK(found.tied == 0);
  CHECK(found.label("a") == 'x');
  CHECK(found.label("b") == 'z');
  CHECK(found.vote_share("a") == 2.0 / 3);
  CHECK(found.vote_share("a", 'y') == 1.0 / 3);
  CHECK(found.vote_share("a", 'z') == 0);
  CHECK(found.votes("b") == 3);
  CHECK(found.agreement(1) == 1);
  CHECK(found.agreement(2) == .5);
  CHECK(found.agreement(3) == .5);
  CHECK(found.items() == std::vector<std::string>{"a", "b"});
  CHECK(found.raters().size() == 3);
  CHECK(found.categories() == std::vector{'x', 'y', 'z'});
  CHECK(error_of([&] { (void)found.label("c"); }) == "credence: there is no item \"c\" among the 2 labelled");
  CHECK(error_of([&] { (void)found.agreement(4); }) == "credence: there is no rater 4 among the 3 labelled");
}

TEST_CASE("majority_vote: ties by rule") {
  std::vector<label> const labels{{"a", 1, 'z'}, {"a", 2, 'y'}, {"a", 3, 'x'}, {"a", 1, 'z'},
                                  {"a", 2, 'y'}, {"b", 3, 'x'}, {"c", 4, 'y'}, {"c", 3, 'x'}};
  auto const smallest = voted(labels);
  CHECK(smallest.tied == 2);
  CHECK(smallest.label("a") == 'y');
  CHECK(smallest.agreement(2) == 1);
  auto const first = voted(labels, {.tie = vote_tie::first_seen});
  CHECK(first.label("a") == 'z');
  CHECK(first.label("c") == 'y');
  CHECK(first.agreement(1) == 1);
  CHECK(first.agreement(2) == 0);
  // A vote of no weight is not the first of anything.
  CHECK(voted({{"a", 1, 'y', 0}, {"a", 2, 'x'}, {"a", 3, 'y'}}, {.tie = vote_tie::first_seen}).label("a") == 'x');
  auto const none = voted(labels, {.tie = vote_tie::no_label});
  CHECK(none.tied == 2);
  CHECK(!none.label("a"));
  CHECK(none.label("b") == 'x');
  CHECK(credence::is_nan(none.vote_share("a")));
  CHECK(none.vote_share("a", 'z') == .4);
  CHECK(credence::is_nan(none.agreement(4)));
  CHECK(none.agreement(3) == 1);
}

TEST_CASE("majority_vote: weights are votes, and bad ones are none") {
  double const no_number = std::numeric_limits<double>::quiet_NaN();
  std::vector<label> const labels{{"a", 1, 'x', .1},        {"a", 2, 'x', .2},       {"a", 3, 'y', .3},
                                  {"b", 1, 'x', 0},         {"c", 1, std::nullopt},  {"a", 4, 'y', -1},
                                  {"d", 9, 'y', no_number}, {"a", 2, 'z', .30000001}};
  auto const found = voted(labels);
  CHECK(found.label("a") == 'z');
  CHECK(found.rejected == 3);
  CHECK(found.rejections.missing == 1);
  CHECK(found.rejections.bad_weight == 2);
  CHECK(!found.label("b"));
  CHECK(credence::is_nan(found.vote_share("b", 'x')));
  CHECK(found.items().size() == 2);  // what was turned away leaves nothing behind
  CHECK(found.raters().size() == 3);
  CHECK(found.agreement(2) == doctest::Approx(.30000001 / .50000001));
  CHECK(error_of([&] { (void)voted(labels, {.on_invalid = credence::on_invalid::raise}); }) ==
        "credence: sample 4 is missing");
  // 0.1 + 0.2 and 0.3 are as many votes.
  CHECK(voted({labels.begin(), labels.begin() + 3}).tied == 1);
  CHECK(!voted({}));
}

TEST_CASE("majority_vote: the patients of 1979") {
  auto const found = majority_vote(patients(), &patient_label::item, &patient_label::rater, &patient_label::category);
  std::string truths;  // tests/reference/dawid_skene.py
  for (int const item : found.items()) truths += static_cast<char>('0' + found.label(item).value());
  CHECK(truths == "132222132242121111222222112111131223233111212");
}

}  // namespace test_majority_vote

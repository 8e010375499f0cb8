// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/reviews/dawid_skene.hpp>
#include <credence/reviews/dawid_skene_model.hpp>
#include <string>
#include <vector>

#include "reviews/patients.hpp"
#include "support/error_of.hpp"

namespace test_dawid_skene_model {

TEST_CASE("dawid_skene_model: probabilities add up, and each answer agrees with the others") {
  // Asked of a report that dies at once: what is walked over must not dangle.
  auto const model = credence::fit<credence::dawid_skene>(patients(), &patient_label::item, &patient_label::rater,
                                                          &patient_label::category)
                         .model();
  CHECK(model.items().size() == 45);
  CHECK(model.raters() == std::vector{1, 2, 3, 4, 5});
  CHECK(model.categories() == std::vector{1, 2, 3, 4});
  CHECK((model.has_item(45) && !model.has_item(46) && model.has_rater(5) && !model.has_rater(0)));
  double shares = 0;
  for (double const share : model.category_shares()) shares += share;
  CHECK(shares == doctest::Approx(1));
  for (int const item : model.items()) {
    double sum = 0;
    for (int const category : model.categories()) {
      sum += model.probability(item, category);
      CHECK(model.probability(item, category) <= model.probability(item, model.label(item)));
    }
    CHECK(sum == doctest::Approx(1));
  }
  for (int const rater : model.raters()) {
    double right = 0;
    auto const matrix = model.confusion(rater);
    for (int const truth : matrix.categories()) {
      double row = 0;
      for (int const said : model.categories()) row += matrix.at(truth, said);
      CHECK(row == doctest::Approx(1));
      right += model.category_share(truth) * matrix.at(truth, truth);
    }
    CHECK(model.accuracy(rater) == doctest::Approx(right));
  }
  CHECK(error_of([&] { (void)model.confusion(1).at(1, 5); }) ==
        "credence: there is no category 5 among the 4 labelled");
}

TEST_CASE("dawid_skene_model: one coin a rater") {
  auto const model = credence::fit<credence::dawid_skene>(patients(), &patient_label::item, &patient_label::rater,
                                                          &patient_label::category,
                                                          {.confusion = credence::rater_confusion::one_coin})
                         .model();
  double const accuracy = model.accuracy(3);
  CHECK((accuracy > .5 && accuracy < 1));
  for (int const truth : model.categories())
    for (int const said : model.categories())
      CHECK(model.confusion(3, truth, said) == doctest::Approx(truth == said ? accuracy : (1 - accuracy) / 3));
}

}  // namespace test_dawid_skene_model

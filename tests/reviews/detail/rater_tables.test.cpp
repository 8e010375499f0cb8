// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/reviews/detail/label_expectation.hpp>
#include <credence/reviews/detail/label_table.hpp>
#include <credence/reviews/detail/rater_tables.hpp>
#include <credence/reviews/detail/read_labels.hpp>
#include <cstddef>

#include "reviews/patients.hpp"

namespace test_rater_tables {

using credence::detail::expect_labels;
using credence::detail::label_expectation;
using credence::detail::label_table;
using credence::detail::rater_tables;
using credence::detail::read_labels;

/// Every pair of categories of every rater for itself; of one coin too, where each other category has a share of it.
double log_prior_of(rater_tables const& raters, label_table const& table,
                    credence::dawid_skene_options const& options) {
  if (!(options.prior_wrong > 0)) return 0;
  bool const full = options.confusion == credence::rater_confusion::full;
  double sum = 0;
  for (std::size_t truth = 0; truth < table.categories; ++truth)
    sum += options.prior_items * std::log(raters.share(truth));
  for (std::size_t rater = 0; rater < table.raters(); ++rater)
    for (std::size_t truth = 0; truth < (full ? table.categories : 1); ++truth)
      for (std::size_t said = 0; said < table.categories; ++said)
        sum += (said == truth ? options.prior_right : options.prior_wrong) *
               std::log(raters.chance(table, rater, truth, said));
  return sum;
}

TEST_CASE("rater_tables: no pass lowers what is raised, priors or none") {
  auto const labels = patients();
  label_table const table(read_labels(credence::on_invalid::reject, labels, &patient_label::item, &patient_label::rater,
                                      &patient_label::category, [](auto const&, auto const&) { return true; }));
  bool fell_with_priors = false;
  for (auto const confusion : {credence::rater_confusion::full, credence::rater_confusion::one_coin})
    for (double const prior : {0.0, 0.5, 20.0}) {
      credence::dawid_skene_options const options{
          .confusion = confusion, .prior_right = 2 * prior, .prior_wrong = prior, .prior_items = prior};
      rater_tables raters(table, options);
      label_expectation expected(table);
      expected.begin_with_votes(table);
      double before = 0;
      double worst = 0;
      bool fell = false;  // the likelihood alone may, with priors
      double likelihood = 0;
      for (int pass = 0; pass < 60; ++pass) {
        raters.maximise(table, expected);
        expect_labels(table, raters.known(), expected);
        double const reached = expected.log_likelihood + raters.log_prior(table);
        if (pass != 0) {
          worst = reached - before < worst ? reached - before : worst;
          fell = fell || expected.log_likelihood < likelihood - 1e-6;
        }
        before = reached;
        likelihood = expected.log_likelihood;
      }
      CHECK(worst > -1e-10);
      CHECK(raters.log_prior(table) == doctest::Approx(log_prior_of(raters, table, options)).epsilon(1e-13));
      CHECK((prior > 0 || !fell));
      fell_with_priors = fell_with_priors || fell;
      // Whatever a rater takes a category for, it is for one of them.
      for (std::size_t rater = 0; rater < table.raters(); ++rater)
        for (std::size_t truth = 0; truth < table.categories; ++truth) {
          double sum = 0;
          for (std::size_t said = 0; said < table.categories; ++said) sum += raters.chance(table, rater, truth, said);
          CHECK(sum == doctest::Approx(1));
        }
    }
  CHECK(fell_with_priors);  // or nothing was tested
}

}  // namespace test_rater_tables

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// A million labels, ten passes of EM with the reading of the rows, against a bare loop that does the same: dense
// numbers as they lie, labels put together by item, a table of logarithms a rater, the two steps of EM in one walk.

#include <credence/reviews/dawid_skene.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "contest.hpp"
#include "label_inputs.hpp"

namespace {

using inputs::label;

constexpr std::size_t categories = inputs::label_categories;
constexpr int passes = 10;

double bare_loop(std::vector<label> const& labels) {
  std::size_t items = 0;
  for (label const& each : labels) items = (std::max)(items, std::size_t{each.task} + 1);
  std::vector<std::uint32_t> begins(items + 1, 0);
  for (label const& each : labels) ++begins[each.task + 1];
  for (std::size_t item = 0; item < items; ++item) begins[item + 1] += begins[item];
  std::vector<std::uint32_t> next(begins.begin(), begins.end() - 1);
  std::vector<std::uint32_t> said(labels.size());
  for (label const& each : labels)
    said[next[each.task]++] = each.worker * static_cast<std::uint32_t>(categories) + each.category;

  std::vector<double> counts(inputs::label_workers * categories * categories);
  std::vector<double> logs(counts.size());
  std::vector<double> posteriors(items * categories);
  double shares[categories] = {};
  double log_shares[categories];
  double log_likelihood = 0;
  for (int pass = 0; pass <= passes; ++pass) {
    if (pass != 0) {
      for (std::size_t worker = 0; worker < inputs::label_workers; ++worker) {
        double const* const of = counts.data() + worker * categories * categories;
        for (std::size_t truth = 0; truth < categories; ++truth) {
          double total = 0;
          for (std::size_t one = 0; one < categories; ++one) total += of[one * categories + truth];
          for (std::size_t one = 0; one < categories; ++one)
            logs[(worker * categories + one) * categories + truth] = std::log(of[one * categories + truth] / total);
        }
      }
      for (std::size_t truth = 0; truth < categories; ++truth)
        log_shares[truth] = std::log(shares[truth] / static_cast<double>(items));
    }
    std::fill(counts.begin(), counts.end(), 0.0);
    std::fill(shares, shares + categories, 0.0);
    log_likelihood = 0;
    for (std::size_t item = 0; item < items; ++item) {
      double sums[categories] = {};
      if (pass == 0) {
        for (std::uint32_t at = begins[item]; at < begins[item + 1]; ++at) sums[said[at] % categories] += 1;
        for (double& sum : sums) sum /= begins[item + 1] - begins[item];
      } else {
        for (std::size_t truth = 0; truth < categories; ++truth) sums[truth] = log_shares[truth];
        for (std::uint32_t at = begins[item]; at < begins[item + 1]; ++at)
          for (std::size_t truth = 0; truth < categories; ++truth) sums[truth] += logs[said[at] * categories + truth];
        double const greatest = *std::max_element(sums, sums + categories);
        double total = 0;
        for (double& sum : sums) total += sum = std::exp(sum - greatest);
        for (double& sum : sums) sum /= total;
        log_likelihood += greatest + std::log(total);
      }
      for (std::size_t truth = 0; truth < categories; ++truth) {
        posteriors[item * categories + truth] = sums[truth];
        shares[truth] += sums[truth];
      }
      for (std::uint32_t at = begins[item]; at < begins[item + 1]; ++at)
        for (std::size_t truth = 0; truth < categories; ++truth) counts[said[at] * categories + truth] += sums[truth];
    }
  }
  return log_likelihood;
}

double ten_passes(std::vector<label> const& labels) {
  auto const found = credence::fit<credence::dawid_skene>(labels, &label::task, &label::worker, &label::category,
                                                          {.tolerance = 0, .max_iterations = passes});
  bench::expect(found.iterations == passes && found.count == labels.size(), "the passes");
  return found.log_likelihood;
}

double expected_of(std::vector<label> const& labels) {
  static double const kept = bare_loop(labels);
  return kept;
}
void expect_near(double found, std::vector<label> const& labels) {
  bench::expect(std::fabs(found / expected_of(labels) - 1) < 1e-9, "the likelihood");
}

std::size_t all() { return inputs::labels().size(); }

bench::enter const by_task{{.name = "reviews/dawid_skene_ten_passes",
                            .credence = [] { expect_near(ten_passes(inputs::labels()), inputs::labels()); },
                            .floor = [] { expect_near(bare_loop(inputs::labels()), inputs::labels()); },
                            .at_most = 1.5,
                            .items = all}};
bench::enter const in_no_order{
    {.name = "reviews/dawid_skene_in_no_order",
     .credence = [] { expect_near(ten_passes(inputs::shuffled_labels()), inputs::shuffled_labels()); },
     .floor = [] { expect_near(bare_loop(inputs::shuffled_labels()), inputs::shuffled_labels()); },
     .at_most = 1.5,
     .items = all}};

}  // namespace

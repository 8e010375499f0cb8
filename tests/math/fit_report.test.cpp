// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/error.hpp>
#include <credence/math/fit_report.hpp>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/error_of.hpp"

namespace test_fit_report {

using credence::fit_report;
using credence::fit_status;

TEST_CASE("fit_report: a model only from what converged") {
  using report = fit_report<std::vector<int>>;
  credence::fit_summary summary;
  summary.status = fit_status::converged;
  report const good(summary, {1, 2});
  CHECK(good);
  CHECK(good.model() == std::vector{1, 2});
  CHECK(report(good).model().size() == 2);  // of one that dies at once: a model of its own
  static_assert(!std::is_reference_v<decltype(std::move(good).model())>);
  CHECK(std::move(good).model().size() == 2);

  // Whoever gives one all the same does not get it back.
  summary.status = fit_status::iteration_limit;
  report const bad(summary, {1, 2});
  CHECK(!bad);
  CHECK(error_of([&] { (void)bad.model(); }) ==
        "credence: there is no model, for the fit ended with the status iteration_limit: allow more iterations, or a "
        "greater tolerance where it has one");
  CHECK(!report());
  CHECK(error_of([] { (void)report().model(); }).find("degenerate_data") != std::string::npos);
}

TEST_CASE("fit_report: every status has a name and says what to do") {
  for (int at = 0; at <= static_cast<int>(fit_status::iteration_limit); ++at) {
    credence::fit_summary summary;
    summary.status = static_cast<fit_status>(at);
    CHECK(!name_of(summary.status).empty());
    CHECK(!summary.advice().empty());
    CHECK(static_cast<bool>(summary) == (at == 0));
  }
  credence::fit_summary summary;
  summary.reason = "all labels are \"good\"";
  CHECK(summary.advice() ==
        "all labels are \"good\"; give more rows, or others: these say nothing of what the model asks");
}

}  // namespace test_fit_report

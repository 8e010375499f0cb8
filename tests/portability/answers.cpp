// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <array>
#include <chrono>
#include <credence/agreement/fleiss_kappa.hpp>
#include <credence/agreement/krippendorff_alpha.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/design.hpp>
#include <credence/core/group_by.hpp>
#include <credence/core/over_time.hpp>
#include <credence/inference/before_after.hpp>
#include <credence/inference/bootstrap.hpp>
#include <credence/inference/compare_groups.hpp>
#include <credence/inference/difference_in_differences.hpp>
#include <credence/inference/drivers.hpp>
#include <credence/inference/linkage.hpp>
#include <credence/inference/mean.hpp>
#include <credence/inference/mean_comparison.hpp>
#include <credence/inference/spearman.hpp>
#include <credence/inference/suppressed.hpp>
#include <credence/inference/trend.hpp>
#include <credence/survey/bootstrap.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/likert.hpp>
#include <credence/survey/net_sentiment.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/share.hpp>
#include <credence/survey/weighting.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inference/branches.hpp"
#include "laws/accumulators.hpp"
#include "portability/digest.hpp"
#include "support/attitude.hpp"

// What is no fold of an accumulator, and the folds that go another way than sample by sample.

namespace portability {

namespace {

using laws::row;

void add_regressions(digest& into) {
  auto const overall = [](std::array<int, 7> const& answers) { return answers[0]; };
  auto const others = [](std::array<int, 7> const& answers) {
    return std::array{answers[1], answers[2], answers[3], answers[4], answers[5], answers[6]};
  };
  into.add("drivers", credence::drivers(attitude, overall, others, {.replicates = 40}));

  std::vector<branch_month> const rows = branches();
  into.add("spearman", credence::spearman(rows, &branch_month::score, &branch_month::outcome));
  into.add("linkage", credence::linkage(rows, &branch_month::branch, &branch_month::month, &branch_month::score,
                                        &branch_month::outcome));
  into.add("linkage_within",
           credence::linkage(rows, &branch_month::branch, &branch_month::month, &branch_month::score,
                             &branch_month::outcome, {.longest_lag = 2, .view = credence::linkage_view::within_units}));
}

void add_over_time(digest& into, std::vector<row> const& rows) {
  // Two years and some days.
  auto const when = credence::epoch_seconds(
      [](row const& each) { return (each.identifier & ((std::int64_t{1} << 26) - 1)) + 1'700'000'000; });
  auto const monthly =
      credence::over_time(rows, when, credence::calendar_month{}, credence::nps_accumulator{}, &row::score);
  into.add("over_time", monthly.result());
  into.add("trend", credence::trend(monthly));
  using namespace std::chrono;
  into.add("before_after", credence::before_after(monthly, sys_days{2025y / 1 / 1}));
}

void add_comparisons(digest& into, std::vector<row> const& rows) {
  auto const quarter = [&](std::size_t at) {
    auto const begin = rows.begin() + static_cast<std::ptrdiff_t>(at * rows.size() / 4);
    return std::vector<row>(begin, begin + static_cast<std::ptrdiff_t>(rows.size() / 4));
  };
  auto const nps = [&](std::size_t at) { return credence::nps(quarter(at), &row::score); };
  auto const csat = [&](std::size_t at) { return credence::csat(quarter(at), &row::stars); };
  auto const mean = [&](std::size_t at) { return credence::mean(quarter(at), &row::amount, &row::weight); };
  auto const likert = [&](std::size_t at) { return credence::likert(quarter(at), &row::stars); };
  into.add("compare_nps", credence::compare(nps(0), nps(1)));
  into.add("compare_csat", credence::compare(csat(0), csat(1)));
  into.add("compare_mean", credence::compare(mean(0), mean(1)));
  into.add("compare_likert", credence::compare(likert(0), likert(1)));
  into.add("difference_in_differences", credence::difference_in_differences(nps(0), nps(1), nps(2), nps(3)));

  auto const groups = credence::group_by(rows, &row::city, credence::nps_accumulator{}, &row::score);
  std::size_t at = 0;
  for (auto const& group : credence::compare_groups(groups)) {
    std::string const name = "compare_groups." + std::to_string(at++);
    into.add(name, group.against);
    into.add(name + ".adjusted_p_value", group.adjusted_p_value);
    into.add(name + ".differs", group.differs);
  }
  auto const shops = credence::group_by(rows, &row::shop, credence::csat_accumulator{}, &row::stars);
  auto const shown = credence::suppressed(shops, {.minimum_count = 24});
  std::string hidden;
  for (auto const& cell : shown.cells) hidden += credence::name_of(cell.suppression).front();
  into.add("suppressed.cells", hidden);
  into.add("suppressed.total", *shown.total);
}

void add_intervals(digest& into, std::vector<row> const& rows) {
  using credence::net_score_interval;
  using credence::share_interval;
  for (auto const method :
       {net_score_interval::score, net_score_interval::wald, net_score_interval::t, net_score_interval::adjusted_wald})
    into.add("nps_interval." + std::string(name_of(method)),
             credence::nps(rows, &row::score, {.interval_method = method}).interval);
  for (auto const method : {share_interval::wilson, share_interval::agresti_coull, share_interval::clopper_pearson,
                            share_interval::jeffreys, share_interval::wald})
    into.add("csat_interval." + std::string(name_of(method)),
             credence::csat(rows, &row::stars, {.interval_method = method}).interval);

  into.add("nps_designed", credence::nps(rows, &row::score, credence::weighted_by(&row::weight),
                                         credence::stratified_by(&row::city), credence::clustered_by(&row::shop)));
  into.add("mean_designed", credence::mean(rows, &row::amount, credence::weighted_by(&row::weight),
                                           credence::stratified_by(&row::city)));

  into.add("bootstrap_nps", credence::bootstrap(credence::nps(rows, &row::score), {.replicates = 500}));
  into.add("bootstrap_rows",
           credence::bootstrap(rows, credence::mean_accumulator{}, &row::amount, &row::weight, {.replicates = 60}));
}

void add_weights(digest& into, std::vector<row> const& rows) {
  auto const by_stars = credence::margin(&row::stars, {{1, .1}, {2, .12}, {3, .2}, {4, .25}, {5, .23}, {6, .1}});
  auto const by_half = credence::margin([](row const& each) { return each.shop < 0; },
                                        std::vector<std::pair<bool, double>>{{false, 3}, {true, 2}});
  // They stop where all targets are met within 1e-10, not at the last digit; where they stop is the same cycle.
  auto const weights = credence::raked(rows, credence::margins(by_stars, by_half), &row::weight);
  into.add("raked", static_cast<credence::raking_report const&>(weights));
  for (std::size_t at = 0; at < 12; ++at) into.add("raked.weight." + std::to_string(at), weights(rows[at]));
  into.add("nps_raked", credence::nps(rows, &row::score, weights));
}

void add_agreement(digest& into, std::vector<row> const& rows) {
  using credence::measurement;
  auto const unit = [](row const& each) { return each.identifier & 31; };
  for (measurement const scale :
       {measurement::nominal, measurement::ordinal, measurement::interval, measurement::ratio}) {
    std::string const name = "krippendorff_alpha_" + std::string(name_of(scale));
    into.add(name, credence::krippendorff_alpha(rows, unit, &row::shop, &row::stars, {.scale = scale}));
    into.add(name + ".of_reals",
             credence::krippendorff_alpha(rows, unit, &row::shop, &row::amount, {.scale = scale, .replicates = 50}));
  }
  into.add("fleiss_kappa", credence::fleiss_kappa(rows, unit, &row::stars));
}

// Contiguous samples, counted by the strip, which every compiler makes other instructions of, and enough of them for
// chunks to be merged.
void add_bulk(digest& into) {
  std::vector<row> const rows = laws::rows_of(70'000, 4);
  std::vector<std::int8_t> scores;
  std::vector<int> stars;
  std::vector<std::int64_t> identifiers;
  std::vector<double> amounts;
  for (row const& each : rows) {
    scores.push_back(each.score);
    stars.push_back(each.stars.value_or(0));
    identifiers.push_back(each.identifier);
    amounts.push_back(each.amount);
  }
  into.add("nps_bulk", credence::nps(scores));
  into.add("csat_bulk", credence::csat(stars));
  into.add("likert_bulk", credence::likert(scores, {.scale_min = 0, .scale_max = 10}));
  into.add("mean_bulk", credence::mean(identifiers));
  into.add("mean_of_bytes_bulk", credence::mean(scores));
  into.add("mean_of_reals_bulk", credence::mean(amounts));
  into.add("share_bulk", credence::share(amounts, {.satisfied_from = 12.5, .scale_min = -250}));
  into.add("net_sentiment_bulk", credence::net_sentiment(amounts, {.negative_to = -40, .positive_from = 400}));
}

}  // namespace

void add_answers(digest& into) {
  std::vector<row> const rows = laws::rows_of(1'000, 7);
  add_regressions(into);
  add_over_time(into, rows);
  add_comparisons(into, rows);
  add_intervals(into, rows);
  add_weights(into, rows);
  add_agreement(into, rows);
  add_bulk(into);
}

}  // namespace portability

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_REVIEWS_HPP
#define TRUST_REPORT_REVIEWS_HPP

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <credence/core/calendar.hpp>
#include <credence/core/group_by.hpp>
#include <credence/core/over_time.hpp>
#include <credence/core/real.hpp>
#include <credence/inference/trend.hpp>
#include <credence/math/fit.hpp>
#include <credence/math/fit_report.hpp>
#include <credence/reviews/additive_ratings.hpp>
#include <credence/reviews/bayesian_average.hpp>
#include <credence/reviews/decayed_mean.hpp>
#include <credence/reviews/ranking.hpp>
#include <credence/reviews/rating_catalogue.hpp>
#include <credence/reviews/star_lower_bound.hpp>
#include <credence/reviews/star_summary.hpp>

#include "trust_report/events.hpp"
#include "trust_report/reviews_rows.hpp"

// What a file of reviews says: how the shop is rated, which items are the best and the worst for sure, what has
// changed, and which raters are harsh. From the file to figures.

namespace trust_report {

/// A review so much older counts half in what is said "of late".
inline constexpr std::chrono::days half_life{180};
/// Raters with so many reviews who give so many stars less than others do to the same items are called harsh, and
/// those who give so many more generous.
inline constexpr std::uint64_t least_reviews_judged = 3;
inline constexpr double noted_bias = 0.5;

struct reviewed_item {
  std::string name;
  std::uint64_t count = 0;
  double mean = credence::not_a_number();
  std::uint64_t mean_rank = 0;  ///< what it would be by its mean alone
  credence::interval interval;  ///< of the mean, by the posterior of `star_lower_bound`; its lower end ranks
  double bayesian = credence::not_a_number();
  std::optional<credence::decayed_mean_result> of_late;  ///< where there are times
  double moved = credence::not_a_number();  ///< by taking its raters' ways away; NaN where they are not known

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("count", self.count);
    visit("mean", self.mean);
    visit("mean_rank", self.mean_rank);
    visit("interval", self.interval);
    visit("bayesian", self.bayesian);
    visit("of_late", self.of_late);
    visit("moved", self.moved);
  }
};

struct reviews_period {
  std::string name;
  bool complete = false;
  credence::star_summary_result stars;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("complete", self.complete);
    visit("stars", self.stars);
  }
};

struct reviews_over_time {
  std::string first;  ///< day of the first review
  std::string last;
  std::vector<reviews_period> periods;  ///< those with reviews, in order
  credence::trend_result trend;
  credence::decayed_mean_result of_late;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("first", self.first);
    visit("last", self.last);
    visit("periods", self.periods);
    visit("trend", self.trend);
    visit("of_late", self.of_late);
  }
};

struct raters_report {
  credence::fit_status status = credence::fit_status::degenerate_data;  ///< all else is 0 unless it converged
  std::uint64_t raters = 0;
  std::uint64_t judged = 0;  ///< with reviews enough
  std::uint64_t harsh = 0;
  std::uint64_t generous = 0;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("status", self.status);
    visit("raters", self.raters);
    visit("judged", self.judged);
    visit("harsh", self.harsh);
    visit("generous", self.generous);
  }
};

struct reviews_report {
  reviews_file file;
  std::string period;
  std::uint64_t top = 0;
  double confidence = 0.95;
  int scale = 5;
  int satisfied_from = 4;
  credence::star_summary_result stars;  ///< of all reviews that are used
  double prior_mean = credence::not_a_number();
  double prior_weight = credence::not_a_number();
  std::vector<reviewed_item> items;  ///< all, by the lower end of their intervals
  std::optional<reviews_over_time> over_time;
  std::optional<raters_report> raters;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("file", self.file);
    visit("period", self.period);
    visit("top", self.top);
    visit("confidence", self.confidence);
    visit("scale", self.scale);
    visit("satisfied_from", self.satisfied_from);
    visit("stars", self.stars);
    visit("prior_mean", self.prior_mean);
    visit("prior_weight", self.prior_weight);
    visit("items", self.items);
    visit("over_time", self.over_time);
    visit("raters", self.raters);
  }
};

namespace detail {

/// The items by what is sure of them, and what their plain means would have made of that.
inline void rank_items(reviews_report& made, std::vector<review> const& reviews) {
  int const scale = made.scale;
  auto const counted = credence::rating_catalogue(reviews, &review::item, &review::stars, {.scale_max = scale});
  auto const bayesian =
      credence::ranking(counted, credence::bayesian_average_accumulator{{.scale_min = 1, .scale_max = scale}});
  made.prior_mean = bayesian.prior_mean;
  made.prior_weight = bayesian.prior_weight;
  std::map<std::string, double> averages;
  for (auto const& own : bayesian) averages[own.key] = own.score;
  // Two-sided, so that the bound that ranks is the end of the interval that is shown.
  for (auto const& own :
       credence::ranking(counted, credence::star_lower_bound_accumulator{
                                      {.scale_max = scale, .confidence = made.confidence, .one_sided = false}})) {
    reviewed_item told;
    told.name = own.key;
    told.count = own.count;
    told.mean = own.mean;
    told.interval = own.interval;
    told.bayesian = averages[own.key];
    made.items.push_back(std::move(told));
  }
  std::vector<reviewed_item*> by_mean;
  for (reviewed_item& own : made.items) by_mean.push_back(&own);
  std::sort(by_mean.begin(), by_mean.end(), [](auto const* one, auto const* other) {
    return one->mean != other->mean ? one->mean > other->mean : one < other;
  });
  for (std::size_t at = 0; at < by_mean.size(); ++at) by_mean[at]->mean_rank = at + 1;
}

inline reviews_over_time told_over_time(std::vector<review> const& reviews, reviews_request const& asked,
                                        credence::star_summary_accumulator const& empty) {
  reviews_over_time made;
  made.of_late = credence::decayed_mean(reviews, &review::time, &review::stars,
                                        {.half_life = half_life, .confidence = asked.confidence});
  auto const [first, last] = std::minmax_element(
      reviews.begin(), reviews.end(), [](review const& one, review const& other) { return one.time < other.time; });
  credence::calendar_day const days;
  if (first != reviews.end()) made.first = days.name_of(days.index_of(first->time));
  if (last != reviews.end()) made.last = days.name_of(days.index_of(last->time));
  with_policy(asked.period, [&](auto policy) {
    policy.observed_until = asked.observed_until;
    auto const timed = credence::over_time(reviews, &review::time, policy, empty, &review::stars);
    auto const occupied = timed.result();
    for (auto const& each : occupied) made.periods.push_back({each.name, each.complete, each.accumulator.result()});
    made.trend = credence::trend(occupied, {.confidence = asked.confidence});
  });
  return made;
}

/// What raters and items add, all at once: where harsh raters keep to some items, one pass would blame those.
inline raters_report told_of_raters(reviews_report& made, std::vector<review> const& reviews) {
  // As if each rater and each item had two more reviews that are like all others: of who gave a few little is known.
  constexpr double damping = 2;
  auto const found = credence::fit<credence::additive_ratings>(reviews, &review::rater, &review::item, &review::stars,
                                                               {.damping = damping});
  raters_report told;
  told.status = found.status;
  if (!found) return told;
  auto const& model = found.model();
  told.raters = model.rater_count;
  for (auto const& own : model.raters()) {
    if (own.count < least_reviews_judged) continue;
    ++told.judged;
    told.harsh += own.effect <= -noted_bias;
    told.generous += own.effect >= noted_bias;
  }
  for (reviewed_item& own : made.items) {
    // The damped mean: what the model would say if all raters were alike.
    auto const reviews_of_it = static_cast<double>(own.count);
    own.moved = model.item(own.name).effect - (own.mean - model.mean) * reviews_of_it / (reviews_of_it + damping);
  }
  return told;
}

}  // namespace detail

/// Reads reviews, and reports. Throws csv_error for a file that cannot be read and for a column that is not there.
inline reviews_report make_reviews_report(std::istream& stream, std::string name, reviews_request const& asked) {
  using detail::review;
  auto [file, reviews] = detail::reviews_of(stream, std::move(name), asked);
  reviews_report made;
  made.file = std::move(file);
  made.period = asked.period;
  made.top = static_cast<std::uint64_t>(asked.top);
  made.confidence = asked.confidence;
  made.scale = asked.scale;
  made.satisfied_from = (4 * asked.scale + 4) / 5;  // 4 of 5, 8 of 10
  credence::star_summary_accumulator const empty(
      {.scale_max = asked.scale, .satisfied_from = made.satisfied_from, .confidence = asked.confidence});
  made.stars = credence::fold(reviews, empty, &review::stars).result();
  detail::rank_items(made, reviews);
  if (made.file.time) {
    made.over_time = detail::told_over_time(reviews, asked, empty);
    auto const of_late =
        credence::group_by(reviews, &review::item,
                           credence::decayed_mean_accumulator{{.half_life = half_life, .confidence = asked.confidence}},
                           &review::time, &review::stars);
    for (reviewed_item& own : made.items) own.of_late = of_late.at(own.name).result();
  }
  if (made.file.rater) made.raters = detail::told_of_raters(made, reviews);
  return made;
}

}  // namespace trust_report

#endif

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_LAWS_ACCUMULATORS_HPP
#define CREDENCE_TESTS_LAWS_ACCUMULATORS_HPP

#include <algorithm>
#include <array>
#include <credence/agreement/cohen_kappa.hpp>
#include <credence/agreement/cronbach_alpha.hpp>
#include <credence/agreement/icc.hpp>
#include <credence/churn/churn_rate_accumulator.hpp>
#include <credence/churn/churn_scores.hpp>
#include <credence/clv/revenue_concentration.hpp>
#include <credence/core/accumulator.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/describe.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/grouped.hpp>
#include <credence/core/sharded.hpp>
#include <credence/core/tee.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/core/timed.hpp>
#include <credence/history/activity.hpp>
#include <credence/history/activity_times.hpp>
#include <credence/history/orders.hpp>
#include <credence/inference/compare_paired.hpp>
#include <credence/inference/mean.hpp>
#include <credence/retention/cohort_accumulator.hpp>
#include <credence/retention/funnel.hpp>
#include <credence/reviews/bayesian_average.hpp>
#include <credence/reviews/decayed_mean.hpp>
#include <credence/reviews/gravity.hpp>
#include <credence/reviews/hotness.hpp>
#include <credence/reviews/incentive_effect.hpp>
#include <credence/reviews/rating_catalogue.hpp>
#include <credence/reviews/shrunk_rating.hpp>
#include <credence/reviews/star_lower_bound.hpp>
#include <credence/reviews/star_summary.hpp>
#include <credence/reviews/wilson_lower_bound.hpp>
#include <credence/survey/ces.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/item_nonresponse.hpp>
#include <credence/survey/likert.hpp>
#include <credence/survey/net_sentiment.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/ratio_of_totals.hpp>
#include <credence/survey/response_rate.hpp>
#include <credence/survey/share.hpp>
#include <credence/survey/trust_index.hpp>
#include <credence/survival/survival_times_accumulator.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// The accumulators that every law is run over: a new one is added here, as a type with
//
//     static constexpr char const* name            of its golden file
//     static empty()                               one that has seen nothing
//     static unlike()                              one that `empty()` with samples must refuse to merge with, if any
//     static with_projections(call)                call(projections…), of rows of type `laws::row`
//
// and in the list at the end. An accumulator that is not pushed to has `made(rows)` in place of the projections.

namespace laws {

/// A row with something for every accumulator, clean and dirty.
struct row {
  std::int8_t score = 0;        ///< 0…10, and codes beside them
  std::optional<int> stars;     ///< 1…5, 6, or none
  double amount = 0;            ///< a real, now and then a NaN or an infinity
  double weight = 1;            ///< now and then zero, negative or a NaN
  std::int64_t identifier = 0;  ///< wide integers of both signs
  std::string city;
  int shop = 0;
};

/// The same rows on every machine: xorshift64, and nothing of the standard library's distributions.
inline std::vector<row> rows_of(std::size_t count, std::uint64_t seed = 20'260'101) {
  static char const* const cities[] = {"Bern", "Genf", "Basel", "", "Zürich", "a very long name of a very small place"};
  std::vector<row> rows(count);
  std::uint64_t word = seed;
  auto const below = [&word](std::uint64_t limit) {
    word ^= word << 13;
    word ^= word >> 7;
    word ^= word << 17;
    return (word >> 11) % limit;
  };
  for (row& each : rows) {
    each.score = static_cast<std::int8_t>(static_cast<int>(below(13)) - 1);
    if (below(10) != 0) each.stars = static_cast<int>(below(6)) + 1;
    std::uint64_t const kind = below(60);
    each.amount = kind == 0   ? std::numeric_limits<double>::quiet_NaN()
                  : kind == 1 ? std::numeric_limits<double>::infinity()
                              : static_cast<double>(below(1'000'000)) / 997 - 300;
    std::uint64_t const weighing = below(60);
    each.weight = weighing == 0   ? 0.0
                  : weighing == 1 ? -1.0
                  : weighing == 2 ? std::numeric_limits<double>::quiet_NaN()
                                  : static_cast<double>(1 + below(1'000)) / 333;
    each.identifier = static_cast<std::int64_t>(below(std::uint64_t{1} << 53)) - (std::int64_t{1} << 52);
    each.city = cities[below(6)];
    each.shop = static_cast<int>(below(40)) - 20;
  }
  return rows;
}

struct nps {
  static constexpr char const* name = "nps";
  static credence::nps_accumulator empty() { return {}; }
  static credence::nps_accumulator unlike() {
    return credence::nps_accumulator({.passive_from = 4, .promoter_from = 5, .scale_min = 1, .scale_max = 5});
  }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::score);
  }
};

struct nps_weighted : nps {
  static constexpr char const* name = "nps_weighted";
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::score, &row::weight);
  }
};

struct csat {
  static constexpr char const* name = "csat";
  static credence::csat_accumulator empty() {
    return credence::csat_accumulator({.confidence = .9, .interval_method = credence::share_interval::jeffreys});
  }
  static credence::csat_accumulator unlike() { return credence::csat_accumulator({.satisfied_from = 5}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::stars);
  }
};

struct share {
  static constexpr char const* name = "share";
  static credence::share_accumulator empty() {
    return credence::share_accumulator({.satisfied_from = 12.5, .scale_min = -250});
  }
  static credence::share_accumulator unlike() { return credence::share_accumulator({.satisfied_from = 12.5}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::amount);
  }
};

struct share_weighted : share {
  static constexpr char const* name = "share_weighted";
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::amount, &row::weight);
  }
};

struct mean {
  static constexpr char const* name = "mean";
  static credence::mean_accumulator empty() { return {}; }
  static credence::mean_accumulator unlike() { return credence::mean_accumulator({.scale_max = 100}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::identifier);
  }
};

struct mean_of_reals : mean {
  static constexpr char const* name = "mean_of_reals";
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::amount);
  }
};

struct mean_weighted : mean {
  static constexpr char const* name = "mean_weighted";
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::amount, &row::weight);
  }
};

struct likert {
  static constexpr char const* name = "likert";
  static auto empty() { return credence::likert_accumulator({.scale_max = 6, .bottom_to = 1}); }
  static auto unlike() { return credence::likert_accumulator({.scale_max = 7}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::stars);
  }
};

struct ces_weighted {
  static constexpr char const* name = "ces_weighted";
  static auto empty() { return credence::ces_accumulator({.measure = credence::likert_measure::net_share}); }
  static auto unlike() { return credence::ces_accumulator({.scale_max = 9}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::score, &row::weight);
  }
};

struct net_sentiment {
  static constexpr char const* name = "net_sentiment";
  static auto empty() { return credence::net_sentiment_accumulator({.negative_to = -40}); }
  static auto unlike() { return credence::net_sentiment_accumulator({.negative_to = -41}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::amount);
  }
};

struct response_rate {
  static constexpr char const* name = "response_rate";
  static credence::response_rate_accumulator empty() { return {}; }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::stars);
  }
};

struct response_rate_weighted : response_rate {
  static constexpr char const* name = "response_rate_weighted";
  template <class Call>
  static auto with_projections(Call const& call) {
    return call([](row const& each) { return static_cast<credence::disposition>(each.shop & 7); }, &row::weight);
  }
};

struct ratio_of_totals_weighted {
  static constexpr char const* name = "ratio_of_totals_weighted";
  static credence::ratio_of_totals_accumulator empty() { return {}; }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::amount, &row::stars, &row::weight);
  }
};

/// Three answers of a row, blanks among them.
struct three_items {
  auto operator()(row const& each) const {
    return std::array<std::optional<int>, 3>{each.stars, each.shop > 0 ? std::optional(each.shop % 7) : std::nullopt,
                                             each.score};
  }
};

struct trust_index {
  static constexpr char const* name = "trust_index";
  static credence::trust_index_accumulator empty() { return {}; }
  static auto unlike() { return credence::trust_index_accumulator({.scale_max = 6}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(three_items{});
  }
};

struct trust_index_weighted : trust_index {
  static constexpr char const* name = "trust_index_weighted";
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(three_items{}, &row::weight);
  }
};

struct item_nonresponse_weighted {
  static constexpr char const* name = "item_nonresponse_weighted";
  static credence::item_nonresponse_accumulator empty() { return {}; }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(three_items{}, &row::weight);
  }
};

struct cronbach_alpha {
  static constexpr char const* name = "cronbach_alpha";
  static credence::cronbach_alpha_accumulator empty() { return {}; }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call([](row const& each) { return std::array<double, 3>{each.amount, each.shop * 10., each.score * 20.}; });
  }
};

struct icc : cronbach_alpha {
  static constexpr char const* name = "icc";
  static credence::icc_accumulator empty() { return {}; }
};

struct cohen_kappa {
  static constexpr char const* name = "cohen_kappa";
  static auto empty() {
    return credence::cohen_kappa_accumulator<int>({.weights = credence::kappa_weights::quadratic});
  }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::stars, &row::score);
  }
};

struct compare_paired {
  static constexpr char const* name = "compare_paired";
  static credence::compare_paired_accumulator empty() { return {}; }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::stars, &row::amount);
  }
};

struct tee {
  static constexpr char const* name = "tee";
  static auto empty() { return credence::tee(nps::empty(), csat::empty(), mean::empty()); }
  static auto unlike() { return credence::tee(nps::empty(), csat::unlike(), mean::empty()); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(credence::each(&row::score, &row::stars, &row::identifier));
  }
};

struct tee_weighted {
  static constexpr char const* name = "tee_weighted";
  static auto empty() { return credence::tee(mean::empty(), nps::empty()); }
  static auto unlike() { return credence::tee(mean::unlike(), nps::empty()); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(credence::each(&row::amount, &row::score), &row::weight);
  }
};

struct grouped_by_text {
  static constexpr char const* name = "grouped_by_text";
  static auto empty() { return credence::grouped<std::string, credence::nps_accumulator>(nps::empty()); }
  static auto unlike() { return credence::grouped<std::string, credence::nps_accumulator>(nps::unlike()); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::city, &row::score);
  }
};

struct grouped_by_integer {
  static constexpr char const* name = "grouped_by_integer";
  using parts = credence::tee_accumulator<credence::nps_accumulator, credence::mean_accumulator>;
  static auto empty() { return credence::grouped<int, parts>(credence::tee(nps::empty(), mean::empty())); }
  static auto unlike() { return credence::grouped<int, parts>(credence::tee(nps::empty(), mean::unlike())); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::shop, credence::each(&row::score, &row::identifier));
  }
};

struct grouped_by_tuple_weighted {
  static constexpr char const* name = "grouped_by_tuple_weighted";
  using key = std::tuple<std::optional<int>, std::string>;
  static auto empty() { return credence::grouped<key, credence::csat_accumulator>(csat::empty()); }
  static auto unlike() { return credence::grouped<key, credence::csat_accumulator>(csat::unlike()); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call([](row const& each) { return std::tuple(each.stars, std::string_view(each.city)); }, &row::stars,
                &row::weight);
  }
};

struct timed_by_week {
  static constexpr char const* name = "timed_by_week";
  using weekly = credence::timed<credence::calendar_week, credence::nps_accumulator>;
  static auto empty() { return weekly(credence::calendar_week{}, nps::empty()); }
  static auto unlike() {
    return weekly(credence::calendar_week{.offset = credence::time_span::from_micros(1)}, nps::empty());
  }
  template <class Call>
  static auto with_projections(Call const& call) {
    // A hundred days about 1970, and some rows beyond all time.
    return call(credence::epoch_seconds([](row const& each) {
                  return each.shop == 3 ? (std::numeric_limits<std::int64_t>::max)() : each.identifier >> 30;
                }),
                &row::score);
  }
};

struct timed_windows_weighted {
  static constexpr char const* name = "timed_windows_weighted";
  using windows = credence::timed<credence::sliding, credence::mean_accumulator>;
  static auto of(std::int64_t steps) {
    credence::time_span const step = credence::time_span::from_micros(1'000'000);
    return windows(credence::sliding{credence::time_span::from_micros(1'000'000 * steps), step}, mean::empty());
  }
  static auto empty() { return of(3); }
  static auto unlike() { return of(2); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(credence::epoch_seconds(&row::stars), &row::amount, &row::weight);
  }
};

/// A hundred days about 1970, and some rows beyond all time.
inline auto days_of_rows() {
  return credence::epoch_seconds([](row const& each) {
    return each.shop == 3 ? (std::numeric_limits<std::int64_t>::max)() : each.identifier >> 30;
  });
}

struct activity_by_day {
  static constexpr char const* name = "activity_by_day";
  using history = credence::activity_accumulator<std::string, credence::calendar_day>;
  static auto empty() { return history(credence::calendar_day{}); }
  static auto unlike() { return history(credence::calendar_day{.offset = credence::time_span::from_micros(1)}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::city, days_of_rows());
  }
};

struct activity_of_amounts {
  static constexpr char const* name = "activity_of_amounts";
  using history = credence::activity_accumulator<std::int64_t, credence::calendar_month, std::int64_t>;
  static auto empty() { return history(credence::calendar_month{}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call([](row const& each) { return each.identifier % 7; }, days_of_rows(), &row::identifier);
  }
};

struct activity_times {
  static constexpr char const* name = "activity_times";
  static credence::activity_times_accumulator<int> empty() { return {}; }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::shop, days_of_rows());
  }
};

struct orders {
  static constexpr char const* name = "orders";
  using history = credence::orders_accumulator<std::int64_t, credence::calendar_month, std::int64_t>;
  static auto empty() { return history(credence::calendar_month{}); }
  static auto unlike() { return history(credence::calendar_month{.offset = credence::time_span::from_micros(1)}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call([](row const& each) { return each.identifier % 7; }, days_of_rows(), &row::identifier);
  }
};

struct revenue_concentration {
  static constexpr char const* name = "revenue_concentration";
  static auto empty() { return credence::revenue_concentration_accumulator({.points = 4}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::amount);
  }
};

struct funnel {
  static constexpr char const* name = "funnel";
  static auto empty() { return credence::funnel_accumulator<std::string>({.steps = 3}); }
  static auto unlike() { return credence::funnel_accumulator<std::string>({.steps = 4}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::city, days_of_rows(), [](row const& each) { return static_cast<std::uint64_t>(each.score & 7); });
  }
};

struct roles_of_rows {
  auto operator()(row const& each) const {
    return credence::event_roles{.starts = each.score > 5, .returns = each.score % 2 == 0};
  }
};

struct cohorts_of_property {
  static constexpr char const* name = "cohorts_of_property";
  using history = credence::cohort_accumulator<int, credence::calendar_month, std::int64_t, std::string>;
  static auto empty() { return history(credence::calendar_month{}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::shop, days_of_rows(), roles_of_rows{}, &row::identifier, &row::city);
  }
};

/// A shard is not pushed to: one is made of some rows, and labelled by where they lie.
struct sharded {
  static constexpr char const* name = "sharded";
  static credence::sharded<credence::nps_accumulator> empty() { return {}; }
  static auto unlike() { return credence::sharded<credence::nps_accumulator>("unlike", nps::unlike()); }
  template <class Rows>
  static auto made(Rows const& rows) {
    std::string const label = "shard " + std::to_string(reinterpret_cast<std::uintptr_t>(std::data(rows)) % 7919) +
                              " of " + std::to_string(std::size(rows));
    return credence::sharded<credence::nps_accumulator>(label, credence::fold(rows, nps::empty(), &row::score));
  }
};

/// A span from a row's day, open for every third, and now and then ending before it starts.
struct churn_rate {
  static constexpr char const* name = "churn_rate";
  static credence::churn_rate_accumulator by(credence::churn_denominator denominator) {
    return credence::churn_rate_accumulator({.from = credence::epoch_seconds(1'699'500'000),
                                             .to = credence::epoch_seconds(1'700'800'000),
                                             .denominator = denominator});
  }
  static auto empty() { return by(credence::churn_denominator::daily); }
  static auto unlike() { return by(credence::churn_denominator::exposure); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(
        [](row const& each) { return credence::epoch_seconds(1'700'000'000 + 86'400 * std::int64_t{each.shop}); },
        [](row const& each) {
          std::optional<credence::instant> end;
          std::int64_t const later = 86'400 * std::int64_t{each.shop} + 43'200 * std::int64_t{each.score};
          if (each.shop % 3 != 0) end = credence::epoch_seconds(1'700'000'000 + later);
          return end;
        });
  }
};

struct churn_scores {
  static constexpr char const* name = "churn_scores";
  static credence::churn_scores_accumulator empty() { return {}; }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::amount, [](row const& each) { return each.score % 2; });  // labels of −1 are turned away
  }
};

/// Counted by time where the event is 0 or 1, one by one for other causes and weights.
struct survival_times {
  static constexpr char const* name = "survival_times";
  static credence::survival_times_accumulator empty() { return {}; }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call([](row const& each) { return each.shop % 2 == 0 ? each.shop : each.amount; }, &row::score);
  }
};
struct survival_times_weighted : survival_times {
  static constexpr char const* name = "survival_times_weighted";
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(
        &row::amount, [](row const& each) { return each.score > 6; }, &row::weight);
  }
};

struct star_summary {
  static constexpr char const* name = "star_summary";
  static auto empty() { return credence::star_summary_accumulator({.scale_max = 6, .satisfied_from = 5}); }
  static auto unlike() { return credence::star_summary_accumulator({.scale_max = 7}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::stars);
  }
};

struct star_lower_bound_weighted {
  static constexpr char const* name = "star_lower_bound_weighted";
  static auto empty() { return credence::star_lower_bound_accumulator({.prior = {0, .5, 1, 2, 4}}); }
  static auto unlike() { return credence::star_lower_bound_accumulator({.scale_max = 6}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::stars, &row::weight);
  }
};

struct wilson_lower_bound {
  static constexpr char const* name = "wilson_lower_bound";
  static auto empty() { return credence::wilson_lower_bound_accumulator({.satisfied_from = 4, .one_sided = true}); }
  static auto unlike() { return credence::wilson_lower_bound_accumulator({.satisfied_from = 5}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::stars);
  }
};

struct shrunk_rating_weighted {
  static constexpr char const* name = "shrunk_rating_weighted";
  static auto empty() { return credence::shrunk_rating_accumulator({.satisfied_from = 4, .scale_max = 5}); }
  static auto unlike() { return credence::shrunk_rating_accumulator({.satisfied_from = 4}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::stars, &row::weight);
  }
};

struct bayesian_average {
  static constexpr char const* name = "bayesian_average";
  static auto empty() {
    return credence::bayesian_average_accumulator(
        {.scale_min = 1, .scale_max = 5, .prior_mean = 3.5, .prior_weight = 25});
  }
  static auto unlike() { return credence::bayesian_average_accumulator({.prior_mean = 3.5, .prior_weight = 25}); }
  /// Bytes may have unset it; the answer then throws, as it says.
  static bool lacks_an_option(credence::bayesian_average_accumulator const& read) {
    return !read.options().prior_mean || !read.options().prior_weight;
  }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::stars);
  }
};

struct rating_catalogue {
  static constexpr char const* name = "rating_catalogue";
  static credence::rating_catalogue_accumulator<int> empty() { return {}; }
  static auto unlike() { return credence::rating_catalogue_accumulator<int>({.scale_max = 6}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::shop, &row::stars);
  }
};

struct decayed_mean_weighted {
  static constexpr char const* name = "decayed_mean_weighted";
  static auto empty() {
    // Some rows lie in the future.
    return credence::decayed_mean_accumulator({.half_life = credence::time_span::from_micros(864'000'000'000),
                                               .scale_min = -250,
                                               .observed_until = credence::epoch_seconds(3'000'000)});
  }
  static auto unlike() {
    return credence::decayed_mean_accumulator(
        {.half_life = credence::time_span::from_micros(864'000'000'000), .scale_min = -250});
  }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(days_of_rows(), &row::amount, &row::weight);
  }
};

struct hotness {
  static constexpr char const* name = "hotness";
  static auto empty() { return credence::hotness_accumulator({.satisfied_from = 4}); }
  static auto unlike() { return credence::hotness_accumulator({.satisfied_from = 5}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(days_of_rows(), &row::stars);
  }
};

struct gravity {
  static constexpr char const* name = "gravity";
  static auto empty() {
    return credence::gravity_accumulator({.satisfied_from = 0, .observed_until = credence::epoch_seconds(9'000'000)});
  }
  static auto unlike() { return credence::gravity_accumulator({.observed_until = credence::epoch_seconds(9'000'000)}); }
  /// Bytes may have unset it; the answer then throws, as it says.
  static bool lacks_an_option(credence::gravity_accumulator const& read) { return !read.options().observed_until; }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(days_of_rows(), &row::amount);
  }
};

struct incentive_effect {
  static constexpr char const* name = "incentive_effect";
  static auto empty() { return credence::incentive_effect_accumulator({.scale_min = 1, .scale_max = 5}); }
  static auto unlike() { return credence::incentive_effect_accumulator({.scale_min = 1, .scale_max = 6}); }
  template <class Call>
  static auto with_projections(Call const& call) {
    return call(&row::stars, [](row const& each) { return each.shop % 3; });  // a flag, or what is none
  }
};

// The list: those that take rows one at a time, and all.
#define CREDENCE_LAWS_PUSHED                                                                                           \
  laws::nps, laws::nps_weighted, laws::csat, laws::share, laws::share_weighted, laws::mean, laws::mean_of_reals,       \
      laws::mean_weighted, laws::likert, laws::ces_weighted, laws::net_sentiment, laws::response_rate,                 \
      laws::response_rate_weighted, laws::ratio_of_totals_weighted, laws::trust_index, laws::trust_index_weighted,     \
      laws::item_nonresponse_weighted, laws::cronbach_alpha, laws::icc, laws::cohen_kappa, laws::compare_paired,       \
      laws::tee, laws::tee_weighted, laws::grouped_by_text, laws::grouped_by_integer, laws::grouped_by_tuple_weighted, \
      laws::timed_by_week, laws::timed_windows_weighted, laws::activity_by_day, laws::activity_of_amounts,             \
      laws::activity_times, laws::funnel, laws::cohorts_of_property, laws::churn_rate, laws::churn_scores,             \
      laws::survival_times, laws::survival_times_weighted, laws::star_summary, laws::star_lower_bound_weighted,        \
      laws::wilson_lower_bound, laws::shrunk_rating_weighted, laws::bayesian_average, laws::rating_catalogue,          \
      laws::decayed_mean_weighted, laws::hotness, laws::gravity, laws::incentive_effect, laws::orders,                 \
      laws::revenue_concentration
#define CREDENCE_LAWS_ALL CREDENCE_LAWS_PUSHED, laws::sharded

template <class Recipe>
using accumulator_of = decltype(Recipe::empty());

/// Does the recipe take rows one at a time?
template <class Recipe>
concept pushed = !requires(std::vector<row> const& rows) {
  Recipe::made(rows);
};

/// The recipe's accumulator with these rows in it, one by one.
template <class Recipe, class Rows>
[[nodiscard]] auto made_of(Rows const& rows) {
  if constexpr (pushed<Recipe>) {
    auto acc = Recipe::empty();
    Recipe::with_projections([&](auto... projections) {
      for (row const& each : rows) acc(credence::detail::project(projections, each)...);
    });
    return acc;
  } else {
    return Recipe::made(rows);
  }
}

/// The same, and the same in every run: shards are labelled by what they are here, not by where their rows lie.
template <class Recipe>
[[nodiscard]] auto made_anywhere_of(std::vector<row> const& rows) {
  if constexpr (pushed<Recipe>) {
    return made_of<Recipe>(rows);
  } else {
    auto const shard = Recipe::made(rows);
    using shard_type = std::remove_const_t<decltype(shard)>;
    shard_type both("2026-01-01", shard.accumulator());
    both += shard_type("2026-01-02", shard.accumulator());
    return both;
  }
}

/// Are the recipe's pushes exact, so that any cut and any order leave the same state?
template <class Recipe>
[[nodiscard]] constexpr bool is_exact() {
  if constexpr (pushed<Recipe>) {
    return decltype(Recipe::with_projections([](auto... projections) {
      return std::bool_constant<
          credence::detail::exact_fold<accumulator_of<Recipe>, std::vector<row> const&, decltype(projections)...>>{};
    }))::value;
  } else {
    return true;
  }
}

/// All numbers of a result, in the order of its fields.
inline void numbers_of(double value, std::vector<double>& out) { out.push_back(value); }
template <class Whole>
requires(std::is_integral_v<Whole> || std::is_enum_v<Whole>) void numbers_of(Whole value, std::vector<double>& out) {
  out.push_back(static_cast<double>(value));
}
inline void numbers_of(std::optional<credence::instant> const& when, std::vector<double>& out) {
  out.push_back(when ? static_cast<double>(when->micros) : credence::not_a_number());
}
template <class Number>
requires std::is_arithmetic_v<Number>
void numbers_of(std::vector<Number> const& numbers, std::vector<double>& out) {
  for (Number const number : numbers) out.push_back(static_cast<double>(number));
}
template <class Result>
requires credence::described<Result const>
void numbers_of(Result const& result, std::vector<double>& out);
template <class Key, class Result>
void numbers_of(std::vector<std::pair<Key, Result>> const& results, std::vector<double>& out);
template <class Slot>
requires requires(Slot const& slot) { slot.accumulator.result(); }
void numbers_of(std::vector<Slot> const& slots, std::vector<double>& out);
template <class Part>
requires credence::described<Part const>
void numbers_of(std::vector<Part> const& parts, std::vector<double>& out) {
  for (Part const& each : parts) numbers_of(each, out);
}
template <class... Results>
void numbers_of(std::tuple<Results...> const& results, std::vector<double>& out) {
  std::apply([&out](auto const&... each) { (numbers_of(each, out), ...); }, results);
}
template <class Result>
requires credence::described<Result const>
void numbers_of(Result const& result, std::vector<double>& out) {
  Result::describe(result, [&out](char const*, auto const& field) { numbers_of(field, out); });
}
template <class Key, class Result>
void numbers_of(std::vector<std::pair<Key, Result>> const& results, std::vector<double>& out) {
  for (auto const& each : results) numbers_of(each.second, out);
}
template <class Slot>
requires requires(Slot const& slot) { slot.accumulator.result(); }
void numbers_of(std::vector<Slot> const& slots, std::vector<double>& out) {
  for (Slot const& each : slots) {
    out.push_back(static_cast<double>(each.period.index));
    numbers_of(each.accumulator.result(), out);
  }
}

/// The largest difference between two results, relative to the larger value or to 1; infinite where one has a number
/// and the other has none.
template <class Result>
[[nodiscard]] double apart(Result const& left, Result const& right) {
  std::vector<double> here;
  std::vector<double> there;
  numbers_of(left, here);
  numbers_of(right, there);
  if (here.size() != there.size()) return std::numeric_limits<double>::infinity();
  double largest = 0;
  for (std::size_t at = 0; at < here.size(); ++at) {
    if (credence::is_nan(here[at]) != credence::is_nan(there[at])) return std::numeric_limits<double>::infinity();
    if (credence::is_nan(here[at]) || here[at] == there[at]) continue;
    double const size = (std::max)({1.0, here[at] < 0 ? -here[at] : here[at], there[at] < 0 ? -there[at] : there[at]});
    double const difference = here[at] < there[at] ? there[at] - here[at] : here[at] - there[at];
    largest = (std::max)(largest, difference / size);
  }
  return largest;
}

}  // namespace laws

#endif

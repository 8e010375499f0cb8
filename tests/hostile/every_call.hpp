// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_HOSTILE_EVERY_CALL_HPP
#define CREDENCE_TESTS_HOSTILE_EVERY_CALL_HPP

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <credence/credence.hpp>
#include <credence/interop/threads.hpp>
#include <credence/io.hpp>

#include "digest.hpp"

// Calls what the library has, over rows whose every type is a host's own, and notes what it answers: a header that is
// only included has not been compiled. A host is a struct of types
//
//     score, real, branch, moment, executor    made of an int, a double, an int, seconds since 1970, nothing
//     mood                                     an enumeration of 8 bits that starts at 0
//     field<Member>                            the projection of a row to a member, from a pointer to it
//
// with the traits that core/host_types.hpp asks for.

namespace hostile {

template <class Host>
struct row {
  typename Host::score score;
  std::optional<typename Host::score> stars;
  typename Host::real amount;
  typename Host::real weight;
  typename Host::branch branch;
  typename Host::moment when;
  std::string city;
  int shop = 0;
  std::uint8_t age = 0;
  typename Host::mood mood{};

  [[nodiscard]] int visits() const { return shop; }
};

/// Few bytes of which there are so many that they are counted in bulk, by several tasks.
template <class Host>
struct brief_row {
  std::int8_t score;
  std::int16_t shop;
  typename Host::moment when;
};

template <class Host>
[[nodiscard]] std::vector<row<Host>> rows_of(std::size_t count) {
  std::vector<row<Host>> rows;
  std::uint64_t word = 20'260'101;
  auto const below = [&word](std::uint64_t limit) {
    word ^= word << 13;
    word ^= word >> 7;
    word ^= word << 17;
    return static_cast<int>((word >> 11) % limit);
  };
  char const* const cities[] = {"Bern", "Genf", "Basel", "Z\xc3\xbcrich"};
  for (std::size_t at = 0; at < count; ++at) {
    std::optional<typename Host::score> stars;
    int const given = below(6);
    if (given != 0) stars.emplace(typename Host::score(given));
    rows.push_back({typename Host::score(below(12)), stars, typename Host::real(below(1'000) / 8.0 + given),
                    typename Host::real((1 + below(40)) / 4.0), typename Host::branch(below(4)),
                    typename Host::moment(1'735'689'600 + static_cast<std::int64_t>(at) * 86'400 / 2),
                    std::string(cities[below(4)]), below(7) - 3, static_cast<std::uint8_t>(18 + below(3)),
                    static_cast<typename Host::mood>(below(6))});
  }
  return rows;
}

template <class Host>
class every_call {
 public:
  static digest answers() {
    every_call calls;
    calls.shapes();
    calls.metrics();
    calls.combinators();
    calls.comparisons();
    calls.histories();
    calls.survival();
    calls.churns();
    calls.scores_of_churn();
    calls.star_ratings();
    calls.timed_reviews();
    calls.raters();
    calls.labels();
    calls.orders();
    calls.lifetimes();
    calls.contracts();
    calls.tables();
    calls.agreements();
    calls.mathematics();
    return calls.found_;
  }

 private:
  using each_row = row<Host>;
  struct customer {
    typename Host::real frequency;
    typename Host::real recency;
    typename Host::real age;
    typename Host::real monetary_value;
  };
  template <auto Member>
  using field = typename Host::template field<Member>;  // of whichever rows
  static constexpr field<&each_row::score> score{};
  static constexpr field<&each_row::stars> stars{};
  static constexpr field<&each_row::amount> amount{};
  static constexpr field<&each_row::weight> weight{};
  static constexpr field<&each_row::branch> branch{};
  static constexpr field<&each_row::when> when{};
  static constexpr field<&each_row::city> city{};
  static constexpr field<&each_row::shop> shop{};
  static constexpr field<&each_row::age> age{};
  static constexpr field<&each_row::mood> mood{};

  template <class Metric, class Value, class Options>
  void metric(char const* name, Metric const& asked, Value const& value, Options const& options) {
    typename Host::executor run;
    std::string const called(name);
    found_.note(called + " of members", asked(rows_, &each_row::stars));
    found_.note(called + " weighted by", asked(run, rows_, value, weight, options));
  }
  template <class Metric, class Value>
  void designed(char const* name, Metric const& asked, Value const& value) {
    found_.note(std::string(name) + " designed",
                asked(rows_, value, credence::clustered_by(branch), credence::stratified_by(city),
                      credence::weighted_by(weight), {.confidence = 0.9}));
  }
  /// Every shape that a call of a metric can have: they are of one template.
  void shapes() {
    typename Host::executor run;
    std::vector<typename Host::score> scores;
    for (each_row const& each : rows_) scores.push_back(each.score);
    found_.note("nps alone", credence::nps(scores));
    found_.note("nps alone by", credence::nps(run, scores, {.confidence = 0.9}));
    found_.note("nps of", credence::nps(rows_, score, {.confidence = 0.9}));
    found_.note("nps of by", credence::nps(run, rows_, score));
    found_.note("nps weighted", credence::nps(rows_, score, weight));
    found_.note("nps stratified", credence::nps(run, rows_, score, weight, credence::stratified_by(branch)));
    std::vector<each_row const*> pointers;
    for (each_row const& each : rows_) pointers.push_back(std::addressof(each));
    found_.note("nps of pointers", credence::nps(pointers, &each_row::visits));
    found_.note("nps of a population",
                credence::nps(rows_, mood,
                              credence::stratified_by([](each_row const&) { return 0; },
                                                      [](each_row const&) { return typename Host::real(900); })));
  }
  template <class Accumulator, class... Values>
  void accumulator(char const* name, Accumulator const& empty, Values const&... values) {
    std::string const called = std::string(name) + " accumulator";
    Accumulator first = empty;
    Accumulator second = empty;
    for (std::size_t at = 0; at < rows_.size(); ++at) (at % 3 == 0 ? first : second)(values(rows_[at])...);
    first += second;
    if constexpr (requires { first.retract(values(rows_[0])...); }) first.retract(values(rows_[0])...);
    found_.note(called + " valid", first.valid());
    found_.note(called, first.result());
    auto const bytes = credence::to_bytes(first);
    auto const read = credence::try_from_bytes<Accumulator>(bytes);
    found_.note(called + " read", read && *read == first && credence::from_bytes<Accumulator>(bytes) == first);
    found_.note_bytes(called, bytes);
    auto cut = bytes;
    cut.pop_back();
    found_.note(called + " cut", credence::try_from_bytes<Accumulator>(cut).message());
    credence::sharded<Accumulator> shards("one", first);
    shards += credence::sharded<Accumulator>("two", first);
    found_.note(called + " sharded",
                credence::try_from_bytes<credence::sharded<Accumulator>>(credence::to_bytes(shards))->result());
    printed(called, first);
  }
  template <class Printed>
  void printed(std::string const& name, Printed const& what) {
    std::ostringstream out;
    out << what;
    found_.note(name + " printed", out.str());
  }

  void metrics() {
    metric("nps", credence::nps, score, credence::nps_options{.confidence = 0.9});
    designed("nps", credence::nps, score);
    metric("csat", credence::csat, stars,
           credence::csat_options{.interval_method = credence::share_interval::jeffreys});
    designed("csat", credence::csat, stars);
    metric("share", credence::share, stars, credence::share_options{.satisfied_from = 3});
    designed("share", credence::share, [](each_row const& each) { return each.shop > 0; });
    metric("mean", credence::mean, amount, credence::mean_options{.scale_min = 0});
    designed("mean", credence::mean, amount);
    metric("likert", credence::likert, stars, credence::likert_options{.scale_max = 6});
    designed("likert", credence::likert, stars);
    metric("ces", credence::ces, stars, credence::ces_options{.measure = credence::likert_measure::net_share});
    designed("likert of moods", credence::likert, mood);
    metric("net_sentiment", credence::net_sentiment, shop, credence::net_sentiment_options{.negative_to = -2});
    metric("response_rate", credence::response_rate, stars, credence::response_rate_options{.confidence = 0.8});
    found_.note("dispositions", credence::response_rate(rows_, [](each_row const& each) {
                  return static_cast<credence::disposition>(each.shop + 3);
                }));
    auto const items = [](each_row const& each) {
      return std::array<std::optional<typename Host::score>, 3>{each.stars, each.score, each.stars};
    };
    found_.note("trust_index", credence::trust_index(rows_, items));
    found_.note("trust_index weighted", credence::trust_index(rows_, items, weight, {.confidence = 0.9}));
    found_.note("item_nonresponse", credence::item_nonresponse(rows_, items, weight));
    found_.note("ratio", credence::ratio_of_totals(rows_, amount, score));
    found_.note("ratio weighted", credence::ratio_of_totals(rows_, amount, score, weight, {.confidence = 0.9}));
    found_.note("ratio designed", credence::ratio_of_totals(rows_, amount, score, credence::stratified_by(branch)));
    found_.note("population",
                credence::nps(rows_, mood,
                              credence::stratified_by([](each_row const&) { return 0; },
                                                      [](each_row const&) { return typename Host::real(900); })));
    std::vector<each_row const*> pointers;
    for (each_row const& each : rows_) pointers.push_back(std::addressof(each));
    found_.note("visits", credence::mean(pointers, &each_row::visits));
    found_.note("paired", credence::compare_paired(rows_, stars, score));

    accumulator("nps", credence::nps_accumulator{}, score);
    accumulator("mean", credence::mean_accumulator{}, amount);
    accumulator("likert", credence::likert_accumulator{}, stars);
    accumulator("trust_index", credence::trust_index_accumulator{}, items);
    accumulator("item_nonresponse", credence::item_nonresponse_accumulator{}, items);
    accumulator("ratio", credence::ratio_of_totals_accumulator{}, amount, score);
    accumulator("paired", credence::compare_paired_accumulator{}, stars, score);
    credence::sharded<credence::nps_accumulator> shards("one", credence::nps_accumulator{});
    shards += credence::sharded<credence::nps_accumulator>("two", credence::nps_accumulator{});
    found_.note_bytes("shards", credence::to_bytes(shards));
    printed("shards", shards);
    printed("nps", credence::nps(rows_, score));
    printed("options", credence::nps_options{});
  }

  template <class Name, class Table>
  void cohorts(Name const& name, Table const& table) {
    std::string const called(name);
    found_.note(called, table.customers);
    for (auto const& cohort : table)
      for (credence::retention_cell const& cell : cohort) found_.note(called + " cell", cell);
    for (credence::retention_point const& point : table.curve(credence::curve_weights::cohorts))
      found_.note(called + " point", point);
    printed(called, table);
  }
  void histories() {
    typename Host::executor run;
    typename Host::moment const end(1'735'689'600 + 86'400 * 150);
    credence::calendar_month const months;
    auto const days = credence::activity(rows_, branch, when, credence::calendar_day{});
    cohorts("cohorts", credence::cohort_retention(run, rows_, branch, when, months, {.observed_until = end}));
    cohorts("cohorts of days", credence::cohort_retention(days, months));
    cohorts("cohorts by city",
            credence::cohort_retention(
                rows_, &each_row::branch, &each_row::when, &each_row::shop, months, credence::cohort_of(city),
                credence::returns_if([](each_row const& each) { return each.shop > 0; }),
                credence::starts_if([](each_row const& each) { return each.shop < 2; }), {.min_occurrences = 2}));
    auto const table = credence::cohort_retention(rows_, shop, when, months);
    found_.note("cells compared", credence::compare(table[0][1], table[0][2], {.confidence = 0.9}));
    for (auto const& each : credence::n_day_retention(rows_, age, when, {.days = {1, 7}, .observed_until = end}))
      found_.note("n-day", each);
    found_.note("n-day of the calendar", credence::n_day_retention(days, credence::calendar_week{}, {.days = {2}}));
    found_.note("lifecycle", credence::lifecycle(run, rows_, city, when, credence::calendar_week{}));
    found_.note("active users", credence::active_users(rows_, branch, when,
                                                       credence::sliding{std::chrono::days{28}, std::chrono::days{1}}));
    found_.note("stickiness", credence::stickiness(run, rows_, branch, when));
    found_.note("power users", credence::power_user_curve(days, {.window = 7}));
    auto const times = credence::activity_times(rows_, mood, when);
    found_.note("repeat rate", credence::repeat_rate(times, {.purchases = 3, .within = std::chrono::days{30}}));
    found_.note("gaps", credence::inter_purchase_times(rows_, branch, when));
    found_.note("funnel", credence::funnel(rows_, branch, when,
                                           credence::steps([](each_row const& each) { return each.shop > 0; },
                                                           [](each_row const& each) { return each.shop < 0; }),
                                           {.within = std::chrono::days{3}}));
    using branch_type = typename Host::branch;
    accumulator("activity", credence::activity_accumulator<branch_type, credence::calendar_week>{}, branch, when);
    accumulator(
        "starts", credence::cohort_accumulator<branch_type, credence::calendar_day, void, std::string>{}, branch, when,
        [](each_row const&) { return credence::event_roles{}; }, city);
  }

  void survival() {
    using credence::entering_at;
    using credence::grouped_by;
    using credence::stratified_by;
    using credence::weighted_by;
    auto const since = [](each_row const& each) { return each.shop - 3; };
    auto const times = credence::survival_times(rows_, amount, mood);
    found_.note("times", times.result());
    auto const curve = credence::kaplan_meier(rows_, amount, mood, weighted_by(weight), entering_at(since),
                                              {.interval_method = credence::survival_interval::log_log});
    found_.note("survival", curve.at(40));
    found_.note("median", curve.median());
    auto const days = credence::kaplan_meier(rows_, age, [](each_row const& each) { return each.shop > 0; });
    found_.note("restricted mean", days.restricted_mean(19));
    found_.note("restricted means", credence::compare(days.restricted_mean(19), curve.restricted_mean(19)).p_value);
    found_.note("hazard", credence::nelson_aalen(times, {.ties = credence::tied_events::one_by_one}).at(30));
    auto const alike = credence::log_rank(rows_, amount, mood, weight, grouped_by(branch), stratified_by(city),
                                          {.weight = credence::log_rank_weight::peto});
    found_.note("log-rank", alike.chi_squared);
    found_.note(
        "log-rank of groups",
        credence::log_rank(credence::group_by(rows_, mood, credence::survival_times_accumulator{}, age, shop)).p_value);
    found_.note("concordance", credence::concordance(rows_, amount, mood, score, weighted_by(weight),
                                                     {.higher_score = credence::higher_score::stays_longer}));
    found_.note("incidence", credence::aalen_johansen(times, {.variance = credence::incidence_variance::aalen})
                                 .at(3)
                                 .of(typename Host::mood(2)));
    found_.note("gray", credence::gray_test(rows_, amount, mood, grouped_by(branch), stratified_by(&each_row::shop),
                                            {.cause = typename Host::mood(1)})
                            .chi_squared);
    accumulator("times", credence::survival_times_accumulator{}, amount, mood, weight);
  }

  void churns() {
    typename Host::executor run;
    auto const gone = [](each_row const& each) {
      return each.shop > 0 ? std::optional<typename Host::moment>(each.when) : std::nullopt;
    };
    typename Host::moment const from(1'735'689'600 + 86'400 * 40);
    typename Host::moment const to(1'735'689'600 + 86'400 * 150);
    found_.note("churn", credence::churn_rate(run, rows_, when, gone, {.from = from, .to = to}));
    found_.note("churn of customers",
                credence::churn_rate(rows_, branch, when, gone,
                                     {.from = from, .to = to, .denominator = credence::churn_denominator::exposure}));
    found_.note("churn by reason",
                credence::churn_rate(rows_, age, when, gone, credence::reason_of(mood), {.from = from, .to = to}));
    found_.note("churn by month", credence::churn_series(rows_, city, when, gone, credence::calendar_month{},
                                                         {.denominator = credence::churn_denominator::daily}));
    found_.note(
        "churn of activity",
        credence::activity_churn(rows_, branch, when, {.inactive_for = std::chrono::days{3}, .from = from, .to = to}));
    for (auto const& cause : credence::churn_reasons(rows_, branch, age)) found_.note("cause", cause.share_of_value);
    for (auto const& pair : credence::churn_reasons(rows_, mood, {.compared = 3}).differences)
      found_.note("causes compared", pair);
    found_.note("tolerance", credence::tolerance(rows_, age, when, gone, {.window = std::chrono::days{9}}));
    auto const by_branch = credence::tolerance(rows_, city, when, gone, credence::grouped_by(branch),
                                               {.window = std::chrono::days{9}, .observed_until = to});
    found_.note("tolerance by", by_branch.p_value);
    found_.note("rescaled", credence::rescale_rate(0.05, std::chrono::days{30}, std::chrono::days{365}));
    for (auto const& month : credence::revenue_movements(run, rows_, branch, when, age)) found_.note("revenue", month);
    for (auto const& month : credence::revenue_movements(rows_, city, when, gone, shop, credence::calendar_quarter{}))
      found_.note("revenue of spans", month);
    accumulator("churn", credence::churn_rate_accumulator({.from = from, .to = to}), when, gone);
  }

  void scores_of_churn() {
    auto const has_left = [](each_row const& each) { return each.shop % 2 == 1; };
    auto const label = [](each_row const& each) { return static_cast<typename Host::real>(each.age % 2); };
    auto const chance = [](each_row const& each) { return static_cast<typename Host::real>(each.age / 100.0); };
    auto const gathered = credence::churn_scores(rows_, score, label);
    found_.note("scores", gathered.result());
    found_.note("auc", credence::roc_auc(rows_, score, has_left, {.interval_method = credence::auc_interval::logit}));
    found_.note("aucs compared",
                credence::compare(credence::roc_auc(gathered), credence::roc_auc(rows_, amount, label)));
    found_.note("aucs paired", credence::compare_roc_auc(rows_, score, amount, label, {.confidence = 0.9}));
    found_.note("average precision", credence::average_precision(rows_, mood, label));
    found_.note("Brier score", credence::brier_score(rows_, chance, label));
    found_.note("log loss", credence::log_loss(rows_, chance, label, {.clip = 1e-15}));
    found_.note("Kolmogorov-Smirnov", credence::kolmogorov_smirnov(rows_, amount, has_left));
    found_.note("lift", credence::lift(rows_, &each_row::stars, label, {.quantile = 0.2}));
    found_.note("gains", credence::gains(gathered, {.bins = 4}));
    auto const calibrated = credence::calibration(rows_, chance, label);
    found_.note("calibration", calibrated);
    found_.note("calibration line", calibrated.slope);
    found_.note("stability", credence::population_stability(rows_, rows_, score));
    found_.note("profit", credence::expected_maximum_profit(gathered, {.lifetime_value = 60}));
    accumulator("scores", credence::churn_scores_accumulator{}, amount, label);
  }

  void star_ratings() {
    typename Host::executor run;
    metric("star_summary", credence::star_summary, stars, credence::star_summary_options{.scale_max = 6});
    metric("star_lower_bound", credence::star_lower_bound, stars,
           credence::star_lower_bound_options{.prior = {1, 1, 2, 4, 8}});
    metric("wilson_lower_bound", credence::wilson_lower_bound, stars,
           credence::wilson_lower_bound_options{.satisfied_from = 4, .one_sided = true});
    metric("shrunk_rating", credence::shrunk_rating, stars, credence::shrunk_rating_options{.satisfied_from = 4});
    found_.note("bayesian_average",
                credence::bayesian_average(rows_, stars, weight, {.prior_mean = 3.5, .prior_weight = 25}));
    auto const rated = credence::rating_catalogue(run, rows_, branch, stars);
    accumulator("catalogue", credence::rating_catalogue_accumulator<typename Host::branch>{}, branch, stars);
    ranked("catalogue", credence::ranking(rated, credence::star_lower_bound_accumulator{}, {.top = 3}));
    ranked("ratings", credence::ranking(rows_, branch, score, credence::bayesian_average_accumulator{}));
    ranked("votes", credence::ranking(
                        run, rows_, city, [](each_row const& each) { return each.shop > 0; },
                        credence::wilson_lower_bound_accumulator{}));
    ranked("ages", credence::ranking(rows_, &each_row::mood, when, stars, weight, credence::decayed_mean_accumulator{},
                                     {.top = 2}));
    ranked("groups", credence::ranking(credence::group_by(rows_, branch, credence::mean_accumulator{}, amount)));
  }
  template <class Ranking>
  void ranked(char const* name, Ranking const& found) {
    std::string const called = std::string(name) + " ranked";
    for (auto const& item : found) found_.note(called, item.score);
    found_.note(called + " of", found.catalogue);
    found_.note(called + " prior", found.prior_mean);
  }
  void raters() {
    auto const bias = credence::rater_bias(rows_, branch, city, stars, weight, {.item_damping = 3});
    found_.note("rater bias", bias);
    found_.note("raters of bias", bias.raters());
    found_.note("items of bias", bias.items());
    found_.note("rater bias by name",
                credence::rater_bias(rows_, &each_row::age, &each_row::mood, amount, credence::weighted_by(weight))
                    .item(rows_[0].mood));
    auto const standard = credence::rater_z_scores(rows_, age, branch, score, {.scale_max = 11});
    found_.note("z-scores", standard);
    found_.note("z-scores of an item", standard.item(rows_[0].branch));
    auto const additive =
        credence::fit<credence::additive_ratings>(rows_, mood, branch, stars, weight, {.damping = 0.5});
    found_.note("additive model", additive.model());
    found_.note("additive items", additive.model().items());
    auto const latest = credence::latest_by(rows_, branch, city, when);
    found_.note("latest", latest.rows);
    found_.note("mean of the latest", credence::mean(latest, stars));
  }
  void timed_reviews() {
    using std::chrono::days;
    typename Host::executor run;
    typename Host::moment const now(1'767'225'600);
    found_.note("decayed mean", credence::decayed_mean(rows_, when, stars));
    found_.note("decayed mean weighted", credence::decayed_mean(run, rows_, when, amount, weight,
                                                                {.half_life = days{30}, .observed_until = now}));
    found_.note("hotness", credence::hotness(rows_, when, stars, {.satisfied_from = 4, .epoch = now}));
    found_.note("gravity", credence::gravity(run, rows_, when, score, {.satisfied_from = 9, .observed_until = now}));
    found_.note("incentive effect",
                credence::incentive_effect(rows_, stars, [](each_row const& each) { return each.shop > 0; }));
    accumulator("decayed mean", credence::decayed_mean_accumulator{{.half_life = days{90}}}, when, stars, weight);
    accumulator("hotness", credence::hotness_accumulator{}, when, stars);
    accumulator("gravity", credence::gravity_accumulator{{.observed_until = now}}, when, stars);
    accumulator("incentive effect", credence::incentive_effect_accumulator{}, stars,
                [](each_row const& each) { return each.shop > 0; });
    std::map<int, typename Host::real> const known{{1, typename Host::real(.5)}, {2, typename Host::real(.25)}};
    auto const one = credence::recency(when, {.half_life = days{90}, .observed_until = now});
    auto const other = credence::verified([](each_row const& each) { return each.shop > 0; }, .5);
    auto const worth = one * other * credence::helpfulness(score, [](each_row const&) { return 12; }) *
                       credence::rater_reliability(shop, known) *
                       credence::rater_reliability(branch, [](typename Host::branch const&) { return .75; });
    found_.note("weighed reviews", credence::mean(rows_, stars, worth));
    found_.note("weighed ages", credence::decayed_mean(rows_, when, stars, worth));
  }
  void labels() {
    auto const voted =
        credence::majority_vote(rows_, branch, city, mood, weight, {.tie = credence::vote_tie::first_seen});
    found_.note("majority", voted);
    found_.note("majority of a branch", voted.vote_share(rows_.front().branch));
    found_.note("majority of moods",
                credence::majority_vote(rows_, mood, branch, [](each_row const& each) { return each.shop; }).tied);
    // Of noise, few passes: the last of many would be told by the last digits.
    found_.note("dawid_skene",
                credence::fit<credence::dawid_skene>(rows_, branch, city, mood,
                                                     {.prior_right = 1, .prior_wrong = 1, .max_iterations = 3}));
    auto const model =
        credence::fit<credence::dawid_skene>(rows_, mood, shop, branch,
                                             {.confusion = credence::rater_confusion::one_coin, .tolerance = .5})
            .model();
    found_.note("dawid_skene.probability", model.probability(rows_.front().mood, rows_.front().branch));
    found_.note("dawid_skene.accuracy", model.accuracy(rows_.front().shop));
    found_.note("dawid_skene.confusion", model.confusion(rows_.front().shop).values());
  }

  void orders() {
    using std::chrono::days;
    typename Host::executor run;
    found_.note("rfm", credence::rfm(rows_, branch, when, shop, {.unit = days{1}}).report());
    found_.note("rfm by", credence::rfm(run, rows_, city, when, credence::calendar_week{},
                                        {.calibration_until = rows_[99].when}));
    auto const gathered = credence::orders(run, rows_, mood, when, age, credence::calendar_month{});
    found_.note("rfm of orders", credence::rfm(gathered, {.unit = days{7}}));
    accumulator("orders", credence::orders_accumulator<typename Host::branch>{}, branch, when);
    credence::compact_orders_accumulator<typename Host::branch, credence::calendar_day, int> compact;
    for (each_row const& each : rows_) compact(each.branch, each.when, each.shop);
    found_.note("compact orders", credence::rfm(compact).report());
    found_.note("scores of rfm", credence::rfm_scores(credence::rfm(rows_, shop, when, age)));
    found_.note("scores", credence::rfm_scores(rows_, age, shop, amount, {.quantiles = 3}));
    found_.note("historical value", credence::historical_value(rows_, mood, when, shop, {.margin = 0.3}));
    found_.note("historical value of keys", credence::historical_value(rows_, city, age));
    found_.note("concentration", credence::revenue_concentration(rows_, amount));
    accumulator("concentration", credence::revenue_concentration_accumulator{}, amount);
    found_.note("payback", credence::payback_period(300, rows_, amount));
    found_.note("regularity", credence::timing_regularity(rows_, branch, when));
  }
  /// Of a search the last digits are its own.
  template <class Report>
  void fitted(char const* name, Report const& report) {
    found_.note(std::string(name) + ".status", report.status);
    found_.note(std::string(name) + ".count", report.count);
  }
  void lifetimes() {
    typename Host::executor run;
    // Rows of a host's own numbers: how often, when last, since when.
    auto const often = [](each_row const& each) { return each.shop > 0 ? each.shop : 0; };
    auto const last = [](each_row const& each) { return typename Host::real(each.shop > 0 ? 2.0 * each.shop : 0.0); };
    auto const since = [](each_row const& each) { return typename Host::real(static_cast<double>(each.age)); };
    fitted("nbd", credence::fit<credence::nbd>(run, rows_, often, last, since, credence::weighted_by(weight)));
    auto const bg = credence::fit<credence::bg_nbd>(rows_, often, last, since, {.penalty = 0.01});
    fitted("bg_nbd", bg);
    auto const mbg = credence::fit<credence::mbg_nbd>(run, rows_, often, last, since, credence::weighted_by(weight),
                                                      {.penalty = 0.01});
    fitted("mbg_nbd", mbg);
    fitted("pareto_nbd", credence::fit<credence::pareto_nbd>(rows_, often, last, since, {.penalty = 0.01}));
    fitted("bg_cnbd_k", credence::fit<credence::bg_cnbd_k>(rows_, often, last, since, {.k = 2, .penalty = 0.01}));
    fitted("mbg_cnbd_k", credence::fit<credence::mbg_cnbd_k>(rows_, often, last, since, {.k = 2, .penalty = 0.01}));
    found_.note(
        "bg_nbd with covariates",
        credence::fit<credence::bg_nbd>(rows_, often, last, since, credence::purchase_covariates(amount),
                                        credence::dropout_covariates(weight), {.penalty = 0.1, .max_iterations = 3})
            .status);
    fitted("gamma_gamma", credence::fit<credence::gamma_gamma>(run, rows_, age, amount, credence::weighted_by(weight)));
    std::vector<customer> const customers{
        {typename Host::real(2.0), typename Host::real(3.0), typename Host::real(9.0), typename Host::real(20.0)},
        {typename Host::real(0.0), typename Host::real(0.0), typename Host::real(4.0), typename Host::real(0.0)}};
    credence::mbg_nbd const model{{.r = .525, .alpha = 6.183, .a = .891, .b = 1.614}};
    std::array<double, 2> many{};
    model.probability_alive(customers, many.begin());
    found_.note("alive", many);
    model.expected_purchases(customers, 39, many.begin());
    found_.note("expected", many);
    found_.note("alive of one", model.probability_alive(customers[0]));
    found_.note("remaining lifetime", model.remaining_lifetime(customers[0], {.horizon = 52}));
    found_.note("predictions", credence::predict(run, model, customers, 39));
    credence::gamma_gamma const spend{{.p = 6.25, .q = 3.74, .gamma = 15.44}};
    auto const worth = credence::customer_lifetime_value(
        run, model, spend, customers, {.horizon = 52, .discount = credence::period_rate{.002}, .margin = .3});
    found_.note("lifetime values", worth);
    found_.note("value at risk", credence::value_at_risk(worth));
    found_.note("new customer", credence::new_customer_value(model, spend, {.horizon = 52}));
    found_.note("independence", credence::spend_independence(rows_, age, amount));
    found_.note("simulated", credence::simulate(model, {.customers = 3, .age = 10})[0].frequency);
    found_.note("path", credence::probability_alive_path(model, std::vector{0.0, 3.0}, std::vector{1.0, 8.0}));
  }
  void contracts() {
    std::vector<typename Host::score> alive;  // customers at each renewal
    for (int left : {100, 80, 70, 60, 55}) alive.push_back(typename Host::score(left));
    fitted("shifted_beta_geometric", credence::fit<credence::shifted_beta_geometric>(alive));
    fitted("beta_discrete_weibull",
           credence::fit<credence::beta_discrete_weibull>(std::vector{alive, alive}, {.penalty = 0.1}));
    fitted("bg_bb", credence::fit<credence::bg_bb>(
                        rows_, [](each_row const& each) { return each.shop > 0 ? each.shop : 0; },
                        [](each_row const& each) { return each.shop > 0 ? 3 : 0; }, [](each_row const&) { return 4; }));
    found_.note("simple value", credence::simple_lifetime_value({.margin = 100, .retention = 0.8, .discount = 0.1}));
    found_.note("sensitivity", credence::retention_sensitivity({.margin = 100, .retention = 0.8, .discount = 0.1}));
    found_.note("ratio", credence::value_to_cost_ratio(900, 300));
    found_.note("affordable", credence::affordable_acquisition_cost(900));
  }

  template <class Key>
  void grouped(char const* name, Key const& key) {
    std::string const called = std::string("by ") + name;
    auto const groups = credence::group_by(rows_, key, credence::nps_accumulator{}, score);
    for (auto const& [own_key, group] : groups)
      found_.note(called, group.result().value + groups.at(own_key).result().standard_error);
    using type = std::remove_const_t<decltype(groups)>;
    auto const bytes = credence::to_bytes(groups);
    found_.note_bytes(called, bytes);
    found_.note(called + " read", credence::from_bytes<type>(bytes) == groups);
  }
  void groups_of_branches() {
    typename Host::executor run;
    auto groups = credence::group_by(run, rows_, branch, credence::nps_accumulator{}, score, weight);
    groups += groups;
    found_.note("branches", groups.total().result());
    found_.note("branches contain", groups.contains(rows_[0].branch));
    for (auto const& group : credence::compare_groups(groups, {.minimum_count = 5}))
      found_.note("branch compared", group.against);
    found_.note("branches against", credence::compare_groups(groups, rows_[0].branch).size());
    for (auto const& cell : credence::suppressed(groups, {.minimum_count = 40}).cells)
      found_.note("branch suppressed", cell.suppression);
    printed("branches", groups);
    auto const tees = credence::group_by(rows_, branch,
                                         credence::tee(credence::nps_accumulator{}, credence::mean_accumulator{}),
                                         credence::each(score, amount));
    for (auto const& [own_key, group] : tees) found_.note("branch tee", std::get<1>(group.result()).value);
  }

  template <class Policy>
  void timed(char const* name, Policy const& policy) {
    auto const series = credence::over_time(rows_, when, policy, credence::nps_accumulator{}, score);
    for (auto const& slot : series.result())
      found_.note(std::string("over ") + name + " " + slot.name, slot.accumulator.result().value);
  }
  void months() {
    typename Host::executor run;
    auto const series =
        credence::over_time(run, rows_, when, credence::calendar_month{}, credence::nps_accumulator{}, score);
    auto const bytes = credence::to_bytes(series);
    found_.note_bytes("months", bytes);
    found_.note("months read", credence::from_bytes<std::remove_const_t<decltype(series)>>(bytes) == series);
    found_.note("trend of months", credence::trend(series, {.minimum_count = 2}));
    found_.note("change of months", credence::before_after(series, typename Host::moment(1'735'689'600 + 86'400 * 90)));
  }

  void combinators() {
    typename Host::executor run;
    auto const both = credence::fold(rows_, credence::tee(credence::nps_accumulator{}, credence::csat_accumulator{}),
                                     credence::each(score, stars));
    found_.note("fold", both.template get<credence::nps_accumulator>().result());
    found_.note("fold by", credence::fold(run, rows_, credence::mean_accumulator{}, amount, weight).result());
    found_.note("fold of threads", credence::fold(credence::threads{2}, rows_, both.template get<1>(), stars).result());
    std::vector<std::int8_t> const letters(70'000, std::int8_t{9});
    found_.note("letters", credence::nps(run, letters));
    std::vector<double> const reals(70'000, 0.1);
    found_.note("reals", credence::mean(credence::threads{2}, reals).value);
    std::vector<brief_row<Host>> many;
    for (int at = 0; at < 140'000; ++at)
      many.push_back({static_cast<std::int8_t>(at % 11), static_cast<std::int16_t>(at % 60 - 30),
                      typename Host::moment(1'735'689'600 + at * 300)});
    using each_brief = brief_row<Host>;
    field<&each_brief::score> many_scores;
    found_.note("many", credence::nps(run, many, many_scores));
    found_.note("many grouped",
                credence::group_by(run, many, field<&each_brief::shop>{}, credence::nps_accumulator{}, many_scores)
                    .total()
                    .result());
    found_.note("many means",
                credence::group_by(run, many, field<&each_brief::shop>{}, credence::mean_accumulator{}, many_scores)
                    .total()
                    .result());
    found_.note("many owned", credence::group_by(
                                  run, many, [](each_brief const& each) { return typename Host::branch(each.shop); },
                                  credence::nps_accumulator{}, many_scores)
                                  .total()
                                  .result());
    found_.note("many days", credence::over_time(many, field<&each_brief::when>{}, credence::calendar_day{},
                                                 credence::nps_accumulator{}, many_scores)
                                 .result()
                                 .size());
    found_.note("flags", credence::share(std::vector<bool>{true, false, true}));

    grouped("branch", branch);
    grouped("city", city);
    grouped("shop and city", [](each_row const& each) { return std::tuple(each.shop, std::string_view(each.city)); });
    grouped("mood", mood);
    grouped("branch or none",
            [](each_row const& each) { return each.shop > 1 ? std::optional(each.branch) : std::nullopt; });

    found_.note("some times",
                credence::over_time(
                    rows_, [](each_row const& each) { return each.shop > 0 ? std::optional(each.when) : std::nullopt; },
                    credence::calendar_year{}, credence::nps_accumulator{}, score)
                    .result()
                    .size());
    groups_of_branches();
    months();
    timed("weeks", credence::calendar_week{});
    timed("days", credence::every{std::chrono::hours{72}});
    timed("windows", credence::sliding{std::chrono::days{28}, std::chrono::days{7}});
    auto const seconds = [](each_row const& each) { return 1'735'689'600 + each.shop * 86'400 * 20; };
    found_.note("epoch", credence::over_time(rows_, credence::epoch_seconds(seconds), credence::calendar_quarter{},
                                             credence::csat_accumulator{}, stars)
                             .result()
                             .size());
    found_.note("local",
                credence::over_time(rows_, credence::local(when, [](each_row const&) { return std::chrono::hours{9}; }),
                                    credence::calendar_day{}, credence::nps_accumulator{}, score)
                    .result()
                    .size());
  }

  void comparisons() {
    auto const left = [](each_row const& each) { return each.shop < 0 ? std::optional(each.score) : std::nullopt; };
    auto const right = [](each_row const& each) { return each.shop < 0 ? std::nullopt : std::optional(each.score); };
    found_.note("compare nps", credence::compare(credence::nps(rows_, left), credence::nps(rows_, right)));
    found_.note("compare csat", credence::compare(credence::csat(rows_, left), credence::csat(rows_, right)));
    found_.note("compare mean",
                credence::compare(credence::mean(rows_, left), credence::mean(rows_, right), {.confidence = 0.9}));
    found_.note("compare likert", credence::compare(credence::likert(rows_, left), credence::likert(rows_, right)));
    found_.note("differences",
                credence::difference_in_differences(credence::nps(rows_, left), credence::nps(rows_, right),
                                                    credence::nps(rows_, right), credence::nps(rows_, left)));
    typename Host::executor run;
    found_.note("bootstrap of counts", credence::bootstrap(credence::nps(rows_, score), {.replicates = 200}));
    found_.note("bootstrap", credence::bootstrap(rows_, credence::mean_accumulator{}, amount, {.replicates = 100}));
    found_.note("bootstrap by",
                credence::bootstrap(run, rows_, credence::nps_accumulator{}, score, weight, {.replicates = 100}));
    found_.note("drivers", credence::drivers(rows_, score, [](each_row const& each) {
                  return std::array<typename Host::real, 2>{each.amount, each.weight};
                }));
    found_.note("drivers of members", credence::drivers(rows_, &each_row::stars,
                                                        [](each_row const& each) {
                                                          return std::vector<int>{each.shop, each.age};
                                                        },
                                                        {.confidence = 0.9}));
    found_.note("spearman", credence::spearman(rows_, amount, score, {.confidence = 0.9}));
    found_.note("linkage", credence::linkage(rows_, branch, when, credence::calendar_month{}, amount, weight));
    found_.note("linkage of numbers", credence::linkage(rows_, branch, age, amount, weight, {.longest_lag = 1}));
    std::vector<credence::period_value> const months{
        {0, 30, 2, 400}, {1, 33, 1.5, 700}, {2, 31, 2, 250}, {3, 36, 1, 1500}};
    found_.note("trend", credence::trend(months));
    found_.note("adjusted", credence::adjusted({0.01, 0.04, 0.03}, credence::p_adjustment::holm));
  }

  void tables() {
    auto const by_city = credence::margin(city, std::vector<std::pair<std::string, double>>{
                                                    {"Bern", .2}, {"Genf", .3}, {"Basel", .4}, {"Z\xc3\xbcrich", .1}});
    std::vector<std::pair<typename Host::branch, typename Host::real>> wanted;
    for (int number = 0; number < 4; ++number)
      wanted.emplace_back(typename Host::branch(number), typename Host::real(1 + number));
    auto const by_branch = credence::margin(branch, wanted);
    auto const weights = credence::raked(rows_, credence::margins(by_city, by_branch), weight, {.total = 1'000});
    found_.note("raked", weights.message());
    found_.note("raked nps", credence::nps(rows_, score, weights));
    found_.note("raked weight", weights(rows_[1]));
    auto const stratified = credence::post_stratified(rows_, by_branch);
    found_.note("post-stratified", credence::mean(rows_, amount, stratified));
    printed("raked", weights);
  }

  void agreements() {
    auto const ratings = [](each_row const& each) {
      return std::array<typename Host::score, 2>{each.score, each.score};
    };
    auto const numbers = [](each_row const& each) { return std::array<int, 3>{each.shop, each.age, each.shop * 2}; };
    found_.note("cohen", credence::cohen_kappa(rows_, branch, [](each_row const& each) { return each.branch; }));
    found_.note("cohen of numbers",
                credence::cohen_kappa(rows_, age,
                                      [](each_row const& each) { return static_cast<std::uint8_t>(each.shop + 20); },
                                      {.weights = credence::kappa_weights::quadratic}));
    found_.note("fleiss", credence::fleiss_kappa(rows_, city, branch));
    found_.note("krippendorff",
                credence::krippendorff_alpha(rows_, branch, city, shop, {.scale = credence::measurement::ordinal}));
    found_.note("cohen of moods", credence::cohen_kappa(rows_, mood, [](each_row const& each) { return each.mood; },
                                                        {.weights = credence::kappa_weights::linear}));
    found_.note("krippendorff of moods", credence::krippendorff_alpha(rows_, branch, city, mood));
    found_.note("krippendorff of reals",
                credence::krippendorff_alpha(rows_, branch, city, amount, {.scale = credence::measurement::interval}));
    found_.note("krippendorff of names", credence::krippendorff_alpha(rows_, age, city, branch));
    found_.note("icc", credence::icc(rows_, numbers));
    found_.note("icc of the same", credence::icc(rows_, ratings));
    found_.note("cronbach", credence::cronbach_alpha(rows_, numbers, {.confidence = 0.9}));
    accumulator("icc", credence::icc_accumulator{}, numbers);
    accumulator("cronbach", credence::cronbach_alpha_accumulator{}, numbers);
  }

  void mathematics() {
    namespace math = credence::math;
    found_.note("normal", math::normal_cdf(1.5) + math::normal_quantile(0.3) + math::normal_critical(0.9));
    found_.note("student",
                math::student_t_cdf(1.5, 7) + math::student_t_quantile(0.3, 7) + math::student_t_critical(0.9, 7));
    found_.note("beta", math::incomplete_beta(2, 3, 0.4) + math::beta_quantile(0.3, 2, 3) +
                            math::beta_upper_quantile(0.3, 2, 3));
    found_.note("gamma", math::log_gamma(4.5) + math::log_beta(2, 3));
    found_.note("binomial", math::binomial_lower_tail(3, 9, 0.4) + math::binomial_quantile(0.3, 9, 0.4));
    found_.note("fisher", math::fisher_f_cdf(1.5, 3, 7) + math::fisher_f_quantile(0.3, 3, 7));
    found_.note("incomplete gamma", math::incomplete_gamma(2, 1.5) + math::gamma_quantile(0.3, 2));
    found_.note("chi-squared", math::chi_squared_upper_tail(1.5, 3) + math::chi_squared_quantile(0.3, 3));
    math::random_stream dice(7);
    found_.note("dice", dice() + dice.below(6) + dice.binomial(1'000, 0.3));
    found_.note("root", math::find_root([](double at) { return at * at - 2; }, 0.0, 2.0).value);
    found_.note("eigen", math::symmetric_eigen({2, 1, 1, 2}, 2).values);
    found_.note("squares", math::least_squares({1, 1, 1, 2, 1, 3}, 2, {1, 2, 4}).coefficients);
#if CREDENCE_EXCEPTIONS
    std::string said;
    try {
      found_.note("never", credence::nps(rows_, score, {.confidence = 2}));
    } catch (credence::error const& complaint) {
      said = complaint.what();
    }
    found_.note("said", said);
    try {
      found_.note("never", credence::mean(rows_, stars, {.on_invalid = credence::on_invalid::raise}));
    } catch (credence::invalid_sample const& complaint) {
      said = complaint.what();
    }
    found_.note("said of a sample", said);
#endif
  }

  std::vector<each_row> rows_ = rows_of<Host>(400);
  digest found_;
};

}  // namespace hostile

#endif

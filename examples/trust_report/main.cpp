// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// trust_report FILE.csv: what a survey says about customers' trust, from the command line; trust_report --events
// FILE.csv: what a log of events says about who comes back; trust_report --subscriptions FILE.csv: who leaves, why, and
// what it costs; trust_report --reviews FILE.csv: how items are rated, and which are the best; trust_report --orders
// FILE.csv: who the customers are, what they will do, and what they are worth.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "trust_report/events.hpp"
#include "trust_report/events_text.hpp"
#include "trust_report/json.hpp"
#include "trust_report/orders.hpp"
#include "trust_report/orders_text.hpp"
#include "trust_report/report.hpp"
#include "trust_report/reviews.hpp"
#include "trust_report/reviews_text.hpp"
#include "trust_report/subscriptions.hpp"
#include "trust_report/subscriptions_text.hpp"
#include "trust_report/text.hpp"

namespace {

// What CLI11 cannot say of an option by itself; the library would refuse it too, in the words of C++.
void check_scale(std::string const& option, std::vector<double> const& numbers) {
  auto const finite = [](double number) { return std::isfinite(number); };
  if (!std::all_of(numbers.begin(), numbers.end(), finite) || !std::is_sorted(numbers.begin(), numbers.end()))
    throw CLI::ValidationError(option, "its numbers must not descend");
}
void check_terms_of_value(double const margin, double const discount) {
  if (!(margin > 0 && margin <= 1))
    throw CLI::ValidationError("--margin", "it must lie above 0 and at most be 1, as 0.3 does");
  if (!(discount >= 0 && discount <= 10))
    throw CLI::ValidationError("--discount", "it must lie between 0 and 10; 0.1 is 10 % a year");
}
void check_confidence(double const confidence) {
  if (!(confidence > 0 && confidence < 1))
    throw CLI::ValidationError("--confidence", "it must lie between 0 and 1, as 0.95 does");
}

/// Opens the file, and writes the report that `make` makes of it. Answers what the program ends with.
template <class Make>
int report_on(std::string const& path, bool const json, Make const& make) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::cerr << "trust_report: " << path << " cannot be opened\n";
    return 2;
  }
  try {
    auto const made = make(file);
    if (json) {
      trust_report::write_json(std::cout, made);
    } else {
      trust_report::write_text(std::cout, made);
    }
  } catch (trust_report::csv_error const& error) {
    std::cerr << "trust_report: " << path << ": " << error.what() << '\n';
    return 2;
  }
  if (!std::cout.flush()) {
    std::cerr << "trust_report: the report cannot be written\n";
    return 2;
  }
  return 0;
}

int run(int const argument_count, char const* const* const arguments) {
  CLI::App app{
      "What a survey in a CSV file says about customers' trust: NPS and CSAT with intervals, what was left out\n"
      "and why, and which groups differ. With --events, what a log of events says about who comes back;\n"
      "with --subscriptions, who leaves, why, what it costs, and how long customers stay; with --reviews, how\n"
      "items are rated, which of them are the best for sure, what has changed, and which raters are harsh;\n"
      "with --orders, who the customers are, what they will buy, what that is worth, and whom to keep.",
      "trust_report"};
  std::string path;
  trust_report::request asked;
  std::vector<double> nps_scale{0, 7, 9, 10};
  std::vector<double> csat_scale{1, 4, 5};
  double confidence = 0.95;
  bool json = false;
  std::string events;
  std::string subscriptions;
  std::string until;
  trust_report::events_request log;
  trust_report::subscriptions_request spans;
  std::string reviews;
  trust_report::reviews_request rated;
  auto* const survey = app.add_option("file", path, "The survey, a CSV file whose first line names the columns");
  auto* const of_events =
      app.add_option("--events", events, "Instead of a survey a log, a CSV file with a row for each event")
          ->excludes(survey);
  auto* const of_subscriptions =
      app.add_option("--subscriptions", subscriptions,
                     "Instead of a survey subscriptions, a CSV file with a row for each stretch of one customer's")
          ->excludes(survey)
          ->excludes(of_events);
  auto* const of_reviews =
      app.add_option("--reviews", reviews, "Instead of a survey reviews, a CSV file with a row for each")
          ->excludes(survey)
          ->excludes(of_events)
          ->excludes(of_subscriptions);
  std::string orders;
  trust_report::orders_request bought;
  auto* const of_orders =
      app.add_option("--orders", orders, "Instead of a survey orders, a CSV file with a row for each")
          ->excludes(survey)
          ->excludes(of_events)
          ->excludes(of_subscriptions)
          ->excludes(of_reviews);
  auto* const whose =
      app.add_option("--customer", log.customer,
                     "With --events, --subscriptions or --orders: column of who it was; else customer, user …");
  auto* const ends =
      app.add_option("--until", until,
                     "With any of these: up to when is known what happened, a date; else the last in the file,\n"
                     "of reviews today. Of orders: the first day that is not known any more");
  app.add_option("--start", spans.start, "With --subscriptions: column of when each began; else start, from, since …")
      ->needs(of_subscriptions);
  app.add_option("--end", spans.end, "With --subscriptions: column of when it ended, blank if not; else end …")
      ->needs(of_subscriptions);
  auto* const how_much =
      app.add_option("--amount", spans.amount,
                     "With --subscriptions or --orders: column of its revenue; else amount, mrr, total, price …; of\n"
                     "orders returns are below 0, and - is for none");
  app.add_option("--reason", spans.reason, "With --subscriptions: column of why it ended; else reason, cause")
      ->needs(of_subscriptions);
  app.add_option("--item", rated.item, "With --reviews: column of what is reviewed; else item, product, sku, asin …")
      ->needs(of_reviews);
  app.add_option("--stars", rated.stars, "With --reviews: column of the stars; else stars, rating, score …")
      ->needs(of_reviews);
  app.add_option("--rater", rated.rater,
                 "With --reviews: column of who gave them; else rater, customer, reviewer, user …; - for none")
      ->needs(of_reviews);
  app.add_option("--scale", rated.scale, "With --reviews: the most stars that can be given, of which 1 is the least")
      ->needs(of_reviews)
      ->check(CLI::Range(2, 15))
      ->capture_default_str();
  auto* const how_many =
      app.add_option("--top", rated.top,
                     "With --reviews: how many items each list has; --json has all. With --orders: how many customers")
          ->check(CLI::Range(1, 1000))
          ->capture_default_str();
  app.add_option("--margin", bought.margin, "With --orders: the share of revenue that is left, above 0 and at most 1")
      ->needs(of_orders)
      ->capture_default_str();
  app.add_option("--discount", bought.discount,
                 "With --orders: what money of a year from now is worth less, as a rate: 0.1 is 10 % a year")
      ->needs(of_orders)
      ->capture_default_str();
  app.add_option("--score", asked.score, "Column of the NPS question; else nps, netpro, nps_score, score or recommend");
  app.add_option("--weight", asked.weight, "Column of sampling weights; else weight, wt or pw; - for none");
  app.add_option(
      "--by", asked.by,
      "Column to group by; else channel, segment, group, branch, region or strata, of subscriptions plan, tier …; "
      "- for none");
  app.add_option("--csat", asked.csat,
                 "Column of the CSAT question; else csat, satisfaction, satisfied, stars or q7all; - for none");
  app.add_option(
      "--time", asked.time,
      "Column of dates or times (ISO 8601; of events, reviews and orders also seconds since 1970); else date,\n"
      "time or timestamp; - for none");
  app.add_option("--period", asked.period,
                 "What to follow the NPS, cohorts or stars by: day, week, month, quarter or year")
      ->check(
          CLI::IsMember(std::vector<std::string>(trust_report::period_names.begin(), trust_report::period_names.end())))
      ->capture_default_str();
  app.add_flag("--csat-all", asked.csat_of_all, "CSAT of all rows, not only of those with an NPS answer");
  app.add_option("--nps-scale", nps_scale, "Lowest answer, first passive, first promoter, highest answer")
      ->delimiter(',')
      ->expected(4)
      ->capture_default_str();
  app.add_option("--csat-scale", csat_scale, "Lowest answer, first satisfied, highest answer")
      ->delimiter(',')
      ->expected(3)
      ->capture_default_str();
  app.add_option("--confidence", confidence, "Of all intervals, between 0 and 1")->capture_default_str();
  app.add_flag("--json", json, "Every figure in full, as JSON");
  try {
    app.parse(argument_count, arguments);
    check_scale("--nps-scale", nps_scale);
    check_scale("--csat-scale", csat_scale);
    check_confidence(confidence);
    check_terms_of_value(bought.margin, bought.discount);
    bool const has_customers = !events.empty() || !subscriptions.empty() || !orders.empty();
    bool const is_survey = !has_customers && reviews.empty();
    if (path.empty() && is_survey) throw CLI::RequiredError("file");
    if (!has_customers && !whose->empty())
      throw CLI::RequiresError("--customer", "--events, --subscriptions or --orders");
    if (subscriptions.empty() && orders.empty() && !how_much->empty())
      throw CLI::RequiresError("--amount", "--subscriptions or --orders");
    if (reviews.empty() && orders.empty() && !how_many->empty())
      throw CLI::RequiresError("--top", "--reviews or --orders");
    if (is_survey && !ends->empty())
      throw CLI::RequiresError("--until", "--events, --subscriptions, --reviews or --orders");
    if (!until.empty()) {
      log.observed_until = trust_report::ticks_or_time_of(until);
      if (!log.observed_until) throw CLI::ValidationError("--until", "it must be a date such as 2026-03-01");
    }
  } catch (CLI::ParseError const& error) {
    return app.exit(error) == 0 ? 0 : 2;  // --help is an "error" of code 0
  }
  asked.nps = {.passive_from = nps_scale[1],
               .promoter_from = nps_scale[2],
               .scale_min = nps_scale[0],
               .scale_max = nps_scale[3],
               .confidence = confidence};
  asked.csat_scale = {.satisfied_from = csat_scale[1],
                      .scale_min = csat_scale[0],
                      .scale_max = csat_scale[2],
                      .confidence = confidence};
  if (!events.empty()) {
    log.time = asked.time;
    log.period = asked.period;
    log.confidence = confidence;
    return report_on(events, json,
                     [&](std::istream& file) { return trust_report::make_events_report(file, events, log); });
  }
  if (!subscriptions.empty()) {
    spans.customer = log.customer;
    spans.by = asked.by;
    spans.period = asked.period;
    spans.observed_until = log.observed_until;
    spans.confidence = confidence;
    return report_on(subscriptions, json, [&](std::istream& file) {
      return trust_report::make_subscriptions_report(file, subscriptions, spans);
    });
  }
  if (!reviews.empty()) {
    rated.time = asked.time;
    rated.period = asked.period;
    // Unlike a log a review comes from people who mistype years: one of 2062 would make all others ancient.
    rated.observed_until = log.observed_until ? log.observed_until : std::chrono::system_clock::now();
    rated.confidence = confidence;
    return report_on(reviews, json,
                     [&](std::istream& file) { return trust_report::make_reviews_report(file, reviews, rated); });
  }
  if (!orders.empty()) {
    bought.customer = log.customer;
    bought.time = asked.time;
    bought.amount = spans.amount;
    bought.observed_until = log.observed_until;
    bought.today = std::chrono::system_clock::now();  // one order of 2062 would make everyone look gone
    bought.top = rated.top;
    bought.confidence = confidence;
    return report_on(orders, json,
                     [&](std::istream& file) { return trust_report::make_orders_report(file, orders, bought); });
  }
  return report_on(path, json, [&](std::istream& file) { return trust_report::make_report(file, path, asked); });
}

}  // namespace

int main(int const argument_count, char** const arguments) {
  try {
    return run(argument_count, arguments);
  } catch (std::exception const& error) {
    std::fprintf(stderr, "trust_report: %s\n", error.what());
    return 2;
  }
}

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_REVIEWS_TEXT_HPP
#define TRUST_REPORT_REVIEWS_TEXT_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <credence/core/real.hpp>

#include "trust_report/events_text.hpp"
#include "trust_report/layout.hpp"
#include "trust_report/reviews.hpp"
#include "trust_report/subscriptions_text.hpp"
#include "trust_report/text.hpp"

// The report of reviews as text for people, within 100 columns.

namespace trust_report {
namespace detail {

using item_list = std::vector<reviewed_item const*>;

inline void write_review_facts(std::ostream& out, reviews_report const& made) {
  auto const quoted = [](column_use const& column) { return "\"" + printable(column.name, 30) + "\""; };
  reviews_file const& file = made.file;
  out << "Review report: " << printable(file.name, 80) << "\n\n  " << several(file.rows, "row", "rows") << ": stars by "
      << quoted(file.stars) << ", of what by " << quoted(file.item);
  if (file.rater) out << ", from whom by " << quoted(*file.rater);
  out << '\n';
  if (made.over_time && !made.over_time->first.empty())
    out << "  from " << made.over_time->first << " to " << made.over_time->last << " by " << quoted(*file.time) << '\n';
  bool guessed = !file.item.named_by_user || !file.stars.named_by_user;
  for (auto const* column : {&file.time, &file.rater}) guessed = guessed || (*column && !(**column).named_by_user);
  if (guessed) out << "  (columns found by their usual names; --item, --stars, --time and --rater choose others)\n";
}

inline void write_rows_left_out(std::ostream& out, reviews_report const& made) {
  rows_left_out const& lost = made.file.left_out;
  if (lost.total() == 0) return;
  table shown({"LEFT OUT", "rows"});
  auto const add = [&](char const* why, std::uint64_t rows) {
    if (rows != 0) shown.add({why, count(rows)});
  };
  add("without stars", lost.no_stars);
  add("stars that are no number", lost.not_a_number);
  add("stars off the scale", lost.off_scale);
  add("without an item", lost.no_item);
  add("without a rater", lost.no_rater);
  add("without a date", lost.no_time);
  add("of the future, by --until or today", lost.after_end);
  add("reviewed again by the same rater", lost.superseded);
  out << '\n' << shown;
  write_bad_fields(out, made.file.stars, "a number");
  if (made.file.time) write_bad_fields(out, *made.file.time, "a date");
  if (lost.off_scale > made.stars.count)
    out << "  Most stars are off the scale: are they whole, from 1 to " << made.scale << "? --scale tells another\n";
}

inline void write_stars(std::ostream& out, reviews_report const& made) {
  credence::star_summary_result const& stars = made.stars;
  table card({"ALL REVIEWS", "", level(made.confidence), "reviews"});
  card.add({"mean", decimals(stars.value, 2), bounds(stars.interval, 1, 2), count(stars.count)});
  card.add({std::to_string(made.satisfied_from) + " stars and more", percent(stars.satisfied_share, 1),
            bounds(stars.satisfied_interval, 100, 1), count(stars.satisfied)});
  out << '\n' << card;
  table distribution({"STARS", "reviews", "share", ""});
  for (std::size_t point = stars.counts.size(); point-- != 0;)
    distribution.add({std::to_string(point + 1), count(stars.counts[point]), percent(stars.shares[point], 1),
                      std::string(static_cast<std::size_t>(std::lround(40 * stars.shares[point])), '#')});
  out << '\n' << distribution;
}

inline std::string signed_stars(double change) { return (change > 0 ? "+" : "") + decimals(change, 2); }

inline void write_stars_over_time(std::ostream& out, reviews_report const& made) {
  reviews_over_time const& time = *made.over_time;
  std::size_t const first = time.periods.size() > most_rows_shown ? time.periods.size() - most_rows_shown : 0;
  table shown({"BY " + made.period, "reviews", "mean", level(made.confidence),
               std::to_string(made.satisfied_from) + " and more", ""});
  for (std::size_t at = first; at < time.periods.size(); ++at) {
    reviews_period const& own = time.periods[at];
    shown.add({own.name, count(own.stars.count), decimals(own.stars.value, 2), bounds(own.stars.interval, 1, 2),
               percent(own.stars.satisfied_share, 0), own.complete ? "" : "so far"});
  }
  out << '\n' << shown;
  if (first != 0)
    out << "  and " << several(first, "earlier " + made.period, "earlier " + made.period + "s") << "; --json has all\n";
  if (time.trend)
    out << "  On the whole " << signed_stars(time.trend.slope) << " stars a " << made.period << " ("
        << bounds(time.trend.interval, 1, 2) << "), p " << probability(time.trend.p_value) << ".\n";
  out << "  Of late, with a half-life of " << half_life.count() << " days, the mean is "
      << decimals(time.of_late.value, 2) << " (" << bounds(time.of_late.interval, 1, 2) << "), against "
      << decimals(made.stars.value, 2) << " of all.\n";
}

inline void write_items(std::ostream& out, reviews_report const& made, std::string const& title,
                        item_list const& items) {
  std::vector<std::string> heading{title, "reviews", "mean", level(made.confidence), "Bayesian", "rank by mean"};
  if (made.over_time) heading.emplace_back("of late");
  table shown(heading);
  for (reviewed_item const* own : items) {
    std::vector<std::string> row{printable(own->name, 26),    count(own->count),          decimals(own->mean, 2),
                                 bounds(own->interval, 1, 2), decimals(own->bayesian, 2), count(own->mean_rank)};
    if (own->of_late) row.push_back(decimals(own->of_late->value, 2));
    shown.add(row);
  }
  out << '\n' << shown;
}

/// At most so many of the items that are `wanted`, the least by `order` first.
template <class Wanted, class Order>
item_list chosen_items(reviews_report const& made, std::size_t most, Wanted const& wanted, Order const& order) {
  item_list chosen;
  for (reviewed_item const& own : made.items)
    if (wanted(own)) chosen.push_back(&own);
  // Items keep their places in the report: equal ones follow each other as there.
  std::sort(chosen.begin(), chosen.end(), [&](reviewed_item const* one, reviewed_item const* other) {
    double const left = order(*one);
    double const right = order(*other);
    return left != right ? left < right : one < other;
  });
  chosen.resize((std::min)(chosen.size(), most));
  return chosen;
}

inline void write_best_and_worst(std::ostream& out, reviews_report const& made) {
  auto const all = [](reviewed_item const&) { return true; };
  auto const place = [&](reviewed_item const& own) { return static_cast<double>(&own - made.items.data()); };
  write_items(out, made, "BEST FOR SURE", chosen_items(made, made.top, all, place));
  out << "  Of " << several(made.items.size(), "item", "items")
      << ", by the lower end of the interval, which adds one review of each number of stars:\n"
      << "  few reviews leave much in doubt. The Bayesian average adds " << decimals(made.prior_weight, 1)
      << " reviews of " << decimals(made.prior_mean, 2) << " stars, what an\n  item has on average.\n";
  if (made.items.size() > 1)
    write_items(out, made, "WORST FOR SURE",
                chosen_items(made, (std::min)(made.top, std::uint64_t{made.items.size() / 2}), all,
                             [](reviewed_item const& own) { return own.interval.upper; }));
  item_list const fooled = chosen_items(
      made, made.top,
      [&](reviewed_item const& own) {
        return own.mean_rank <= made.top && place(own) >= static_cast<double>(made.top);
      },
      [](reviewed_item const& own) { return static_cast<double>(own.mean_rank); });
  if (fooled.empty()) return;
  table shown({"WHERE FEW REVIEWS FOOL", "reviews", "mean", "rank by mean", "rank"});
  for (reviewed_item const* own : fooled)
    shown.add({printable(own->name, 26), count(own->count), decimals(own->mean, 2), count(own->mean_rank),
               count(static_cast<std::uint64_t>(own - made.items.data()) + 1)});
  out << '\n' << shown;
}

inline void write_changed_items(std::ostream& out, reviews_report const& made) {
  auto const change = [](reviewed_item const& own) { return own.of_late->value - own.mean; };
  // Where all its reviews but a recent few were otherwise, the interval leaves out the plain mean.
  item_list const changed = chosen_items(
      made, made.top,
      [](reviewed_item const& own) {
        credence::interval const& of_late = own.of_late->interval;
        return of_late.upper < own.mean || of_late.lower > own.mean;
      },
      change);
  if (changed.empty()) return;
  table shown({"WHAT IS OTHERWISE OF LATE", "reviews", "mean", "of late", level(made.confidence), "change"});
  for (reviewed_item const* own : changed)
    shown.add({printable(own->name, 26), count(own->count), decimals(own->mean, 2), decimals(own->of_late->value, 2),
               bounds(own->of_late->interval, 1, 2), signed_stars(change(*own))});
  out << '\n' << shown;
}

inline void write_raters(std::ostream& out, reviews_report const& made) {
  raters_report const& told = *made.raters;
  if (told.status != credence::fit_status::converged) {
    out << "\n  Its raters could not be told from its items: " << name_of(told.status) << ".\n";
    return;
  }
  out << "\n  Of " << several(told.raters, "rater", "raters") << " " << count(told.judged) << " gave "
      << least_reviews_judged << " reviews or more";
  if (told.judged == 0) {
    out << ": who is harsh cannot be told.\n";
    return;
  }
  out << ". Of these " << count(told.harsh) << (told.harsh == 1 ? " is harsh and " : " are harsh and ")
      << count(told.generous) << " generous: they give\n  " << decimals(noted_bias, 1)
      << " stars less or more than others do to the same items. Without that the items that move most:\n";
  table shown({"WITHOUT ITS RATERS' WAYS", "reviews", "mean", "would be", "moved"});
  for (reviewed_item const* own : chosen_items(
           made, (std::min)(made.top, std::uint64_t{5}), [](reviewed_item const&) { return true; },
           [](reviewed_item const& each) { return -std::fabs(each.moved); }))
    shown.add({printable(own->name, 26), count(own->count), decimals(own->mean, 2), decimals(own->mean + own->moved, 2),
               signed_stars(own->moved)});
  out << '\n' << shown;
}

}  // namespace detail

inline void write_text(std::ostream& out, reviews_report const& made) {
  detail::write_review_facts(out, made);
  detail::write_rows_left_out(out, made);
  if (!made.stars) {
    out << "\n  There is no review to report on.\n";
    return;
  }
  detail::write_stars(out, made);
  if (made.over_time) detail::write_stars_over_time(out, made);
  detail::write_best_and_worst(out, made);
  if (made.over_time) detail::write_changed_items(out, made);
  if (made.raters) detail::write_raters(out, made);
}

}  // namespace trust_report

#endif

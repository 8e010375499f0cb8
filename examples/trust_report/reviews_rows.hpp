// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_REVIEWS_ROWS_HPP
#define TRUST_REPORT_REVIEWS_ROWS_HPP

#include <cmath>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <credence/core/time.hpp>
#include <credence/reviews/latest_by.hpp>

#include "trust_report/csv.hpp"
#include "trust_report/events.hpp"
#include "trust_report/gather.hpp"
#include "trust_report/time.hpp"

// From a file to reviews that can be used, and how many rows could not be, and why.

namespace trust_report {

/// What is asked of reviews. A column that is not named is looked for under its usual names; "-" means none.
struct reviews_request {
  std::string item{};
  std::string stars{};
  std::string time{};
  std::string rater{};
  std::string period = "month";                       ///< one of `period_names`
  std::optional<credence::instant> observed_until{};  ///< later reviews are left out; unset: none is
  int scale = 5;                                      ///< most stars that can be given, 2 … 15; the least are 1
  int top = 10;                                       ///< items in each list of the text
  double confidence = 0.95;
};

/// Rows that are not used, each by the first reason that holds.
struct rows_left_out {
  std::uint64_t no_stars = 0;      ///< blank
  std::uint64_t not_a_number = 0;  ///<
  std::uint64_t off_scale = 0;     ///< not 1, 2 … the most there are
  std::uint64_t no_item = 0;       ///< blank
  std::uint64_t no_rater = 0;      ///< blank, where there is a column of them
  std::uint64_t no_time = 0;       ///< blank or no date, where there is a column of them
  std::uint64_t after_end = 0;     ///< later than was asked for
  std::uint64_t superseded = 0;    ///< the same rater reviewed the same item again

  [[nodiscard]] std::uint64_t total() const {
    return no_stars + not_a_number + off_scale + no_item + no_rater + no_time + after_end + superseded;
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("no_stars", self.no_stars);
    visit("not_a_number", self.not_a_number);
    visit("off_scale", self.off_scale);
    visit("no_item", self.no_item);
    visit("no_rater", self.no_rater);
    visit("no_time", self.no_time);
    visit("after_end", self.after_end);
    visit("superseded", self.superseded);
  }
};

struct reviews_file {
  std::string name;
  std::uint64_t rows = 0;
  column_use item;
  column_use stars;
  std::optional<column_use> time;
  std::optional<column_use> rater;
  rows_left_out left_out;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("rows", self.rows);
    visit("item", self.item);
    visit("stars", self.stars);
    visit("time", self.time);
    visit("rater", self.rater);
    visit("left_out", self.left_out);
  }
};

namespace detail {

/// A row that has all that was asked for.
struct review {
  std::string item;
  int stars = 0;
  credence::instant time = credence::instant::from_micros(0);  ///< without such a column the row's number
  std::string rater;                                           ///< without such a column empty
};

struct read_reviews {
  reviews_file file;
  std::vector<review> reviews;
};

/// Throws csv_error for a file that cannot be read and for a column that is not there.
inline read_reviews reviews_of(std::istream& stream, std::string name, reviews_request const& asked) {
  csv_reader reader(stream);
  chosen_column const item(reader, asked.item,
                           {"item", "item_id", "product", "product_id", "sku", "asin", "business_id", "movie_id"});
  chosen_column stars(reader, asked.stars, {"stars", "rating", "star_rating", "overall", "score"});
  chosen_column time(reader, asked.time,
                     {"date", "time", "timestamp", "when", "review_date", "reviewed_at", "created_at"});
  chosen_column const rater(reader, asked.rater,
                            {"rater", "customer", "customer_id", "reviewer", "reviewer_id", "user", "user_id"});
  if (!item) no_column_like(reader, "what is reviewed", "--item");
  if (!stars) no_column_like(reader, "the number of stars", "--stars");

  read_reviews made;
  rows_left_out& lost = made.file.left_out;
  while (reader.next()) {
    std::optional<double> const given = stars.answer(reader);
    std::optional<credence::instant> const when = time.time(reader, ticks_or_time_of);
    if (!given) {
      ++lost.no_stars;
    } else if (std::isnan(*given)) {
      ++lost.not_a_number;
    } else if (!(*given >= 1 && *given <= asked.scale && std::floor(*given) == *given)) {
      ++lost.off_scale;
    } else if (item.text(reader).empty()) {
      ++lost.no_item;
    } else if (rater && rater.text(reader).empty()) {
      ++lost.no_rater;
    } else if (time && !when) {
      ++lost.no_time;
    } else if (time && asked.observed_until && *asked.observed_until < *when) {
      ++lost.after_end;
    } else {
      made.reviews.push_back({std::string(item.text(reader)), static_cast<int>(*given),
                              when.value_or(credence::instant::from_micros(static_cast<std::int64_t>(reader.rows()))),
                              std::string(rater.text(reader))});
    }
  }
  if (rater) {
    auto const latest = credence::latest_by(made.reviews, &review::rater, &review::item, &review::time);
    lost.superseded = latest.superseded;
    made.reviews = std::vector<review>(latest.begin(), latest.end());
  }
  made.file.name = std::move(name);
  made.file.rows = reader.rows();
  made.file.item = *item.use();
  made.file.stars = *stars.use();
  made.file.time = time.use();
  made.file.rater = rater.use();
  return made;
}

}  // namespace detail
}  // namespace trust_report

#endif

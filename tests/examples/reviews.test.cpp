// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <credence/core/real.hpp>

#include "trust_report/reviews.hpp"
#include "trust_report/reviews_text.hpp"

namespace test_reviews {

using namespace std::chrono;
using trust_report::reviewed_item;
using trust_report::reviews_report;
using trust_report::reviews_request;

inline reviews_report report_of(std::string const& csv, reviews_request const& asked = {}) {
  std::istringstream stream(csv);
  return trust_report::make_reviews_report(stream, "reviews.csv", asked);
}
inline reviews_report report_of_sample() {
  std::ifstream file(CREDENCE_SOURCE_DIR "/examples/data/shop_reviews.csv", std::ios::binary);
  return trust_report::make_reviews_report(file, "shop_reviews.csv",
                                           {.observed_until = credence::instant(sys_days{2026y / July / 1})});
}
inline std::string text_of(reviews_report const& made) {
  std::ostringstream out;
  trust_report::write_text(out, made);
  return out.str();
}
inline bool says(reviews_report const& made, std::string const& part) {
  return text_of(made).find(part) != std::string::npos;
}
inline std::string error_of(std::string const& csv, reviews_request const& asked = {}) {
  try {
    report_of(csv, asked);
    return "no error";
  } catch (trust_report::csv_error const& error) {
    return error.what();
  }
}
inline reviewed_item const& item_of(reviews_report const& made, std::string const& name) {
  auto const found =
      std::find_if(made.items.begin(), made.items.end(), [&](reviewed_item const& own) { return own.name == name; });
  REQUIRE(found != made.items.end());
  return *found;
}
inline long rank_of(reviews_report const& made, std::string const& name) {
  return &item_of(made, name) - made.items.data() + 1;
}

TEST_CASE("the sample reviews are reported as they were, byte for byte") {
  std::string const written = text_of(report_of_sample());
  std::string const path = CREDENCE_SOURCE_DIR "/tests/examples/golden/shop_reviews.txt";
  if (std::getenv("CREDENCE_WRITE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << written;
  std::ifstream golden(path, std::ios::binary);
  CHECK(written == std::string(std::istreambuf_iterator<char>(golden), {}));
}

TEST_CASE("the report of the sample tells what its maker put into it") {
  reviews_report const made = report_of_sample();
  CHECK(made.items.size() == 40);
  CHECK(made.stars.count + made.file.left_out.total() == made.file.rows);
  // The friends' five stars: the best mean, and one of the last in doubt.
  CHECK(item_of(made, "Paper lantern").mean == 5);
  CHECK(item_of(made, "Paper lantern").mean_rank == 1);
  CHECK(rank_of(made, "Paper lantern") > 30);
  CHECK(rank_of(made, "Cast-iron pan") == 1);
  // The kettle that turned in February is the item that lost most.
  for (reviewed_item const& own : made.items)
    CHECK(own.of_late->value - own.mean >=
          item_of(made, "Cordless kettle").of_late->value - item_of(made, "Cordless kettle").mean);
  // Late parcels from April on.
  REQUIRE(made.over_time);
  CHECK(made.over_time->periods.size() == 12);
  CHECK(made.over_time->trend.interval.upper < 0);
  CHECK(made.over_time->of_late.interval.upper < made.stars.value);
  // One customer in eight of 330 is harsh, and 33 are kind; coffee things look worse for the former.
  REQUIRE(made.raters);
  CHECK(made.raters->raters == 330);
  CHECK(made.raters->harsh >= 25);
  CHECK(made.raters->harsh <= 41);
  for (auto const* coffee : {"Coffee grinder", "Milk frother", "Espresso machine"})
    CHECK(item_of(made, coffee).moved > 0.1);
}

TEST_CASE("each row that is left out has one reason, and the last review of a rater holds") {
  reviews_report const made = report_of(
      "product,rating,when,user\n"
      "cup,5,2026-01-01,ann\ncup,2,2026-02-01,ann\ncup,3,2026-01-15,ann\npot,4,2026-01-01,bob\n"
      "cup,,2026-01-01,cid\ncup,many,2026-01-01,cid\ncup,6,2026-01-01,cid\ncup,3.5,2026-01-01,cid\n"
      ",4,2026-01-01,cid\ncup,4,2026-01-01,\ncup,4,soon,cid\ncup,4,,cid\ncup,4,2027-01-01,cid\n",
      {.observed_until = credence::instant(sys_days{2026y / March / 1})});
  trust_report::rows_left_out const& lost = made.file.left_out;
  CHECK(made.file.rows == 13);
  CHECK(lost.no_stars == 1);
  CHECK(lost.not_a_number == 1);
  CHECK(lost.off_scale == 2);
  CHECK(lost.no_item == 1);
  CHECK(lost.no_rater == 1);
  CHECK(lost.no_time == 2);
  CHECK(lost.after_end == 1);
  CHECK(lost.superseded == 2);
  CHECK(made.stars.count == 2);
  CHECK(made.stars.value == 3);
  CHECK(item_of(made, "cup").mean == 2);
  CHECK(says(made, "\"rating\": 1 field is not a number, the first on line 7: \"many\""));
  CHECK(says(made, "\"when\": 1 field is not a date, the first on line 12: \"soon\""));
}

TEST_CASE("without times the last row of a rater holds, and without raters all do") {
  std::string const rows = "item,stars,customer\ncup,5,ann\ncup,1,ann\n";
  reviews_report const told = report_of(rows);
  CHECK(told.stars.value == 1);
  CHECK_FALSE(told.over_time);
  CHECK(says(told, "reviewed again by the same rater"));
  reviews_report const nameless = report_of(rows, {.rater = "-"});
  CHECK(nameless.stars.value == 3);
  CHECK(nameless.file.left_out.total() == 0);
  CHECK_FALSE(nameless.raters);
  CHECK(credence::is_nan(nameless.items[0].moved));
}

TEST_CASE("another scale has other points and another share of the satisfied") {
  reviews_report const made = report_of("item,stars\ncup,10\ncup,8\ncup,7\ncup,11\n", {.scale = 10});
  CHECK(made.satisfied_from == 8);
  CHECK(made.stars.satisfied == 2);
  CHECK(made.stars.counts.size() == 10);
  CHECK(made.file.left_out.off_scale == 1);
  CHECK(says(report_of("item,stars\ncup,10\ncup,8\ncup,5\n"), "--scale tells another"));
  CHECK(says(report_of("item,stars\ncup,3.5\n"), "are they whole, from 1 to 5?"));
}

TEST_CASE("what is wrong with reviews is said in words") {
  CHECK(error_of("a,stars\n1,2\n").find("name it with --item. The columns are: a, stars") != std::string::npos);
  CHECK(error_of("item,b\n1,2\n").find("name it with --stars. The columns are: item, b") != std::string::npos);
  CHECK(error_of("item,stars\n", {.rater = "client"}).find("client") != std::string::npos);
  CHECK(error_of("").find("the file is empty") != std::string::npos);
  CHECK(says(report_of("item,stars,date,user\n"), "There is no review to report on"));
  CHECK(says(report_of("item,stars,date,user\n,,,\n"), "without stars"));
  reviews_report const one = report_of("item,stars,date,user\ncup,5,2026-01-01,ann\n");
  CHECK(says(one, "1 row: stars by"));
  CHECK(says(one, "who is harsh cannot be told"));
  CHECK_FALSE(says(one, "WORST"));
}

}  // namespace test_reviews

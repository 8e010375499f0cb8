// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/design.hpp>
#include <credence/inference/mean.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/share.hpp>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/executors.hpp"
#include "support/shared_data.hpp"
#include "survey/counted.hpp"
#include "trust_report/csv.hpp"

namespace test_design {

using credence::clustered_by;
using credence::lone_stratum;
using credence::stratified_by;
using credence::weighted_by;

namespace {

struct survey {
  int score;
  double weight;
  int stratum;
  int cluster;
  double population;
};
// The rows of tests/reference/designs.py, which made the references below.
std::vector<survey> const rows{{9, 1.5, 1, 1, 9}, {10, 2.0, 1, 1, 9}, {3, 1.0, 1, 2, 9},  {7, 2.5, 1, 2, 9},
                               {9, 0.5, 1, 3, 9}, {6, 3.0, 2, 1, 4},  {10, 1.0, 2, 1, 4}, {8, 1.0, 2, 2, 4},
                               {2, 2.0, 2, 2, 4}, {9, 1.0, 3, 5, 7},  {0, 4.0, 3, 5, 7}};

std::optional<double> number_of(std::string_view field) {
  std::string const text(field);
  char* end = nullptr;
  double const number = std::strtod(text.c_str(), &end);
  if (text.empty() || end != text.c_str() + text.size()) return std::nullopt;
  return number;
}
struct response {
  std::optional<double> score;
  std::optional<double> weight;
  std::string stratum;
  std::optional<double> population;
};

}  // namespace

TEST_CASE("design: SFO 2017 with strata agrees with R") {
  auto const file = shared_data("survey/sfo_2017.csv");
  if (!file) return;
  std::vector<response> responses;
  std::ifstream stream(*file, std::ios::binary);
  trust_report::csv_reader reader(stream);
  std::size_t const score = reader.column("NETPRO");
  std::size_t const weight = reader.column("WEIGHT");
  std::size_t const stratum = reader.column("STRATA");
  while (reader.next())
    responses.push_back({number_of(reader.field(score)), number_of(reader.field(weight)),
                         std::string(reader.field(stratum)), std::nullopt});
  credence::nps_result const found =
      credence::nps(responses, &response::score, &response::weight, stratified_by(&response::stratum));
  CHECK(found.value == about(40.3984355117, 1e-11));
  CHECK(found.standard_error == about(1.44343259436, 1e-11));
  CHECK(found.design.strata == 3);
  CHECK(found.design.clusters == 0);
  CHECK(found.design.degrees_of_freedom == 2743);
  CHECK(found.rejected == 85);
  credence::nps_result const one =
      credence::nps(responses, &response::score, &response::weight, stratified_by([](response const&) { return 0; }));
  CHECK(one.standard_error == about(1.44572497693, 1e-11));
  credence::nps_result const plain = credence::nps(responses, &response::score, &response::weight);
  CHECK(one.value == plain.value);
  CHECK(one.interval.lower == about(plain.interval.lower, 1e-11));
  CHECK_FALSE(plain.design);
}

TEST_CASE("design: apistrat with strata and a finite population agrees with R") {
  auto const file = shared_data("survey/weighted_nps_apistrat.csv");
  if (!file) return;
  std::vector<response> responses;
  std::ifstream stream(*file, std::ios::binary);
  trust_report::csv_reader reader(stream);
  while (reader.next())
    responses.push_back({number_of(reader.field(0)), number_of(reader.field(1)), std::string(reader.field(2)),
                         number_of(reader.field(3))});
  credence::mean_result const found = credence::mean(responses, &response::score, &response::weight,
                                                     stratified_by(&response::stratum, &response::population));
  CHECK(found.value == about(-.06127542994, 1e-10));
  CHECK(found.standard_error == about(.059218341984, 1e-11));
  CHECK(credence::mean(responses, &response::score, &response::weight).standard_error == about(.0601485557481, 1e-11));
  double const critical = 1.97207903145;  // scipy 1.10: t.ppf(.975, 197)
  CHECK(found.design.degrees_of_freedom == 197);
  CHECK(found.interval.upper == about(found.value + critical * found.standard_error, 1e-9));
}

TEST_CASE("design: clusters, strata, lone strata and the population agree with numpy") {
  auto const both = [](auto const& metric, auto const&... design) {
    return metric(rows, &survey::score, &survey::weight, design...).standard_error;
  };
  auto const clusters = clustered_by(&survey::cluster);
  auto const strata = stratified_by(&survey::stratum);
  auto const finite = stratified_by(&survey::stratum, &survey::population);
  auto const centred = stratified_by(&survey::stratum, &survey::population, lone_stratum::about_the_mean);
  CHECK(both(credence::nps, clusters) == about(23.8860639505082));
  CHECK(both(credence::nps, strata, clusters) == about(21.2024167977668));
  CHECK(both(credence::nps, clusters, finite) == about(17.3063732746296));
  CHECK(both(credence::nps, centred, clusters) == about(19.6819629402844));
  CHECK(both(credence::nps, strata) == about(31.5068593319707));
  CHECK(both(credence::mean, clusters) == about(1.63776881425995));
  CHECK(both(credence::mean, clusters, strata) == about(.846186284420522));
  CHECK(both(credence::mean, finite, clusters) == about(.655094355458016));
  CHECK(both(credence::mean, clusters, centred) == about(1.09817539510003));
  CHECK(both(credence::mean, strata) == about(1.49123132119608));
  credence::sampling_design const design =
      credence::nps(rows, &survey::score, &survey::weight, finite, clusters).design;
  CHECK(design.strata == 3);
  CHECK(design.clusters == 6);
  CHECK(design.lone_strata == 1);
  CHECK(design.degrees_of_freedom == 3);
  credence::sampling_design const only = credence::nps(rows, &survey::score, clusters).design;
  CHECK(only.strata == 1);
  CHECK(only.clusters == 4);
}

TEST_CASE("design: every way to write the call") {
  auto const strata = stratified_by(&survey::stratum);
  auto const clusters = clustered_by(&survey::cluster);
  auto const named = weighted_by(&survey::weight);
  credence::nps_result const expected =
      credence::nps(rows, &survey::score, &survey::weight, strata, clusters, {.confidence = .9});
  CHECK(expected.interval.confidence == .9);
  CHECK(credence::nps(rows, &survey::score, clusters, named, strata, {.confidence = .9}) == expected);
  CHECK(credence::nps(in_order{}, rows, &survey::score, strata, named, clusters, {.confidence = .9}) == expected);
  CHECK(credence::nps(in_order{}, rows, &survey::score, &survey::weight, clusters, strata, {.confidence = .9}) ==
        expected);
  CHECK(credence::nps(rows, &survey::score, named) == credence::nps(rows, &survey::score, &survey::weight));
  CHECK(credence::share(rows, &survey::score, strata, {.satisfied_from = 9}).design.strata == 3);
  CHECK(credence::csat(rows, &survey::score, strata, {.scale_min = 0, .scale_max = 10}).design.strata == 3);
  // Without weights every one is 1, and one stratum is the plain mean.
  credence::mean_result const plain = credence::mean(rows, &survey::score);
  credence::mean_result const one =
      credence::mean(rows, &survey::score, stratified_by([](survey const&) { return 0; }));
  CHECK(one.standard_error == about(plain.standard_error));
  CHECK(one.interval.lower == about(plain.interval.lower));
  CHECK(one.design.design_effect == about(1));
  CHECK_FALSE(plain.design);
}

TEST_CASE("design: a census has no error, and large scores keep their digits") {
  auto const all = stratified_by([](survey const&) { return 0; }, [](survey const&) { return 11; });
  credence::nps_result const census =
      credence::nps(rows, &survey::score, all, {.interval_method = credence::nps_interval::wald});
  CHECK(census.standard_error == 0);
  CHECK(census.interval.lower == census.value);
  auto const moved = [](survey const& row) { return 1e9 + row.score; };
  CHECK(credence::mean(rows, moved, &survey::weight, stratified_by(&survey::stratum)).standard_error ==
        about(1.49123132119608, 1e-13));
}

TEST_CASE("design: bad input") {
  auto const sized = [](double size) {
    return message_of([&] {
      credence::nps(rows, &survey::score, stratified_by(&survey::stratum, [=](survey const&) { return size; }));
    });
  };
  CHECK(contains(sized(4), "the population of a stratum is 4; it must not be less"));
  CHECK(contains(sized(0), "the population of a stratum is 0"));
  CHECK(contains(sized(no_number), "the population of a stratum is nan"));
  CHECK(contains(message_of([] {
                   credence::nps(rows, &survey::score,
                                 stratified_by([](survey const&) { return 0; }, &survey::population));
                 }),
                 "another row of the same stratum says 9"));
  // no rows, one, every stratum alone
  CHECK_FALSE(credence::nps(std::vector<survey>{}, &survey::score, stratified_by(&survey::stratum)));
  std::vector<survey> const one{rows[0]};
  CHECK(credence::is_nan(credence::nps(one, &survey::score, stratified_by(&survey::stratum)).standard_error));
  std::vector<survey> const alone{rows[0], rows[5], rows[9]};
  credence::mean_result const blind = credence::mean(alone, &survey::score, stratified_by(&survey::stratum));
  CHECK(blind.design.lone_strata == 3);
  CHECK(credence::is_nan(blind.standard_error));
  credence::mean_result const centred =
      credence::mean(alone, &survey::score, stratified_by(&survey::stratum, lone_stratum::about_the_mean));
  CHECK(centred.standard_error == about(std::sqrt(6.0) / 3));  // deviations 1, −2, 1 of three
  CHECK(credence::is_nan(centred.interval.lower));
  // an empty stratum is a stratum; a rejected answer, and what its row says of the population, leaves the sample
  auto const maybe = [](survey const& row) { return row.stratum == 3 ? std::optional<int>{} : row.stratum; };
  CHECK(credence::nps(rows, &survey::score, &survey::weight, stratified_by(maybe)).standard_error ==
        about(31.5068593319707));
  std::vector<survey> dirty = rows;
  dirty.push_back({11, 1, 1, 1, -5});
  dirty.push_back({9, -1, 7, 1, -5});
  credence::nps_result const clean =
      credence::nps(dirty, &survey::score, &survey::weight, stratified_by(&survey::stratum, &survey::population));
  CHECK(clean.rejected == 2);
  CHECK(clean.design.strata == 3);
  CHECK(contains(message_of([&] {
                   credence::nps(dirty, &survey::score, stratified_by(&survey::stratum),
                                 {.on_invalid = credence::on_invalid::raise});
                 }),
                 "sample 11 is 11"));
  // weights that are all 0 say nothing
  auto const nothing = [](survey const&) { return 0.0; };
  CHECK_FALSE(credence::mean(rows, &survey::score, nothing, stratified_by(&survey::stratum)));
}

}  // namespace test_design

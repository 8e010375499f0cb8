// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <charconv>
#include <credence/core/fold.hpp>
#include <credence/core/group_by.hpp>
#include <credence/core/tee.hpp>
#include <credence/inference/mean.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/shared_data.hpp"
#include "survey/counted.hpp"
#include "trust_report/csv.hpp"

namespace test_real_survey {

// The passenger survey of San Francisco airport, 2017, and the NPS file of R's apistrat. The references come from R:
// survey 4.1-1, svydesign(ids = ~1, weights = ~w) and svymean.

namespace {

std::optional<double> number_of(std::string_view field) {
  std::string const text(field);
  char* end = nullptr;
  double const number = std::strtod(text.c_str(), &end);
  if (text.empty() || end != text.c_str() + text.size()) return std::nullopt;
  return number;
}

struct response {
  std::optional<double> score;
  std::optional<double> satisfaction;
  std::optional<double> weight;
  std::string stratum;
};

std::vector<response> sfo_2017() {
  std::vector<response> responses;
  if (auto const file = shared_data("survey/sfo_2017.csv")) {
    std::ifstream stream(*file, std::ios::binary);
    trust_report::csv_reader reader(stream);
    std::size_t const score = reader.column("NETPRO");
    std::size_t const satisfaction = reader.column("Q7ALL");
    std::size_t const weight = reader.column("WEIGHT");
    std::size_t const stratum = reader.column("STRATA");
    while (reader.next())
      responses.push_back({number_of(reader.field(score)), number_of(reader.field(satisfaction)),
                           number_of(reader.field(weight)), std::string(reader.field(stratum))});
  }
  return responses;
}

}  // namespace

TEST_CASE("real survey: SFO 2017 agrees with R") {
  std::vector<response> const responses = sfo_2017();
  if (responses.empty()) return;
  credence::nps_result const plain = credence::nps(responses, &response::score);
  CHECK(plain.count == 2746);
  CHECK(plain.promoters == 1436);
  CHECK(plain.passives == 968);
  CHECK(plain.detractors == 342);
  CHECK(plain.rejected == 85);
  CHECK(plain.rejections.missing == 1);
  CHECK(plain.rejections.off_scale == 84);
  CHECK(plain.value == about(39.8397669337, 1e-11));
  CHECK(plain.standard_error == about(1.33413713349, 1e-11));

  credence::nps_result const weighted =
      credence::nps(responses, &response::score, &response::weight, {.interval_method = credence::nps_interval::wald});
  CHECK(weighted.count == 2746);
  CHECK(weighted.value == about(40.3984355117, 1e-11));
  CHECK(weighted.standard_error == about(1.44572497693, 1e-11));
  CHECK(weighted.interval.lower == about(37.5648666254, 1e-11));
  CHECK(weighted.interval.upper == about(43.232004398, 1e-11));
  CHECK(weighted.effective_count == about(2266.51235509, 1e-11));

  auto const on_scale = [](response const& row) {
    return row.score && *row.score <= 10 ? row.score : std::optional<double>{};
  };
  credence::mean_result const mean = credence::mean(responses, on_scale, &response::weight);
  CHECK(mean.value == about(8.36278519562, 1e-11));

  auto const strata = credence::group_by(responses, &response::stratum, credence::nps_accumulator{}, &response::score,
                                         &response::weight);
  std::array<double, 3> const values{45.9003815861, 34.3279709125, 41.9413139770};
  std::array<double, 3> const errors{2.44478536762, 2.37198922792, 2.68529946479};
  for (std::size_t at = 0; at < 3; ++at) {
    credence::nps_result const result = strata.at(std::to_string(at + 1)).result();
    CHECK(result.value == about(values[at], 1e-11));
    CHECK(result.standard_error == about(errors[at], 1e-11));
  }
}

TEST_CASE("real survey: SFO 2017, satisfaction") {
  std::vector<response> const responses = sfo_2017();
  if (responses.empty()) return;
  // Q7ALL has a code 6 for "never used", which is off its scale of 1…5.
  credence::csat_result const whole = credence::csat(responses, &response::satisfaction);
  CHECK(whole.satisfied == 2206);
  CHECK(whole.count == 2688);
  CHECK(whole.value == about(.820684523809524, 1e-12));
  // of those with a valid score, in one pass with it
  auto const if_scored = [](response const& row) {
    return row.score && *row.score <= 10 ? row.satisfaction : std::optional<double>{};
  };
  auto const both = credence::fold(responses, credence::tee(credence::nps_accumulator{}, credence::csat_accumulator{}),
                                   credence::each(&response::score, if_scored));
  CHECK(both.get<credence::csat_accumulator>().result().satisfied == 2153);
  CHECK(both.get<credence::csat_accumulator>().result().value == about(.82019047619, 1e-11));
  CHECK(both.get<credence::nps_accumulator>().result() == credence::nps(responses, &response::score));
}

TEST_CASE("real survey: a stratified sample with unequal weights agrees with R") {
  auto const file = shared_data("survey/weighted_nps_apistrat.csv");
  if (!file) return;
  std::ifstream stream(*file, std::ios::binary);
  trust_report::csv_reader reader(stream);
  credence::nps_accumulator acc({.passive_from = 0, .promoter_from = 1, .scale_min = -1, .scale_max = 1});
  while (reader.next()) acc(number_of(reader.field(0)), number_of(reader.field(1)));
  credence::nps_result const result = acc.result();
  CHECK(result.value == about(-6.127542994, 1e-10));
  CHECK(result.standard_error == about(6.01485557481, 1e-12));
  CHECK(result.effective_count == about(168.581331281, 1e-11));
}

}  // namespace test_real_survey

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// One unit of units.cpp, called UNIT there.
#include "unit.hpp"

#include <string>
#include <vector>

#include <credence/core/bytes.hpp>
#include <credence/core/group_by.hpp>
#include <credence/core/tee.hpp>
#include <credence/inference/mean.hpp>
#include <credence/interop/threads.hpp>
#include <credence/survey/nps.hpp>

namespace {

struct survey {
  int score;
  double weight;
  std::string city;
};

std::vector<survey> surveys() {
  std::vector<survey> rows;
  for (int at = 0; at < 500; ++at) rows.push_back({at * 7 % 11, 1 + at % 3 * 0.5, at % 4 == 0 ? "Bern" : "Genf"});
  return rows;
}
auto groups() {
  return credence::group_by(surveys(), &survey::city,
                            credence::tee(credence::nps_accumulator{}, credence::mean_accumulator{}),
                            credence::each(&survey::score, &survey::weight));
}
using groups_type = decltype(groups());

units::answers answered() {
  auto const rows = surveys();
  return {CREDENCE_VERSION_STRING,
          CREDENCE_EXCEPTIONS != 0,
          units::address_of_type<credence::nps_accumulator>(),
          units::address_of_type<credence::nps_result>(),
          credence::nps(rows, &survey::score).interval.lower,
          credence::nps(rows, &survey::score, &survey::weight, {.confidence = 0.9}).interval.lower,
          credence::mean(credence::threads{2}, rows, &survey::weight).standard_error,
          groups().size()};
}
std::span<std::byte const> written() {
  static std::vector<std::byte> const bytes = credence::to_bytes(groups());
  return bytes;
}
bool reads(std::span<std::byte const> bytes) {
  auto const read = credence::try_from_bytes<groups_type>(bytes);
  return read && *read == groups() && !credence::try_from_bytes<groups_type>(bytes.first(bytes.size() - 1));
}
bool throws() {
#if CREDENCE_EXCEPTIONS
  try {
    (void)credence::nps(surveys(), &survey::score, {.confidence = 2});
  } catch (credence::error const&) {
    return true;
  }
#else
  (void)credence::nps(surveys(), &survey::score, {.confidence = 2});
#endif
  return false;
}

}  // namespace

units::unit units::UNIT() { return {answered, written, reads, throws}; }

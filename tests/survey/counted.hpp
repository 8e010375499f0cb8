// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_SURVEY_COUNTED_HPP
#define CREDENCE_TESTS_SURVEY_COUNTED_HPP

#include <doctest/doctest.h>

#include <credence/inference/comparison.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/share.hpp>
#include <cstdint>
#include <limits>
#include <string>

// Samples given by their counts, as published tables give them.

inline credence::nps_accumulator counted_nps(std::uint64_t detractors, std::uint64_t passives, std::uint64_t promoters,
                                             credence::nps_options options = {}) {
  credence::nps_accumulator::state_type state;
  credence::nps_accumulator::push_times(options, state, 0, detractors);
  credence::nps_accumulator::push_times(options, state, 7, passives);
  credence::nps_accumulator::push_times(options, state, 10, promoters);
  return {options, state};
}

inline credence::share_accumulator counted_share(std::uint64_t satisfied, std::uint64_t count,
                                                 credence::share_options options = {}) {
  credence::share_accumulator::state_type state;
  credence::share_accumulator::push_times(options, state, 0, count - satisfied);
  credence::share_accumulator::push_times(options, state, 1, satisfied);
  return {options, state};
}

inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

// Within `error` of a reference, relative to its size, or absolute where that is below 1.
inline doctest::Approx about(double reference, double error = 1e-12) {
  return doctest::Approx(reference).epsilon(error);
}

// What a wrong call says of itself.
template <class Action>
std::string message_of(Action const& action) {
  try {
    action();
  } catch (credence::error const& complaint) {
    return complaint.what();
  }
  return "nothing was thrown";
}

inline bool contains(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

#endif

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_COMPARE_PAIRED_HPP
#define CREDENCE_INFERENCE_COMPARE_PAIRED_HPP

#include <cmath>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <utility>

#include <credence/core/accumulator.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/metric.hpp>  // here: complaints about a call then name one header less
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/pair_metric.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/detail/compared_by_t.hpp>

// The same respondents asked twice: what each answered the second time is held against what they answered the first
// time, so that what makes people differ from each other does not blur the change.

namespace credence {
inline namespace CREDENCE_ABI {

struct compare_paired_options {
  number confidence = 0.95;  ///< of the interval of the difference, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_confidence_option("compare_paired_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self&) {
    return std::tuple<>();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("confidence", self.confidence);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(compare_paired_options const&, compare_paired_options const&) = default;
};

/// The answer of `compare_paired`: the fields of a `comparison`, and what went in.
struct paired_comparison {
  double difference = not_a_number();      ///< mean of first − second, in the answers' unit
  credence::interval interval;             ///< of the difference: t with count − 1 degrees of freedom
  double standard_error = not_a_number();  ///< of the difference; NaN for one respondent
  double z = not_a_number();               ///< the t statistic, difference ÷ standard_error
  double p_value = not_a_number();         ///< two-sided, in 0…1
  sample_design samples = sample_design::paired;
  double correlation = not_a_number();  ///< of the two answers, in −1…1; NaN where either never varies
  std::uint64_t count = 0;              ///< respondents with both answers
  std::uint64_t rejected = 0;           ///< respondents left out
  credence::rejections rejections;      ///< and why: what was wrong with the first answer, else with the second

  /// Did anyone give both answers?
  constexpr explicit operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("difference", self.difference);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("z", self.z);
    visit("p_value", self.p_value);
    visit("samples", self.samples);
    visit("correlation", self.correlation);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(paired_comparison const&, paired_comparison const&) = default;
};

namespace detail {

/// Means and squared deviations of both answers and of their difference, as Welford's, merged by the delta form. Of the
/// difference apart: what is left of two large answers that move together would cancel.
struct paired_state {
  std::uint64_t count = 0;
  double first_mean = 0;
  double second_mean = 0;
  double difference_mean = 0;
  double first_squares = 0;
  double second_squares = 0;
  double difference_squares = 0;
  rejections rejected;

  constexpr void push(double first, double second) {
    ++count;
    double const part = 1 / static_cast<double>(count);
    auto const add = [part](double value, double& mean, double& squares) {
      double const apart = value - mean;
      mean += apart * part;
      squares += apart * (value - mean);
    };
    add(first, first_mean, first_squares);
    add(second, second_mean, second_squares);
    add(first - second, difference_mean, difference_squares);
  }
  constexpr paired_state& operator+=(paired_state const& other) {
    rejected += other.rejected;
    if (other.count == 0) return *this;
    double const mine = static_cast<double>(count);
    double const theirs = static_cast<double>(other.count);
    double const part = theirs / (mine + theirs);
    auto const add = [&](double from, double from_squares, double& mean, double& squares) {
      double const apart = from - mean;
      mean += apart * part;
      squares += from_squares + apart * apart * (mine * part);
    };
    add(other.first_mean, other.first_squares, first_mean, first_squares);
    add(other.second_mean, other.second_squares, second_mean, second_squares);
    add(other.difference_mean, other.difference_squares, difference_mean, difference_squares);
    count += other.count;
    return *this;
  }
  [[nodiscard]] constexpr std::uint64_t seen() const { return count + rejected.total(); }
  template <class Options>
  [[nodiscard]] constexpr bool valid(Options const&) const {
    if (count == 0) return *this == paired_state{.rejected = rejected} && rejected.valid();
    for (double const each_mean : {first_mean, second_mean, difference_mean})
      if (!is_finite(each_mean)) return false;
    for (double const squares : {first_squares, second_squares, difference_squares})
      if (is_nan(squares) || squares < 0) return false;
    return count <= ~std::uint64_t{} / 8 && rejected.valid();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("first_mean", self.first_mean);
    visit("second_mean", self.second_mean);
    visit("difference_mean", self.difference_mean);
    visit("first_squares", self.first_squares);
    visit("second_squares", self.second_squares);
    visit("difference_squares", self.difference_squares);
    visit("rejected", self.rejected);
  }
  friend constexpr bool operator==(paired_state const&, paired_state const&) = default;
};

}  // namespace detail

/// Two answers of each respondent; see `compare_paired`.
class compare_paired_accumulator
    : public accumulator_base<compare_paired_accumulator, compare_paired_options, detail::paired_state> {
 public:
  using accumulator_base::accumulator_base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.compare_paired"; }

  template <class First, class Second>
  static constexpr void push(compare_paired_options const& options, state_type& state, First const& first,
                             Second const& second) {
    if constexpr (detail::number_check::of<First, Second>()) {
      auto const accepts = [&](auto const& value) {
        return detail::accepts_real(value, 1e150, options.on_invalid, state.rejected, state.seen());
      };
      if (!accepts(first) || !accepts(second)) return;
      state.push(detail::real_of(first), detail::real_of(second));
    }
  }

  [[nodiscard]] static paired_comparison answer(compare_paired_options const& options, state_type const& state) {
    paired_comparison result;
    result.count = state.count;
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    result.interval.confidence = options.confidence;
    if (state.count == 0) return result;
    result.difference = state.difference_mean;
    if (state.count < 2) return result;
    double const samples = static_cast<double>(state.count);
    double const error = std::sqrt(state.difference_squares / (samples - 1) / samples);
    comparison const by_t = detail::compared_by_t(state.difference_mean, error, samples - 1, options.confidence);
    result.interval = by_t.interval;
    result.standard_error = by_t.standard_error;
    result.z = by_t.z;
    result.p_value = by_t.p_value;
    // 2·Sxy = Sxx + Syy − S(x−y)(x−y).
    double const first = std::sqrt(state.first_squares);
    double const second = std::sqrt(state.second_squares);
    if (first > 0 && second > 0) {
      double const apart = (first - second) * (first - second);
      result.correlation = 1 - (state.difference_squares - apart) / (2 * first * second);
    }
    return result;
  }
};

/// Two answers of the same respondents, the first less the second: `compare_paired(people, &person::after,
/// &person::before)` is the rise. difference = mean of d = first − second, SE = s_d/√n, interval and p by t with n − 1
/// degrees of freedom: the paired t test. A respondent who gave one answer only, or one that is no number or beyond
/// ±1e150, is left out and counted. One respondent: a difference without an error. All differences alike: no error, and
/// p is 1 where they are 0 and else 0. Throws `credence::error` for a confidence outside (0, 1). O(rows).
/// Source: Student (1908), Biometrika 6, 1.
inline constexpr pair_metric<compare_paired_accumulator> compare_paired{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

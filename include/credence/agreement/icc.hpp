// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_ICC_HPP
#define CREDENCE_AGREEMENT_ICC_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>

#include <credence/agreement/detail/items_state.hpp>
#include <credence/core/accumulator.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/covariance.hpp>
#include <credence/math/fisher_f.hpp>

// The intraclass correlations of Shrout and Fleiss: n subjects, each rated by k raters, with mean squares between
// subjects (BMS), within them (WMS), between raters (JMS) and of what is left (EMS).

namespace credence {
inline namespace CREDENCE_ABI {

/// Which of Shrout and Fleiss's six.
enum class icc_form : std::uint8_t {
  one_way,                 ///< ICC(1): each subject has raters of its own
  two_way_random,          ///< ICC(2): all have the same raters, who stand for others; absolute agreement (the default)
  two_way_mixed,           ///< ICC(3): all have the same raters, who are all there are; consistency
  one_way_average,         ///< ICC(1,k): of the mean of k ratings
  two_way_random_average,  ///< ICC(2,k)
  two_way_mixed_average    ///< ICC(3,k), which is Cronbach's α
};
constexpr std::string_view name_of(icc_form form) {
  switch (form) {
    case icc_form::one_way: return "one_way";
    case icc_form::two_way_random: return "two_way_random";
    case icc_form::two_way_mixed: return "two_way_mixed";
    case icc_form::one_way_average: return "one_way_average";
    case icc_form::two_way_random_average: return "two_way_random_average";
    case icc_form::two_way_mixed_average: return "two_way_mixed_average";
  }
  return {};
}

struct icc_options {
  icc_form form = icc_form::two_way_random;  ///< which one `value` and `interval` are
  number confidence = 0.95;                  ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_confidence_option("icc_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self&) {
    return std::tuple<>();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("form", self.form);
    visit("confidence", self.confidence);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(icc_options const&, icc_options const&) = default;
};

/// One intraclass correlation.
struct icc_estimate {
  double value = not_a_number();    ///< at most 1; below 0 where subjects differ less than chance would have it
  credence::interval interval;      ///< NaN where the raters agree perfectly
  double f = not_a_number();        ///< of no difference between subjects; infinite where nothing else differs
  double p_value = not_a_number();  ///< of that, in 0…1

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("f", self.f);
    visit("p_value", self.p_value);
  }
  friend constexpr bool operator==(icc_estimate const&, icc_estimate const&) = default;
};

/// The answer of `icc`. NaN for fewer than two subjects or raters, and where all ratings are the same.
struct icc_result {
  double value = not_a_number();  ///< that of the form asked for
  credence::interval interval;    ///< its own
  icc_form form = icc_form::two_way_random;
  icc_estimate one_way;
  icc_estimate two_way_random;
  icc_estimate two_way_mixed;
  icc_estimate one_way_average;
  icc_estimate two_way_random_average;
  icc_estimate two_way_mixed_average;
  std::uint64_t count = 0;          ///< subjects with all ratings
  std::uint64_t raters = 0;         ///< ratings of each
  std::uint64_t rejected = 0;       ///< subjects left out
  credence::rejections rejections;  ///< and why, by their first rating that is not good

  constexpr explicit operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("form", self.form);
    visit("one_way", self.one_way);
    visit("two_way_random", self.two_way_random);
    visit("two_way_mixed", self.two_way_mixed);
    visit("one_way_average", self.one_way_average);
    visit("two_way_random_average", self.two_way_random_average);
    visit("two_way_mixed_average", self.two_way_mixed_average);
    visit("count", self.count);
    visit("raters", self.raters);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(icc_result const&, icc_result const&) = default;
};

namespace detail {

/// A table of ratings taken apart, and the correlations made of its parts.
class icc_parts {
 public:
  icc_parts(co_moments const& ratings, double confidence)
      : subjects_(static_cast<double>(ratings.count())),
        raters_(static_cast<double>(ratings.columns())),
        tail_((1 - confidence) / 2),
        confidence_(confidence) {
    double variances = 0;
    double covariances = 0;
    double mean = 0;
    for (std::size_t one = 0; one < ratings.columns(); ++one) {
      mean += ratings.mean_of(one) / raters_;
      variances += ratings.product(one, one);
      for (std::size_t other = 0; other < ratings.columns(); ++other) covariances += ratings.product(one, other);
    }
    double apart = 0;  // of the raters' means
    for (std::size_t one = 0; one < ratings.columns(); ++one)
      apart += (ratings.mean_of(one) - mean) * (ratings.mean_of(one) - mean);
    double const left = (std::max)(0.0, variances - covariances / raters_);
    degrees_ = (subjects_ - 1) * (raters_ - 1);
    between_ = (std::max)(0.0, covariances) / raters_ / (subjects_ - 1);
    within_ = (left + subjects_ * apart) / (subjects_ * (raters_ - 1));
    raters_apart_ = subjects_ * apart / (raters_ - 1);
    left_ = left / degrees_;
  }
  /// Is there anything that differs?
  [[nodiscard]] bool varies() const { return between_ > 0 || within_ > 0; }

  /// ICC(1) and ICC(3), which are alike but for what subjects are held against.
  [[nodiscard]] icc_estimate one_way(bool average) const {
    return of_ratio(within_, subjects_ * (raters_ - 1), average);
  }
  [[nodiscard]] icc_estimate two_way_mixed(bool average) const { return of_ratio(left_, degrees_, average); }

  [[nodiscard]] icc_estimate two_way_random(bool average) const {
    icc_estimate found;
    found.interval.confidence = confidence_;
    double const single = (between_ - left_) /
                          (between_ + (raters_ - 1) * left_ + raters_ * (raters_apart_ - left_) / subjects_);
    found.value = average ? stepped_up(single) : single;
    test(found, left_, degrees_);
    if (!(left_ > 0) && !(raters_apart_ > 0)) return found;
    // Satterthwaite's degrees of freedom of the sum of two mean squares.
    double const of_raters = raters_ * single * raters_apart_;
    double const of_rest = left_ * (subjects_ * (1 + (raters_ - 1) * single) - raters_ * single);
    double const degrees = degrees_ * (of_raters + of_rest) * (of_raters + of_rest) /
                           ((subjects_ - 1) * of_raters * of_raters + of_rest * of_rest);
    if (!is_finite(degrees) || !(degrees > 0)) return found;
    double const upper = math::fisher_f_upper_quantile(tail_, subjects_ - 1, degrees);
    double const lower = math::fisher_f_upper_quantile(tail_, degrees, subjects_ - 1);
    double const others = raters_ * raters_apart_ + (raters_ * subjects_ - raters_ - subjects_) * left_;
    double const low = subjects_ * (between_ - upper * left_) / (upper * others + subjects_ * between_);
    double const high = subjects_ * (lower * between_ - left_) / (others + subjects_ * lower * between_);
    found.interval.lower = average ? stepped_up(low) : low;
    found.interval.upper = average ? stepped_up(high) : high;
    return found;
  }

 private:
  /// Spearman and Brown: of the mean of k ratings.
  [[nodiscard]] double stepped_up(double single) const { return raters_ * single / (1 + (raters_ - 1) * single); }

  void test(icc_estimate& found, double against, double degrees) const {
    found.f = against > 0 ? between_ / against : infinite_number();
    found.p_value = against > 0 ? math::fisher_f_upper_tail(found.f, subjects_ - 1, degrees) : 0;
  }
  [[nodiscard]] icc_estimate of_ratio(double against, double degrees, bool average) const {
    icc_estimate found;
    found.interval.confidence = confidence_;
    double const single = (between_ - against) / (between_ + (raters_ - 1) * against);
    found.value = average ? (between_ > 0 ? (between_ - against) / between_ : -infinite_number()) : single;
    test(found, against, degrees);
    if (!(against > 0)) return found;
    double const low = found.f / math::fisher_f_upper_quantile(tail_, subjects_ - 1, degrees);
    double const high = found.f * math::fisher_f_upper_quantile(tail_, degrees, subjects_ - 1);
    auto const bound = [&](double ratio) { return average ? 1 - 1 / ratio : (ratio - 1) / (ratio + raters_ - 1); };
    found.interval.lower = bound(low);
    found.interval.upper = bound(high);
    return found;
  }

  double subjects_;
  double raters_;
  double tail_;
  double confidence_;
  double degrees_ = 0;
  double between_ = 0;       ///< BMS
  double within_ = 0;        ///< WMS
  double raters_apart_ = 0;  ///< JMS
  double left_ = 0;          ///< EMS
};

}  // namespace detail

/// Covariances of raters; see `icc`.
class icc_accumulator : public accumulator_base<icc_accumulator, icc_options, detail::items_state> {
 public:
  using accumulator_base::accumulator_base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.icc"; }

  using value_check = detail::items_check;

  /// One subject's ratings, a range of as many as all others have. Throws `credence::error` for another number.
  template <class Items>
  static void push(icc_options const& options, state_type& state, Items const& ratings) {
    detail::push_items(options, state, ratings);
  }

  [[nodiscard]] static icc_result answer(icc_options const& options, state_type const& state) {
    icc_result result;
    result.form = options.form;
    result.count = state.items.count();
    result.raters = state.items.columns();
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    result.interval.confidence = options.confidence;
    if (result.count < 2 || result.raters < 2) return result;
    detail::icc_parts const parts(state.items, options.confidence);
    if (!parts.varies()) return result;
    result.one_way = parts.one_way(false);
    result.two_way_random = parts.two_way_random(false);
    result.two_way_mixed = parts.two_way_mixed(false);
    result.one_way_average = parts.one_way(true);
    result.two_way_random_average = parts.two_way_random(true);
    result.two_way_mixed_average = parts.two_way_mixed(true);
    icc_estimate const& asked = estimate_of(result, options.form);
    result.value = asked.value;
    result.interval = asked.interval;
    return result;
  }

 private:
  [[nodiscard]] static icc_estimate const& estimate_of(icc_result const& result, icc_form form) {
    switch (form) {
      case icc_form::one_way: return result.one_way;
      case icc_form::two_way_mixed: return result.two_way_mixed;
      case icc_form::one_way_average: return result.one_way_average;
      case icc_form::two_way_random_average: return result.two_way_random_average;
      case icc_form::two_way_mixed_average: return result.two_way_mixed_average;
      case icc_form::two_way_random: break;
    }
    return result.two_way_random;
  }
};

/// Intraclass correlations: `icc(subjects, [](auto const& s) { return s.ratings; })`, of a range of numbers or
/// optionals for each subject, as many for all and in the order of the raters: how much of the variance of ratings is
/// between subjects. All six of Shrout and Fleiss are answered, with intervals by F, for ICC(2) with Satterthwaite's
/// degrees of freedom; `value` is that of `form`. A subject with a rating that is missing, NaN or beyond ±1e150 is left
/// out and counted: for incomplete tables see `krippendorff_alpha`. Throws `credence::error` for subjects with unlike
/// numbers of ratings. O(subjects·raters²). Source: Shrout and Fleiss (1979), Psychological Bulletin 86, 420.
inline constexpr metric<icc_accumulator> icc{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_CALIBRATION_HPP
#define CREDENCE_CHURN_CALIBRATION_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <credence/churn/detail/calibration_line.hpp>
#include <credence/churn/detail/ranked_scores.hpp>
#include <credence/churn/detail/score_calls.hpp>
#include <credence/core/detail/real_bag.hpp>
#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/share_interval.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// How probabilities are put into bins.
enum class calibration_bins : std::uint8_t {
  equal_width,  ///< [i/bins, (i+1)/bins), 1 in the last (the default, as others have it)
  equal_count   ///< as many customers in each, give or take one; of a tie that a cut goes through, by its mean rate
};
constexpr std::string_view name_of(calibration_bins binning) {
  switch (binning) {
    case calibration_bins::equal_width: return "equal_width";
    case calibration_bins::equal_count: return "equal_count";
  }
  return {};
}

struct calibration_options {
  whole bins = 10;  ///< 1 to 100,000
  calibration_bins binning = calibration_bins::equal_width;
  number confidence = 0.95;  ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// Customers with probabilities alike: how many were expected to leave, and how many did.
struct calibration_bin {
  double from = not_a_number();        ///< the bin's ends; of equal counts, the least and greatest score in it
  double to = not_a_number();          ///<
  double customers = 0;                ///< whole, as are the positives but where a tie is cut
  double positives = 0;                ///< who left
  double mean_score = not_a_number();  ///< the rate expected; NaN for nobody, as what follows
  double rate = not_a_number();        ///< the rate found
  credence::interval interval;         ///< of the rate: Wilson's

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("from", self.from);
    visit("to", self.to);
    visit("customers", self.customers);
    visit("positives", self.positives);
    visit("mean_score", self.mean_score);
    visit("rate", self.rate);
    visit("interval", self.interval);
  }
  friend constexpr bool operator==(calibration_bin const&, calibration_bin const&) = default;
};

/// The answer of `calibration`: `for (auto const& tenth : found) tenth.rate`.
struct calibration_result {
  double value = not_a_number();            ///< expected calibration error, in 0…1; 0 is best
  double worst = not_a_number();            ///< the greatest |rate − mean score| of a bin, in 0…1
  double mean_score = not_a_number();       ///< of all
  double base_rate = not_a_number();        ///< share of all who leave
  double slope = not_a_number();            ///< 1 is best; below, the probabilities are too extreme
  double slope_error = not_a_number();      ///< its standard error
  double intercept = not_a_number();        ///< 0 is best, at a slope of 1; in log odds
  double intercept_error = not_a_number();  ///< its standard error
  std::uint64_t certain = 0;                ///< customers with probabilities of 0 or 1, which the line cannot use
  std::vector<calibration_bin> bins;        ///< from the least probabilities up
  std::uint64_t count = 0;                  ///< customers used
  std::uint64_t positives = 0;              ///< who left
  std::uint64_t negatives = 0;              ///< who stayed
  std::uint64_t rejected = 0;               ///< customers left out
  credence::rejections rejections;          ///< and why; `off_scale`: no probability

  [[nodiscard]] auto begin() const { return bins.begin(); }
  [[nodiscard]] auto end() const { return bins.end(); }
  [[nodiscard]] std::size_t size() const { return bins.size(); }
  [[nodiscard]] calibration_bin const& operator[](std::size_t at) const { return bins[at]; }
  explicit operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("worst", self.worst);
    visit("mean_score", self.mean_score);
    visit("base_rate", self.base_rate);
    visit("slope", self.slope);
    visit("slope_error", self.slope_error);
    visit("intercept", self.intercept);
    visit("intercept_error", self.intercept_error);
    visit("certain", self.certain);
    visit("bins", self.bins);
    visit("count", self.count);
    visit("positives", self.positives);
    visit("negatives", self.negatives);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(calibration_result const&, calibration_result const&) = default;
};

namespace detail {

/// The bin of a probability: by the ends as doubles have them, not by a product that may be rounded across one.
[[nodiscard]] inline std::size_t width_bin(double score, std::size_t bins) {
  double const many = static_cast<double>(bins);
  double at = (std::min)(std::floor(score * many), many - 1);
  if (at + 1 < many && score >= (at + 1) / many) at += 1;
  if (score < at / many) at -= 1;
  return static_cast<std::size_t>(at);
}

struct calibration_function
    : score_calls<calibration_function, calibration_options, calibration_result, score_kind::probability> {
  static calibration_result of(ranked_scores const& ranked, calibration_options const& options) {
    check_confidence("calibration_options::confidence", options.confidence);
    std::int64_t const bins = options.bins;
    if (bins < 1 || bins > 100'000) wrong_argument("calibration_options::bins", bins, "it must be 1 to 100000");
    calibration_result result;
    tell_scores(result, ranked);
    if (!result) return result;
    result.base_rate = ranked.base_rate();
    result.bins.resize(static_cast<std::size_t>(bins));
    filling into(result.bins);
    if (options.binning == calibration_bins::equal_width) {
      fill_widths(into, ranked);
    } else {
      fill_counts(into, ranked);
    }
    add_errors(result, into.scores, options.confidence);
    add_line(result, ranked);
    return result;
  }

 private:
  /// Bins to which customers are added, some who share a score at a time.
  struct filling {
    std::vector<calibration_bin>& bins;
    std::vector<compensated_sum> scores;

    explicit filling(std::vector<calibration_bin>& filled) : bins(filled), scores(filled.size()) {}
    void add(std::size_t bin, double score, double customers, double positives) {
      bins[bin].customers += customers;
      bins[bin].positives += positives;
      scores[bin] += score * customers;
    }
  };

  static void fill_widths(filling& into, ranked_scores const& ranked) {
    std::size_t const bins = into.bins.size();
    for (std::size_t at = 0; at < bins; ++at) {
      into.bins[at].from = static_cast<double>(at) / static_cast<double>(bins);
      into.bins[at].to = static_cast<double>(at + 1) / static_cast<double>(bins);
    }
    walk_values(ranked.positives, ranked.negatives, [&](double score, std::uint64_t left, std::uint64_t stayed) {
      into.add(width_bin(score, bins), score, static_cast<double>(left + stayed), static_cast<double>(left));
    });
  }
  static void fill_counts(filling& into, ranked_scores const& ranked) {
    std::uint64_t const bins = into.bins.size();
    // The first n mod bins have one more.
    auto const size_of = [&](std::uint64_t bin) { return ranked.count() / bins + (bin < ranked.count() % bins); };
    std::size_t at = 0;
    std::uint64_t room = size_of(0);
    walk_values(ranked.positives, ranked.negatives, [&](double score, std::uint64_t left, std::uint64_t stayed) {
      for (std::uint64_t tied = left + stayed; tied != 0;) {
        while (room == 0) room = size_of(++at);
        std::uint64_t const part = (std::min)(tied, room);
        if (into.bins[at].customers <= 0) into.bins[at].from = score;
        into.bins[at].to = score;
        double const customers = static_cast<double>(part);
        into.add(at, score, customers, static_cast<double>(left) * customers / static_cast<double>(left + stayed));
        tied -= part;
        room -= part;
      }
    });
  }
  static void add_errors(calibration_result& result, std::vector<compensated_sum> const& expected, double confidence) {
    compensated_sum all;
    compensated_sum apart;
    double worst = 0;
    for (std::size_t at = 0; at < expected.size(); ++at) {
      calibration_bin& bin = result.bins[at];
      bin.interval.confidence = confidence;
      if (!(bin.customers > 0)) continue;
      all += expected[at];
      apart += std::fabs(bin.positives - expected[at].value());
      bin.mean_score = expected[at].value() / bin.customers;
      bin.rate = bin.positives / bin.customers;
      bin.interval = interval_of({bin.rate, bin.customers}, share_interval::wilson, confidence);
      worst = (std::max)(worst, std::fabs(bin.rate - bin.mean_score));
    }
    double const count = static_cast<double>(result.count);
    result.value = apart.value() / count;
    result.worst = worst;
    result.mean_score = all.value() / count;
  }
  static void add_line(calibration_result& result, ranked_scores const& all) {
    ranked_scores const ranked = scores_between(
        all, [](double score) { return score <= 0; }, [](double score) { return score >= 1; });
    result.certain = result.count - ranked.count();
    calibration_line const line = calibration_fit::of(ranked.positives, ranked.negatives);
    result.slope = line.slope;
    result.slope_error = line.slope_error;
    result.intercept = line.intercept;
    result.intercept_error = line.intercept_error;
  }
};

}  // namespace detail

/// Does it come to 30 % where 30 % are foretold? `calibration(customers, &customer::probability, &customer::has_left)`,
/// or of what `churn_scores` gathered. In bins: Σ|who left − who was expected to| ÷ n is the expected calibration
/// error, which depends on the bins, and is above 0 by chance alone. As a line, by logistic regression on the log odds
/// foretold: ln(odds) = intercept + slope·ln(p/(1−p)), which does not; a slope below 1 says that the probabilities are
/// too extreme. There is no line where all labels are equal or one threshold tells all apart, and probabilities of 0
/// and 1, which have no log odds, are not in it. A score outside 0…1 is left out and counted. Throws `credence::error`
/// for wrong options, and for gathered scores outside 0…1 under `on_invalid::raise`. O(customers). Source: Cox (1958),
/// Biometrika 45, 562; Naeini, Cooper and Hauskrecht (2015), AAAI.
inline constexpr detail::calibration_function calibration{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_AALEN_JOHANSEN_HPP
#define CREDENCE_SURVIVAL_AALEN_JOHANSEN_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/survival/detail/drawn_variance.hpp>
#include <credence/survival/detail/gather_times.hpp>
#include <credence/survival/detail/survival_state.hpp>
#include <credence/survival/incidence_curve.hpp>
#include <credence/survival/kaplan_meier.hpp>
#include <credence/survival/survival_curve.hpp>
#include <credence/survival/survival_interval.hpp>
#include <credence/survival/survival_times_accumulator.hpp>

// Of customers who may leave for one of several causes, how many have left for each?

namespace credence {
inline namespace CREDENCE_ABI {

/// How the error of an incidence is found.
enum class incidence_variance : std::uint8_t {
  greenwood,  ///< who leaves at a time leaves for one cause, of n at risk: multinomial (the default); R's survfit
  aalen       ///< each cause draws its own from those at risk, as if there were no other; R's cmprsk
};
constexpr std::string_view name_of(incidence_variance method) {
  switch (method) {
    case incidence_variance::greenwood: return "greenwood";
    case incidence_variance::aalen: return "aalen";
  }
  return {};
}

struct aalen_johansen_options {
  incidence_variance variance = incidence_variance::greenwood;
  number confidence = 0.95;  ///< of all intervals, in (0, 1)
  survival_interval interval_method = survival_interval::log;
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

namespace detail {

/// A time at which somebody left, and who was at risk.
struct leaving {
  double time;
  double at_risk;
  double left;      ///< for any cause
  double survival;  ///< just before it
};

/// The incidence of one cause F(t) = Σ S(s−)·d_k/n with its variance, as its events are met. F only moves when someone
/// leaves for the cause, and what is kept of S beside it, c = Cov(S, F)/S, only then too.
struct growing_incidence {
  incidence_curve curve;
  double probability = 0;
  double variance = 0;
  double covariance = 0;  ///< c
  double spread_own = 0;  ///< Aalen's: what Var S/S² has of this cause's times beyond what it has of all

  /// `spread` is Var S/S² just before. With S⁺ = S·(1 − h) and F⁺ = F + S·h_k, and Var h_k = h_k(1 − h_k)/n, Cov(h,
  /// h_k) = h_k(1 − h)/n at a time of its own, Var F⁺ = Var F + 2h_k·Cov + h_k²·Var S + S²·Var h_k, and c⁺ = c +
  /// h_k·S·(Var S/S² − 1/n): the factor 1 − h of Cov⁺ is that of S⁺.
  void meet_greenwood(leaving const& now, double left, double spread) {
    double const share = left / now.at_risk;
    grow(now, share, spread, share * (1 - share) / now.at_risk);
    covariance += share * now.survival * (spread - 1 / now.at_risk);
    step(now, left);
  }
  /// `spread` is the same where all other causes are one at times without this one. Var h_k is hypergeometric, and h_k
  /// does not know of the other causes.
  void meet_aalen(leaving const& now, double left, double spread) {
    double const share = left / now.at_risk;
    double const staying = 1 - now.left / now.at_risk;
    double const own = drawn_variance(left, now.at_risk);
    double const before = spread + spread_own;
    grow(now, share, before, own);
    if (staying > 0) {
      covariance += now.survival * (share * before - own / staying);
      double const apart = own + drawn_variance(now.left - left, now.at_risk) - drawn_variance(now.left, now.at_risk);
      spread_own += apart / (staying * staying);
    }
    step(now, left);
  }

 private:
  void grow(leaving const& now, double share, double spread, double own) {
    double const survival = now.survival;
    variance += 2 * share * survival * covariance + survival * survival * (share * share * spread + own);
    probability += survival * share;
  }
  void step(leaving const& now, double left) {
    // Sums of many roundings: what they say beyond a probability is none.
    curve.steps.push_back({now.time, now.at_risk, left, (std::min)(probability, 1.0), (std::max)(variance, 0.0)});
  }
};

/// Who left for which cause, by the steps of the curve of all: each step's own, in the order of their numbers.
class causes_by_step {
 public:
  causes_by_step(std::vector<time_run> const& runs, std::vector<marked_time> const& marked)
      : runs_(runs), marked_(marked) {
    if (std::any_of(runs.begin(), runs.end(), [](time_run const& run) { return run.left != 0; })) numbers_.push_back(1);
    for (marked_time const& sample : marked)
      if (sample.cause != 0) numbers_.push_back(sample.cause);
    std::sort(numbers_.begin(), numbers_.end());
    numbers_.erase(std::unique(numbers_.begin(), numbers_.end()), numbers_.end());
    left_.resize(numbers_.size());
    is_met_.resize(numbers_.size());
    events_.resize(numbers_.size());
  }
  [[nodiscard]] std::vector<std::uint64_t> const& numbers() const { return numbers_; }
  [[nodiscard]] std::uint64_t events(std::size_t cause) const { return events_[cause]; }

  /// Calls `use(place of the cause, left)` for those of the next step: all before the one after it.
  template <class Use>
  void next(bool is_last, double next_time, Use const& use) {
    met_.clear();
    for (; run_ < runs_.size() && (is_last || runs_[run_].time < next_time); ++run_)
      if (runs_[run_].left != 0) add(1, static_cast<double>(runs_[run_].left), runs_[run_].left);
    for (; sample_ < marked_.size() && (is_last || marked_[sample_].time < next_time); ++sample_)
      if (marked_[sample_].cause != 0) add(marked_[sample_].cause, marked_[sample_].weight, 1);
    std::sort(met_.begin(), met_.end());
    for (std::size_t const cause : met_) {
      if (left_[cause] > 0) use(cause, left_[cause]);
      left_[cause] = 0;
      is_met_[cause] = false;
    }
  }

 private:
  void add(std::uint64_t number, double weight, std::uint64_t many) {
    auto const found = std::lower_bound(numbers_.begin(), numbers_.end(), number);
    auto const cause = static_cast<std::size_t>(found - numbers_.begin());
    if (!is_met_[cause]) met_.push_back(cause);
    is_met_[cause] = true;
    left_[cause] += weight;
    events_[cause] += many;
  }

  std::vector<time_run> const& runs_;
  std::vector<marked_time> const& marked_;
  std::vector<std::uint64_t> numbers_;  ///< in order
  std::vector<double> left_;            ///< at the step
  std::vector<std::uint64_t> events_;   ///< so far, without weights
  std::vector<std::size_t> met_;        ///< at the step
  std::vector<bool> is_met_;
  std::size_t run_ = 0;
  std::size_t sample_ = 0;
};

struct aalen_johansen_function : survival_calls<aalen_johansen_function, aalen_johansen_options, incidence_curves> {
  static incidence_curves of(survival_times_accumulator const& history, aalen_johansen_options const& options) {
    check_confidence("aalen_johansen_options::confidence", options.confidence);
    incidence_curves found;
    found.survival = kaplan_meier_function::of(
        history, {.confidence = options.confidence, .interval_method = options.interval_method});
    found.count = found.survival.count;
    found.left = found.survival.left;
    found.rejected = found.survival.rejected;
    found.rejections = found.survival.rejections;
    history.state().in_order(
        [&](auto const& runs, auto const& marked) { tell_causes(found, runs, marked, options.variance); });
    return found;
  }

 private:
  static void tell_causes(incidence_curves& found, std::vector<time_run> const& runs,
                          std::vector<marked_time> const& marked, incidence_variance method) {
    causes_by_step causes(runs, marked);
    std::vector<growing_incidence> growing(causes.numbers().size());
    std::vector<survival_step> const& steps = found.survival.steps;
    survival_step before;
    double spread_aalen = 0;
    for (std::size_t at = 0; at < steps.size(); ++at) {
      survival_step const& step = steps[at];
      bool const is_last = at + 1 == steps.size();
      leaving const now{step.time, step.at_risk, step.left, before.survival};
      causes.next(is_last, is_last ? 0 : steps[at + 1].time, [&](std::size_t cause, double left) {
        if (!(now.survival > 0)) return;  // all are gone; who came later tells nothing of those who came first
        if (method == incidence_variance::greenwood) {
          growing[cause].meet_greenwood(now, left, before.variance);
        } else {
          growing[cause].meet_aalen(now, left, spread_aalen);
        }
      });
      double const staying = 1 - step.left / step.at_risk;
      if (step.left > 0 && staying > 0) spread_aalen += drawn_variance(step.left, step.at_risk) / (staying * staying);
      before = step;
    }
    for (std::size_t at = 0; at < growing.size(); ++at) {
      incidence_curve& own = growing[at].curve;
      own.cause = causes.numbers()[at];
      own.left = causes.events(at);
      found.curves.push_back(std::move(own));
    }
  }
};

}  // namespace detail

/// Of customers who may leave for one of several causes, how many have left for each by a time?
/// `aalen_johansen(customers, &customer::months, &customer::cause [, weight] [, weighted_by(…)] [, entering_at(…)]
/// [, {options}])`, or of what `survival_times` gathered: F_k(t) = Σ S(s−)·d_k/n over the times up to t, d_k who left
/// then for cause k of the n at risk, S(s−) the share still here just before. With S they add up to 1. To take those
/// who left for another cause for still here, as 1 − `kaplan_meier` would, overstates every cause.
///
/// The cause is an integer or an enum of the host's, 0 for who is still here. Nothing is drawn at random where times
/// are tied. What else is taken for rows, times and weights, what is left out and what it costs is as for
/// `kaplan_meier`, and the sorting of those who left for other causes than 1. Throws `credence::error` for a confidence
/// outside (0, 1). Source: Aalen and Johansen (1978); Andersen, Borgan, Gill and Keiding (1993), IV.4.
/// Greenwood's error is, without weights and late entries, the infinitesimal jackknife of R's survfit.
inline constexpr detail::aalen_johansen_function aalen_johansen{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

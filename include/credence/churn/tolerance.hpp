// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_TOLERANCE_HPP
#define CREDENCE_CHURN_TOLERANCE_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/churn/churn_rate_options.hpp>
#include <credence/churn/detail/experiences.hpp>
#include <credence/churn/detail/read_span.hpp>
#include <credence/churn/tolerance_result.hpp>
#include <credence/core/detail/ordered_keys.hpp>
#include <credence/core/error.hpp>
#include <credence/core/named_arguments.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/group_difference.hpp>
#include <credence/inference/detail/score_test.hpp>
#include <credence/inference/share_interval.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// To which experiences is a leaving laid that lies within the window of several?
enum class tolerance_attribution : std::uint8_t {
  every,  ///< to each of them: each step says who was gone so soon after it (the default)
  last    ///< to the last alone: who had another experience has borne the one before, and steps multiply
};
constexpr std::string_view name_of(tolerance_attribution attribution) {
  switch (attribution) {
    case tolerance_attribution::every: return "every";
    case tolerance_attribution::last: return "last";
  }
  return {};
}

struct tolerance_options {
  std::optional<time_span> window{};  ///< so soon after an experience, its end not counted, a leaving is laid to
                                      ///< it; must be set: what is right depends on how often customers come
  tolerance_attribution attribution = tolerance_attribution::every;
  std::optional<instant> observed_until{};  ///< up to when experiences and leavings are known; unset: the last of them
  number confidence = 0.95;                 ///< of the intervals, in (0, 1)
  share_interval interval_method = share_interval::wilson;  ///< of the value of each step
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

namespace detail {

using tolerance_call = call_shape<tolerance_options, call_terms{.takes_design = true}, argument_kind::projection,
                                  argument_kind::projection, argument_kind::projection>;

struct tolerance_function : optioned_calls<tolerance_function, tolerance_options, tolerance_call> {
  template <class Executor, class Range, class KeyOf, class When, class Left, class... Named>
  static auto answer(Executor&, tolerance_options const& options, Range& rows, KeyOf const& key, When const& when,
                     Left const& left, Named const&... named) {
    constexpr bool known = taking<group_argument>::all<Named...>;
    static_assert(known, "credence: behind the time of leaving stands, if anything, grouped_by(&row::kind)");
    auto const groups = detail::picked<group_argument>(named...);
    if constexpr (!known) {
      return tolerance_result{};
    } else if constexpr (!is_given<std::remove_const_t<decltype(groups)>>) {
      if constexpr (check_spans<Range, KeyOf, When, Left, not_given>()) {
        check_options(options);
        auto const list = detail::gathered_experiences(options.on_invalid, rows, key, when, left, not_given{});
        return all_of(list, walk_through(list, options, 1), options);
      } else {
        return tolerance_result{};
      }
    } else {
      using group_type = std::remove_const_t<decltype(groups.projection)>;
      constexpr bool fits = projection_of<group_type, Range>;
      static_assert(fits, "credence: the projection of grouped_by cannot be applied to these rows");
      if constexpr (fits) {
        if constexpr (check_spans<Range, KeyOf, When, Left, group_type>()) {
          check_options(options);
          return grouped_answer(
              detail::gathered_experiences(options.on_invalid, rows, key, when, left, groups.projection), options);
        } else {
          return tolerance_groups<int>{};
        }
      } else {
        return tolerance_groups<int>{};
      }
    }
  }

 private:
  static void check_options(tolerance_options const& options) {
    if (!options.window)
      wrong_argument("tolerance_options::window", "unset",
                     "how soon after an experience must a customer leave for it? {.window = std::chrono::days{90}}");
    if (options.window->micros <= 0)
      wrong_argument("tolerance_options::window", static_cast<double>(options.window->micros) / 1e6,
                     "seconds; it must be above 0");
    check_window_end("tolerance_options::observed_until", options.observed_until,
                     [](char const* argument, double value, char const* allowed) -> bool {
                       wrong_argument(argument, value, allowed);
                     });
    check_confidence("tolerance_options::confidence", options.confidence);
  }

  /// What is counted of the k-th experiences of each group.
  struct counted {
    std::vector<std::uint64_t> customers;
    std::vector<std::uint64_t> exposed;
    std::vector<std::uint64_t> lost;
  };
  struct walk {
    std::vector<counted> steps;
    std::uint64_t customers = 0;
    std::uint64_t conflicting = 0;
    std::uint64_t used = 0;
  };
  template <class List>
  static walk walk_through(List const& list, tolerance_options const& options, std::size_t groups) {
    walk result;
    std::int64_t until = earliest_micros;
    if (options.observed_until) {
      until = options.observed_until->micros;
    } else {
      for (experience const& own : list.all) {
        std::int64_t const gone = list.left[own.who];
        until = (std::max)(until, (gone == open_end ? own.when : gone) + 1);
      }
    }
    std::size_t at_step = 0;
    for (std::size_t at = 0; at < list.all.size(); ++at) {
      experience const& own = list.all[at];
      bool const is_first = at == 0 || list.all[at - 1].who != own.who;
      if (is_first) at_step = 0;
      if (own.when >= until) continue;
      ++result.used;
      result.customers += is_first;
      result.conflicting += is_first && list.conflicting[own.who] != 0;
      if (at_step == result.steps.size())
        result.steps.push_back({std::vector<std::uint64_t>(groups), std::vector<std::uint64_t>(groups),
                                std::vector<std::uint64_t>(groups)});
      counted& step = result.steps[at_step++];
      std::int64_t const gone = list.left[own.who];
      std::uint64_t const window = static_cast<std::uint64_t>(options.window->micros);
      bool const borne = options.attribution == tolerance_attribution::last && at + 1 < list.all.size() &&
                         list.all[at + 1].who == own.who && list.all[at + 1].when < until;
      ++step.customers[own.group];
      // Of whom less is known yet, those who left would be known first: to count them alone is to count too many.
      if (elapsed(own.when, until) < window) continue;
      ++step.exposed[own.group];
      step.lost[own.group] += !borne && elapsed(own.when, gone) < window;
    }
    return result;
  }

  /// The curve of the groups from the first to before the last.
  static std::vector<tolerance_step> curve(walk const& walked, std::size_t first, std::size_t last,
                                           tolerance_options const& options) {
    std::vector<tolerance_step> steps;
    double staying = 1;
    double greenwood = 0;
    for (counted const& counts : walked.steps) {
      tolerance_step own;
      own.experience = steps.size() + 1;
      for (std::size_t group = first; group < last; ++group) {
        own.customers += counts.customers[group];
        own.exposed += counts.exposed[group];
        own.lost += counts.lost[group];
      }
      own.interval.confidence = options.confidence;
      double const exposed = static_cast<double>(own.exposed);
      double const lost = static_cast<double>(own.lost);
      if (own.exposed != 0) {
        own.value = lost / exposed;
        own.interval = interval_of({own.value, exposed}, options.interval_method, options.confidence);
      }
      staying *= 1 - own.value;
      own.cumulative = 1 - staying;
      greenwood += own.lost == own.exposed ? not_a_number() : lost / (exposed * (exposed - lost));
      own.standard_error = staying * std::sqrt(greenwood);
      steps.push_back(own);
    }
    while (!steps.empty() && steps.back().customers == 0) steps.pop_back();
    return steps;
  }
  template <class List>
  static tolerance_result all_of(List const& list, walk const& walked, tolerance_options const& options) {
    tolerance_result result;
    result.steps = curve(walked, 0, walked.steps.empty() ? 0 : walked.steps.front().exposed.size(), options);
    result.customers = walked.customers;
    result.conflicting = walked.conflicting;
    result.count = walked.used;
    result.rejections = list.rejected;
    result.rejected = list.rejected.total();
    return result;
  }
  template <class Group>
  static tolerance_groups<Group> grouped_answer(experience_list<Group> const& list, tolerance_options const& options) {
    tolerance_groups<Group> result;
    std::size_t const groups = list.groups.size();
    check_group_count(groups);
    walk const walked = walk_through(list, options, groups);
    result.all = all_of(list, walked, options);
    group_difference difference(groups);
    std::vector<std::uint64_t> lost(groups);
    for (counted const& step : walked.steps) {
      difference.add(step.exposed, step.lost);
      for (std::size_t group = 0; group < groups; ++group) lost[group] += step.lost[group];
    }
    auto const ordered = detail::ordered_keys<Group>(
        groups, [&](std::size_t at) -> decltype(auto) { return list.groups.keys[at]; },
        [](std::size_t) { return true; });
    for (auto const& [text, at] : ordered)
      result.groups.push_back(
          {list.groups.keys[at], curve(walked, at, at + 1, options), difference.expected(at), lost[at]});
    score_test const test = difference.tested();
    result.chi_squared = test.chi_squared;
    result.degrees_of_freedom = test.degrees;
    result.p_value = test.p_value;
    return result;
  }
};

}  // namespace detail

/// How many bad experiences does a customer bear? `tolerance(experiences, &experience::customer, &experience::when,
/// &experience::left_at, {.window = std::chrono::days{90}, .observed_until = end})`: one row a bad experience, with the
/// time at which the customer left, an empty optional for who is still there, the same in all rows of a customer.
///
/// value of step k = left within the window after the k-th ÷ those who had a k-th and were observed that long, whether
/// they left or not; cumulative = 1 − Π(1 − value), with Greenwood's error. Who leaves within the window of two
/// experiences is lost to both, or by `attribution` to the last alone, which is how to have a cumulative share and a
/// test of groups where experiences lie closer together than the window. `grouped_by(&experience::was_open)` gives a
/// curve for each group of experiences: step k of a group is of those whose k-th experience, of all they had, was of
/// that group; whether groups differ is asked by the log-rank test over k (Mantel and Haenszel's over strata). An
/// experience after the customer left is `bad_time`; where rows of a customer differ about it, the earliest time wins.
/// Experiences from `observed_until` on do not count, and neither do leavings. Throws `credence::error` for wrong
/// options, for a window that is unset, and for more than a thousand groups. O(experiences · log).
inline constexpr detail::tolerance_function tolerance{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_COMPARE_GROUPS_HPP
#define CREDENCE_INFERENCE_COMPARE_GROUPS_HPP

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/accumulator.hpp>
#include <credence/core/error.hpp>
#include <credence/core/grouped.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/p_adjustment.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct compare_groups_options {
  whole minimum_count = 1;  ///< groups with fewer samples are not compared
  p_adjustment adjustment = p_adjustment::holm;
  number confidence = 0.95;  ///< of each interval, in (0, 1), and of `differs`: adjusted p below 1 − confidence
};

/// One group of `compare_groups`.
template <class Key, class Result>
struct group_comparison {
  Key key{};
  Result result{};     ///< the group's own
  comparison against;  ///< the group less all others together, or less the base; NaN where not compared
  double adjusted_p_value = not_a_number();
  bool compared = false;  ///< had both sides answers enough?
  bool differs = false;   ///< is the adjusted p below 1 − confidence?

  friend bool operator==(group_comparison const&, group_comparison const&) = default;
};

namespace detail {

template <class Result>
concept comparable = requires(Result const& one) {
  { compare(one, one, {.confidence = 0.95}) } -> std::same_as<comparison>;
};

struct compare_groups_function {
  template <class Key, accumulator Accumulator>
  auto operator()(grouped<Key, Accumulator> const& groups, compare_groups_options options = {}) const {
    check_options(options);
    auto compared = started<Key>(groups);
    // For each group all the others together, merged from the front and from the back: two merges a group, where a
    // total that groups were taken out of would need states that can be subtracted.
    std::vector<Accumulator> others(groups.size(), Accumulator(groups.options(), {}));
    Accumulator before(groups.options(), {});
    Accumulator after(groups.options(), {});
    for (std::size_t at = 0; at < groups.size(); ++at) {
      std::size_t const back = groups.size() - 1 - at;
      others[at] += before;
      others[back] += after;
      before += nth(groups, at);
      after += nth(groups, back);
    }
    for (std::size_t at = 0; at < compared.size(); ++at) hold(compared[at], others[at].result(), options);
    finish(compared, options);
    return compared;
  }

  template <class Key, accumulator Accumulator, class Base>
  requires(!std::is_same_v<Base, compare_groups_options>) auto operator()(grouped<Key, Accumulator> const& groups,
                                                                          Base const& base,
                                                                          compare_groups_options options = {}) const {
    check_options(options);
    auto compared = started<Key>(groups);
    auto const against = groups.at(base).result();
    typename grouped<Key, Accumulator>::key_type const base_key = key_of(groups, base);
    for (auto& group : compared)
      if (!codec_of<Key>::equal(group.key, base_key)) hold(group, against, options);
    finish(compared, options);
    return compared;
  }

 private:
  static void check_options(compare_groups_options const& options) {
    check_confidence("compare_groups_options::confidence", options.confidence);
    if (options.minimum_count < 0)
      wrong_argument("compare_groups_options::minimum_count", options.minimum_count.value, "it must not be negative");
  }
  template <class Groups>
  static auto nth(Groups const& groups, std::size_t at) {
    return decltype(groups.total())(groups.options(), groups.state().states[at]);
  }
  template <class Groups, class Base>
  static auto key_of(Groups const& groups, Base const& base) {
    typename Groups::key_type found{};
    for (auto const& group : groups)
      if (codec_of<typename Groups::key_type>::equal(group.key, base)) found = group.key;
    return found;
  }
  template <class Key, class Groups>
  static auto started(Groups const& groups) {
    using result_type = std::remove_cvref_t<decltype(groups.total().result())>;
    static_assert(comparable<result_type>,
                  "credence: there is no `compare` for two results of this accumulator; include the header that has it "
                  "(mean_comparison.hpp), or compare the parts of a tee one by one");
    std::vector<group_comparison<typename Groups::key_type, result_type>> compared;
    for (auto const& group : groups) {
      compared.emplace_back();
      compared.back().key = group.key;
      compared.back().result = group.accumulator.result();
    }
    return compared;
  }
  template <class Group, class Result>
  static void hold(Group& group, Result const& against, compare_groups_options const& options) {
    auto const least = static_cast<std::uint64_t>(options.minimum_count.value);
    group.against.interval.confidence = options.confidence;
    if (group.result.count < least || against.count < least) return;
    group.against = compare(group.result, against, {.confidence = options.confidence});
    group.compared = !is_nan(group.against.p_value);
  }
  template <class Groups>
  static void finish(Groups& compared, compare_groups_options const& options) {
    std::vector<double> p_values;
    for (auto const& group : compared) p_values.push_back(group.against.p_value);
    std::vector<double> const after = adjusted(p_values, options.adjustment);
    for (std::size_t at = 0; at < compared.size(); ++at) {
      compared[at].adjusted_p_value = after[at];
      compared[at].differs = compared[at].compared && after[at] < 1 - options.confidence;
    }
  }
};

}  // namespace detail

/// Which groups differ? `compare_groups(group_by(…))` holds each against all the others together, which are other
/// respondents; `compare_groups(groups, base)` each against the base. For every accumulator whose results have a
/// `compare`: nps, share, csat, and mean with mean_comparison.hpp. In the order of the groups, and p-values adjusted
/// for their number. Intervals are each group's own, not adjusted: one in twenty misses. Groups with fewer than
/// `minimum_count` samples, or without an answer, are not compared and do not count among the tests; nor is the base.
/// Throws `credence::error` for a base that is no group, a confidence outside (0, 1) and a negative `minimum_count`.
/// O(groups) merges and comparisons.
inline constexpr detail::compare_groups_function compare_groups{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

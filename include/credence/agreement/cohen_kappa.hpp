// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_COHEN_KAPPA_HPP
#define CREDENCE_AGREEMENT_COHEN_KAPPA_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <credence/agreement/detail/paired_ratings.hpp>
#include <credence/agreement/no_variation.hpp>
#include <credence/core/accumulator.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/error.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/refusal.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/math/normal.hpp>

// Do two raters put the same things into the same categories, more often than chance would? With pᵢⱼ the share of
// things that the first put into i and the second into j, κ = (po − pe)/(1 − pe), po = Σwᵢⱼpᵢⱼ, pe = Σwᵢⱼpᵢ.p.ⱼ.

namespace credence {
inline namespace CREDENCE_ABI {

/// How much two categories that differ count as agreement.
enum class kappa_weights : std::uint8_t {
  none,      ///< not at all
  linear,    ///< 1 − |a − b| ÷ the greatest
  quadratic  ///< 1 − (a − b)² ÷ the greatest
};
constexpr std::string_view name_of(kappa_weights weights) {
  switch (weights) {
    case kappa_weights::none: return "none";
    case kappa_weights::linear: return "linear";
    case kappa_weights::quadratic: return "quadratic";
  }
  return {};
}

struct cohen_kappa_options {
  kappa_weights weights = kappa_weights::none;
  credence::no_variation no_variation = credence::no_variation::undefined;  ///< κ where pe = 1: NaN, or 1
  number confidence = 0.95;                                                 ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_confidence_option("cohen_kappa_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self&) {
    return std::tuple<>();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("weights", self.weights);
    visit("no_variation", self.no_variation);
    visit("confidence", self.confidence);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(cohen_kappa_options const&, cohen_kappa_options const&) = default;
};

/// The answer of `cohen_kappa`. NaN where nothing was rated, and where both raters use one category only.
struct cohen_kappa_result {
  double value = not_a_number();               ///< κ: 1 perfect, 0 as by chance, below 0 worse than that
  credence::interval interval;                 ///< in −1…1
  double standard_error = not_a_number();      ///< of κ, for many things rated
  double observed_agreement = not_a_number();  ///< po, in 0…1
  double expected_agreement = not_a_number();  ///< pe, in 0…1
  std::uint64_t count = 0;                     ///< things rated by both
  std::uint64_t categories = 0;                ///< that either rater used
  std::uint64_t rejected = 0;                  ///< pairs left out
  credence::rejections rejections;             ///< and why

  constexpr explicit operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("observed_agreement", self.observed_agreement);
    visit("expected_agreement", self.expected_agreement);
    visit("count", self.count);
    visit("categories", self.categories);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(cohen_kappa_result const&, cohen_kappa_result const&) = default;
};

/// Counts of pairs of categories; see `cohen_kappa`. `Key` is the categories' type, kept as `std::string` for text.
template <class Key>
class cohen_kappa_accumulator : public accumulator_base<cohen_kappa_accumulator<Key>, cohen_kappa_options,
                                                        detail::paired_ratings<detail::stored_key<Key>>> {
  using base = accumulator_base<cohen_kappa_accumulator<Key>, cohen_kappa_options,
                                detail::paired_ratings<detail::stored_key<Key>>>;

 public:
  using base::base;
  using typename base::state_type;
  [[nodiscard]] static std::string type_id() { return "credence.cohen_kappa(" + detail::codec_of<Key>::name() + ")"; }

  template <class... Values>
  static constexpr bool exact = true;

  /// What the first rater said and what the second; optionals where one may have said nothing.
  template <class First, class Second>
  static void push(cohen_kappa_options const& options, state_type& state, First const& first, Second const& second) {
    if (!detail::has_answer(first) || !detail::has_answer(second))
      return detail::turn_away(options.on_invalid, state.rejected, rejection::missing, 0, state.seen());
    ++state.cell(detail::answer_of(first), detail::answer_of(second));
  }
  template <class First, class Second>
  static void pull(cohen_kappa_options const& options, state_type& state, First const& first, Second const& second) {
    cohen_kappa_options counting = options;
    counting.on_invalid = on_invalid::reject;
    state_type one;
    push(counting, one, first, second);
    state.subtract(one);
  }

  [[nodiscard]] static cohen_kappa_result answer(cohen_kappa_options const& options, state_type const& state) {
    cohen_kappa_result result;
    result.count = state.total();
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    result.interval.confidence = options.confidence;
    if (options.weights != kappa_weights::none && !detail::numeric_category<detail::stored_key<Key>>)
      detail::wrong_argument("cohen_kappa_options::weights", name_of(options.weights),
                             "categories that are no numbers have no distance: use kappa_weights::none");
    if (result.count == 0) return result;
    detail::category_margins const table(state);
    result.categories = table.size();
    detail::kappa_parts const parts = options.weights == kappa_weights::none
                                          ? detail::unweighted_parts(table)
                                          : detail::weighted_parts(table, options.weights == kappa_weights::linear);
    result.observed_agreement = 1 - parts.observed;
    result.expected_agreement = 1 - parts.expected;
    if (!(parts.expected > 0)) {
      if (options.no_variation == no_variation::perfect) result.value = 1;
      return result;
    }
    result.value = 1 - parts.observed / parts.expected;
    result.standard_error = parts.standard_error(result.value, static_cast<double>(result.count));
    double const half = math::normal_critical(options.confidence) * result.standard_error;
    result.interval = detail::error_interval(result.value, half, -1, 1, options.confidence);
    return result;
  }
};

namespace detail {

struct cohen_kappa_function
    : refusal<parallel_values_call<cohen_kappa_options, argument_kind::projection, argument_kind::projection>,
              std::type_identity<cohen_kappa_result>> {
  using refusal::operator();

  template <rows_range Range, projection_of<Range> First, projection_of<Range> Second>
  cohen_kappa_result operator()(Range&& rows, First first, Second second, cohen_kappa_options options = {}) const {
    using key = category_of<Range, First, Second>;
    if constexpr (std::is_void_v<key>) {
      return {};
    } else {
      return fold(rows, cohen_kappa_accumulator<key>(options), first, second).result();
    }
  }
  template <executor Executor, rows_range Range, projection_of<Range> First, projection_of<Range> Second>
  cohen_kappa_result operator()(Executor&& run, Range&& rows, First first, Second second,
                                cohen_kappa_options options = {}) const {
    using key = category_of<Range, First, Second>;
    if constexpr (std::is_void_v<key>) {
      return {};
    } else {
      return fold(run, rows, cohen_kappa_accumulator<key>(options), first, second).result();
    }
  }
};

}  // namespace detail

/// Cohen's κ of two raters: `cohen_kappa([executor,] rows, &row::first, &row::second, {.weights =
/// kappa_weights::quadratic})`, one row a thing that both rated. Categories are any key, and numbers or enums for
/// weights, which go by the distance of their values: equal to weights by place where they are consecutive. The error
/// is that of Fleiss, Cohen and Everitt; under fifty things or so it is rough, and of perfect agreement it is 0. An
/// empty optional is a thing that one did not rate: left out and counted. One category only: no answer, or 1 by
/// `no_variation`. Throws `credence::error` for weights of categories that are no numbers. O(rows), and
/// O(categories²) for weights. Source: Cohen (1960), Educational and Psychological Measurement 20, 37; Fleiss, Cohen
/// and Everitt (1969), Psychological Bulletin 72, 323.
inline constexpr detail::cohen_kappa_function cohen_kappa{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

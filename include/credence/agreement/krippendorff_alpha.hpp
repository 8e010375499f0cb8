// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_KRIPPENDORFF_ALPHA_HPP
#define CREDENCE_AGREEMENT_KRIPPENDORFF_ALPHA_HPP

#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include <credence/agreement/detail/krippendorff_answer.hpp>
#include <credence/agreement/detail/rating_table.hpp>
#include <credence/agreement/detail/small_ratings.hpp>
#include <credence/agreement/krippendorff_result.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/detail/group_table.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/refusal.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

// Do raters see the same? α = 1 − Do/De: the disagreement within units, to that among all ratings, whoever gave them
// and to whatever unit. Any number of raters, with whatever they left out.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The stored type of a key; `int` where it is not asked for, as not every number is a key.
template <class Key, bool Asked>
struct stored_if {
  using type = int;
};
template <class Key>
struct stored_if<Key, true> {
  using type = stored_key<Key>;
};
template <class Key, bool Asked>
using stored_or_int = typename stored_if<Key, Asked>::type;

struct krippendorff_alpha_function : refusal<values_call<krippendorff_alpha_options, argument_kind::projection,
                                                         argument_kind::projection, argument_kind::projection>,
                                             std::type_identity<krippendorff_alpha_result>> {
  using refusal::operator();

  template <rows_range Range, projection_of<Range> Unit, projection_of<Range> Rater, projection_of<Range> Value>
  krippendorff_alpha_result operator()(Range&& rows, Unit unit, Rater rater, Value value,
                                       krippendorff_alpha_options options = {}) const {
    check_options(options);
    using value_type = std::remove_cvref_t<projected<Range, Value>>;
    using unit_type = std::remove_cvref_t<projected<Range, Unit>>;
    using rater_type = std::remove_cvref_t<projected<Range, Rater>>;
    krippendorff_alpha_result result;
    if constexpr (check_key<unit_type>() && check_key<rater_type>() && check_value<value_type>()) {
      if constexpr (countable_ratings<Range, Unit, Rater, Value>) {
        if (auto const counted = small_ratings::of(rows, unit, rater, value, options.on_invalid, result.rejections);
            counted && (options.scale != measurement::ratio || counted->lowest >= 0)) {
          answer_ratings(result, *counted, options);
          return result;
        }
        result = {};
      }
      key_numbers<stored_key<unit_type>> units;
      key_numbers<stored_key<rater_type>> raters;
      std::vector<double> values;
      numbers<value_type> const number_of(options);
      std::uint64_t position = 0;
      auto const end = std::ranges::end(rows);
      for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++position)) {
        auto&& rating = *at;
        std::optional<double> const found = number_of(detail::project(value, rating), result.rejections, position);
        if (!found) continue;
        units.add(detail::project(unit, rating));
        raters.add(detail::project(rater, rating));
        values.push_back(*found);
      }
      answer_ratings(result, by_unit(units.take(), raters.take(), values), values.size(), options);
    }
    return result;
  }

 private:
  static void check_options(krippendorff_alpha_options const& options) {
    check_confidence("krippendorff_alpha_options::confidence", options.confidence);
    if (options.replicates < 0 || options.replicates.value == 1 || options.replicates > 1'000'000'000)
      wrong_argument("krippendorff_alpha_options::replicates", options.replicates.value,
                     "it must be 0, or 2 to 1,000,000,000");
  }
  template <class Value>
  static constexpr bool check_value() {
    using answer = typename answer_type<Value>::type;
    constexpr bool fits = is_sample<Value> || key_like<answer>;
    static_assert(fits,
                  "credence: this projection returns no rating; return a number, or for the nominal scale an enum or "
                  "a string, or an optional of them");
    return fits;
  }

  /// A rating as a number; names by the order in which they first come.
  template <class Value>
  class numbers {
    using answer = typename answer_type<Value>::type;
    static constexpr bool named = !is_sample<Value>;

   public:
    explicit numbers(krippendorff_alpha_options const& options) : options_(options) {
      if (named && options.scale != measurement::nominal)
        wrong_argument("krippendorff_alpha_options::scale", name_of(options.scale),
                       "ratings that are no numbers have the nominal scale only");
    }
    template <class Own>
    std::optional<double> operator()(Own const& value, rejections& rejected, std::uint64_t position) const {
      rejection reason = rejection::missing;
      double real = 0;
      if (detail::has_answer(value)) {
        if constexpr (named) {
          return static_cast<double>(names_.find_or_add(inner(value)));
        } else {
          real = detail::real_of(value);
          bool const fits = is_finite(real) && real >= (options_.scale == measurement::ratio ? 0.0 : -1e150) &&
                            real <= 1e150;
          if (fits) return real;
          reason = is_nan(real) ? rejection::not_a_number : rejection::off_scale;
        }
      }
      turn_away(options_.on_invalid, rejected, reason, real, position);
      return std::nullopt;
    }

   private:
    template <class Own>
    static auto const& inner(Own const& value) {
      if constexpr (is_optional<Own>) {
        return *value;
      } else {
        return value;
      }
    }
    using table = std::conditional_t<named, group_table<stored_or_int<answer, named>, no_state>, int>;

    krippendorff_alpha_options const& options_;
    mutable table names_{};
  };
};

}  // namespace detail

/// Krippendorff's α, how far raters agree beyond chance: `krippendorff_alpha(ratings, &rating::unit, &rating::rater,
/// &rating::value, {.scale = measurement::ordinal})`, one row a rating; units and raters are any key. With mᵤ ratings
/// of unit u and n in all units with two or more: Do = 1/n·Σᵤ 1/(mᵤ − 1)·Σ δ² over the ordered pairs within u, De =
/// 1/(n(n − 1))·Σ δ² over all ordered pairs; δ² as `measurement` says.
/// Missing ratings (absent rows, empty optionals) are no matter; NaN and what is off the scale is left out and counted,
/// as are a rater's second rating of a unit and a rating alone in its unit. All ratings alike: no answer, or 1 by
/// `no_variation`. The interval is of the units drawn, with De held as it was found: t by the linearised error, or by
/// `replicates` of the units. Throws `credence::error` for wrong options, and for names on other scales than nominal.
/// O(ratings) for interval and ratio, O(ratings·log ratings) for nominal and ordinal; O(ratings) for integers on a
/// scale of at most 16 points by at most 64 raters, whose rows are read twice. Source: Krippendorff (2004), Content
/// Analysis, chapter 11; Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
inline constexpr detail::krippendorff_alpha_function krippendorff_alpha{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

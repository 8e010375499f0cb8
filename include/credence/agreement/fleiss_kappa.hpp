// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_FLEISS_KAPPA_HPP
#define CREDENCE_AGREEMENT_FLEISS_KAPPA_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <credence/agreement/detail/paired_ratings.hpp>
#include <credence/agreement/detail/rating_table.hpp>
#include <credence/agreement/no_variation.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/error.hpp>
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
#include <credence/math/student_t.hpp>

// Do many raters, not always the same ones, put the same things into the same categories? With rᵢₖ of the rᵢ ratings of
// unit i in category k: pa = mean of Σₖ rᵢₖ(rᵢₖ − 1)/(rᵢ(rᵢ − 1)), πₖ = mean of rᵢₖ/rᵢ, pe = Σπₖ², κ = (pa − pe)/(1 −
// pe).

namespace credence {
inline namespace CREDENCE_ABI {

struct fleiss_kappa_options {
  whole categories = 0;  ///< how many there are to choose from, for `randolph`; 0: as many as were chosen
  credence::no_variation no_variation = credence::no_variation::undefined;  ///< κ where pe = 1: NaN, or 1
  number confidence = 0.95;                                                 ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `fleiss_kappa`. NaN where no unit has two ratings, and where all ratings are of one category.
struct fleiss_kappa_result {
  double value = not_a_number();               ///< κ: 1 perfect, 0 as by chance, below 0 worse than that
  credence::interval interval;                 ///< of other units; in −1…1; NaN with fewer than two
  double standard_error = not_a_number();      ///< of κ, over units (Gwet)
  double randolph = not_a_number();            ///< with free margins: chance gives each category the same share
  double observed_agreement = not_a_number();  ///< pa, in 0…1
  double expected_agreement = not_a_number();  ///< pe, in 0…1
  std::uint64_t count = 0;                     ///< ratings used: those of units with two or more
  std::uint64_t units = 0;                     ///< units used
  std::uint64_t categories = 0;                ///< chosen in them
  std::uint64_t unpaired = 0;                  ///< ratings left out, alone in their unit
  std::uint64_t rejected = 0;                  ///< ratings that are missing
  credence::rejections rejections;

  constexpr explicit operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("randolph", self.randolph);
    visit("observed_agreement", self.observed_agreement);
    visit("expected_agreement", self.expected_agreement);
    visit("count", self.count);
    visit("units", self.units);
    visit("categories", self.categories);
    visit("unpaired", self.unpaired);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(fleiss_kappa_result const&, fleiss_kappa_result const&) = default;
};

namespace detail {

/// Categories put together by unit: unit after unit, each in order.
struct chosen_categories {
  std::vector<std::size_t> categories;
  std::vector<std::size_t> ends;  ///< where each unit's end
  std::size_t most = 0;           ///< one more than the greatest category

  /// Leaves out units with fewer than two ratings.
  chosen_categories(std::vector<std::size_t> const& units, std::vector<std::size_t> const& chosen) {
    std::vector<std::size_t> begins(units.empty() ? 1 : *std::max_element(units.begin(), units.end()) + 2, 0);
    for (std::size_t const unit : units) ++begins[unit + 1];
    for (std::size_t at = 1; at < begins.size(); ++at) begins[at] += begins[at - 1];
    std::vector<std::size_t> sorted(units.size());
    std::vector<std::size_t> next = begins;
    for (std::size_t at = 0; at < units.size(); ++at) sorted[next[units[at]]++] = chosen[at];
    for (std::size_t unit = 0; unit + 1 < begins.size(); ++unit) {
      auto const from = sorted.begin() + static_cast<std::ptrdiff_t>(begins[unit]);
      auto const to = sorted.begin() + static_cast<std::ptrdiff_t>(begins[unit + 1]);
      if (to - from < 2) continue;
      std::sort(from, to);
      categories.insert(categories.end(), from, to);
      ends.push_back(categories.size());
      most = (std::max)(most, *(to - 1) + 1);
    }
  }

  /// Calls `each(unit, category, count, size)` for every category that a unit has.
  template <class Each>
  void counts(Each const& each_count) const {
    std::size_t from = 0;
    for (std::size_t unit = 0; unit < ends.size(); ++unit) {
      double const size = static_cast<double>(ends[unit] - from);
      while (from < ends[unit]) {
        std::size_t to = from;
        while (to < ends[unit] && categories[to] == categories[from]) ++to;
        each_count(unit, categories[from], static_cast<double>(to - from), size);
        from = to;
      }
    }
  }
};

struct fleiss_kappa_function
    : refusal<values_call<fleiss_kappa_options, argument_kind::projection, argument_kind::projection>,
              std::type_identity<fleiss_kappa_result>> {
  using refusal::operator();

  template <rows_range Range, projection_of<Range> Unit, projection_of<Range> Value>
  fleiss_kappa_result operator()(Range&& rows, Unit unit, Value value, fleiss_kappa_options options = {}) const {
    check_confidence("fleiss_kappa_options::confidence", options.confidence);
    if (options.categories < 0)
      wrong_argument("fleiss_kappa_options::categories", options.categories.value, "it must not be negative");
    fleiss_kappa_result result;
    using unit_type = std::remove_cvref_t<projected<Range, Unit>>;
    using category = typename answer_type<std::remove_cvref_t<projected<Range, Value>>>::type;
    if constexpr (check_key<unit_type>() && check_key<category>()) {
      key_numbers<stored_key<unit_type>> units;
      key_numbers<stored_key<category>> categories;
      std::uint64_t position = 0;
      auto const end = std::ranges::end(rows);
      for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++position)) {
        auto&& rating = *at;
        auto&& chosen = detail::project(value, rating);
        if (!detail::has_answer(chosen)) {
          turn_away(options.on_invalid, result.rejections, rejection::missing, 0, position);
          continue;
        }
        categories.add(detail::answer_of(chosen));
        units.add(detail::project(unit, rating));
      }
      std::vector<std::size_t> const numbers = units.take();
      result.unpaired = numbers.size();
      answer(result, chosen_categories(numbers, categories.take()), options);
    }
    return result;
  }

 private:
  static void answer(fleiss_kappa_result& result, chosen_categories const& chosen,
                     fleiss_kappa_options const& options) {
    result.interval.confidence = options.confidence;
    result.rejected = result.rejections.total();
    result.count = chosen.categories.size();
    result.units = chosen.ends.size();
    result.unpaired -= result.count;
    double const units = static_cast<double>(result.units);
    std::vector<double> shares(chosen.most, 0.0);
    std::vector<double> agreed(chosen.ends.size(), 0.0);
    double observed = 0;
    chosen.counts([&](std::size_t unit, std::size_t category, double count, double size) {
      shares[category] += count / size / units;
      agreed[unit] += count * (count - 1) / (size * (size - 1));
      observed += count * (count - 1) / (size * (size - 1)) / units;
    });
    for (double const share : shares) result.categories += share > 0;
    if (options.categories > 0 && options.categories < static_cast<std::int64_t>(result.categories))
      wrong_argument("fleiss_kappa_options::categories", options.categories.value,
                     joined({"more were chosen: ", shown(result.categories)}));
    if (result.units == 0) return;
    double expected = 0;
    for (double const share : shares) expected += share * share;
    if (result.categories == 1) observed = expected = 1;  // exactly: shares need not sum to 1
    result.observed_agreement = observed;
    result.expected_agreement = expected;
    double const choices = static_cast<double>(
        options.categories > 0 ? static_cast<std::uint64_t>(options.categories.value) : result.categories);
    if (choices > 1) result.randolph = (observed - 1 / choices) / (1 - 1 / choices);
    if (result.categories == 1) {
      if (options.no_variation == no_variation::perfect) result.value = 1;
      return;
    }
    result.value = (observed - expected) / (1 - expected);
    if (result.units < 2) return;
    // A unit moves κ by its own agreement, and by what it adds to the categories' shares.
    std::vector<double> by_chance(chosen.ends.size(), 0.0);
    chosen.counts([&](std::size_t unit, std::size_t category, double count, double size) {
      by_chance[unit] += count / size * shares[category];
    });
    double squares = 0;
    for (std::size_t unit = 0; unit < agreed.size(); ++unit) {
      double const apart = (agreed[unit] - observed) - 2 * (1 - result.value) * (by_chance[unit] - expected);
      squares += apart * apart;
    }
    result.standard_error = std::sqrt(squares / units / (units - 1)) / (1 - expected);
    double const half = math::student_t_critical(options.confidence, units - 1) * result.standard_error;
    result.interval = error_interval(result.value, half, -1, 1, options.confidence);
  }
};

}  // namespace detail

/// Fleiss's κ of many raters: `fleiss_kappa(ratings, &rating::unit, &rating::value)`, one row a rating; units and
/// categories are any key. Units may have unlike numbers of ratings (Gwet's form, which is Fleiss's where they are
/// alike). The interval is of other units: t by Gwet's linearised error, clipped to −1…1. `randolph` takes chance to
/// choose each category alike. Empty optionals are left out and counted, and so is a rating alone in its unit. One
/// category only: no answer, or 1 by `no_variation`. Throws `credence::error` for fewer `categories` than were chosen.
/// O(ratings·log ratings of a unit). Source: Fleiss (1971), Psychological Bulletin 76, 378; Gwet (2008), British
/// Journal of Mathematical and Statistical Psychology 61, 29; Randolph (2005).
inline constexpr detail::fleiss_kappa_function fleiss_kappa{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

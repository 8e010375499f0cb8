// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_KRIPPENDORFF_ALPHA_HPP
#define CREDENCE_AGREEMENT_KRIPPENDORFF_ALPHA_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/agreement/detail/rating_table.hpp>
#include <credence/agreement/detail/ratio_pairs.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/number.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/math/random.hpp>
#include <credence/math/student_t.hpp>

// Do raters see the same? α = 1 − Do/De: the disagreement within units, to that among all ratings, whoever gave them
// and to whatever unit. Any number of raters, with whatever they left out.

namespace credence {
inline namespace CREDENCE_ABI {

/// What a difference between two values means.
enum class measurement : std::uint8_t {
  nominal,   ///< the same or not
  ordinal,   ///< how many ratings lie between, by rank
  interval,  ///< the square of the difference
  ratio      ///< the square of difference ÷ sum; values are not negative
};
constexpr std::string_view name_of(measurement scale) {
  switch (scale) {
    case measurement::nominal: return "nominal";
    case measurement::ordinal: return "ordinal";
    case measurement::interval: return "interval";
    case measurement::ratio: return "ratio";
  }
  return {};
}

/// What α is where all ratings are the same, and there is nothing to agree about.
enum class no_variation : std::uint8_t { undefined, perfect };
constexpr std::string_view name_of(no_variation policy) {
  switch (policy) {
    case no_variation::undefined: return "undefined";
    case no_variation::perfect: return "perfect";
  }
  return {};
}

struct krippendorff_alpha_options {
  measurement scale = measurement::nominal;
  credence::no_variation no_variation = credence::no_variation::undefined;  ///< α where De = 0: NaN, or 1
  whole replicates = 0;      ///< of a bootstrap over units for the interval; 0: by the linearised error
  whole seed = 2026;         ///< of the bootstrap
  number confidence = 0.95;  ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

struct krippendorff_alpha_result {
  double value = not_a_number();                  ///< 1 perfect, 0 as by chance, below 0 worse than that
  credence::interval interval;                    ///< what other units would show; NaN with fewer than two units
  double standard_error = not_a_number();         ///< linearised over units, the expected disagreement held
  double observed_disagreement = not_a_number();  ///< Do, in the unit of the scale's δ²
  double expected_disagreement = not_a_number();  ///< De
  std::uint64_t count = 0;                        ///< ratings used: those of units with two or more
  std::uint64_t units = 0;                        ///< units used
  std::uint64_t unpaired = 0;                     ///< good ratings left out, alone in their unit
  std::uint64_t duplicates = 0;                   ///< ratings left out, the rater having rated the unit before
  std::uint64_t rejected = 0;                     ///< ratings that are missing, no numbers, or off the scale
  credence::rejections rejections;

  constexpr explicit operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("observed_disagreement", self.observed_disagreement);
    visit("expected_disagreement", self.expected_disagreement);
    visit("count", self.count);
    visit("units", self.units);
    visit("unpaired", self.unpaired);
    visit("duplicates", self.duplicates);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(krippendorff_alpha_result const&, krippendorff_alpha_result const&) = default;
};

namespace detail {

/// Σ (c − k)² over the ordered pairs: 2n·Σ(c − mean)², about the mean so that nothing cancels.
[[nodiscard]] inline double square_pairs(std::span<double const> values) {
  double sum = 0;
  for (double const value : values) sum += value - values[0];
  double const centre = values[0] + sum / static_cast<double>(values.size());
  double squares = 0;
  for (double const value : values) squares += (value - centre) * (value - centre);
  return 2 * static_cast<double>(values.size()) * squares;
}
/// How many ordered pairs differ. Sorts.
[[nodiscard]] inline double unlike_pairs(std::span<double> values) {
  std::sort(values.begin(), values.end());
  double alike = 0;
  for (std::size_t from = 0, to = 0; from < values.size(); from = to) {
    while (to < values.size() && values[to] == values[from]) ++to;
    alike += static_cast<double>(to - from) * static_cast<double>(to - from);
  }
  return static_cast<double>(values.size()) * static_cast<double>(values.size()) - alike;
}
/// Σ δ² over the ordered pairs of some ratings, which are put in order where that helps.
[[nodiscard]] inline double disagreement(measurement scale, std::span<double> values) {
  switch (scale) {
    case measurement::nominal: return unlike_pairs(values);
    case measurement::ratio: return ratio_pairs(values);
    case measurement::ordinal:
    case measurement::interval: break;
  }
  return square_pairs(values);
}

/// Values replaced by the middles of their ranks: with r that of c, Σ n_g from c to k less (n_c + n_k)/2 is r_k − r_c,
/// so that the ordinal scale is the interval scale of them.
inline void to_ranks(std::vector<double>& values) {
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> distinct;
  std::vector<double> middles;
  for (std::size_t from = 0, to = 0; from < sorted.size(); from = to) {
    while (to < sorted.size() && sorted[to] == sorted[from]) ++to;
    distinct.push_back(sorted[from]);
    middles.push_back((static_cast<double>(from) + static_cast<double>(to)) / 2);
  }
  for (double& value : values)
    value =
        middles[static_cast<std::size_t>(std::lower_bound(distinct.begin(), distinct.end(), value) - distinct.begin())];
}

/// What a unit adds to the observed disagreement, and the ratings it has.
struct unit_disagreement {
  double observed;
  double ratings;
};

inline void add_interval(krippendorff_alpha_result& result, std::vector<unit_disagreement> const& units,
                         krippendorff_alpha_options const& options) {
  double const number_of_units = static_cast<double>(units.size());
  double const ratings = static_cast<double>(result.count);
  double squares = 0;
  for (unit_disagreement const& unit : units) {
    double const off = unit.observed - result.observed_disagreement * unit.ratings;
    squares += off * off;
  }
  if (units.size() < 2) return;
  result.standard_error = std::sqrt(number_of_units / (number_of_units - 1) * squares) / ratings /
                          result.expected_disagreement;
  if (options.replicates.value == 0) {
    double const half = math::student_t_critical(options.confidence, number_of_units - 1) * result.standard_error;
    result.interval.lower = result.value - half;
    result.interval.upper = (std::min)(1.0, result.value + half);
    return;
  }
  std::vector<double> replicates;
  for (std::int64_t replicate = 0; replicate < options.replicates; ++replicate) {
    math::random_stream draws(static_cast<std::uint64_t>(options.seed.value), static_cast<std::uint64_t>(replicate));
    double observed = 0;
    double drawn = 0;
    for (std::size_t at = 0; at < units.size(); ++at) {
      unit_disagreement const& unit = units[draws.below(units.size())];
      observed += unit.observed;
      drawn += unit.ratings;
    }
    replicates.push_back(1 - observed / drawn / result.expected_disagreement);
  }
  std::sort(replicates.begin(), replicates.end());
  double const last = static_cast<double>(replicates.size() - 1);
  double const tail = (1 - options.confidence) / 2;
  auto const quantile = [&](double level) {  // between two neighbours (Hyndman and Fan's seventh)
    double const place = level * last;
    std::size_t const below = static_cast<std::size_t>(place);
    std::size_t const above = (std::min)(below + 1, replicates.size() - 1);
    return replicates[below] + (place - std::floor(place)) * (replicates[above] - replicates[below]);
  };
  result.interval.lower = quantile(tail);
  result.interval.upper = quantile(1 - tail);
}

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

struct krippendorff_alpha_function {
  template <rows_range Range, projection_of<Range> Unit, projection_of<Range> Rater, projection_of<Range> Value>
  krippendorff_alpha_result operator()(Range&& rows, Unit unit, Rater rater, Value value,
                                       krippendorff_alpha_options options = {}) const {
    check(options);
    using value_type = std::remove_cvref_t<projected<Range, Value>>;
    using unit_type = std::remove_cvref_t<projected<Range, Unit>>;
    using rater_type = std::remove_cvref_t<projected<Range, Rater>>;
    krippendorff_alpha_result result;
    if constexpr (check_key<unit_type>() && check_key<rater_type>() && check_value<value_type>()) {
      key_numbers<stored_key<unit_type>> units;
      key_numbers<stored_key<rater_type>> raters;
      std::vector<double> values;
      numbers<value_type> const number_of(options);
      std::uint64_t position = 0;
      auto const end = std::ranges::end(rows);
      for (auto at = std::ranges::begin(rows); at != end; ++at, ++position) {
        auto&& rating = *at;
        std::optional<double> const found = number_of(detail::project(value, rating), result.rejections, position);
        if (!found) continue;
        units.add(detail::project(unit, rating));
        raters.add(detail::project(rater, rating));
        values.push_back(*found);
      }
      answer(result, by_unit(units.take(), raters.take(), values), values.size(), options);
    }
    return result;
  }

 private:
  static void check(krippendorff_alpha_options const& options) {
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
      if (has_answer(value)) {
        if constexpr (named) {
          return static_cast<double>(names_.find_or_add(inner(value)));
        } else {
          real = real_of(value);
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

  static void answer(krippendorff_alpha_result& result, rated_units rated, std::size_t good,
                     krippendorff_alpha_options const& options) {
    result.interval.confidence = options.confidence;
    result.rejected = result.rejections.total();
    result.count = rated.values.size();
    result.units = rated.units();
    result.duplicates = rated.duplicates;
    result.unpaired = good - rated.values.size() - rated.duplicates;
    if (rated.values.empty()) return;
    if (options.scale == measurement::ordinal) to_ranks(rated.values);
    double const ratings = static_cast<double>(rated.values.size());
    std::vector<unit_disagreement> units;
    units.reserve(rated.units());
    double observed = 0;
    for (std::size_t unit = 0; unit < rated.units(); ++unit) {
      std::span<double> const own{rated.values.data() + rated.begins[unit],
                                  rated.begins[unit + 1] - rated.begins[unit]};
      double const size = static_cast<double>(own.size());
      units.push_back({disagreement(options.scale, own) / (size - 1), size});
      observed += units.back().observed;
    }
    result.observed_disagreement = observed / ratings;
    result.expected_disagreement = disagreement(options.scale, rated.values) / (ratings * (ratings - 1));
    if (result.expected_disagreement > 0) {
      result.value = 1 - result.observed_disagreement / result.expected_disagreement;
      add_interval(result, units, options);
    } else if (options.no_variation == no_variation::perfect) {
      result.value = 1;
    }
  }
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
/// O(ratings) for interval and ratio, O(ratings·log ratings) for nominal and ordinal.
/// Source: Krippendorff (2004), Content Analysis, chapter 11; Krippendorff (2011), Computing Krippendorff's
/// Alpha-Reliability.
inline constexpr detail::krippendorff_alpha_function krippendorff_alpha{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

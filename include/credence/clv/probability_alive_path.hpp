// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_PROBABILITY_ALIVE_PATH_HPP
#define CREDENCE_CLV_PROBABILITY_ALIVE_PATH_HPP

#include <algorithm>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include <credence/clv/purchase_history.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

// How sure a model has been of one customer, over time.

namespace credence {
inline namespace CREDENCE_ABI {

/// What was known of a customer at one time, and what a model made of it.
struct alive_at_time {
  double time = 0;                      ///< since his first purchase, in the model's unit; below 0: before it
  double frequency = 0;                 ///< repeat purchases up to then
  double recency = 0;                   ///< when the last of them was
  double probability = not_a_number();  ///< P(alive) then; NaN before the first purchase

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("time", self.time);
    visit("frequency", self.frequency);
    visit("recency", self.recency);
    visit("probability", self.probability);
  }
  friend constexpr bool operator==(alive_at_time const&, alive_at_time const&) = default;
};

namespace detail {

template <class Model>
concept tells_alive = requires(Model const& model, purchase_history const& own) {
  model.probability_alive(own);
};

/// Plain numbers stand for themselves, in the model's unit; points of time are counted in microseconds.
template <class Range>
inline constexpr bool holds_times = is_time<row_of<Range>> && !is_sample<row_of<Range>>;

/// All times of a range, by `read`, which says whether there is one. Throws for one that there is not.
template <class Value, class Range, class Read>
[[nodiscard]] std::vector<Value> all_times(Range& times, Read const& read) {
  std::vector<Value> all;
  auto at = std::ranges::begin(times);
  auto const end = std::ranges::end(times);
  std::uint64_t position = 0;
  rejections none;
  for (; at != end; ++at, static_cast<void>(++position)) {
    auto&& row = *at;
    if (!detail::has_answer(row)) turn_away(on_invalid::raise, none, rejection::missing, 0, position);
    Value const value = read(row);
    bool const is_sound = [&] {
      if constexpr (std::is_same_v<Value, double>) {
        return is_finite(value);
      } else {
        return instant::from_micros(value).is_known();
      }
    }();
    if (!is_sound) turn_away(on_invalid::raise, none, rejection::bad_time, 0, position);
    all.push_back(value);
  }
  return all;
}

/// How long after another, in units.
[[nodiscard]] inline double units_between(double from, double until, double) { return until - from; }
[[nodiscard]] inline double units_between(std::int64_t from, std::int64_t until, double micros_a_unit) {
  return (static_cast<double>(until) - static_cast<double>(from)) / micros_a_unit;
}

template <class Value, class Model>
[[nodiscard]] std::vector<alive_at_time> alive_path(Model const& model, std::vector<Value> bought,
                                                    std::vector<Value> const& asked, double micros_a_unit) {
  std::sort(bought.begin(), bought.end());
  bought.erase(std::unique(bought.begin(), bought.end()), bought.end());
  std::vector<alive_at_time> path;
  path.reserve(asked.size());
  for (Value const time : asked) {
    alive_at_time point;
    if (bought.empty()) {
      point.time = not_a_number();
    } else {
      point.time = units_between(bought.front(), time, micros_a_unit);
      auto const later = std::upper_bound(bought.begin(), bought.end(), time);
      if (later != bought.begin()) {
        point.frequency = static_cast<double>(later - bought.begin() - 1);
        point.recency = units_between(bought.front(), *(later - 1), micros_a_unit);
        point.probability = model.probability_alive(purchase_history{point.frequency, point.recency, point.time});
      }
    }
    path.push_back(point);
  }
  return path;
}

struct probability_alive_path_function {
  template <tells_alive Model, rows_range Purchases, rows_range Times>
  [[nodiscard]] std::vector<alive_at_time> operator()(Model const& model, Purchases&& purchases, Times&& times) const {
    if constexpr (holds_times<Purchases> && holds_times<Times>) {
      auto const micros_a_unit = static_cast<double>(model.unit.value_or(time_span()).micros);
      if (!(micros_a_unit > 0))
        raise(
            error("credence: how long a unit of the model's time is, is not known: set `.unit` of the model or of "
                  "what it was fitted to, or give times as plain numbers of units"));
      auto const read = [](auto const& time) { return detail::instant_of(time).micros; };
      return detail::alive_path(model, detail::all_times<std::int64_t>(purchases, read),
                                detail::all_times<std::int64_t>(times, read), static_cast<double>(model.unit->micros));
    } else {
      constexpr bool are_alike = holds_times<Purchases> == holds_times<Times>;
      static_assert(are_alike,
                    "credence: the purchases and the times that are asked for must both be points of time, or both "
                    "plain numbers in the model's unit");
      if constexpr (are_alike && number_check::of<row_of<Purchases>, row_of<Times>>()) {
        auto const read = [](auto const& time) { return detail::real_of(time); };
        return detail::alive_path(model, detail::all_times<double>(purchases, read),
                                  detail::all_times<double>(times, read), 1);
      } else {
        return {};
      }
    }
  }
};

}  // namespace detail

/// P(alive) of one customer at any times, from what was known of him then:
/// `probability_alive_path(model, purchases, times)`, an `alive_at_time` for each of `times`. It falls while he is
/// silent, and jumps at a purchase; a purchase at the very time asked for is known.
///
/// Both ranges hold points of time, for a model whose `.unit` is known, or both plain numbers in that unit, from
/// wherever they are counted. Purchases come in any order; those at one time are one. Give the same periods that the
/// model was fitted to, as days: it knows of no others. Throws `credence::invalid_sample` for a time that is missing or
/// cannot be, `credence::error` where the unit is not known. O((purchases + times) log purchases).
inline constexpr detail::probability_alive_path_function probability_alive_path{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

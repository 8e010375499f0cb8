// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_RATING_CATALOGUE_HPP
#define CREDENCE_REVIEWS_RATING_CATALOGUE_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/accumulator.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/detail/number_rows.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/level_counts.hpp>
#include <credence/reviews/detail/count_values.hpp>
#include <credence/reviews/detail/value_counts.hpp>

// How often each item was given each number of stars: all that the scores of a catalogue ask of its ratings, gathered
// once.

namespace credence {
inline namespace CREDENCE_ABI {

struct rating_catalogue_options {
  whole scale_min = 1;  ///< the lowest rating, ≥ 0; of votes 0
  whole scale_max = 5;  ///< the highest, ≤ 15
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr detail::level_scale levels() const { return {scale_min, scale_max}; }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    constexpr std::int64_t most = detail::most_values - 1;
    if (scale_min.value < 0 || scale_min.value > most)
      return complain("rating_catalogue_options::scale_min", scale_min.value, "it must lie from 0 to 15");
    if (scale_max.value <= scale_min.value || scale_max.value > most)
      return complain("rating_catalogue_options::scale_max", scale_max.value,
                      "it must be greater than scale_min and at most 15");
    return true;
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.scale_min, self.scale_max);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("scale_min", self.scale_min);
    visit("scale_max", self.scale_max);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(rating_catalogue_options const&, rating_catalogue_options const&) = default;
};

/// What a catalogue holds.
struct rating_catalogue_result {
  std::uint64_t items = 0;          ///< that have any rating
  std::uint64_t count = 0;          ///< ratings used
  std::uint64_t rejected = 0;       ///< ratings left out
  credence::rejections rejections;  ///< and why

  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("items", self.items);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(rating_catalogue_result const&, rating_catalogue_result const&) = default;
};

namespace detail {

template <class Key>
struct rating_catalogue_state : counted_catalogue<Key> {
  rating_catalogue_state() = default;
  explicit rating_catalogue_state(counted_catalogue<Key> counted) : counted_catalogue<Key>(std::move(counted)) {}

  [[nodiscard]] bool valid(rating_catalogue_options const& options) const {
    constexpr std::uint64_t most = ~std::uint64_t{} / 16;
    std::uint64_t total = 0;
    bool sound = true;
    auto const lowest = static_cast<std::size_t>(options.scale_min.value);
    auto const highest = static_cast<std::size_t>(options.scale_max.value);
    this->counts.each_item([&](std::uint32_t, item_values const& own) {
      for (std::size_t value = 0; sound && value < own.size(); ++value) {
        sound = own[value] <= most - total && (own[value] == 0 || (value >= lowest && value <= highest));
        total += own[value];
      }
    });
    return sound && total == this->count && this->rejected.valid();
  }
  template <class Writer>
  void write(Writer& out) const {
    out.put(this->count);
    out.put(this->rejected);
    out.put(this->counts);
  }
  template <class Reader>
  [[nodiscard]] bool read(Reader& in) {
    return in.get(this->count) && in.get(this->rejected) && in.get(this->counts);
  }
  /// For who prints it: what it holds is told by `write`.
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("rejected", self.rejected);
  }
};

}  // namespace detail

/// How often each item was given each rating; see `rating_catalogue`. Push with `seen(item, stars)`. Exact: merges by
/// addition for any split by row, and gives back what was pushed.
template <class Key>
class rating_catalogue_accumulator
    : public accumulator_base<rating_catalogue_accumulator<Key>, rating_catalogue_options,
                              detail::rating_catalogue_state<detail::stored_key<Key>>> {
  using base = accumulator_base<rating_catalogue_accumulator, rating_catalogue_options,
                                detail::rating_catalogue_state<detail::stored_key<Key>>>;

 public:
  using key_type = detail::stored_key<Key>;
  using state_type = typename base::state_type;
  using base::base;

  [[nodiscard]] static std::string type_id() {
    return detail::joined({"credence.rating_catalogue(", detail::codec_of<Key>::name(), ")"});
  }
  template <class...>
  static constexpr bool exact = true;

  template <class Own, class Value>
  static void push(rating_catalogue_options const& options, state_type& state, Own const& key, Value const& value) {
    if constexpr (detail::check_present_key<Own>() && detail::number_check::of<Value>())
      state.push(key, value, options.levels(), options.on_invalid);
  }
  template <class Own, class Value>
  static void pull(rating_catalogue_options const& options, state_type& state, Own const& key, Value const& value) {
    if constexpr (detail::check_present_key<Own>() && detail::number_check::of<Value>()) {
      state_type one;
      one.push(key, value, options.levels(), on_invalid::reject);
      std::size_t held = detail::most_values;
      std::uint32_t item = detail::no_number;
      if (one.count != 0) {
        item = detail::number_found(state.counts.items(), key);
        one.counts.each_item([&](std::uint32_t, detail::item_values const& counts) {
          for (std::size_t at = 0; at < counts.size(); ++at)
            if (counts[at] != 0) held = at;
        });
        if (item == detail::no_number || state.counts.times(item, held) == 0) refuse();
        state.counts.take(item, held);
        --state.count;
      } else {
        if (!state.rejected.holds(one.rejected)) refuse();
        state.rejected -= one.rejected;
      }
    }
  }
  [[nodiscard]] static rating_catalogue_result answer(rating_catalogue_options const&, state_type const& state) {
    rating_catalogue_result result;
    state.counts.each_item([&](std::uint32_t, detail::item_values const&) { ++result.items; });
    result.count = state.count;
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    return result;
  }

 private:
  [[noreturn]] static void refuse() {
    detail::raise(error("credence: a sample was retracted that this accumulator does not hold"));
  }
};

namespace detail {

struct rating_catalogue_function
    : optioned_calls<
          rating_catalogue_function, rating_catalogue_options,
          parallel_values_call<rating_catalogue_options, argument_kind::projection, argument_kind::projection>,
          std::type_identity<rating_catalogue_accumulator<int>>> {
  template <class Executor, class Range, class KeyOf, class Value>
  static auto answer(Executor& run, rating_catalogue_options const& options, Range& rows, KeyOf const& key,
                     Value const& value) {
    if constexpr (check_present_key<projected<Range, KeyOf>>() && number_check::of<projected<Range, Value>>()) {
      using key_type = present_key<projected<Range, KeyOf>>;
      using catalogue = rating_catalogue_accumulator<key_type>;
      catalogue const empty(options);  // throws for options that are wrong
      return catalogue(options, rating_catalogue_state<key_type>(detail::count_values<key_type>(
                                    run, rows, key, value, options.levels(), options.on_invalid)));
    } else {
      return rating_catalogue_accumulator<int>();
    }
  }
};

}  // namespace detail

/// The ratings of a catalogue, counted by item and value: `auto const stars = rating_catalogue([executor,] reviews,
/// &review::product, &review::stars [, {options}])`, a `rating_catalogue_accumulator` that any number of rankings are
/// asked of: `ranking(stars, star_lower_bound_accumulator{}, {.top = 100})`. Ratings are whole numbers within 0…15; a
/// key that is an empty optional is missing; what is off the scale is left out and counted, whatever item it was of.
/// 8 bytes an item whose ratings lie within 0…7, else 16, and five times that once one of them was given more than 255
/// times; integer keys that lie close together need no table. O(rows).
inline constexpr detail::rating_catalogue_function rating_catalogue{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_COHORT_ACCUMULATOR_HPP
#define CREDENCE_RETENTION_COHORT_ACCUMULATOR_HPP

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/accumulator.hpp>
#include <credence/core/detail/group_table.hpp>
#include <credence/core/detail/ordered_keys.hpp>
#include <credence/core/period.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What an event does for its customer: begins their history, or is something they came back for, or both.
struct event_roles {
  bool starts = true;
  bool returns = true;
};

namespace detail {

/// In place of a property, where cohorts are periods.
struct no_property {
  friend constexpr bool operator==(no_property const&, no_property const&) = default;
};
template <class Property>
struct property_key {
  using type = stored_key<Property>;
};
template <>
struct property_key<void> {
  using type = no_property;
};

/// When a customer began, and what they were then.
template <class Property>
struct customer_start {
  std::int64_t micros = latest_micros;  ///< of the earliest event that starts; the latest there is: of none
  Property property{};

  [[nodiscard]] bool is_known() const { return micros != latest_micros; }
  friend bool operator==(customer_start const&, customer_start const&) = default;
};

template <class Property>
[[nodiscard]] std::string encoded_property(Property const& property) {
  std::string text;
  if constexpr (!std::is_same_v<Property, no_property>) codec_of<Property>::encode(text, property);
  return text;
}

/// When customers came back, and when they began.
template <class Key, class Grid, class Sum, class Property>
class cohort_state {
 public:
  using activity_type = gridded_state<Key, Grid, Sum>;
  using start_type = customer_start<Property>;

  activity_type activity;
  std::vector<start_type> starts;       ///< by the customer's number; of those beyond its end, none
  std::uint64_t rows = 0;               ///< events used
  std::int64_t last = earliest_micros;  ///< the latest time of all, those that neither begin nor return among them

  void begin(std::uint32_t number, start_type const& start) {
    if (number >= starts.size()) starts.resize(std::size_t{number} + 1);
    start_type& own = starts[number];
    if (start.micros < own.micros ||
        (start.micros == own.micros && start.is_known() &&
         detail::encoded_property(start.property) < detail::encoded_property(own.property)))
      own = start;
  }
  [[nodiscard]] start_type start_of(std::uint32_t number) const {
    return number < starts.size() ? starts[number] : start_type{};
  }

  cohort_state& operator+=(cohort_state const& other) {
    if (std::addressof(other) == this) return *this += cohort_state(other);
    activity += other.activity;
    auto const& beside = other.activity.customers().keys_beside();
    for (std::uint32_t theirs = 0; theirs < other.starts.size(); ++theirs)
      if (other.starts[theirs].is_known())
        begin(activity.customers().find_or_add(other.activity.customers().key_at(theirs, beside)),
              other.starts[theirs]);
    rows += other.rows;
    last = (std::max)(last, other.last);
    return *this;
  }
  friend bool operator==(cohort_state const& left, cohort_state const& right) {
    if (left.rows != right.rows || left.last != right.last || !(left.activity == right.activity)) return false;
    auto const& beside = left.activity.customers().keys_beside();
    std::uint64_t known = 0;
    for (std::uint32_t mine = 0; mine < left.starts.size(); ++mine) {
      if (!left.starts[mine].is_known()) continue;
      ++known;
      std::uint32_t const there = right.activity.customers().find(left.activity.customers().key_at(mine, beside));
      if (there == no_number || !(right.start_of(there) == left.starts[mine])) return false;
    }
    return known == right.starters();
  }
  [[nodiscard]] std::uint64_t starters() const {
    return static_cast<std::uint64_t>(
        std::count_if(starts.begin(), starts.end(), [](start_type const& own) { return own.is_known(); }));
  }

  template <class Options>
  [[nodiscard]] bool valid(Options const& options) const {
    return activity.valid(options) && rows <= ~std::uint64_t{} / 16 && rows >= activity.rows && rows >= starters() &&
           instant::from_micros(last).is_known() == (rows != 0) &&
           std::all_of(starts.begin(), starts.end(), [this](start_type const& own) {
             return !own.is_known() || (instant::from_micros(own.micros).is_known() && own.micros <= last);
           });
  }
  /// For who prints it: what it holds is told by `write`.
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("rows", self.rows);
    visit("last", self.last);
    visit("activity", self.activity);
  }
  template <class Writer>
  void write(Writer& out) const {
    out.put(rows);
    out.put(last);
    activity.write(out);
    auto const& beside = activity.customers().keys_beside();
    auto const order = detail::ordered_keys<Key>(
        starts.size(),
        [&](std::size_t at) { return activity.customers().key_at(static_cast<std::uint32_t>(at), beside); },
        [&](std::size_t at) { return starts[at].is_known(); });
    out.put_count(order.size());
    for (auto const& [key, number] : order) {
      out.put(key);
      out.put(starts[number].micros);
      out.put(detail::encoded_property(starts[number].property));
    }
  }
  template <class Reader>
  [[nodiscard]] bool read(Reader& in) {
    *this = {};
    std::uint64_t count = 0;
    if (!in.get(rows) || !in.get(last) || !activity.read(in) || !in.get_count(count)) return false;
    ordered_key_reader<Key> keys;
    for (std::uint64_t at = 0; at < count; ++at) {
      std::string property;
      start_type start;
      Key key{};
      if (!keys.read(in, key) || !in.get(start.micros) || !in.get(property) || !start.is_known()) return false;
      std::string_view left_of_property = property;
      if constexpr (!std::is_same_v<Property, no_property>)
        if (!codec_of<Property>::decode(left_of_property, start.property)) return false;
      if (!left_of_property.empty()) return false;
      begin(activity.customers().find_or_add(key), start);
    }
    return true;
  }
};

}  // namespace detail

/// What a `cohort_accumulator` holds.
struct cohort_accumulator_result {
  std::uint64_t count = 0;          ///< events used
  std::uint64_t customers = 0;      ///< who began
  activity_result returns;          ///< what they came back for
  std::uint64_t rejected = 0;       ///< events left out
  credence::rejections rejections;  ///< and why

  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("customers", self.customers);
    visit("returns", self.returns);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(cohort_accumulator_result const&, cohort_accumulator_result const&) = default;
};

/// When each customer began and when they came back, where not every event does both: `cohort_accumulator<int,
/// calendar_month> acc; acc(user, time, event_roles{.starts = is_signup});`, then `cohort_retention(acc,
/// calendar_month{})`. With a `Value` amounts are pushed next, of the events that return; with a `Property` what the
/// customer is then: that of the earliest event that starts counts, of several at one time the smallest. Merges for any
/// split by row.
template <class Key, period_policy Grid, class Value = void, class Property = void>
class cohort_accumulator
    : public accumulator_base<cohort_accumulator<Key, Grid, Value, Property>, activity_grid<Grid>,
                              detail::cohort_state<detail::stored_key<Key>, Grid, detail::sum_of_value<Value>,
                                                   typename detail::property_key<Property>::type>> {
  using base = accumulator_base<cohort_accumulator, activity_grid<Grid>,
                                detail::cohort_state<detail::stored_key<Key>, Grid, detail::sum_of_value<Value>,
                                                     typename detail::property_key<Property>::type>>;

 public:
  using key_type = detail::stored_key<Key>;
  using grid_type = Grid;
  using value_type = Value;
  using property_type = typename detail::property_key<Property>::type;
  using options_type = typename base::options_type;
  using state_type = typename base::state_type;
  static constexpr bool has_values = !std::is_void_v<Value>;
  static constexpr bool has_property = !std::is_void_v<Property>;

  using base::base;
  /// Throws `credence::error` for a grid that cannot be.
  explicit cohort_accumulator(Grid grid, activity_options options = {})
      : base(options_type{std::move(grid), options.kept, options.on_invalid}) {}

  [[nodiscard]] static std::string type_id() {
    std::string property;
    if constexpr (has_property) property = "," + detail::codec_of<Property>::name();
    return detail::joined({"credence.cohorts(", detail::codec_of<Key>::name(), ",", Grid::type_id(),
                           detail::amounts_name<Value>, property, ")"});
  }
  template <class...>
  static constexpr bool exact = !has_values || std::is_integral_v<Value>;

  template <class Own, class Time, class... More>
  requires(sizeof...(More) ==
           has_values + has_property) static void push(options_type const& options, state_type& state, Own const& key,
                                                       Time const& time, event_roles roles, More const&... more) {
    if constexpr (has_values && has_property) {
      push_whole(options, state, key, time, roles, more...);
    } else if constexpr (has_values) {
      push_whole(options, state, key, time, roles, more..., detail::no_property{});
    } else if constexpr (has_property) {
      push_whole(options, state, key, time, roles, detail::no_amount{}, more...);
    } else {
      push_whole(options, state, key, time, roles, detail::no_amount{}, detail::no_property{});
    }
  }

  [[nodiscard]] static cohort_accumulator_result answer(options_type const& options, state_type const& state) {
    cohort_accumulator_result result;
    result.count = state.rows;
    result.customers = state.starters();
    result.returns = activity_accumulator<Key, Grid, Value>::answer(options, state.activity);
    result.rejected = result.returns.rejected;
    result.rejections = result.returns.rejections;
    return result;
  }

 private:
  template <class Own, class Time, class Amount, class Trait>
  static void push_whole(options_type const& options, state_type& state, Own const& key, Time const& time,
                         event_roles roles, Amount const& amount, Trait const& property) {
    // First, for it may throw: an integer need not fit the type that properties are kept in.
    typename state_type::start_type start;
    if constexpr (has_property)
      start.property = detail::group_table<property_type, detail::no_state>::stored_form(property);
    std::uint64_t const before = state.rows + state.activity.rejected.total();
    std::uint32_t const number =
        detail::push_activity(options, state.activity, key, time, amount, before, roles.returns);
    if (number == detail::no_number) return;
    ++state.rows;
    state.last = (std::max)(state.last, detail::instant_of(time).micros);
    if (!roles.starts) return;
    start.micros = detail::instant_of(time).micros;
    state.begin(number, start);
  }
};

namespace detail {

template <class History>
inline constexpr bool is_cohort_history = false;
template <class Key, class Grid, class Value, class Property>
inline constexpr bool is_cohort_history<cohort_accumulator<Key, Grid, Value, Property>> = true;

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

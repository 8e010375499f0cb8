// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_FUNNEL_ACCUMULATOR_HPP
#define CREDENCE_RETENTION_FUNNEL_ACCUMULATOR_HPP

#include <cstdint>
#include <string>
#include <tuple>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/accumulator.hpp>
#include <credence/core/number.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity_times.hpp>
#include <credence/history/detail/event_log.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// The options that shape a `funnel_accumulator`: how many steps there are.
struct funnel_accumulator_options {
  whole steps = 2;  ///< 1 to 64
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return (steps >= 1 && steps <= 64) ||
           complain("funnel_accumulator_options::steps", steps.value, "it must be 1 to 64");
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.steps);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("steps", self.steps);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(funnel_accumulator_options const&, funnel_accumulator_options const&) = default;
};

/// Which steps each customer took when: `funnel_accumulator<int> seen({.steps = 3}); seen(user, time, mask);`, where
/// bit i of the mask says that the event is step i + 1; then `funnel(seen, {…})`. Merges by union for any split by row.
template <class Key>
class funnel_accumulator : public accumulator_base<funnel_accumulator<Key>, funnel_accumulator_options,
                                                   detail::event_log<detail::stored_key<Key>, true>> {
  using base = accumulator_base<funnel_accumulator, funnel_accumulator_options,
                                detail::event_log<detail::stored_key<Key>, true>>;

 public:
  using key_type = detail::stored_key<Key>;
  using options_type = typename base::options_type;
  using state_type = typename base::state_type;

  using base::base;
  [[nodiscard]] static std::string type_id() { return "credence.funnel(" + detail::codec_of<Key>::name() + ")"; }
  template <class...>
  static constexpr bool exact = true;

  template <class Own, class Time>
  static void push(options_type const& options, state_type& state, Own const& key, Time const& time,
                   std::uint64_t steps) {
    std::uint64_t const known = options.steps.value == 64 ? ~std::uint64_t{}
                                                          : (std::uint64_t{1} << options.steps.value) - 1;
    detail::push_time(options.on_invalid, state, key, time, [&](std::uint32_t number, std::int64_t micros) {
      if ((steps & known) != 0) state.add(number, micros, steps & known);
    });
  }
  [[nodiscard]] static activity_times_result answer(options_type const&, state_type const& state) {
    return detail::told_by(state);
  }
};

namespace detail {

template <class History>
inline constexpr bool is_funnel_history = false;
template <class Key>
inline constexpr bool is_funnel_history<funnel_accumulator<Key>> = true;

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

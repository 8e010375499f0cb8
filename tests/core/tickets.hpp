// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_CORE_TICKETS_HPP
#define CREDENCE_TESTS_CORE_TICKETS_HPP

#include <cstdint>
#include <string_view>
#include <tuple>

#include <credence/core/accumulator.hpp>
#include <credence/core/number.hpp>

/// The smallest accumulator that a host could write: how many tickets took longer than `limit` hours, `label` only
/// named in the answer.
struct ticket_options {
  credence::number limit = 24;
  credence::whole label = 0;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return limit > 0 || complain("ticket_options::limit", limit.value, "it must be positive");
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.limit);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("limit", self.limit);
    visit("label", self.label);
  }
  friend constexpr bool operator==(ticket_options const&, ticket_options const&) = default;
};

struct ticket_state {
  std::uint64_t count = 0;
  std::uint64_t late = 0;

  constexpr ticket_state& operator+=(ticket_state const& other) {
    count += other.count;
    late += other.late;
    return *this;
  }
  [[nodiscard]] constexpr bool valid(ticket_options const&) const { return late <= count; }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("late", self.late);
  }
  friend constexpr bool operator==(ticket_state const&, ticket_state const&) = default;
};

struct ticket_result {
  std::int64_t label;
  std::uint64_t late;
  std::uint64_t count;
};

class ticket_accumulator : public credence::accumulator_base<ticket_accumulator, ticket_options, ticket_state> {
 public:
  using accumulator_base::accumulator_base;
  template <class... Values>
  static constexpr bool exact = true;
  static constexpr std::string_view type_id() { return "host.tickets"; }
  /// Negative hours throw.
  static constexpr void push(ticket_options const& options, ticket_state& state, double hours) {
    if (hours < 0) credence::detail::raise(credence::invalid_sample("is negative", state.count));
    ++state.count;
    state.late += hours > options.limit;
  }
  static constexpr void pull(ticket_options const& options, ticket_state& state, double hours) {
    --state.count;
    state.late -= hours > options.limit;
  }
  static constexpr ticket_result answer(ticket_options const& options, ticket_state const& state) {
    return {options.label, state.late, state.count};
  }
};

#endif

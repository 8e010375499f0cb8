// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_RETENTION_ANY_POLICY_HPP
#define CREDENCE_TESTS_RETENTION_ANY_POLICY_HPP

#include <credence/core/calendar.hpp>
#include <credence/core/period.hpp>
#include <credence/core/time.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

/// Any of the library's policies, chosen at run time: a host's own policy, and one type to compile for all.
struct any_policy {
  int kind = 0;  ///< 0 day, 1 week, 2 month, 3 quarter, 4 year, 5 every
  credence::week_start first_weekday{};
  credence::time_span offset{};
  credence::time_span span = credence::time_span::from_micros(1);
  credence::instant origin{};
  std::optional<credence::instant> observed_until{};

  any_policy() = default;
  any_policy(credence::calendar_day const& own) : offset(own.offset) {}
  any_policy(credence::calendar_week const& own) : kind(1), first_weekday(own.first_weekday), offset(own.offset) {}
  any_policy(credence::calendar_month const& own) : kind(2), offset(own.offset) {}
  any_policy(credence::calendar_quarter const& own) : kind(3), offset(own.offset) {}
  any_policy(credence::calendar_year const& own) : kind(4), offset(own.offset) {}
  any_policy(credence::every const& own) : kind(5), span(own.span), origin(own.origin) {}

  template <class Ask>
  auto as_itself(Ask const& ask) const {
    switch (kind) {
      case 1: return ask(credence::calendar_week{first_weekday, offset, observed_until});
      case 2: return ask(credence::calendar_month{offset, observed_until});
      case 3: return ask(credence::calendar_quarter{offset, observed_until});
      case 4: return ask(credence::calendar_year{offset, observed_until});
      case 5: return ask(credence::every{span, origin, observed_until});
      default: return ask(credence::calendar_day{offset, observed_until});
    }
  }
  [[nodiscard]] std::int64_t index_of(credence::instant time) const {
    return as_itself([&](auto const& own) { return own.index_of(time); });
  }
  [[nodiscard]] credence::instant begin_of(std::int64_t index) const {
    return as_itself([&](auto const& own) { return own.begin_of(index); });
  }
  [[nodiscard]] std::string name_of(std::int64_t index) const {
    return as_itself([&](auto const& own) { return own.name_of(index); });
  }
  template <class Complain>
  bool check_fields(Complain const& complain) const {
    return as_itself([&](auto const& own) { return own.check_fields(complain); });
  }
  template <class Self>
  static auto shape(Self& self) {
    return std::tie(self.kind, self.first_weekday, self.offset, self.span, self.origin);
  }
  template <class Self, class Visitor>
  static void describe(Self& self, Visitor&& visit) {
    visit("kind", self.kind);
    visit("first_weekday", self.first_weekday);
    visit("offset", self.offset);
    visit("span", self.span);
    visit("origin", self.origin);
    visit("observed_until", self.observed_until);
  }
  static std::string_view type_id() { return "any_policy"; }
  friend bool operator==(any_policy const&, any_policy const&) = default;
};

#endif

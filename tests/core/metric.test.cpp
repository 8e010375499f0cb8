// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <type_traits>
#include <vector>

#include <credence/core/metric.hpp>
#include <credence/survey/nps.hpp>

#include "core/executors.hpp"
#include "core/tickets.hpp"

namespace test_metric {

namespace {

struct ticket {
  double hours;
  double weight;
  double taken() const { return hours; }
};
std::vector<ticket> const rows{{1, 1}, {30, 1}, {50, 1}};
std::vector<double> const hours{1, 30, 50};

// A host's own accumulator makes a host's own metric.
inline constexpr credence::metric<ticket_accumulator> late_tickets{};
static_assert(late_tickets(std::vector<double>{1.0, 30.0}).late == 1);
static_assert(std::is_same_v<decltype(late_tickets)::options, ticket_options>);

}  // namespace

TEST_CASE("the calls: rows, with a projection, with options, with an executor, in any combination") {
  CHECK(late_tickets(hours).late == 2);
  CHECK(late_tickets(hours, {.limit = 40}).late == 1);
  CHECK(late_tickets(rows, &ticket::hours).late == 2);
  CHECK(late_tickets(rows, &ticket::taken, {.limit = 40, .label = 3}).late == 1);
  CHECK(late_tickets(rows, [](ticket const& row) { return row.hours; }, {.label = 3}).label == 3);
  in_order const run;
  CHECK(late_tickets(run, hours).late == 2);
  CHECK(late_tickets(run, hours, {.limit = 40}).late == 1);
  CHECK(late_tickets(run, rows, &ticket::hours).late == 2);
  CHECK(late_tickets(in_order{}, rows, &ticket::taken, {.limit = 40}).late == 1);
  ticket_options const chosen{.limit = 40};
  CHECK(late_tickets(hours, chosen).late == 1);
  CHECK(late_tickets(std::vector(hours), chosen).late == 1);
}

TEST_CASE("the calls: options may come as whatever converts to them") {
  struct own_options : ticket_options {};
  own_options own;
  own.limit = 40;
  CHECK(late_tickets(hours, own).late == 1);
  struct settings {
    double limit = 40;
    operator ticket_options() const { return {.limit = limit}; }
  };
  CHECK(late_tickets(hours, settings{}).late == 1);
  CHECK(late_tickets(in_order{}, rows, &ticket::hours, settings{}).late == 1);
}

TEST_CASE("a weight is a second projection") {
  std::vector<ticket> const surveys{{9, 1}, {3, 3}};
  CHECK(credence::nps(surveys, &ticket::hours, &ticket::weight).value == -50);
  CHECK(credence::nps(surveys, &ticket::hours, &ticket::weight, {.confidence = 0.5}).interval.confidence == 0.5);
  CHECK(credence::nps(in_order{}, surveys, &ticket::hours, &ticket::weight).value == -50);
  CHECK(credence::nps(in_order{}, surveys, &ticket::hours, &ticket::weight, {.confidence = 0.5}) ==
        credence::nps(surveys, &ticket::hours, &ticket::weight, {.confidence = 0.5}));
}

TEST_CASE("wrong options are refused before a row is read") {
  bool read = false;
  auto const value = [&read](double row) {
    read = true;
    return row;
  };
  CHECK_THROWS_AS(late_tickets(hours, value, {.limit = -1}), credence::error);
  CHECK_FALSE(read);
}

}  // namespace test_metric

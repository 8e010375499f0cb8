// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <functional>
#include <initializer_list>
#include <string>

#include <credence/core/accumulator.hpp>
#include <credence/survey/nps.hpp>

#include "core/tickets.hpp"

namespace test_accumulator {

namespace {

constexpr ticket_accumulator of(std::initializer_list<double> hours, ticket_options const& options = {}) {
  ticket_accumulator acc(options);
  for (double const each : hours) acc(each);
  return acc;
}

static_assert(credence::accumulator<ticket_accumulator> && !credence::accumulator<int> &&
              !credence::accumulator<ticket_state>);
static_assert(credence::detail::pushes<ticket_accumulator, double> &&
              !credence::detail::pushes<ticket_accumulator, double, double> &&
              !credence::detail::pushes<ticket_accumulator, char const*>);
static_assert(!credence::detail::pushes_block<ticket_accumulator, int> &&
              credence::detail::pushes_block<credence::nps_accumulator, int> &&
              !credence::detail::pushes_block<credence::nps_accumulator, double>);
// Push, merge, retract and ask in a constant expression.
static_assert([] {
  ticket_accumulator acc = of({1, 30});
  acc += of({50});
  acc.retract(1);
  return acc.result().late == 2 && acc.result().count == 2 && acc.valid() && acc == of({30, 50});
}());

}  // namespace

TEST_CASE("options that are wrong are refused when the accumulator is made, or asked") {
  CHECK_THROWS_WITH_AS(ticket_accumulator({.limit = -1}), "credence: ticket_options::limit is -1; it must be positive",
                       credence::error);
  CHECK_THROWS_AS((void)of({1}).result({.limit = 0}), credence::error);
  CHECK_FALSE(ticket_accumulator({.limit = 0}, {}).valid());  // put together, not checked
  CHECK_FALSE(ticket_accumulator({}, {1, 2}).valid());
}

TEST_CASE("options that shape only the answer never hinder a merge, and may be given to the question") {
  ticket_accumulator acc = of({30}, {.label = 1});
  acc += of({30}, {.label = 2});
  CHECK(acc.result().label == 1);
  CHECK(acc.result({.label = 7}).label == 7);
  CHECK(acc.result({.label = 7}).late == 2);
}

TEST_CASE("a question keeps the shape of the samples, and refuses another") {
  ticket_accumulator const acc = of({30, 50}, {.limit = 40});
  CHECK(acc.result({.label = 3}).late == 1);  // the default limit is not taken for a wish
  CHECK(acc.result({.limit = 40, .label = 3}).late == 1);
  CHECK_THROWS_WITH_AS((void)acc.result({.limit = 20}),
                       "credence: result() was given a scale or cut point other than the one the samples were gathered "
                       "under; give it to the accumulator's constructor",
                       credence::error);
}

TEST_CASE("unlike shapes do not merge, and then nothing was merged") {
  ticket_accumulator acc = of({30}, {.limit = 40});
  ticket_accumulator const before = acc;
  CHECK_THROWS_WITH_AS(acc += of({30}, {.limit = 20}),
                       "credence: host.tickets gathered under limit 40 and under limit 20 cannot be merged",
                       credence::error);
  CHECK(acc == before);
  CHECK_THROWS_AS(acc += of({30}), credence::error);               // the default limit is a shape too
  CHECK_THROWS_AS(acc += of({}, {.limit = 20}), credence::error);  // an empty one that was given its own is not
}

TEST_CASE("an empty default-constructed accumulator adopts, and adds nothing to another") {
  ticket_accumulator acc;
  acc += of({30}, {.limit = 40});
  CHECK(acc == of({30}, {.limit = 40}));
  acc += ticket_accumulator();
  CHECK(acc == of({30}, {.limit = 40}));
  ticket_accumulator labelled;
  labelled += of({}, {.label = 5});
  CHECK(labelled.options().label.value == 5);
}

TEST_CASE("an accumulator merges with itself, and is left alone by a sample that throws") {
  ticket_accumulator acc = of({30, 1});
  acc += acc;
  CHECK(acc == of({30, 1, 30, 1}));
  CHECK_THROWS_WITH_AS(acc(-1), "credence: sample 4 is negative", credence::invalid_sample);
  CHECK(acc == of({30, 1, 30, 1}));
}

TEST_CASE("emptied keeps the options, and describe lists options before state") {
  ticket_accumulator const acc = of({30}, {.limit = 40, .label = 2});
  CHECK(credence::detail::emptied(acc) == ticket_accumulator({.limit = 40, .label = 2}));
  std::string names;
  ticket_accumulator::describe(acc, [&names](char const* name, auto const&) { names += std::string(name) + ' '; });
  CHECK(names == "options state ");
}

TEST_CASE("merges: what converts to the accumulator, and what a host adds, is not refused") {
  struct own : credence::nps_accumulator {};
  own derived;
  derived(9);
  credence::nps_accumulator base;
  base(3);
  credence::nps_accumulator sum = base;
  sum += derived;
  CHECK(sum.result().count == 2);
  derived += base;
  CHECK(derived.result().count == 2);
  sum += std::ref(base);
  CHECK(sum.result().count == 3);
}

}  // namespace test_accumulator

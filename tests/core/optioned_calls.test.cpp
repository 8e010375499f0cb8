// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <cstddef>
#include <type_traits>
#include <vector>

namespace test_optioned_calls {

using namespace credence::detail;

namespace {

struct called_options {
  credence::number confidence = 0.95;
};
/// What was called: how many projections there were, whether an executor, and the options.
struct called {
  std::size_t projections = 0;
  bool by_executor = false;
  double confidence = 0;
};
using shape = call_shape<called_options, call_terms{.further = 8, .takes_executor = true}>;
template <template <class, class, class, class> class Calls>
struct function : Calls<function<Calls>, called_options, shape, std::type_identity<called>> {
  template <class Executor, class Range, class... Projections>
  static called answer(Executor&, called_options const& options, Range&, Projections const&...) {
    return {sizeof...(Projections), !std::is_same_v<Executor, calling_thread>, options.confidence};
  }
};
auto const itself = [](int value) { return value; };
auto const serially = [](std::size_t count, auto const& task) {
  for (std::size_t at = 0; at < count; ++at) task(at);
};

}  // namespace

TEST_CASE("optioned_calls: braces behind any number of projections, with an executor and without") {
  function<optioned_calls> const ask;
  std::vector<int> const rows{1, 2};
  CHECK(ask(rows).projections == 0);
  CHECK(ask(rows).confidence == 0.95);
  CHECK(ask(rows, {.confidence = 0.9}).confidence == 0.9);
  CHECK(ask(rows, itself, {.confidence = 0.9}).projections == 1);
  CHECK(ask(rows, itself, itself, itself, itself, itself, itself, {.confidence = 0.5}).projections == 6);
  called const shared = ask(serially, rows, itself, {.confidence = 0.8});
  CHECK(shared.by_executor);
  CHECK(shared.projections == 1);
  CHECK(shared.confidence == 0.8);
  called_options const named{.confidence = 0.7};
  CHECK(ask(rows, itself, named).confidence == 0.7);
}

TEST_CASE("long_optioned_calls: up to nine arguments before the options") {
  function<long_optioned_calls> const ask;
  std::vector<int> const rows{1, 2};
  called const all = ask(serially, rows, itself, itself, itself, itself, itself, itself, itself, {.confidence = 0.6});
  CHECK(all.projections == 7);
  CHECK(all.by_executor);
  CHECK(all.confidence == 0.6);
  CHECK(ask(rows, itself).projections == 1);
}

}  // namespace test_optioned_calls

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <atomic>
#include <cstddef>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include <credence/core/executor.hpp>
#include <credence/interop/threads.hpp>
#include <credence/survey/nps.hpp>

using credence::threads;

TEST_CASE("it says how many run at a time: as many as asked, or as the machine has") {
  CHECK(threads{3}.concurrency() == 3);
  unsigned const machine = std::thread::hardware_concurrency();
  CHECK(threads{}.concurrency() == (machine != 0 ? machine : 1));
  CHECK(threads{0}.concurrency() == threads{}.concurrency());
  CHECK(credence::detail::concurrency(threads{5}) == 5);
}

TEST_CASE("every task runs once, on the caller's thread or one of its own, and all have run on return") {
  for (unsigned const count : {1U, 2U, 4U, 64U}) {
    for (std::size_t const tasks : {std::size_t{0}, std::size_t{1}, std::size_t{3}, std::size_t{1'000}}) {
      std::vector<int> runs(tasks);
      std::mutex guard;
      std::set<std::thread::id> on;
      threads{count}(tasks, [&](std::size_t index) {
        ++runs[index];
        std::lock_guard const lock(guard);
        on.insert(std::this_thread::get_id());
      });
      CHECK(runs == std::vector<int>(tasks, 1));
      CHECK(on.size() <= count);
      if (count == 1 && tasks != 0) CHECK(on == std::set{std::this_thread::get_id()});
    }
  }
}

TEST_CASE("tasks really run side by side: two that wait for each other both end") {
  std::atomic<int> arrived{0};
  threads{2}(2, [&arrived](std::size_t) {
    ++arrived;
    while (arrived < 2) std::this_thread::yield();
  });
  CHECK(arrived == 2);
}

TEST_CASE("one executor may be used by many threads at once") {
  std::vector<int> scores(200'000);
  for (std::size_t at = 0; at < scores.size(); ++at) scores[at] = static_cast<int>(at % 11);
  auto const expected = credence::nps(scores);
  threads const run{2};
  std::vector<credence::nps_result> answers(4);
  threads{4}(4, [&](std::size_t index) { answers[index] = credence::nps(run, scores); });
  for (auto const& answer : answers) CHECK(answer == expected);
}

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// A game asks its players after every season: did the update lose their trust, and can the answers be believed?
#include <cmath>
#include <cstddef>
#include <iostream>
#include <limits>
#include <vector>

#include <credence/interop/threads.hpp>
#include <credence/survey/nps.hpp>

struct player {
  float score;   // NaN where the client could not read the slider
  double hours;  // played; an answer counts for as much
};

// Many players whose answers repeat a pattern.
std::vector<player> season(std::vector<float> const& pattern, std::size_t players) {
  std::vector<player> all;
  for (std::size_t index = 0; index < players; ++index)
    all.push_back({pattern[index % pattern.size()], 1.0 + static_cast<double>(index % 7)});
  return all;
}

int main() {
  float const unread = std::numeric_limits<float>::quiet_NaN();
  auto const spring = season({10, 9, 9, 7, 3, 8, unread}, 350'000);
  auto const autumn = season({10, 9, 6, 7, 3, 8, 42}, 350'000);

  // On four threads, or on whatever the game already has: any callable that runs every task will do.
  auto const in_this_thread = [](std::size_t task_count, auto const& task) {
    for (std::size_t index = 0; index < task_count; ++index) task(index);
  };
  auto const before = credence::nps(credence::threads{4}, spring, &player::score, &player::hours);
  auto const after = credence::nps(in_this_thread, autumn, &player::score, &player::hours);
  // The same bits, however many threads: sums of weights are cut and merged the same way.
  bool const same = before == credence::nps(spring, &player::score, &player::hours);

  auto const change = credence::compare(after, before);
  std::cout << "NPS went from " << before.value << " to " << after.value << ", by " << change.difference << " ("
            << change.interval.lower << " to " << change.interval.upper << "), p = " << change.p_value << '\n'
            << "left out in spring: " << before.rejections.not_a_number
            << " not a number; in autumn: " << after.rejections.off_scale << " off the scale\n";

  // Where a dirty sample is a bug and not life, it can be raised instead: the message names it.
  std::size_t position = 0;
  try {
    credence::nps(autumn, &player::score, {.on_invalid = credence::on_invalid::raise});
  } catch (credence::invalid_sample const& error) {
    position = error.position();
    std::cout << error.what() << '\n';
  }
  bool const right = same && change.interval.upper < 0 && change.p_value < 1e-6 && position == 6 &&
                     before.rejections.not_a_number == 50'000 && after.rejections.off_scale == 50'000;
  return right ? 0 : 1;
}

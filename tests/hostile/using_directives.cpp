// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// With three namespaces opened at once, what credence offers is still found by its bare name. Only compiled.
#include "standard_headers.hpp"

// What of the standard library has names, used here or not.
#include <any>
#include <charconv>
#include <complex>
#include <condition_variable>
#include <coroutine>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <iomanip>
#include <iostream>
#include <list>
#include <locale>
#include <map>
#include <memory_resource>
#include <mutex>
#include <numbers>
#include <queue>
#include <random>
#include <ranges>
#include <ratio>
#include <regex>
#include <scoped_allocator>
#include <semaphore>
#include <set>
#include <shared_mutex>
#include <stack>
#include <stop_token>
#include <system_error>
#include <typeindex>
#include <unordered_map>
#include <unordered_set>
#include <valarray>
#include <variant>

#include <credence/credence.hpp>
#include <credence/interop/threads.hpp>
#include <credence/io.hpp>

using namespace std;          // NOLINT
using namespace std::chrono;  // NOLINT
using namespace credence;     // NOLINT

// Types, templates, concepts and objects: an ambiguous one cannot be declared again.
namespace declared_again {
#define PUBLIC(name) using ::name;
#include "public_names.inc"
#undef PUBLIC
}  // namespace declared_again

struct survey {
  int score;
  int stars;
  string channel;
  double weight;
  sys_seconds when;
};

// Functions overload in silence: their results are of our types.
void calls(vector<survey> const& surveys) {
  nps_result const all = nps(surveys, &survey::score, {.confidence = 0.9});
  nps_result const weighted = nps(threads{2}, surveys, &survey::score, &survey::weight);
  csat_result const satisfied = csat(surveys, &survey::stars);
  share_result const part = share(surveys, &survey::stars);
  mean_result const average = mean(surveys, &survey::weight, clustered_by(&survey::channel));

  auto const both = fold(surveys, tee(nps_accumulator{}, csat_accumulator{}), each(&survey::score, &survey::stars));
  nps_result const same = both.get<nps_accumulator>().result();
  grouped<string, nps_accumulator> const by_channel =
      group_by(surveys, &survey::channel, nps_accumulator{}, &survey::score);
  auto const held_against = compare_groups(by_channel);
  auto const table = suppressed(by_channel, {.minimum_count = 5});
  parsed<nps_accumulator> const read = try_from_bytes<nps_accumulator>(to_bytes(nps_accumulator{}));
  nps_accumulator const sure = from_bytes<nps_accumulator>(to_bytes(*read));
  sharded<nps_accumulator> const shard("one", sure);

  timed<calendar_month, nps_accumulator> const monthly =
      over_time(surveys, &survey::when, calendar_month{}, nps_accumulator{}, &survey::score);
  trend_result const rising = trend(monthly);
  before_after_result const change = before_after(monthly, sys_days{2026y / June / 1});
  auto const weekly = over_time(surveys, local(&survey::when, [](survey const&) { return 9h; }), every{days{7}},
                                nps_accumulator{}, &survey::score);
  period_value const point{1, 2};

  comparison const apart = compare(all, weighted);
  comparison const effect = difference_in_differences(all, weighted, weighted, all);
  bootstrap_result const drawn = bootstrap(all, {.replicates = 100});
  vector<double> const p_values = adjusted({0.01, 0.5}, p_adjustment::holm);
  auto const weights = raked(surveys, margins(margin(&survey::channel, {{"web", 1}, {"shop", 1}})));

  bool const told = is_nan(not_a_number()) || is_finite(infinite_number());
  string_view const name = name_of(on_invalid::raise);
  try {
    cout << all << all.interval << by_channel << told << name;
  } catch (error const& complaint) {
    cout << complaint.what();
  }
  tuple const used(satisfied, part, average, same, held_against, table, shard, rising, change, weekly, point, apart,
                   effect, drawn, p_values, weights);
  static_cast<void>(used);
}

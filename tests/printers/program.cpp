// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// What a debugger is shown: transcript.txt prints these variables when the program stands in `all_is_there`.
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <credence/core/calendar.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/group_by.hpp>
#include <credence/core/over_time.hpp>
#include <credence/core/sharded.hpp>
#include <credence/core/tee.hpp>
#include <credence/inference/mean.hpp>
#include <credence/survey/nps.hpp>

// A version that is not there yet, with a metric that nobody has thought of.
namespace credence {
namespace v2_7_no_exceptions {
struct interval {
  double lower;
  double upper;
  double confidence;
};
struct honesty_result {
  double honesty;
  v2_7_no_exceptions::interval interval;
  std::uint64_t count;
};
struct honesty_options {
  double least;
};
struct honesty_state {
  std::uint64_t count;
};
struct honesty_accumulator {
  honesty_options options_;
  honesty_state state_;
};
}  // namespace v2_7_no_exceptions
}  // namespace credence

enum class channel { web, shop, phone };

struct survey {
  int score;
  channel where;
  std::string branch;
  bool member;
  std::chrono::sys_seconds when;
};

std::array<char, 4 << 20> plenty;

void all_is_there() {}

/// What a debugger alone reads is no unused variable.
template <class... Shown>
void keep(Shown const&...) {}

int main() {
  using namespace std::chrono;
  sys_days const march = 2026y / 3 / 9;
  // So chosen that no figure depends on how it was rounded.
  std::vector<survey> const surveys{{10, channel::web, "north", true, march + 8h},
                                    {9, channel::web, "south", false, march + 9h},
                                    {7, channel::shop, "north", true, march + days{40}},
                                    {8, channel::phone, "north", false, march + days{41}},
                                    {99, channel::web, "the \"end\"", true, march + days{310}}};

  credence::nps_result const answer = credence::nps(surveys, &survey::score);
  credence::nps_result const& reference = answer;
  credence::nps_result const none = credence::nps(std::vector<survey>{}, &survey::score);
  credence::comparison const difference = credence::compare(answer, answer);
  credence::nps_options options;
  options.confidence = 0.9;
  options.on_invalid = credence::on_invalid::raise;
  credence::whole const seed = -2026;

  credence::nps_accumulator const streaming =
      credence::fold(surveys, credence::nps_accumulator{{.confidence = 0.9}}, &survey::score);
  credence::mean_accumulator mean;
  for (survey const& one : surveys) mean(one.score);
  mean(0.5);
  auto const by_channel = credence::group_by(surveys, &survey::where, credence::nps_accumulator{}, &survey::score);
  auto const by_branch = credence::group_by(surveys, &survey::branch, credence::nps_accumulator{}, &survey::score);
  auto const by_member = credence::group_by(surveys, &survey::member, credence::nps_accumulator{}, &survey::score);
  auto no_groups = credence::grouped<int, credence::nps_accumulator>{};
  auto const both =
      credence::fold(surveys, credence::tee(credence::nps_accumulator{}, credence::mean_accumulator{}), &survey::score);
  auto const both_by_member =
      credence::group_by(surveys, &survey::member,
                         credence::tee(credence::nps_accumulator{}, credence::nps_accumulator{}), &survey::score);
  credence::calendar_month const until{.observed_until = march + days{400}};
  auto const monthly = credence::over_time(surveys, &survey::when, until, credence::nps_accumulator{}, &survey::score);
  auto const weekly = credence::over_time(surveys, &survey::when, credence::calendar_week{},
                                          credence::nps_accumulator{}, &survey::score);
  auto dirty =
      credence::over_time(surveys, &survey::when, credence::every{12h}, credence::nps_accumulator{}, &survey::score);
  dirty(std::optional<sys_days>{}, 9);
  credence::sharded<credence::nps_accumulator> shards("2026-03-09", streaming);
  shards += credence::sharded<credence::nps_accumulator>("2026-03-10", streaming);

  credence::instant const moment = march + 12h + 30min + 250ms;
  credence::instant const long_ago = sys_days{year{-44} / 3 / 15};
  credence::instant const unknown = credence::instant::from_micros(credence::detail::latest_micros);
  credence::time_span const span = 90min;
  credence::time_period const period{0, moment, march + days{1}};
  credence::rejections const several{.missing = 2, .bad_time = 1};
  credence::interval const no_interval;
  credence::integer_moments moments;
  moments.push(-9'000'000'000'000'000'000);
  moments.push(-9'000'000'000'000'000'000);

  credence::v2_7_no_exceptions::honesty_result const tomorrow{0.5, {0.25, 0.75, 0.95}, 12};
  credence::v2_7_no_exceptions::honesty_accumulator const tomorrows{{1}, {12}};

  // Memory that holds no object.
  alignas(16) std::array<char, sizeof by_branch> noise;
  noise.fill('\x5a');
  auto const* const no_branches = reinterpret_cast<decltype(by_branch)*>(noise.data());
  auto const* const no_rejections = reinterpret_cast<credence::rejections const*>(noise.data());
  auto const* const no_policy = reinterpret_cast<credence::on_invalid const*>(noise.data());
  all_is_there();
  keep(answer, reference, none, difference, options, seed, streaming, mean, by_channel, by_branch, by_member, no_groups,
       both, both_by_member, monthly, weekly, dirty, shards, moment, long_ago, unknown, span, period, several,
       no_interval, moments, tomorrow, tomorrows, no_branches, no_rejections, no_policy, plenty);
}

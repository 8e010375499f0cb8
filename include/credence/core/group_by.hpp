// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_GROUP_BY_HPP
#define CREDENCE_CORE_GROUP_BY_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/accumulator.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/detail/group_tally.hpp>
#include <credence/core/error.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/grouped.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/refusal.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Can these rows be tallied first?
template <class Range, class Key, class Accumulator, class... Projections>
inline constexpr bool tallied_rows =
    sizeof...(Projections) == 1 && shareable_rows<Range>&& std::same_as<iterator_of<Range>, sentinel_of<Range>> &&
    (tallied<Accumulator, Key, std::remove_cvref_t<projected<Range, Projections>>> && ...);

template <class Range, class Key, class Accumulator, class KeyProjection, class... Projections>
void group_stretch(iterator_of<Range> row, sentinel_of<Range> const& end, grouped<Key, Accumulator>& groups,
                   KeyProjection& key_of, Projections&... projections) {
  if constexpr (tallied_rows<Range, Key, Accumulator, Projections...>) {
    using tally = group_tally<Key, Accumulator, iterator_of<Range>, KeyProjection, Projections...>;
    if (end - row >= tally::worth_from && Accumulator::never_raises(groups.options())) {
      tally(groups, row, end, key_of, projections...).push_rows();
      return;
    }
  }
  std::uint64_t done = 0;
  at_row([&] { return done; },
         [&] {
           for (; row != end; ++row, static_cast<void>(++done)) {
             auto&& projected_row = *row;
             groups(detail::project(key_of, projected_row), detail::project(projections, projected_row)...);
           }
         });
}
template <class Range, class Key, class Accumulator, class KeyProjection, class... Projections>
void group_serially(Range& rows, grouped<Key, Accumulator>& groups, KeyProjection& key_of,
                    Projections&... projections) {
  detail::group_stretch<Range>(std::ranges::begin(rows), std::ranges::end(rows), groups, key_of, projections...);
}

/// What is tallied is exact and quick: each task groups a stretch of rows, and the few groups that come of each are
/// merged in order.
template <class Executor, class Range, class Key, class Accumulator, class KeyProjection, class... Projections>
void group_stretches(Executor& run, std::size_t tasks, Range& rows, grouped<Key, Accumulator>& groups,
                     KeyProjection const& key_of, Projections const&... projections) {
  using difference_type = std::iter_difference_t<iterator_of<Range>>;
  auto const begin = std::ranges::begin(rows);
  auto const size = static_cast<std::uint64_t>(std::ranges::end(rows) - begin);
  std::vector<grouped<Key, Accumulator>> parts(tasks, groups);
  auto const group_own = [&](std::size_t task) {
    auto const own = [&](auto key, auto... values) {
      grouped<Key, Accumulator> part = groups;
      detail::group_stretch<Range>(
          begin + static_cast<difference_type>(size / tasks * task),
          task + 1 == tasks ? std::ranges::end(rows) : begin + static_cast<difference_type>(size / tasks * (task + 1)),
          part, key, values...);
      parts[task] = std::move(part);
    };
    own(key_of, projections...);
  };
  detail::run_tasks(run, tasks, group_own, identity{});
  for (grouped<Key, Accumulator> const& part : parts) groups += part;
}

/// Task i reads all rows in order and keeps the groups whose mixed hash is i modulo the task count: every group sees
/// its samples in order, so no bits change, and no maps are merged. The groups are then put in the order of their first
/// row. The hash's upper half shares out the keys, since its lower half places them in each task's table.
template <class Executor, class Range, class Key, class Accumulator, class KeyProjection, class... Projections>
void group_by_owner(Executor& run, std::size_t tasks, Range& rows, grouped<Key, Accumulator>& groups,
                    KeyProjection const& key_of, Projections const&... projections) {
  struct found {
    std::uint64_t first_row;
    std::size_t part;
    std::size_t position;
  };
  std::vector<grouped<Key, Accumulator>> parts(tasks, groups);
  std::vector<std::vector<std::uint64_t>> first_rows(tasks);
  std::vector<std::uint64_t> reached(tasks);  // the row at which each task ended
  struct on_exit {
    std::uint64_t& kept;
    std::uint64_t const& row;
    ~on_exit() { kept = row; }
  };
  auto const keep_own = [&](std::size_t task) {
    auto own = [&](auto key, auto... values) {
      grouped<Key, Accumulator> part = groups;
      std::vector<std::uint64_t> seen;
      std::uint64_t done = 0;
      on_exit const kept{reached[task], done};
      auto const end = std::ranges::end(rows);
      at_row([&] { return done; },
             [&] {
               for (auto row = std::ranges::begin(rows); row != end; ++row, static_cast<void>(++done)) {
                 auto&& projected_row = *row;
                 auto&& this_key = detail::project(key, projected_row);
                 if ((codec_of<decltype(this_key)>::hash(this_key) >> 32) % tasks != task) continue;
                 part(this_key, detail::project(values, projected_row)...);
                 if (part.size() > seen.size()) seen.push_back(done);
               }
             });
      parts[task] = std::move(part);
      first_rows[task] = std::move(seen);
    };
    own(key_of, projections...);
  };
  detail::run_tasks(run, tasks, keep_own, [&](std::size_t task) { return reached[task]; });
  std::vector<found> order;
  for (std::size_t part = 0; part < tasks; ++part)
    for (std::size_t at = 0; at < first_rows[part].size(); ++at) order.push_back({first_rows[part][at], part, at});
  std::sort(order.begin(), order.end(),
            [](found const& left, found const& right) { return left.first_row < right.first_row; });
  for (found const& each : order) groups.adopt(parts[each.part], each.position);
}

/// As many tasks as run at a time, but none for less than a chunk of rows.
template <class Executor, class Range, class Key, class Accumulator, class KeyProjection, class... Projections>
void group_in_parallel(Executor& run, Range& rows, grouped<Key, Accumulator>& groups, KeyProjection key_of,
                       Projections... projections) {
  auto const size = static_cast<std::uint64_t>(std::ranges::end(rows) - std::ranges::begin(rows));
  std::size_t const tasks = static_cast<std::size_t>(lesser(detail::concurrency(run), size / chunk_rows + 1));
  if (tasks == 1) return detail::group_serially(rows, groups, key_of, projections...);
  if constexpr (tallied_rows<Range, Key, Accumulator, Projections...>) {
    if (Accumulator::never_raises(groups.options()))
      return detail::group_stretches(run, tasks, rows, groups, key_of, projections...);
  }
  detail::group_by_owner(run, tasks, rows, groups, key_of, projections...);
}

struct group_by_function
    : refusal<combinator_call<call_fault::order_of_group_by, argument_kind::projection, argument_kind::accumulator>> {
  using refusal::operator();

  template <rows_range Range, projection_of<Range> KeyProjection, accumulator Accumulator,
            projection_of<Range>... Projections>
  auto operator()(Range&& rows, KeyProjection key, Accumulator const& empty, Projections... projections) const {
    return start<Range, KeyProjection>(empty, [&](auto& groups) {
      if constexpr (sizeof...(Projections) == 0) {
        identity itself;
        detail::group_serially(rows, groups, key, itself);
      } else {
        detail::group_serially(rows, groups, key, projections...);
      }
    });
  }

  template <executor Executor, rows_range Range, projection_of<Range> KeyProjection, accumulator Accumulator,
            projection_of<Range>... Projections>
  auto operator()(Executor&& run, Range&& rows, KeyProjection key, Accumulator const& empty,
                  Projections... projections) const {
    if constexpr (!shareable_rows<Range>) {
      return (*this)(rows, std::move(key), empty, std::move(projections)...);
    } else {
      return start<Range, KeyProjection>(empty, [&](auto& groups) {
        if constexpr (sizeof...(Projections) == 0) {
          detail::group_in_parallel(run, rows, groups, key, identity{});
        } else {
          detail::group_in_parallel(run, rows, groups, key, projections...);
        }
      });
    }
  }

 private:
  template <class Range, class KeyProjection, class Accumulator, class Fill>
  static auto start(Accumulator const& empty, Fill const& fill) {
    using key_type = std::remove_cvref_t<projected<Range, KeyProjection>>;
    if constexpr (check_key<key_type>()) {
      grouped<stored_key<key_type>, Accumulator> groups(empty);
      fill(groups);
      return groups;
    } else {
      return grouped<int, Accumulator>(empty);
    }
  }
};

}  // namespace detail

/// `group_by([executor,] rows, key, empty accumulator, projections…)`: one accumulator a key, as a `grouped`, in the
/// order in which keys first come. O(rows) on average; the memory of the groups. Small integer samples under integer
/// keys are tallied: about one increment a row. With an executor the bits are the same: tallies share out the rows; all
/// else the keys, so that each task passes over all rows, and it pays only where pushing costs more than looking.
/// Projections may be called more than once a row.
inline constexpr detail::group_by_function group_by{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

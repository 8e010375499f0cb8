// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_FOLD_HPP
#define CREDENCE_CORE_FOLD_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/accumulator.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/error.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/refusal.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Rounded states are folded in chunks of this many rows, merged in order, by the serial call too.
inline constexpr std::uint64_t chunk_rows = 65'536;

/// How many projected values are gathered before they are pushed together: some kilobytes, within the first cache.
inline constexpr std::size_t block_rows = 2'048;

/// The one call that would cost a host all of <algorithm>.
[[nodiscard]] constexpr std::uint64_t lesser(std::uint64_t one, std::uint64_t other) {
  return one < other ? one : other;
}

template <class Accumulator, class Value>
concept pushes_blocks_of =
    std::integral<Value> && sizeof(Value) <= sizeof(std::uint64_t) && pushes_block<Accumulator, Value>;

/// Pushes rows from `row` on, up to `limit` of them, and answers how many there were. `first` is the first one's index.
template <class Accumulator, class Iterator, class Sentinel, class... Projections>
constexpr std::uint64_t push_rows(Accumulator& acc, Iterator& row, Sentinel const& end, std::uint64_t limit,
                                  std::uint64_t first, Projections&... projections) {
  std::uint64_t done = 0;
  at_row([&] { return first + done; },
         [&] {
           for (; done < limit && row != end; ++row, static_cast<void>(++done)) {
             auto&& projected_row = *row;  // once: a view computes its rows, and may not compute the same one twice
             acc(detail::project(projections, projected_row)...);
           }
         });
  return done;
}

/// Projects up to `room` rows into `block`, and answers how many there were. The projection is copied: kept by
/// reference, a pointer to a member would be loaded again for every row.
template <class Value, class Iterator, class Sentinel, class Projection>
std::size_t gather(Value* block, std::size_t room, Iterator& row, Sentinel const& end, Projection projection) {
  std::size_t filled = 0;
  if constexpr (std::random_access_iterator<Iterator> && std::sized_sentinel_for<Sentinel, Iterator>) {
    using difference_type = std::iter_difference_t<Iterator>;
    Iterator at = row;
    filled = static_cast<std::size_t>(lesser(room, static_cast<std::uint64_t>(end - at)));
    for (std::size_t each = 0; each < filled; ++each, static_cast<void>(++at)) {
      auto&& projected_row = *at;
      block[each] = detail::project(projection, projected_row);
    }
    row += static_cast<difference_type>(filled);
  } else {
    for (; filled < room && row != end; ++row, static_cast<void>(++filled)) {
      auto&& projected_row = *row;
      block[filled] = detail::project(projection, projected_row);
    }
  }
  return filled;
}

/// The same for values of an integer type into an accumulator that takes them in blocks: the values are gathered, and
/// counted by a loop that the compiler can vectorise. A contiguous range of plain values is not even gathered.
template <class Accumulator, class Iterator, class Sentinel, class Projection>
std::uint64_t push_rows_in_blocks(Accumulator& acc, Iterator& row, Sentinel const& end, std::uint64_t limit,
                                  Projection& projection) {
  using value_type = std::remove_cvref_t<projected_at<Iterator, Projection>>;
  if constexpr (std::contiguous_iterator<Iterator> && std::sized_sentinel_for<Sentinel, Iterator> &&
                std::is_same_v<Projection, identity>) {
    std::uint64_t const count = lesser(limit, static_cast<std::uint64_t>(end - row));
    if (count != 0) acc.push_many(std::to_address(row), static_cast<std::size_t>(count));
    row += static_cast<std::iter_difference_t<Iterator>>(count);
    return count;
  } else {
    value_type block[block_rows];
    std::uint64_t done = 0;
    while (done < limit && row != end) {
      std::size_t const room = static_cast<std::size_t>(lesser(limit - done, block_rows));
      std::size_t const filled = detail::gather(block, room, row, end, projection);
      acc.push_many(block, filled);
      done += filled;
    }
    return done;
  }
}

template <class Accumulator, class Range, class... Projections>
inline constexpr bool exact_fold = is_exact<Accumulator, std::remove_cvref_t<projected<Range, Projections>>...>();

/// The rows as one stretch, by the best of the two ways above.
template <class Range, class Accumulator, class Iterator, class Sentinel, class... Projections>
constexpr std::uint64_t push_stretch(Accumulator& acc, Iterator& row, Sentinel const& end, std::uint64_t limit,
                                     std::uint64_t first, Projections&... projections) {
  if constexpr (sizeof...(Projections) == 1 &&
                (pushes_blocks_of<Accumulator, std::remove_cvref_t<projected<Range, Projections>>> && ...)) {
    if (!std::is_constant_evaluated() && Accumulator::never_raises(acc.options()))
      return detail::push_rows_in_blocks(acc, row, end, limit, projections...);
  }
  return detail::push_rows(acc, row, end, limit, first, projections...);
}

inline constexpr std::uint64_t no_limit = ~std::uint64_t{};

template <class Range, class Accumulator, class... Projections>
constexpr void fold_serially(Range& rows, Accumulator& acc, Projections&... projections) {
  auto row = std::ranges::begin(rows);
  auto const end = std::ranges::end(rows);
  if constexpr (exact_fold<Accumulator, Range, Projections...>) {
    detail::push_stretch<Range>(acc, row, end, no_limit, 0, projections...);
  } else {
    for (std::uint64_t first = 0; row != end;) {
      Accumulator chunk = emptied(acc);
      first += detail::push_stretch<Range>(chunk, row, end, chunk_rows, first, projections...);
      acc += chunk;
    }
  }
}

/// The same bits as `fold_serially`: an exact state may be cut anywhere, a rounded one is cut and merged as it cuts.
template <class Executor, class Range, class Accumulator, class... Projections>
void fold_in_parallel(Executor& run, Range& rows, Accumulator& acc, Projections const&... projections) {
  std::uint64_t const size = static_cast<std::uint64_t>(std::ranges::end(rows) - std::ranges::begin(rows));
  std::uint64_t const chunks = size / chunk_rows + (size % chunk_rows != 0);
  std::uint64_t const tasks = lesser(chunks, 256);
  if (tasks == 0) return;
  constexpr bool exact = exact_fold<Accumulator, Range, Projections...>;
  std::vector<Accumulator> parts(static_cast<std::size_t>(exact ? tasks : chunks), emptied(acc));
  auto const fold_own = [&](std::size_t task) {
    std::uint64_t const first_chunk = chunks * task / tasks;
    std::uint64_t const last_chunk = chunks * (task + 1) / tasks;
    auto row = std::ranges::begin(rows) +
               static_cast<std::iter_difference_t<iterator_of<Range>>>(first_chunk * chunk_rows);
    auto const end = std::ranges::end(rows);
    auto fold_part = [&](std::size_t part, std::uint64_t from_chunk, std::uint64_t count, auto... own) {
      // Folded beside the shared vector, whose neighbours other threads write to.
      Accumulator local = emptied(acc);
      detail::push_stretch<Range>(local, row, end, count * chunk_rows, from_chunk * chunk_rows, own...);
      parts[part] = std::move(local);
    };
    if constexpr (exact) {
      fold_part(task, first_chunk, last_chunk - first_chunk, projections...);
    } else {
      for (std::uint64_t chunk = first_chunk; chunk < last_chunk; ++chunk)
        fold_part(static_cast<std::size_t>(chunk), chunk, 1, projections...);
    }
  };
  detail::run_tasks(run, static_cast<std::size_t>(tasks), fold_own, identity{});
  for (Accumulator const& part : parts) acc += part;
}

struct fold_function : refusal<combinator_call<call_fault::order_of_fold, argument_kind::accumulator>> {
  using refusal::operator();

  template <rows_range Range, accumulator Accumulator, projection_of<Range>... Projections>
  constexpr Accumulator operator()(Range&& rows, Accumulator acc, Projections... projections) const {
    if constexpr (sizeof...(Projections) == 0) {
      identity itself;
      detail::fold_serially(rows, acc, itself);
    } else {
      detail::fold_serially(rows, acc, projections...);
    }
    return acc;
  }

  template <executor Executor, rows_range Range, accumulator Accumulator, projection_of<Range>... Projections>
  Accumulator operator()(Executor&& run, Range&& rows, Accumulator acc, Projections... projections) const {
    if constexpr (!shareable_rows<Range>) {
      return (*this)(rows, std::move(acc), std::move(projections)...);
    } else if constexpr (sizeof...(Projections) == 0) {
      detail::fold_in_parallel(run, rows, acc, identity{});
      return acc;
    } else {
      detail::fold_in_parallel(run, rows, acc, projections...);
      return acc;
    }
  }
};

}  // namespace detail

/// `fold([executor,] rows, accumulator, projections…)`: the accumulator with every row pushed, as
/// `accumulator(projection(row)…)`; without a projection, the row itself. The range call of every metric is this fold.
/// One pass; O(rows); allocates only with an executor. With one, the bits are the same; projections are then called
/// concurrently, and a range that is not random-access and sized is folded by the calling thread.
/// Whatever a projection throws comes through; the caller's accumulator, taken by value, is as it was.
inline constexpr detail::fold_function fold{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

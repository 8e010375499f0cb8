// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_DETAIL_COHORT_ANSWERS_HPP
#define CREDENCE_RETENTION_DETAIL_COHORT_ANSWERS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/period.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity.hpp>
#include <credence/history/detail/period_walk.hpp>
#include <credence/history/detail/tell_events.hpp>
#include <credence/retention/cohort_accumulator.hpp>
#include <credence/retention/cohort_retention_options.hpp>
#include <credence/retention/cohort_table.hpp>
#include <credence/retention/detail/cohort_counts.hpp>
#include <credence/retention/detail/share.hpp>

// From histories to tables of cohorts: of those who began with the first thing they did, and of those of whom it is
// known when, or as what, they began.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The part of a history that says who was active when.
template <class History>
[[nodiscard]] auto const& activity_of(History const& history) {
  if constexpr (is_activity<History>) {
    return history.state();
  } else {
    return history.state().activity;
  }
}

template <class History>
void check_counts(History const& history, cohort_retention_options const& options) {
  if (options.min_occurrences > 1 && !detail::activity_of(history).keeps_tallies(history.options()))
    raise(
        error("credence: cohort_retention_options::min_occurrences asks for counts, which this history does not keep; "
              "gather it with {.kept = credence::activity_kept::counts}"));
}

/// From counts to cells.
template <class Sum, class Value>
[[nodiscard]] std::vector<retention_cell> cells_of(cohort_counts<Sum> const& counts, cohort_row const& row,
                                                   cohort_retention_options const& options) {
  std::vector<retention_cell> cells(row.width);
  for (std::size_t at = 0; at < row.width; ++at) {
    retention_cell& cell = cells[at];
    std::tie(cell.period, cell.last_period) = counts.periods_of(at);
    cell.retained = counts.retained[row.offset + at];
    cell.so_far = counts.so_far[row.offset + at];
    cell.eligible = counts.eligible(row, at);
    cell.mature = cell.eligible == row.size;
    cell.interval.confidence = options.confidence;
    if constexpr (!std::is_void_v<Value>) {
      cell.value = money_traits<Value>::to_real(counts.values[row.offset + at]);
      if (cell.mature && cells[0].value != 0) cell.value_rate = cell.value / cells[0].value;
    }
    bool const relative = options.relative_to == retention_base::previous && at != 0;
    if (relative && cell.eligible != 0) cell.eligible = cells[at - 1].retained;
    if (cell.eligible == 0) continue;
    double const trials = static_cast<double>(cell.eligible);
    cell.rate = static_cast<double>(cell.retained) / trials;
    // Who was active in a period need not have been in the one before, but on or after it they were.
    if (!relative || options.mode == retention_mode::on_or_after)
      set_interval(cell.interval, cell.rate, trials, options.confidence);
  }
  return cells;
}

template <class Policy>
[[nodiscard]] time_period period_at(Policy const& policy, std::int64_t index) {
  return {index, policy.begin_of(index), policy.begin_of(index + 1)};
}

/// The plan of a call, and the periods it looks at.
template <class Policy>
[[nodiscard]] cohort_plan plan_for(cohort_retention_options const& options, Policy const& policy,
                                   std::vector<period_slice>& slices) {
  cohort_plan plan;
  plan.mode = options.mode;
  plan.brackets.assign(options.brackets.begin(), options.brackets.end());
  plan.min_occurrences = static_cast<std::uint64_t>(options.min_occurrences.value);
  plan.most_cells = static_cast<std::uint64_t>(options.most_cells.value);
  plan.observed = detail::observed_by(options.observed_until, policy, slices);
  detail::cut_off(slices, plan.observed);
  return plan;
}

template <class Table, class History>
void fill_counts(Table& table, History const& history, cohort_retention_options const& options) {
  table.confidence = options.confidence;
  for (auto const& cohort : table.cohorts) table.customers += cohort.size;
  tell_events(table, history.state().rows, detail::activity_of(history).rejected);
}
template <class Policy, class Counts>
void add_cohort(cohort_table<retention_cohort>& table, Policy const& policy, Counts const& row,
                std::vector<retention_cell> cells) {
  table.cohorts.push_back(
      {detail::period_at(policy, row.first), policy.name_of(row.first), row.size, std::move(cells)});
}

/// Cohorts by the first thing that customers did.
template <class History, class Policy>
cohort_table<retention_cohort> cohorts_by_period(History const& history, cohort_retention_options const& options,
                                                 Policy const& policy) {
  auto const& state = history.state();
  using sum_type = typename std::remove_cvref_t<decltype(state)>::page::sum_type;
  std::vector<period_slice> slices = detail::slices_of(state, history.options().grid, policy);
  std::vector<period_slice> const all = slices;
  cohort_plan const plan = detail::plan_for(options, policy, slices);
  detail::check_counts(history, options);
  cohort_table<retention_cohort> table;
  cohort_counts<sum_type> counts(plan, state.customers().limit());
  // Every period may have a cohort; those that nobody began in are left out of the table.
  for (period_slice const& slice : slices) counts.add_row({{slice.index, 0}});
  if (counts.cells() > plan.most_cells) {
    std::vector<std::uint64_t> const begun = detail::beginners_of(state, slices);
    for (std::size_t slice = 0; slice < slices.size(); ++slice) counts.rows[slice].nobody = begun[slice] == 0;
  }
  counts.lay_out();
  for (std::size_t page = 0; page < state.page_count(); ++page) {
    if (counts.counts_first_seen(state.tallied)) {
      counts.count_first_seen(state, slices, page);
    } else {
      counts.count_page(state, slices, page, [&](std::uint32_t, std::size_t slice, std::int64_t& first) {
        first = slices[slice].index;
        ++counts.rows[slice].beginners[0].second;
        return static_cast<std::uint32_t>(slice);
      });
    }
  }
  counts.finish();
  for (auto& row : counts.rows) {
    row.size = row.beginners[0].second;
    if (row.size != 0)
      detail::add_cohort(table, policy, row,
                         detail::cells_of<sum_type, typename History::value_type>(counts, row, options));
  }
  detail::fill_counts(table, history, options);
  if (slices.size() != all.size()) {
    std::vector<std::uint64_t> const begun = detail::beginners_of(state, all);
    for (std::size_t slice = slices.size(); slice < all.size(); ++slice) table.after_end += begun[slice];
  }
  return table;
}

/// Cohorts by when, or as what, customers began.
template <class History, class Policy>
auto cohorts_by_start(History const& history, cohort_retention_options const& options, Policy const& policy) {
  auto const& state = history.state();
  auto const& activity = state.activity;
  using activity_type = std::remove_cvref_t<decltype(activity)>;
  using sum_type = typename activity_type::page::sum_type;
  using property_type = typename History::property_type;
  constexpr bool by_property = History::has_property;
  if (by_property && options.relative_to == retention_base::previous)
    raise(
        error("credence: cohort_retention_options::relative_to asks for cohorts that begin together; with cohort_of "
              "members are eligible each for themselves"));
  std::vector<period_slice> slices = detail::slices_of(activity, history.options().grid, policy);
  cohort_plan plan = detail::plan_for(options, policy, slices);
  detail::check_counts(history, options);
  // The last event of all may neither begin anything nor be a return.
  std::optional<instant> const& until = options.observed_until ? options.observed_until : policy.observed_until;
  if (state.rows != 0 && !(until && until->is_known())) {
    std::int64_t const last_complete = plan.observed.last_complete;
    plan.observed = observed_periods::up_to(policy.index_of(instant::from_micros(state.last)));
    if (until) plan.observed.last_complete = last_complete;
  }
  std::vector<std::int64_t> firsts(state.starts.size());
  for (std::size_t number = 0; number < firsts.size(); ++number)
    if (state.starts[number].is_known())
      firsts[number] = policy.index_of(instant::from_micros(state.starts[number].micros));

  std::conditional_t<by_property, cohort_table<property_cohort<property_type>>, cohort_table<retention_cohort>> table;
  // Rows in the order of time, or of the properties as they are stored.
  using row_key = std::conditional_t<by_property, std::string, std::int64_t>;
  struct row_facts {
    property_type property{};
    std::map<std::int64_t, std::uint64_t> beginners;
    std::uint32_t row = 0;
  };
  std::map<row_key, row_facts> found;
  auto const key_of = [&](std::uint32_t number) {
    if constexpr (by_property) {
      return detail::encoded_property(state.starts[number].property);
    } else {
      return firsts[number];
    }
  };
  for (std::uint32_t number = 0; number < firsts.size(); ++number) {
    if (!state.starts[number].is_known()) continue;
    if (firsts[number] > plan.observed.last_shown) {
      ++table.after_end;
      continue;
    }
    row_facts& facts = found[key_of(number)];
    facts.property = state.starts[number].property;
    ++facts.beginners[firsts[number]];
  }
  cohort_counts<sum_type> counts(plan, activity.customers().limit());
  for (auto& [key, facts] : found) {
    facts.row = static_cast<std::uint32_t>(counts.rows.size());
    counts.add_row({facts.beginners.begin(), facts.beginners.end()});
  }
  counts.lay_out();
  for (std::size_t page = 0; page < activity.page_count(); ++page)
    counts.count_page(activity, slices, page, [&](std::uint32_t who, std::size_t, std::int64_t& first) {
      std::uint32_t const number = static_cast<std::uint32_t>(page << page_shift) + who;
      if (!state.start_of(number).is_known()) {
        ++table.without_start;
        return counts.nobody;
      }
      first = firsts[number];
      auto const own = found.find(key_of(number));
      return own == found.end() || first > plan.observed.last_shown ? counts.nobody : own->second.row;
    });
  counts.finish();
  for (auto const& [key, facts] : found) {
    auto const& row = counts.rows[facts.row];
    std::vector<retention_cell> cells = detail::cells_of<sum_type, typename History::value_type>(counts, row, options);
    if constexpr (by_property) {
      table.cohorts.push_back({facts.property, row.size, std::move(cells)});
    } else {
      detail::add_cohort(table, policy, row, std::move(cells));
    }
  }
  detail::fill_counts(table, history, options);
  return table;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

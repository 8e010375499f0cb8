// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_COHORT_RETENTION_HPP
#define CREDENCE_RETENTION_COHORT_RETENTION_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/calendar.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/options.hpp>
#include <credence/core/period.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity.hpp>
#include <credence/history/detail/period_walk.hpp>
#include <credence/retention/cohort_accumulator.hpp>
#include <credence/retention/cohort_table.hpp>
#include <credence/retention/detail/cohort_counts.hpp>
#include <credence/retention/retention_mode.hpp>
#include <credence/retention/roles.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What a cell's rate is relative to.
enum class retention_base : std::uint8_t {
  cohort,   ///< all members for whom the period has ended (the default)
  previous  ///< those who were retained in the cell before; may exceed 1; not with `cohort_of`
};
constexpr std::string_view name_of(retention_base base) {
  switch (base) {
    case retention_base::cohort: return "cohort";
    case retention_base::previous: return "previous";
  }
  return {};
}

struct cohort_retention_options {
  retention_mode mode = retention_mode::on;
  std::vector<whole> brackets{};  ///< first periods of brackets, ascending, and where the last ends: {0, 1, 4, 13}
  whole min_occurrences = 1;      ///< events in a period, or bracket's period, for it to count
  retention_base relative_to = retention_base::cohort;
  whole most_cells = 1'000'000;             ///< a larger table is refused
  std::optional<instant> observed_until{};  ///< up to when events were looked for; else what the policy says
  number confidence = 0.95;                 ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

namespace detail {

inline void check_retention(cohort_retention_options const& options) {
  check_confidence("cohort_retention_options::confidence", options.confidence);
  if (options.min_occurrences < 1)
    wrong_argument("cohort_retention_options::min_occurrences", options.min_occurrences.value, "it must be at least 1");
  if (options.most_cells < 1 || options.most_cells > 0x7fff'ffff)
    wrong_argument("cohort_retention_options::most_cells", options.most_cells.value, "it must be 1 to 2,147,483,647");
  std::int64_t before = -1;
  for (whole const bound : options.brackets) {
    if (bound <= before)
      wrong_argument("cohort_retention_options::brackets", bound.value, "they must ascend, and not begin below 0");
    before = bound;
  }
  if (options.brackets.size() == 1)
    wrong_argument("cohort_retention_options::brackets", before, "a bracket has a first period and one where it ends");
  if (!options.brackets.empty() && options.mode == retention_mode::on_or_after)
    raise(error("credence: cohort_retention_options::brackets say where each ends; on_or_after has no end"));
}

/// Begins calendar cohorts: all who began in a period.
template <class Sum, class Rows>
void period_rows(cohort_counts<Sum>& counts, std::map<std::int64_t, std::uint64_t> const& beginners, Rows& row_of) {
  for (auto const& [period, many] : beginners) {
    row_of[period] = static_cast<std::uint32_t>(counts.rows.size());
    counts.add_row({{period, many}});
  }
}

/// From counts to cells.
template <class Sum, class Value>
[[nodiscard]] std::vector<retention_cell> cells_of(cohort_counts<Sum> const& counts, cohort_row<Sum> const& row,
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
  plan.observed = observed_by(options.observed_until, policy, slices);
  cut_off(slices, plan.observed);
  return plan;
}

/// Who began when: for every customer the first period, told from what they did.
template <class State>
[[nodiscard]] std::map<std::int64_t, std::uint64_t> beginners_of(State const& state,
                                                                 std::vector<period_slice> const& slices) {
  std::vector<std::uint64_t> begun(slices.size());
  per_customer<unsigned char> known(0, state.customers().limit());
  for (std::size_t page = 0; page < state.page_count(); ++page) {
    known.clear();
    walk_page(state, slices, page, [&](std::uint32_t who, std::size_t slice, std::uint64_t, auto const&) {
      begun[slice] += known[who] == 0;
      known[who] = 1;
    });
  }
  std::map<std::int64_t, std::uint64_t> beginners;
  for (std::size_t slice = 0; slice < slices.size(); ++slice)
    if (begun[slice] != 0) beginners[slices[slice].index] = begun[slice];
  return beginners;
}

struct cohort_retention_function : optioned_calls<cohort_retention_function, cohort_retention_options,
                                                  call_shape<cohort_retention_options,
                                                             call_terms{.further = 1,
                                                                        .takes_design = true,
                                                                        .takes_executor = true,
                                                                        .takes_history = true,
                                                                        .policy = policy_place::behind},
                                                             argument_kind::projection, argument_kind::projection>,
                                                  std::type_identity<cohort_table<retention_cohort>>> {
  template <class Executor, class Range, class KeyOf, class Time, class Policy, class... Roles>
  requires period_policy<Policy>
  static auto answer(Executor& run, cohort_retention_options const& options, Range& rows, KeyOf const& key,
                     Time const& time, Policy const& policy, Roles const&... roles) {
    return gathered(run, options, rows, key, time, policy, roles_of<Range>(roles...));
  }
  template <class Executor, class Range, class KeyOf, class Time, class Amount, class Policy, class... Roles>
  requires(!period_policy<Amount>) static auto answer(Executor& run, cohort_retention_options const& options,
                                                      Range& rows, KeyOf const& key, Time const& time,
                                                      Amount const& amount, Policy const& policy,
                                                      Roles const&... roles) {
    return gathered(run, options, rows, key, time, policy, roles_of<Range>(roles...), amount);
  }
  template <class History, class Policy>
  static auto answer_of(History const& history, cohort_retention_options const& options, Policy const& policy) {
    check_retention(options);
    if constexpr (is_activity<History>) {
      return by_period(history, options, policy);
    } else if constexpr (is_cohort_history<History>) {
      return by_start(history, options, policy);
    } else {
      static_assert(
          is_activity<History>,
          "credence: cohort_retention is asked of rows, of an activity_accumulator or of a cohort_accumulator");
      return cohort_table<retention_cohort>{};
    }
  }

 private:
  template <class Executor, class Range, class KeyOf, class Time, class Policy, class Roles, class... Amount>
  static auto gathered(Executor& run, cohort_retention_options const& options, Range& rows, KeyOf const& key,
                       Time const& time, Policy const& policy, Roles const& roles, Amount const&... amount) {
    check_retention(options);
    activity_options const gathering{options.min_occurrences > 1 ? activity_kept::counts : activity_kept::periods,
                                     options.on_invalid};
    if constexpr (Roles::are_given) {
      return answer_of(gathered_cohorts(gathering, rows, key, time, policy, roles, amount...), options, policy);
    } else {
      return answer_of(gathered_activity(run, gathering, rows, key, time, policy, amount...), options, policy);
    }
  }

  template <class Table, class History>
  static void fill_counts(Table& table, History const& history, cohort_retention_options const& options) {
    table.confidence = options.confidence;
    for (auto const& cohort : table.cohorts) table.customers += cohort.size;
    auto const& activity = activity_of(history);
    table.count = history.state().rows;
    table.rejections = activity.rejected;
    table.rejected = activity.rejected.total();
  }
  template <class History>
  static auto const& activity_of(History const& history) {
    if constexpr (is_activity<History>) {
      return history.state();
    } else {
      return history.state().activity;
    }
  }
  template <class Policy, class Counts>
  static void add_cohort(cohort_table<retention_cohort>& table, Policy const& policy, Counts const& row,
                         std::vector<retention_cell> cells) {
    table.cohorts.push_back({period_at(policy, row.first), policy.name_of(row.first), row.size, std::move(cells)});
  }

  /// Cohorts by the first thing that customers did.
  template <class History, class Policy>
  static cohort_table<retention_cohort> by_period(History const& history, cohort_retention_options const& options,
                                                  Policy const& policy) {
    auto const& state = history.state();
    using sum_type = typename std::remove_cvref_t<decltype(state)>::page::sum_type;
    std::vector<period_slice> slices = slices_of(state, history.options().grid, policy);
    std::vector<period_slice> const all = slices;
    cohort_plan const plan = plan_for(options, policy, slices);
    check_counts(history, options);
    cohort_table<retention_cohort> table;
    cohort_counts<sum_type> counts(plan, state.customers().limit());
    // Every period may have a cohort; those that nobody began in are left out of the table.
    for (period_slice const& slice : slices) counts.add_row({{slice.index, 0}});
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
        add_cohort(table, policy, row, cells_of<sum_type, typename History::value_type>(counts, row, options));
    }
    fill_counts(table, history, options);
    table.after_end = began_later(state, all, slices.size());
    return table;
  }

  /// Cohorts by when, or as what, customers began.
  template <class History, class Policy>
  static auto by_start(History const& history, cohort_retention_options const& options, Policy const& policy) {
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
    std::vector<period_slice> slices = slices_of(activity, history.options().grid, policy);
    cohort_plan plan = plan_for(options, policy, slices);
    check_counts(history, options);
    // Those who began are known before any came back; without an end, time goes on to the last of either.
    std::vector<std::int64_t> firsts(state.starts.size());
    std::int64_t last_start = (std::numeric_limits<std::int64_t>::min)();
    for (std::size_t number = 0; number < firsts.size(); ++number) {
      if (!state.starts[number].is_known()) continue;
      firsts[number] = policy.index_of(instant::from_micros(state.starts[number].micros));
      last_start = (std::max)(last_start, firsts[number]);
    }
    bool const ends = options.observed_until || policy.observed_until;
    if (!ends && last_start > plan.observed.last_shown) plan.observed = {last_start, last_start - 1};

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
        return encoded_property(state.starts[number].property);
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
    per_customer<unsigned char> idle(0, activity.customers().limit());
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
      std::vector<retention_cell> cells = cells_of<sum_type, value_of<History>>(counts, row, options);
      if constexpr (by_property) {
        table.cohorts.push_back({facts.property, row.size, std::move(cells)});
      } else {
        add_cohort(table, policy, row, std::move(cells));
      }
    }
    fill_counts(table, history, options);
    return table;
  }

  template <class History>
  struct value_type_of;
  template <class Key, class Grid, class Value, class Property>
  struct value_type_of<cohort_accumulator<Key, Grid, Value, Property>> {
    using type = Value;
  };
  template <class History>
  using value_of = typename value_type_of<History>::type;

  /// Customers who did nothing before the periods from `from` on.
  template <class State>
  static std::uint64_t began_later(State const& state, std::vector<period_slice> const& all, std::size_t from) {
    if (from == all.size()) return 0;
    std::uint64_t later = 0;
    per_customer<unsigned char> known(0, state.customers().limit());
    for (std::size_t page = 0; page < state.page_count(); ++page) {
      known.clear();
      walk_page(state, all, page, [&](std::uint32_t who, std::size_t slice, std::uint64_t, auto const&) {
        later += slice >= from && known[who] == 0;
        known[who] = 1;
      });
    }
    return later;
  }

  template <class History>
  static void check_counts(History const& history, cohort_retention_options const& options) {
    if (options.min_occurrences > 1 && !activity_of(history).keeps_tallies(history.options()))
      raise(error(
          "credence: cohort_retention_options::min_occurrences asks for counts, which this history does not keep; "
          "gather it with {.kept = credence::activity_kept::counts}"));
  }
};

}  // namespace detail

/// Which share of the customers who began in a period came back so many periods later? `cohort_retention([executor,]
/// events, &event::user, &event::time [, &event::amount], calendar_month{} [, starts_if(…), returns_if(…),
/// cohort_of(…)]
/// [, {options}])`, or of what `activity` gathered: `cohort_retention(history, calendar_month{}, {.observed_until =
/// end})`.
///
/// A customer's cohort is the period of their first event; with `starts_if` of the first for which it holds; with
/// `cohort_of` it is a property of that event (of several at one time the smallest), and periods are counted from each
/// member's own. Cell k is the share of the members who were active k periods later, or then or later (`on_or_after`),
/// of those for whom that period has ended: a cell that is not mature has no rate, and `so_far` says who has been
/// active in it. With `returns_if` only events for which it holds count as coming back. With amounts a cell also has
/// their sum, and what that is of period 0's. Wilson intervals.
///
/// Events from `observed_until` on do not count, but for those in the period that holds it, which is not complete.
/// Without it nothing is known after the last event: the period that holds that is not complete. Throws
/// `credence::error` for wrong options, for a table of more than `most_cells` cells, and for a history whose periods
/// lie in two of the policy's. O(events) to gather, O(customers in periods + cells) to answer.
inline constexpr detail::cohort_retention_function cohort_retention{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

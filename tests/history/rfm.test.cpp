// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <credence/core/time_projection.hpp>
#include <credence/history/rfm.hpp>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "support/error_of.hpp"
#include "support/shared_data.hpp"

namespace test_rfm {

using namespace std::chrono;
using credence::calendar_day;
using credence::calendar_week;
using credence::order_returns;
using credence::rfm;
using credence::rfm_options;

struct order {
  int who;
  std::int64_t seconds;
  std::int64_t cents;
};
auto const placed = credence::epoch_seconds(&order::seconds);
constexpr std::int64_t day = 86'400;

sys_days date(int in_year, unsigned in_month, unsigned in_day) {
  return sys_days{year{in_year} / month{in_month} / std::chrono::day{in_day}};
}
std::int64_t seconds_of(sys_days date) { return date.time_since_epoch().count() * day; }

/// The formulas, over a map of each customer's days.
struct told {
  double frequency = 0, recency = 0, age = 0, monetary_value = 0, log_gaps = 0;
  double holdout_frequency = 0, holdout_monetary_value = 0;
  std::uint64_t spend_count = 0;
};
struct naive {
  std::map<int, told> customers;
  std::uint64_t merged = 0, unmatched = 0, began_later = 0, after_end = 0;
};
naive naive_rfm(std::vector<order> const& rows, std::int64_t last_calibrated, std::int64_t last, rfm_options const& o) {
  struct history {
    std::map<std::int64_t, std::int64_t> bought;
    std::vector<order> returns;
    bool late = false;
  };
  std::map<int, history> all;
  naive found;
  std::uint64_t used = 0;
  for (order const& row : rows) {
    std::int64_t const on = row.seconds / day;
    history& own = all[row.who];
    if (on > last) {
      ++found.after_end;
      own.late = own.late || row.cents >= 0;
    } else if (row.cents < 0) {
      own.returns.push_back(row);
    } else {
      ++used;
      own.bought[on] += row.cents;
    }
  }
  double const unit = o.unit ? static_cast<double>(o.unit->micros) / 1e6 / day : 1;
  for (auto& [who, own] : all) {
    used -= own.bought.size();
    bool const any = !own.bought.empty() && own.bought.begin()->first <= last_calibrated;
    if (o.returns == order_returns::netted)
      for (order const& row : own.returns) {
        auto at = own.bought.upper_bound(row.seconds / day);
        bool const is_later = row.seconds / day > last_calibrated;
        if (at == own.bought.begin() || (is_later && std::prev(at)->first <= last_calibrated))
          ++found.unmatched;
        else
          std::prev(at)->second += row.cents;
      }
    if (!any) {
      found.began_later += own.late || !own.bought.empty();
      continue;
    }
    told& customer = found.customers[who];
    std::int64_t const first = own.bought.begin()->first;
    std::int64_t before = first;
    double spend = o.first_purchase_in_spend ? static_cast<double>(own.bought.begin()->second) : 0;
    double later = 0;
    for (auto const& [on, cents] : own.bought) {
      if (on > last_calibrated) {
        ++customer.holdout_frequency;
        later += static_cast<double>(cents);
      } else if (on != first) {
        ++customer.frequency;
        customer.log_gaps += std::log(static_cast<double>(on - before) / unit);
        before = on;
        spend += static_cast<double>(cents);
      }
    }
    customer.recency = static_cast<double>(before - first) / unit;
    customer.age = static_cast<double>(last_calibrated - first) / unit;
    customer.spend_count = static_cast<std::uint64_t>(customer.frequency) + o.first_purchase_in_spend;
    if (customer.spend_count != 0) customer.monetary_value = spend / static_cast<double>(customer.spend_count);
    if (customer.holdout_frequency > 0) customer.holdout_monetary_value = later / customer.holdout_frequency;
  }
  found.merged = used;
  return found;
}

using table = credence::rfm_table<int>;

void compare(table const& found, naive const& known) {
  CHECK(found.report().merged == known.merged);
  CHECK(found.report().unmatched == known.unmatched);
  CHECK(found.report().began_later == known.began_later);
  CHECK(found.report().after_end == known.after_end);
  REQUIRE(found.size() == known.customers.size());
  auto at = known.customers.begin();
  std::size_t unlike = 0;
  for (auto const& row : found) {
    auto const& [who, own] = *at++;
    unlike += row.key != who || row.frequency != own.frequency || row.recency != own.recency || row.age != own.age ||
              row.monetary_value != own.monetary_value || row.spend_count != own.spend_count ||
              std::fabs(row.log_gaps - own.log_gaps) > 1e-12 * (1 + std::fabs(own.log_gaps)) ||
              row.holdout_frequency != own.holdout_frequency ||
              row.holdout_monetary_value != own.holdout_monetary_value;
  }
  CHECK(unlike == 0);
}

std::vector<order> random_orders(std::size_t count, int customers, std::int64_t days) {
  std::vector<order> rows;
  std::uint64_t word = 88'172'645'463'325'252U;
  auto const below = [&](std::uint64_t limit) {
    word ^= word << 13;
    word ^= word >> 7;
    word ^= word << 17;
    return static_cast<std::int64_t>((word >> 11) % limit);
  };
  for (std::size_t at = 0; at < count; ++at) {
    // Keys near and far, that meet in few days; one in eight a return.
    int const who = static_cast<int>(below(static_cast<std::uint64_t>(customers)));
    std::int64_t const when = below(static_cast<std::uint64_t>(days)) * day + below(static_cast<std::uint64_t>(day));
    std::int64_t const cents = below(5'000);
    rows.push_back({who % 50 == 7 ? -10'000 * who : who, when, below(8) == 0 ? -cents - 1 : cents});
  }
  return rows;
}
std::vector<order> in_time(std::vector<order> rows) {
  std::sort(rows.begin(), rows.end(), [](order const& one, order const& other) {
    return std::tie(one.seconds, one.who, one.cents) < std::tie(other.seconds, other.who, other.cents);
  });
  return rows;
}

/// Tasks one after the other, the last first.
struct backwards {
  template <class Task>
  void operator()(std::size_t count, Task const& task) const {
    while (count-- != 0) task(count);
  }
  static std::size_t concurrency() { return 3; }
};

TEST_CASE("rfm: the toy logs of lifetimes, by day and by week") {
  std::vector<order> rows;
  auto const add = [&](int who, unsigned in_month, unsigned in_day, std::int64_t cents) {
    rows.push_back({who, seconds_of(date(2015, in_month, in_day)), cents});
  };
  // lifetimes 0.11.3, tests/test_utils.py
  add(1, 1, 1, 1), add(1, 2, 6, 2), add(2, 1, 1, 2), add(3, 1, 1, 3), add(3, 1, 2, 1), add(3, 1, 5, 5);
  add(4, 1, 16, 6), add(4, 2, 2, 3), add(4, 2, 5, 3), add(5, 1, 16, 3), add(5, 1, 17, 1), add(5, 1, 18, 8);
  add(6, 2, 2, 5);
  credence::instant const end = date(2015, 2, 8);  // beyond the last day, where lifetimes names that day itself
  auto const daily = rfm(rows, &order::who, placed, &order::cents, {.unit = days{1}, .observed_until = end});
  double const known[6][4] = {{1, 36, 37, 2}, {0, 0, 37, 0},   {2, 4, 37, 3},
                              {2, 20, 22, 3}, {2, 2, 22, 4.5}, {0, 0, 5, 0}};
  REQUIRE(daily.size() == 6);
  for (std::size_t at = 0; at < 6; ++at) {
    CHECK(daily[at].key == static_cast<int>(at) + 1);
    CHECK(daily[at].frequency == known[at][0]);
    CHECK(daily[at].recency == known[at][1]);
    CHECK(daily[at].age == known[at][2]);
    CHECK(daily[at].monetary_value == known[at][3]);
  }
  CHECK(daily[2].log_gaps == doctest::Approx(std::log(3.0)));  // 1 and 3 days
  CHECK(daily.unit() == credence::time_span(days{1}));
  CHECK(daily.observed_until() == end);
  CHECK(!daily.calibration_until());
  double const weekly[6][3] = {{1, 5, 5}, {0, 0, 5}, {1, 1, 5}, {1, 3, 3}, {0, 0, 3}, {0, 0, 0}};
  auto const by_week = rfm(rows, &order::who, placed, calendar_week{}, {.observed_until = end});
  for (std::size_t at = 0; at < 6; ++at) {
    CHECK(by_week[at].frequency == weekly[at][0]);
    CHECK(by_week[at].recency == weekly[at][1]);
    CHECK(by_week[at].age == weekly[at][2]);
    CHECK(by_week[at].spend_count == 0);
  }
  CHECK(by_week.report().merged == 4);  // of customers 3, 4 and 5
  // Whole periods of no one length have no unit; of one length, theirs.
  auto const monthly = rfm(rows, &order::who, placed, credence::calendar_month{}, {.unit = std::nullopt});
  CHECK(monthly[0].recency == 1);
  CHECK(!monthly.unit());
  CHECK(rfm(rows, &order::who, placed, calendar_week{}, {.unit = std::nullopt}).unit() ==
        credence::time_span(weeks{1}));
  CHECK(rfm(rows, &order::who, placed, credence::calendar_month{}, {.unit = days{1}})[0].recency == 31);
}

TEST_CASE("rfm: every route leads to what the formulas say, with heavy ties and returns") {
  std::vector<order> const mixed = random_orders(3'000, 300, 60);
  auto const week = credence::time_span(weeks{1});
  std::vector<rfm_options> const asked{
      {},
      {.unit = std::nullopt, .first_purchase_in_spend = true},
      {.returns = order_returns::dropped, .observed_until = sys_seconds{seconds{40 * day}}},
      {.first_purchase_in_spend = true,
       .observed_until = sys_seconds{seconds{50 * day}},
       .calibration_until = sys_seconds{seconds{3 * day}}},
      {.unit = days{1}, .calibration_until = sys_seconds{seconds{30 * day}}}};
  for (std::vector<order> const& rows : {mixed, in_time(mixed)}) {
    std::vector<order> const reversed(rows.rbegin(), rows.rend());
    for (rfm_options const& o : asked) {
      std::int64_t const last = o.observed_until ? o.observed_until->micros / 1'000'000 / day - 1 : 59;
      std::int64_t const cut = o.calibration_until ? o.calibration_until->micros / 1'000'000 / day - 1 : last;
      auto const direct = rfm(rows, &order::who, placed, &order::cents, o);
      compare(direct, naive_rfm(rows, cut, last, o));
      CHECK(direct.report().count + direct.report().returned + direct.report().after_end == rows.size());
      CHECK(direct.report().netted + direct.report().dropped + direct.report().unmatched == direct.report().returned);
      CHECK(rfm(reversed, &order::who, placed, &order::cents, o) == direct);
      CHECK(rfm(std::list<order>(rows.begin(), rows.end()), &order::who, placed, &order::cents, o) == direct);
      auto history =
          credence::orders(std::vector<order>(rows.begin() + 1'000, rows.end()), &order::who, placed, &order::cents);
      history +=
          credence::orders(std::vector<order>(rows.begin(), rows.begin() + 1'000), &order::who, placed, &order::cents);
      CHECK(rfm(history, o) == direct);
      if (o.calibration_until) {
        CHECK(direct[0].holdout_duration ==
              static_cast<double>(last - cut) / (o.unit ? static_cast<double>(o.unit->micros) / 8.64e10 : 1));
        CHECK(direct.calibration_until() == o.calibration_until);
      } else {
        CHECK(direct[0].holdout_duration == 0);
      }
    }
  }
  CHECK(credence::rfm_options{}.unit == week);
}

TEST_CASE("rfm: by an executor the same bits, many rows of text and of numbers") {
  std::vector<order> const rows = random_orders(200'000, 30'000, 400);
  rfm_options const o{.calibration_until = sys_seconds{seconds{200 * day}}};
  auto const serial = rfm(rows, &order::who, placed, &order::cents, o);
  CHECK(rfm(backwards{}, rows, &order::who, placed, &order::cents, o) == serial);
  auto const named = [](order const& each) { return std::to_string(each.who); };
  auto const by_name = rfm(rows, named, placed, &order::cents, o);
  CHECK(rfm(backwards{}, rows, named, placed, &order::cents, o) == by_name);
  CHECK(by_name.size() == serial.size());
  CHECK(std::is_sorted(by_name.begin(), by_name.end(),
                       [](auto const& one, auto const& other) { return one.key < other.key; }));
  std::map<std::string, double> recency;
  for (auto const& each : serial) recency[std::to_string(each.key)] = each.recency;
  CHECK(
      std::all_of(by_name.begin(), by_name.end(), [&](auto const& each) { return recency[each.key] == each.recency; }));
}

TEST_CASE("rfm: customers stand in the order of their keys, however they are numbered") {
  struct wide {
    std::uint64_t who;
    std::int64_t seconds;
  };
  constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  std::vector<wide> rows{{~std::uint64_t{}, 0}, {5, 0}, {sign + 1, 0}, {0, 0}, {sign - 1, 0}};
  auto const ordered = [](auto const& found) {
    return std::is_sorted(found.begin(), found.end(),
                          [](auto const& one, auto const& other) { return one.key < other.key; });
  };
  auto const when = credence::epoch_seconds(&wide::seconds);
  CHECK(ordered(rfm(rows, &wide::who, when)));
  CHECK(ordered(rfm(
      rows, [](wide const& each) { return static_cast<std::int64_t>(each.who); }, when)));
  for (std::uint64_t at = 0; at < 20'000; ++at) rows.push_back({at * 7 % 9'001 - 4'000, 0});  // some wrap around
  CHECK(rfm(rows, &wide::who, when).size() == 9'003);
  CHECK(ordered(rfm(rows, &wide::who, when)));
  CHECK(ordered(rfm(
      rows, [](wide const& each) { return static_cast<std::int64_t>(each.who); }, when)));
}

/// Numbers that are read once: customer n mod 7, every 1,000 seconds.
struct read_once {
  std::istringstream& in;
  auto begin() const { return std::istream_iterator<int>(in); }
  static auto end() { return std::istream_iterator<int>(); }
};

TEST_CASE("rfm: rows that can be read only once") {
  auto const who = [](int number) { return number % 7; };
  auto const when = credence::epoch_seconds([](int number) { return std::int64_t{1'000} * number; });
  auto const amount = [](int number) { return number % 40 == 3 ? -number : number; };
  std::vector<int> numbers;
  std::string text;
  for (int at = 500; at > 0; --at) text += std::to_string(numbers.emplace_back(at * 37 % 1'009)) + " ";
  std::istringstream in(text);
  CHECK(rfm(read_once{in}, who, when, amount) == rfm(numbers, who, when, amount));
  std::istringstream again(text);
  std::string const complaint = error_of(
      [&] { static_cast<void>(rfm(read_once{again}, who, when, amount, {.returns = order_returns::raised})); });
  CHECK(complaint ==
        error_of([&] { static_cast<void>(rfm(numbers, who, when, amount, {.returns = order_returns::raised})); }));
  auto const first = std::find_if(numbers.begin(), numbers.end(), [](int number) { return number % 40 == 3; });
  CHECK(complaint.find(std::to_string(first - numbers.begin())) != std::string::npos);
}

TEST_CASE("rfm: a return is taken from the latest purchase up to its own period") {
  auto const of = [](std::vector<order> const& rows, rfm_options const& o = {}) {
    auto const found = rfm(rows, &order::who, placed, &order::cents, o);
    CHECK(rfm(credence::orders(rows, &order::who, placed, &order::cents), o) == found);
    return found;
  };
  // Of the first purchase, which is not averaged; of the second; of the same day, though the row comes before.
  auto const own =
      of({{1, 0, 100}, {1, 2 * day, -30}, {1, 5 * day, 50}, {1, 7 * day, -10}, {1, 9 * day, -1}, {1, 9 * day, 21}});
  CHECK(own[0].frequency == 2);
  CHECK(own[0].monetary_value == 30);  // (50 − 10 + 21 − 1) ÷ 2
  CHECK(own.report().netted == 3);
  // No purchase before: counted. Only returns are no customer.
  auto const none = of({{1, day, -5}, {1, 2 * day, 9}, {2, day, -1}});
  CHECK(none.size() == 1);
  CHECK(none.report().unmatched == 2);
  CHECK(none.report().netted == 0);
  // Calibration knows nothing of what is returned in the holdout.
  auto const later = of({{1, 0, 10}, {1, day, 20}, {1, 9 * day, -5}, {1, 10 * day, 8}, {1, 11 * day, -3}},
                        {.calibration_until = sys_seconds{seconds{5 * day}}});
  CHECK(later[0].monetary_value == 20);
  CHECK(later[0].holdout_monetary_value == 5);
  CHECK(later.report().unmatched == 1);
  CHECK(of({{1, 0, 10}, {1, day, -5}, {1, 2 * day, 7}}, {.returns = order_returns::dropped}).report().dropped == 1);
  std::vector<order> const back{{1, 0, 10}, {2, day, 0}, {1, day, -5}};
  CHECK(error_of([&] {
          static_cast<void>(rfm(back, &order::who, placed, &order::cents, {.returns = order_returns::raised}));
        }).find("2") != std::string::npos);
  CHECK(error_of([&] {
          static_cast<void>(
              rfm(credence::orders(back, &order::who, placed, &order::cents), {.returns = order_returns::raised}));
        }).find("holds 1") != std::string::npos);
}

TEST_CASE("rfm: nobody, one, and rows that are no orders") {
  std::vector<order> rows;
  auto const nobody = rfm(rows, &order::who, placed, &order::cents);
  CHECK(!nobody);
  CHECK(nobody.empty());
  CHECK(!nobody.observed_until().is_known());
  CHECK(rfm(credence::orders(rows, &order::who, placed, &order::cents)) == nobody);
  rows.push_back({5, 3 * day, 7});
  auto const one = rfm(rows, &order::who, placed, &order::cents);
  REQUIRE(one.size() == 1);
  CHECK(one[0].frequency == 0);
  CHECK(one[0].age == 0);
  CHECK(one[0].first_purchase == credence::instant(sys_days{days{3}}));
  CHECK(one[0].last_purchase == one[0].first_purchase);
  rows.push_back({5, 7 * day + 3, 7});
  CHECK(rfm(rows, &order::who, placed, &order::cents)[0].last_purchase == credence::instant(sys_days{days{7}}));
  rows.pop_back();
  CHECK(one.observed_until() == credence::instant(sys_days{days{4}}));
  auto const before = rfm(rows, &order::who, placed, {.observed_until = sys_days{days{3}}});
  CHECK(before.empty());
  CHECK(before.report().began_later == 1);
  CHECK(before.report().after_end == 1);

  struct loose {
    std::optional<int> who;
    std::optional<double> seconds;
    std::optional<double> amount;
  };
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<loose> const dirty{
      {1, 0, 1.5},   {std::nullopt, 0, 1}, {1, std::nullopt, 1}, {1, 0, std::nullopt}, {1, nan, 1},
      {1, 0, nan},   {1, 0, 1e200},        {1, 0, -HUGE_VAL},    {1, 8e4, -0.25},      {1, 2 * 86'400.0, 2.5},
      {2, 1e300, 1}, {1, 3 * 86'400.0, 3}};
  auto const when = credence::epoch_seconds(&loose::seconds);
  auto const found = rfm(dirty, &loose::who, when, &loose::amount);
  CHECK(found.report().rejections ==
        credence::rejections{.missing = 3, .not_a_number = 1, .off_scale = 2, .bad_time = 2});
  CHECK(found.report().rejected == 8);
  CHECK(found.report().count == 3);
  CHECK(found[0].monetary_value == 2.75);
  CHECK(rfm(credence::orders(dirty, &loose::who, when, &loose::amount)) == found);
  CHECK(error_of([&] {
          static_cast<void>(rfm(dirty, &loose::who, when, &loose::amount, {.on_invalid = credence::on_invalid::raise}));
        }) == error_of([&] {
          static_cast<void>(credence::orders(dirty, &loose::who, when, &loose::amount, {credence::on_invalid::raise}));
        }));
}

TEST_CASE("rfm: wrong options, and a history that cannot answer") {
  std::vector<order> const rows{{1, 0, 1}};
  auto const complaint = [&](rfm_options const& o) {
    return error_of([&] { static_cast<void>(rfm(rows, &order::who, placed, o)); });
  };
  CHECK(complaint({.unit = seconds{0}}).find("rfm_options::unit") != std::string::npos);
  CHECK(complaint({.observed_until = sys_days{days{3}}, .calibration_until = sys_days{days{4}}})
            .find("rfm_options::calibration_until") != std::string::npos);
  CHECK(complaint({.observed_until = 2026y / February / 30}).find("observed_until") != std::string::npos);
  CHECK(complaint({.calibration_until = 2026y / February / 30}).find("calibration_until") != std::string::npos);
  CHECK(error_of([&] {
          static_cast<void>(rfm(rows, &order::who, placed, credence::every{days{0}}));
        }).find("every::span") != std::string::npos);
  auto const by_week = credence::orders(rows, &order::who, placed, calendar_week{});
  CHECK(error_of([&] { static_cast<void>(rfm(by_week, calendar_day{})); }).find("cannot answer") != std::string::npos);
  // Weeks of days are the weeks of the rows.
  std::vector<order> const more = random_orders(500, 40, 60);
  CHECK(rfm(credence::orders(more, &order::who, placed, &order::cents), calendar_week{}) ==
        rfm(more, &order::who, placed, &order::cents, calendar_week{}));
}

TEST_CASE("rfm: the ends of time, and local days") {
  std::int64_t const most = 9'000'000'000'000;
  std::vector<order> const rows{{1, -most, 1}, {1, most, 2}};
  auto const found = rfm(rows, &order::who, placed, credence::every{microseconds{1}});
  CHECK(found[0].recency == doctest::Approx(2 * 9e12 / 604'800));
  CHECK(std::isfinite(found[0].log_gaps));
  // 23:30 in UTC is the next day in Paris.
  std::vector<order> const late{{1, day - 1'800, 1}, {1, day + 60, 1}};
  CHECK(rfm(late, &order::who, placed)[0].frequency == 1);
  CHECK(rfm(late, &order::who, placed, calendar_day{.offset = hours{1}})[0].frequency == 0);
}

struct purchase {
  int id;
  year_month_day on;
  std::int64_t cents;
};
/// id, [master_id,] date, quantity, amount
std::vector<purchase> read_log(std::filesystem::path const& path, int columns) {
  std::vector<purchase> rows;
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> fields;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) fields.push_back(cell);
    std::string const& on = fields[static_cast<std::size_t>(columns) - 3];
    rows.push_back({std::stoi(fields[0]),
                    year{std::stoi(on.substr(0, 4))} / std::stoi(on.substr(5, 2)) / std::stoi(on.substr(8, 2)),
                    std::llround(100 * std::stod(fields.back()))});
  }
  return rows;
}

TEST_CASE("rfm: CDNOW, the sample as BTYD and lifetimes have it, and the whole log") {
  auto const sample = shared_data("clv/cdnow_sample_log.csv");
  if (!sample) return;
  rfm_options const o{.observed_until = date(1998, 7, 1), .calibration_until = date(1997, 10, 1)};
  auto const found = rfm(read_log(*sample, 5), &purchase::id, &purchase::on, &purchase::cents, o);
  REQUIRE(found.size() == 2'357);
  std::ifstream cbs(*shared_data("clv/cdnow_btyd_cbs.csv"));
  std::ifstream summary(*shared_data("clv/cdnow_summary.csv"));
  std::string line;
  std::getline(cbs, line);
  std::getline(summary, line);
  double worst = 0;
  char comma = 0;
  for (auto const& row : found) {
    double id, x, recency, age, star, spend;
    std::getline(cbs, line);
    std::istringstream(line) >> id >> comma >> x >> comma >> recency >> comma >> age >> comma >> star >> comma >> spend;
    worst = std::max({worst, std::fabs(row.key - id), std::fabs(row.frequency - x), std::fabs(row.recency - recency),
                      std::fabs(row.age - age), std::fabs(row.holdout_frequency - star),
                      std::fabs(row.monetary_value / 100 - spend) / 10});
    std::getline(summary, line);
    std::istringstream(line) >> id >> comma >> x >> comma >> recency >> comma >> age >> comma >> spend;
    bool const agrees = row.frequency == x && std::fabs(row.recency - recency) < 0.00501 &&
                        std::fabs(row.age - age) < 0.00501 && std::fabs(row.monetary_value / 100 - spend) < 0.00501;
    CHECK(agrees);
  }
  CHECK(worst < 1e-8);  // the file has about ten digits
  CHECK(found[0].holdout_duration == 39);

  auto const all =
      rfm(read_log(*shared_data("clv/cdnow_master_log.csv"), 4), &purchase::id, &purchase::on, &purchase::cents, o);
  CHECK(all.size() == 23'570);
  double repeats = 0;
  std::set<std::tuple<double, double, double>> distinct;
  for (auto const& row : all) {
    repeats += row.frequency;
    distinct.emplace(row.frequency, row.recency, row.age);
  }
  CHECK(repeats == 24'337);
  CHECK(distinct.size() == 8'685);
}

}  // namespace test_rfm

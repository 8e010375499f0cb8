// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// CDNOW, the data that models of lifetime value are shown on: 2,357 customers who first bought compact discs early in
// 1997. From their orders to what they are worth: fitted to 39 weeks, checked by the 39 weeks after. The file is not
// part of this repository: cdnow FOLDER names where clv/cdnow_sample_log.csv is, else the environment's
// CREDENCE_SHARED_DATA; without it it says so.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/customer_lifetime_value.hpp>
#include <credence/clv/gamma_gamma.hpp>
#include <credence/clv/holdout_score.hpp>
#include <credence/clv/mbg_nbd.hpp>
#include <credence/clv/pareto_nbd.hpp>
#include <credence/clv/purchase_tracking.hpp>
#include <credence/clv/spend_independence.hpp>
#include <credence/history/rfm.hpp>
#include <credence/math/fit.hpp>

using namespace std::chrono;

struct order {
  int customer = 0;
  sys_days placed{};
  double amount = 0;
};

/// id,master_id,date,quantity,amount
std::vector<order> orders_in(std::string const& path) {
  std::ifstream file(path);
  std::vector<order> orders;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream row(line);
    std::vector<std::string> cells;
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    std::string const& date = cells.at(2);
    orders.push_back({std::stoi(cells[0]),
                      year{std::stoi(date)} / month(static_cast<unsigned>(std::stoi(date.substr(5)))) /
                          day(static_cast<unsigned>(std::stoi(date.substr(8)))),
                      std::stod(cells.at(4))});
  }
  return orders;
}

int main(int const argument_count, char** const arguments) {
  char const* const chosen = argument_count > 1 ? arguments[1] : std::getenv("CREDENCE_SHARED_DATA");
  std::string const folder = chosen != nullptr ? chosen : "../shared/data";
  std::vector<order> const orders = orders_in(folder + "/clv/cdnow_sample_log.csv");
  if (orders.empty()) {
    std::cout << "skipped: no orders of CDNOW in " << folder << '\n';
    return 0;
  }

  // Ends are the first day that is not known any more.
  auto const customers =
      credence::rfm(orders, &order::customer, &order::placed, &order::amount,
                    {.unit = weeks{1}, .observed_until = 1998y / July / 1, .calibration_until = 1997y / October / 1});
  std::cout << customers.report().count << " purchases of " << customers.size() << " customers, "
            << customers.report().merged << " orders of a day with another put together\n";

  auto const bg = credence::fit<credence::bg_nbd>(customers);
  auto const mbg = credence::fit<credence::mbg_nbd>(customers);
  auto const pareto = credence::fit<credence::pareto_nbd>(customers);
  auto const tell = [](char const* name, auto const& fit) {
    std::cout << name << ": " << name_of(fit.status) << ", log-likelihood " << fit.log_likelihood << ", AIC " << fit.aic
              << '\n';
    for (std::size_t at = 0; at < fit.parameters.size(); ++at)
      std::cout << "  " << fit.parameter_names[at] << " = " << fit.parameters[at] << " (s.e. "
                << fit.standard_errors[at] << ")\n";
  };
  tell("BG/NBD", bg);
  tell("MBG/NBD", mbg);
  tell("Pareto/NBD", pareto);

  // Did what they foretell come?
  auto const holdout = credence::holdout_score(bg, customers);
  std::cout << "in the 39 weeks after, " << holdout.actual << " purchases; BG/NBD foretold " << holdout.model.predicted
            << ", off by " << holdout.model.mean_absolute_error << " a customer; his own rate would be off by "
            << holdout.own_rate.mean_absolute_error << '\n';
  for (auto const& bin : holdout.calibration)
    std::cout << "  " << bin.frequency << " repeat purchases: " << bin.customers << " customers bought " << bin.actual
              << ", foretold " << bin.predicted << '\n';
  auto const tracking = credence::purchase_tracking(bg, orders, &order::customer, &order::placed,
                                                    {.calibration = 39.0, .observed_until = 1998y / July / 1});
  std::cout << "repeat purchases by week 39 " << tracking[38].actual_cumulative << ", foretold "
            << tracking[38].expected_cumulative << "; by week 78 " << tracking[77].actual_cumulative << ", foretold "
            << tracking[77].expected_cumulative << '\n';

  // What are they worth in a year, at a margin of 30 %?
  auto const spend = credence::fit<credence::gamma_gamma>(customers);
  tell("Gamma-Gamma", spend);
  auto const independence = credence::spend_independence(customers);
  std::cout << "how much and how often: correlation " << independence.value << " (" << independence.interval.lower
            << " to " << independence.interval.upper << ")\n";
  auto const values = credence::customer_lifetime_value(
      bg, spend, customers, {.horizon = 52.0, .discount = credence::annual_rate{0.10}, .margin = 0.3});
  std::cout << "all together are worth " << values.value << "; of " << values.without_spend
            << " customers nothing is known of their spend\n";
  std::vector<std::size_t> best(values.size());
  for (std::size_t at = 0; at < best.size(); ++at) best[at] = at;
  std::partial_sort(best.begin(), best.begin() + 5, best.end(),
                    [&](std::size_t one, std::size_t other) { return values[one].value > values[other].value; });
  for (std::size_t at = 0; at < 5; ++at) {
    auto const& own = values[best[at]];
    std::cout << "  customer " << own.key << ": " << customers[best[at]].frequency << " repeat purchases, alive "
              << own.probability_alive << ", worth " << own.value << '\n';
  }

  // Published, or computed by independent programs.
  auto const near = [](double found, double known, double tolerance) {
    return std::fabs(found - known) <= tolerance * std::fabs(known);
  };
  bool const right = customers.size() == 2357 && near(bg.log_likelihood, -9582.429206674, 1e-9) &&
                     near(mbg.log_likelihood, -9582.135715554, 1e-9) &&
                     near(pareto.log_likelihood, -9594.976178940, 1e-9) && near(bg.model().r, 0.24259452243, 1e-6) &&
                     near(bg.standard_errors[3], 0.7054142, 1e-5) && near(pareto.model().s, 0.60623998914, 1e-5) &&
                     near(spend.log_likelihood, -4055.917694802, 1e-8) &&
                     near(bg.model().expected_purchases(customers[0], 39.0), 1.226, 2e-3) &&
                     tracking[38].actual_cumulative == 2457 && tracking[77].actual_cumulative == 4339 &&
                     near(tracking[38].expected_cumulative, tracking[38].actual_cumulative, 0.05);
  return right ? 0 : 1;
}

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// A telephone company's 7,043 customers (IBM's Telco sample): how long they stay by contract, whether that is chance,
// and what a churn score is worth. The files are not part of this repository: telco_churn FOLDER names where
// churn/telco.csv and churn/telco_logit_test_scores.csv are, else the environment's CREDENCE_SHARED_DATA; without them
// it says so.
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <credence/churn.hpp>
#include <credence/core.hpp>
#include <credence/survival.hpp>

struct customer {
  int months;
  bool has_left;
  std::string contract;
};
struct scored {
  double score;  // the chance that a logistic regression gave, of customers that it was not fitted on
  bool has_left;
};

/// The fields of each line but the first.
std::vector<std::vector<std::string>> rows_of(std::string const& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  std::vector<std::vector<std::string>> rows;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    rows.emplace_back();
    for (std::string field; std::getline(fields, field, ',');) rows.back().push_back(field);
  }
  return rows;
}

int main(int const argument_count, char** const arguments) {
  char const* const chosen = argument_count > 1 ? arguments[1] : std::getenv("CREDENCE_SHARED_DATA");
  std::string const folder = chosen != nullptr ? chosen : "../shared/data";
  std::vector<customer> customers;
  for (auto const& row : rows_of(folder + "/churn/telco.csv"))
    customers.push_back({std::stoi(row[5]), row[20].substr(0, 3) == "Yes", row[15]});
  std::vector<scored> scores;
  for (auto const& row : rows_of(folder + "/churn/telco_logit_test_scores.csv"))
    scores.push_back({std::stod(row[1]), row[0] == "1"});
  if (customers.empty() || scores.empty()) {
    std::cout << "skipped: no Telco data in " << folder << '\n';
    return 0;
  }

  // Times of each contract, gathered once for the curves and for the test.
  auto const by_contract = credence::group_by(customers, &customer::contract, credence::survival_times_accumulator{},
                                              &customer::months, &customer::has_left);
  for (auto const& [contract, times] : by_contract) {
    auto const curve = credence::kaplan_meier(times);
    auto const year = curve.at(12);
    std::cout << contract << ": " << curve.count << " customers, after a year " << 100 * year.survival
              << " % are still here (" << 100 * year.interval.lower << " to " << 100 * year.interval.upper << ")";
    if (auto const half = curve.median()) std::cout << ", half leave within " << half.value << " months";
    std::cout << '\n';
  }
  auto const alike = credence::log_rank(by_contract);
  std::cout << "Log-rank: chi-squared " << alike.chi_squared << " on " << alike.degrees_of_freedom << ", p "
            << alike.p_value << '\n';
  auto const monthly = credence::kaplan_meier(by_contract.at("Month-to-month"));
  auto const yearly = credence::kaplan_meier(by_contract.at("One year"));
  auto const gain = credence::compare(yearly.restricted_mean(24), monthly.restricted_mean(24));
  std::cout << "Of their first 24 months, customers with a year's contract stay " << gain.difference << " longer ("
            << gain.interval.lower << " to " << gain.interval.upper << ")\n";

  // The scores, gathered and sorted once for whatever is asked of them.
  auto const judged = credence::churn_scores(scores, &scored::score, &scored::has_left);
  auto const area = credence::roc_auc(judged);
  auto const top = credence::lift(judged, {.quantile = 0.1});
  auto const profit =
      credence::expected_maximum_profit(judged, {.lifetime_value = 200, .incentive_cost = 10, .contact_cost = 1});
  std::cout << "AUC " << area.value << " (" << area.interval.lower << " to " << area.interval.upper
            << "); of the top tenth " << top.value << " times as many leave; Brier score "
            << credence::brier_score(judged).value << ", calibration error " << credence::calibration(judged).value
            << '\n'
            << "A campaign earns up to " << profit.value << " a customer, by contacting " << 100 * profit.fraction
            << " % of them\n";

  // R's survival 3.5-3 and EMP, to what they print.
  auto const near = [](double found, double known) { return std::fabs(found - known) <= 1e-9 * known; };
  bool const right = near(monthly.at(24).survival, 0.585915473905) &&
                     near(monthly.at(24).interval.lower, 0.568072149830) && monthly.median().value == 35 &&
                     near(alike.chi_squared, 2352.87253825934) && near(area.value, 0.8224668601012688) &&
                     near(top.value, 2.7466577540106956) && near(profit.value, 9.767772773857240);
  return right ? 0 : 1;
}

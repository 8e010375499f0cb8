// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// What a million customers spend, fitted and then asked of each, in the unit of lifetime value: one plain pass of the
// BG/NBD log-likelihood over the same customers.

#include <credence/clv/gamma_gamma.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "clv_inputs.hpp"
#include "contest.hpp"
#include "floor/bg_nbd_pass.hpp"

namespace {

using inputs::buyer;

/// The unit. Its customers are the million, whoever is fitted.
void unit() {
  inputs::buyer_columns const& all = inputs::buyers_by_column();
  bench::expect(bare::bg_nbd_pass(all.frequency, all.recency, all.age) < 0, "the likelihood");
}

void fit_to(std::vector<buyer> const& buyers) {
  auto const found = credence::fit<credence::gamma_gamma>(buyers);
  bench::expect(static_cast<bool>(found) && found.count + found.without_purchases == buyers.size(), "the customers");
  double const drawn_from[] = {6.25, 3.74, 15.44};
  for (std::size_t at = 0; at < 3; ++at)
    bench::expect(std::fabs(found.parameters[at] - drawn_from[at]) < 6 * found.standard_errors[at], "the parameters");
}

/// As many customers, who all came back.
std::vector<buyer> const& returning() {
  static std::vector<buyer> const kept = [] {
    std::vector<buyer> made;
    for (buyer const& each : inputs::buyers())
      if (each.spend_count != 0) made.push_back(each);
    std::size_t const distinct = made.size();
    for (std::size_t at = 0; made.size() < inputs::buyers().size(); ++at) made.push_back(made[at % distinct]);
    return made;
  }();
  return kept;
}

void expected_spend() {
  static std::vector<double> found(inputs::buyers().size());
  credence::gamma_gamma const model{{.p = 6.25, .q = 3.74, .gamma = 15.44}};
  model.expected_spend(inputs::buyers(), found.begin());
  bench::expect(found[0] > 0, "the spend");
}

std::size_t all() { return inputs::buyers().size(); }

bench::enter const fit{{.name = "clv/gamma_gamma_fit",
                        .credence = [] { fit_to(inputs::buyers()); },
                        .floor = unit,
                        .at_most = 8,
                        .items = all}};
bench::enter const fit_to_returning{{.name = "clv/gamma_gamma_fit_all_came_back",
                                     .credence = [] { fit_to(returning()); },
                                     .floor = unit,
                                     .at_most = 8,
                                     .items = all}};
bench::enter const spend{{.name = "clv/gamma_gamma_expected_spend",
                          .credence = expected_spend,
                          .floor = unit,
                          .at_most = 1.5,
                          .items = all}};

}  // namespace

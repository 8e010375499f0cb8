// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/detail/contract_cohorts.hpp>

#include <optional>
#include <vector>

#include <doctest/doctest.h>

namespace test_contract_cohorts {

using credence::detail::renewal_term;
using counts = std::vector<std::optional<double>>;

namespace {

credence::detail::contract_cohorts read(std::vector<counts> const& cohorts) {
  return credence::detail::read_cohorts(credence::on_invalid::reject, cohorts, credence::detail::identity{});
}
bool same(renewal_term const& one, renewal_term const& other) {
  return one.key() == other.key() && one.customers == other.customers;
}

}  // namespace

TEST_CASE("contract_cohorts: terms of equal cohorts are united, sorted by where they lie") {
  auto const found = read({{10, 6, 6, 5}, {20, 12}, {{}, 8, {}, 5}});
  REQUIRE(found.terms.size() == 6);
  CHECK(same(found.terms[0], {0, 0, 1, 12}));  // 4 + 8 lost at the first renewal
  CHECK(same(found.terms[1], {0, 1, 0, 12}));  // of the second cohort there are 12 yet
  CHECK(same(found.terms[2], {1, 1, 3, 3}));   // lost somewhere between the first and the third
  CHECK(same(found.terms[3], {0, 2, 3, 1}));
  CHECK(same(found.terms[4], {0, 3, 0, 5}));
  CHECK(same(found.terms[5], {1, 3, 0, 5}));
  CHECK(found.stretches == 4);  // 0–1, 1–2 where nobody was lost, 1–3, 2–3
  CHECK(found.customers == 38);
  CHECK(found.lost == 16);
  CHECK(found.lost_at_once == 12);
  CHECK(found.exposed == 10 + 6 + 6 + 20 + 2 * 8);
  CHECK(found.count == 8);
  CHECK(found.rejections.missing == 2);
}

TEST_CASE("contract_cohorts: cohorts that say nothing") {
  CHECK(read({}).terms.empty());
  CHECK(read({{}, {5}, {{}, 7}, {0, 0, 0}}).terms.empty());
  CHECK(read({{5}}).customers == 0);
  auto const gone = read({{5, 0, 0}});
  REQUIRE(gone.terms.size() == 1);
  CHECK(same(gone.terms[0], {0, 0, 1, 5}));
  CHECK(gone.stretches == 1);
}

}  // namespace test_contract_cohorts

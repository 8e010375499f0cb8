// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/interop/threads.hpp>
#include <credence/survey/response_rate.hpp>
#include <credence/survey/share.hpp>
#include <optional>
#include <string>
#include <vector>

#include "survey/asked.hpp"
#include "survey/counted.hpp"

namespace test_response_rate {

using credence::disposition;
using credence::partial_answers;
using credence::response_rate;
using credence::response_rate_result;

TEST_CASE("response_rate: answers given or not are a share") {
  struct invitation {
    std::optional<std::string> comment;
    bool answered;
    double weight;
  };
  std::vector<invitation> const sent{{"good", true, 1}, {std::nullopt, false, 2}, {"", true, .5}, {{}, false, 1}};
  for (response_rate_result const& found :
       {response_rate(sent, &invitation::comment), response_rate(sent, &invitation::answered)}) {
    CHECK(found.value == .5);
    CHECK(found.complete == 2);
    CHECK(found.refusals == 2);
    credence::share_result const share = credence::share(sent, &invitation::answered);
    CHECK(found.interval.lower == about(share.interval.lower));
    CHECK(found.interval.upper == about(share.interval.upper));
    CHECK(found.standard_error == about(share.standard_error));
  }
  response_rate_result const weighted = response_rate(sent, &invitation::answered, &invitation::weight);
  credence::share_result const share = credence::share(sent, &invitation::answered, &invitation::weight);
  CHECK(weighted.value == about(share.value));
  CHECK(weighted.standard_error == about(share.standard_error));
  CHECK(weighted.effective_count == about(share.effective_count));
  CHECK(weighted.interval.lower == about(share.interval.lower));
  CHECK(response_rate(std::vector<bool>{true, false}).value == .5);
  CHECK(response_rate(credence::threads{2}, sent, &invitation::answered) == response_rate(sent, &invitation::answered));
}

TEST_CASE("response_rate: AAPOR's six") {
  // I 300, P 40, R 150, NC 90, O 20, UH + UO 200, and 50 not eligible; e by CASRO 600/650.
  std::vector<disposition> sent;
  auto const add = [&](disposition outcome, std::size_t times) { sent.insert(sent.end(), times, outcome); };
  using enum disposition;
  add(complete, 300);
  add(partial, 40);
  add(refusal, 150);
  add(non_contact, 90);
  add(other, 20);
  add(unknown_eligibility, 200);
  add(not_eligible, 50);
  double const estimated = response_rate(sent).known_eligible_share;
  CHECK(estimated == about(600. / 650));
  auto const rate = [&](partial_answers partial, double share) {
    return response_rate(sent, {.partial = partial, .eligible_share = share});
  };
  CHECK(rate(partial_answers::not_counted, 1).value == about(300. / 800));
  CHECK(rate(partial_answers::counted, 1).value == about(340. / 800));
  CHECK(rate(partial_answers::not_counted, estimated).value == about(300 / (600 + 200 * 600. / 650)));
  CHECK(rate(partial_answers::counted, estimated).value == about(340 / (600 + 200 * 600. / 650)));
  CHECK(rate(partial_answers::not_counted, 0).value == about(300. / 600));
  CHECK(rate(partial_answers::counted, 0).value == about(340. / 600));
  CHECK(response_rate(sent).value == about(340. / 800));
  CHECK(response_rate(sent).count == 850);
  CHECK(response_rate(sent).standard_error == about(std::sqrt(.425 * .575 / 800)));
  credence::share_result const share = counted_share(340, 800).result();
  CHECK(response_rate(sent).interval.lower == about(share.interval.lower));
  CHECK(rate(partial_answers::counted, 0).interval.upper == about(counted_share(340, 600).result().interval.upper));
}

TEST_CASE("response_rate: designs agree with R's survey::svyratio") {
  std::vector<asked> const rows = asked_rows();
  check_asked(
      {.636363636363636, .144834563374561, .658064516129032, .166854803375439, .142154660938463, .130700583875297}, 13,
      [&](auto const&... design) { return response_rate(rows, &asked::outcome, design..., {.eligible_share = .5}); });
}

TEST_CASE("response_rate: two are compared as shares") {
  auto const of = [](std::size_t answered, std::size_t silent) {
    std::vector<bool> sent(answered, true);
    sent.insert(sent.end(), silent, false);
    return response_rate(sent);
  };
  credence::comparison const found = compare(of(40, 60), of(70, 50));
  credence::comparison const shares = compare(counted_share(40, 100).result(), counted_share(70, 120).result());
  CHECK(found.difference == about(shares.difference));
  CHECK(found.p_value == about(shares.p_value));
  CHECK(found.interval.lower == about(shares.interval.lower));
  CHECK(credence::is_nan(compare(of(1, 2), of(0, 0)).p_value));
}

TEST_CASE("response_rate: bad input") {
  using enum disposition;
  CHECK_FALSE(response_rate(std::vector<bool>{}));
  CHECK_FALSE(response_rate(std::vector<disposition>{not_eligible}));
  CHECK(response_rate(std::vector<disposition>{not_eligible}).count == 1);
  CHECK_FALSE(response_rate(std::vector<disposition>{unknown_eligibility}, {.eligible_share = 0}));
  CHECK(credence::is_nan(response_rate(std::vector<disposition>{unknown_eligibility}).known_eligible_share));
  CHECK(response_rate(std::vector<disposition>{unknown_eligibility}).value == 0);
  response_rate_result const all = response_rate(std::vector<bool>(12, true));
  CHECK(all.value == 1);
  CHECK(all.interval.upper == 1);
  CHECK(all.interval.lower == about(counted_share(12, 12).result().interval.lower));
  std::vector<std::optional<disposition>> const odd{complete, std::nullopt, static_cast<disposition>(77)};
  response_rate_result const found = response_rate(odd);
  CHECK(found.count == 1);
  CHECK(found.rejections.missing == 1);
  CHECK(response_rate(std::vector<disposition>{static_cast<disposition>(7), complete}).rejections.off_scale == 1);
  credence::response_rate_accumulator acc;
  acc(complete, 2.5);
  acc(partial);
  CHECK(credence::from_bytes<credence::response_rate_accumulator>(credence::to_bytes(acc)) == acc);
  credence::response_rate_accumulator const before = acc;
  acc(refusal);
  acc.retract(refusal);
  CHECK(acc == before);
  CHECK_THROWS_AS(acc.retract(complete), credence::error);
  for (double const wrong : {-.1, 1.1, no_number})
    CHECK(
        contains(message_of([&] { static_cast<void>(response_rate(std::vector<bool>{}, {.eligible_share = wrong})); }),
                 "response_rate_options::eligible_share is "));
}

}  // namespace test_response_rate

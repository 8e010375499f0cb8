// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_DRAWN_CUSTOMER_HPP
#define CREDENCE_CLV_DETAIL_DRAWN_CUSTOMER_HPP

#include <cmath>
#include <concepts>

#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/draws.hpp>
#include <credence/math/random.hpp>

// What one customer of a model is like, drawn, and what he then does.

namespace credence {
inline namespace CREDENCE_ABI {

// Named only: to simulate one of them, the others need not be included.
class nbd;
class bg_nbd;
class mbg_nbd;
class pareto_nbd;
class bg_cnbd_k;
class mbg_cnbd_k;
class bg_bb;

namespace detail {

template <class Model, class... Models>
concept one_of = (std::same_as<Model, Models> || ...);

template <class Model>
concept simulated_in_time = one_of<Model, nbd, bg_nbd, mbg_nbd, pareto_nbd, bg_cnbd_k, mbg_cnbd_k>;
template <class Model>
concept simulated_at_opportunities = one_of<Model, bg_bb>;

/// A customer who may buy at any time.
struct purchaser {
  double rate = 0;                      ///< of stages
  int stages = 1;                       ///< of a gap
  double leaves = 0;                    ///< the chance to leave with a purchase
  double lifetime = infinite_number();  ///< what he stays at most
};

template <simulated_in_time Model>
[[nodiscard]] purchaser drawn_purchaser(Model const& model, math::random_stream& draws) {
  purchaser own;
  own.rate = std::exp(math::log_gamma_draw(draws, model.r) - std::log(model.alpha));
  if constexpr (one_of<Model, bg_cnbd_k, mbg_cnbd_k>) own.stages = static_cast<int>(model.k.value);
  if constexpr (one_of<Model, bg_nbd, mbg_nbd, bg_cnbd_k, mbg_cnbd_k>) {
    own.leaves = math::beta_draw(draws, model.a, model.b);
    if constexpr (one_of<Model, mbg_nbd, mbg_cnbd_k>)
      if (draws.uniform() < own.leaves) own.lifetime = 0;
  }
  if constexpr (one_of<Model, pareto_nbd>)
    own.lifetime =
        std::exp(std::log(math::exponential_draw(draws) * model.beta) - math::log_gamma_draw(draws, model.s));
  return own;
}

[[noreturn, gnu::cold]] inline void refuse_endless_customer() {
  raise(
      error("credence: a simulated customer buys over 10 million times in the time to be simulated: simulate a "
            "shorter time, "
            "or look whether the model's unit is the one that was meant"));
}

/// Calls `bought(time, gap)` for each purchase up to `end`, and says when he left: +∞ where he is there after that.
template <class Bought>
double buy_until(purchaser const& own, double end, math::random_stream& draws, Bought const& bought) {
  constexpr int most = 10'000'000;
  double time = 0;
  for (int count = 0; count < most; ++count) {
    double const stages = own.stages == 1 ? math::exponential_draw(draws)
                                          : math::gamma_draw(draws, static_cast<double>(own.stages));
    double const gap = stages / own.rate;
    if (!(time + gap <= end) || time + gap > own.lifetime)
      return own.lifetime <= end ? own.lifetime : infinite_number();
    time += gap;
    bought(time, gap);
    if (own.leaves > 0 && draws.uniform() < own.leaves) return time;
  }
  refuse_endless_customer();
}

/// The same of one who may buy at opportunities 1, 2 … only, up to `end` of them. He left with the last opportunity at
/// which he was there.
template <simulated_at_opportunities Model, class Bought>
double buy_at_opportunities(Model const& model, double end, math::random_stream& draws, Bought const& bought) {
  double const buys = math::beta_draw(draws, model.alpha, model.beta);
  double const leaves = math::beta_draw(draws, model.gamma, model.delta);
  double last = 0;
  for (double opportunity = 1; opportunity <= end + 1; ++opportunity) {
    if (draws.uniform() < leaves) return opportunity - 1;
    if (opportunity > end || draws.uniform() >= buys) continue;
    bought(opportunity, opportunity - last);
    last = opportunity;
  }
  return infinite_number();
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

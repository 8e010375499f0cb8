// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_SIMULATE_HPP
#define CREDENCE_CLV_SIMULATE_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <credence/clv/detail/drawn_customer.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/draws.hpp>
#include <credence/math/random.hpp>

// Customers as a model has them: to try a fit, a plan or a report on, where the truth is known.

namespace credence {
inline namespace CREDENCE_ABI {

/// The options of `simulate`. Times are in the model's unit; for `bg_bb` they are whole numbers of opportunities.
struct simulate_options {
  whole customers = 1000;                ///< how many, ≥ 0
  number age = 0;                        ///< T, from a customer's first purchase to the end of observation, ≥ 0
  std::optional<number> least_age = {};  ///< set: ages lie anywhere from here to `age`, all alike
  number ahead = 0;                      ///< the holdout: for how long they are watched after that, ≥ 0
  whole seed = 2026;                     ///< another seed, other customers
};

/// A customer of a model: what is seen of him, as rows of `rfm` have it, and what is not.
struct simulated_customer {
  double frequency = 0;               ///< x: repeat purchases up to `age`
  double recency = 0;                 ///< t_x: of the last of them; 0 without any
  double age = 0;                     ///< T
  double log_gaps = 0;                ///< Σ ln(gap) between them
  double monetary_value = 0;          ///< mean spend of them; 0 without any, and where no spend is simulated
  double holdout_frequency = 0;       ///< purchases in (T, T + ahead]
  double holdout_duration = 0;        ///< ahead
  double holdout_monetary_value = 0;  ///< mean spend of those
  bool alive = true;                  ///< is he still there at T? Of `bg_bb`: at the next opportunity
  double churned = 0;                 ///< when he left, from his first purchase on; +∞: not by T + ahead

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("frequency", self.frequency);
    visit("recency", self.recency);
    visit("age", self.age);
    visit("log_gaps", self.log_gaps);
    visit("monetary_value", self.monetary_value);
    visit("holdout_frequency", self.holdout_frequency);
    visit("holdout_duration", self.holdout_duration);
    visit("holdout_monetary_value", self.holdout_monetary_value);
    visit("alive", self.alive);
    visit("churned", self.churned);
  }
  friend constexpr bool operator==(simulated_customer const&, simulated_customer const&) = default;
};

namespace detail {

template <class Model>
concept simulated_model = simulated_in_time<Model> || simulated_at_opportunities<Model>;
/// A model of spend: each purchase is Gamma(p, ν), ν is Gamma(q, gamma) over customers.
template <class Spend>
concept simulated_spend = requires(Spend const& spend) {
  spend.p;
  spend.q;
  spend.gamma;
};

inline void check_simulation(simulate_options const& options, bool in_whole_numbers) {
  if (options.customers.value < 0)
    wrong_argument("simulate_options::customers", options.customers.value, "it must be 0 or more");
  auto const check_length = [&](char const* name, double length) {
    if (!is_finite(length) || length < 0) wrong_argument(name, length, "it must be finite, and 0 or more");
    if (in_whole_numbers && std::floor(length) != length)
      wrong_argument(name, length, "opportunities are whole numbers");
  };
  check_length("simulate_options::age", options.age);
  check_length("simulate_options::ahead", options.ahead);
  if (!options.least_age) return;
  check_length("simulate_options::least_age", *options.least_age);
  if (options.least_age->value > options.age.value)
    wrong_argument("simulate_options::least_age", options.least_age->value, "it must not be above `age`");
}

struct simulate_function {
  template <simulated_model Model>
  [[nodiscard]] std::vector<simulated_customer> operator()(Model const& model, simulate_options const& options) const {
    return simulated(model, options, [](simulated_customer&, math::random_stream&) {});
  }
  template <simulated_model Model, simulated_spend Spend>
  [[nodiscard]] std::vector<simulated_customer> operator()(Model const& model, Spend const& spend,
                                                           simulate_options const& options) const {
    return simulated(model, options, [&](simulated_customer& own, math::random_stream& draws) {
      // The mean of x purchases that are Gamma(p, ν) is Gamma(px, ν) ÷ x.
      double const log_rate = math::log_gamma_draw(draws, spend.q) - std::log(spend.gamma);
      auto const mean_of = [&](double purchases) {
        if (purchases == 0) return 0.0;
        return std::exp(math::log_gamma_draw(draws, spend.p * purchases) - log_rate) / purchases;
      };
      own.monetary_value = mean_of(own.frequency);
      own.holdout_monetary_value = mean_of(own.holdout_frequency);
    });
  }

 private:
  template <class Model, class Spends>
  static std::vector<simulated_customer> simulated(Model const& model, simulate_options const& options,
                                                   Spends const& spends) {
    check_simulation(options, simulated_at_opportunities<Model>);
    std::vector<simulated_customer> all(static_cast<std::size_t>(options.customers.value));
    for (std::size_t number = 0; number < all.size(); ++number) {
      math::random_stream draws(static_cast<std::uint64_t>(options.seed.value), number);
      simulated_customer& own = all[number];
      own.age = drawn_age<Model>(options, draws);
      own.holdout_duration = options.ahead;
      double const end = own.age + options.ahead;
      auto const bought = [&](double time, double gap) {
        if (time > own.age) {
          ++own.holdout_frequency;
          return;
        }
        ++own.frequency;
        own.recency = time;
        own.log_gaps += std::log(gap);
      };
      if constexpr (simulated_in_time<Model>) {
        own.churned = buy_until(drawn_purchaser(model, draws), end, draws, bought);
      } else {
        own.churned = buy_at_opportunities(model, end, draws, bought);
      }
      own.alive = own.churned > own.age;
      spends(own, draws);
    }
    return all;
  }

  template <class Model>
  static double drawn_age(simulate_options const& options, math::random_stream& draws) {
    if (!options.least_age) return options.age;
    double const least = *options.least_age;
    double const range = options.age - least;
    if constexpr (simulated_in_time<Model>) {
      return least + range * draws.uniform();
    } else {
      return least + static_cast<double>(draws.below(static_cast<std::uint64_t>(range) + 1));
    }
  }
};

}  // namespace detail

/// Customers of a model: `simulate(bg_nbd{{…}}, {.customers = 10'000, .age = 52, .ahead = 26})`, a vector of
/// `simulated_customer`, which are rows for a fit, for answers and for `holdout` scores; and, with a model of spend,
/// `simulate(model, gamma_gamma{{…}}, {…})`, what they spent. Of `nbd`, `bg_nbd`, `mbg_nbd`, `pareto_nbd`, `bg_cnbd_k`,
/// `mbg_cnbd_k` and `bg_bb`.
///
/// Customer i depends on the seed and i alone: more customers begin with the same ones, and neither a holdout nor spend
/// changes what he did up to his age. Throws `credence::error` for options that cannot be, and for a customer of over
/// 10^7 purchases. Some 60 ns a purchase and 1 µs a customer.
inline constexpr detail::simulate_function simulate{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

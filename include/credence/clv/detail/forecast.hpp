// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_FORECAST_HPP
#define CREDENCE_CLV_DETAIL_FORECAST_HPP

#include <type_traits>
#include <utility>

#include <credence/clv/detail/age_curves.hpp>
#include <credence/clv/detail/transaction_model.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// A law asked the same of many customers: whether each is alive, and what else depends on that.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// P(alive) of a law, by its quicker form where it has one; 1 where nobody is ever lost.
template <class Law>
[[nodiscard]] auto quick_alive(Law const& law, double ahead) {
  if constexpr (requires { law.prepared(ahead); }) {
    return [quick = law.prepared(ahead)](purchases const& own) { return quick.alive(own); };
  } else if constexpr (knows_alive<Law>) {
    return [law](purchases const& own) { return law.alive(own); };
  } else {
    return [](purchases const&) { return 1.0; };
  }
}

template <class Law>
[[nodiscard]] double alive_by(Law const& law, purchases const& own) {
  if constexpr (knows_alive<Law>) {
    return law.alive(own);
  } else {
    return 1;
  }
}

/// `answer(law, customer, out)` writes `width` numbers, each of them P(alive) times something: asked of many customers,
/// by curves where the law allows.
template <class Law, class Answer>
class forecast {
  struct given_alive {
    Law law;
    Answer answer;
    std::size_t width;
    void operator()(purchases const& own, double* out) const {
      purchases const seen = just_seen(own);
      answer(law, seen, out);
      double const alive = alive_by(law, seen);
      for (std::size_t which = 0; which < width; ++which) out[which] /= alive;
    }
  };
  struct direct {
    Law law;
    Answer answer;
    void operator()(purchases const& own, double* out) const { answer(law, own, out); }
  };
  static auto made(Law const& law, Answer const& answer, std::size_t width, customer_ages const& ages) {
    if constexpr (forgets_recency<Law>) {
      return age_curves<given_alive>({law, answer, width}, width, law.age_scale(), ages);
    } else {
      static_cast<void>(width);
      static_cast<void>(ages);
      return direct{law, answer};
    }
  }

 public:
  forecast(Law const& law, double ahead, Answer const& answer, std::size_t width, customer_ages const& ages)
      : alive_(detail::quick_alive(law, ahead)), width_(width), curves_(made(law, answer, width, ages)) {}

  /// Writes the numbers, and answers P(alive).
  double operator()(purchases const& own, double* out) const {
    double const alive = alive_(own);
    curves_(own, out);
    if constexpr (forgets_recency<Law>)
      for (std::size_t which = 0; which < width_; ++which)
        if (is_finite(out[which])) out[which] *= alive;  // what has no end has none, though `alive` be rounded to 0
    return alive;
  }

 private:
  decltype(detail::quick_alive(std::declval<Law const&>(), 1.0)) alive_;
  std::size_t width_;
  decltype(made(std::declval<Law const&>(), std::declval<Answer const&>(), 0,
                std::declval<customer_ages const&>())) curves_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_COVARIATE_MODEL_HPP
#define CREDENCE_CLV_COVARIATE_MODEL_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Where covariates enter a law: the logarithm of this parameter is shifted by sign · γ'z. A law lists them, those on
/// purchases first, as `covariate_slots`; one without the list takes none.
struct covariate_slot {
  std::size_t parameter;
  bool on_dropout;
  double sign;
  std::string_view name;
};

template <class Law>
concept takes_covariates = requires {
  Law::covariate_slots;
};

/// γ'z.
[[nodiscard]] inline double shift_of(double const* coefficients, double const* values, std::size_t count) {
  double sum = 0;
  for (std::size_t at = 0; at < count; ++at) sum += coefficients[at] * values[at];
  return sum;
}

}  // namespace detail

/// A model whose customers differ by what is known of them: what `fit<bg_nbd>(customers, purchase_covariates(…))`
/// finds. `at(…)` is the model of a customer with such covariates, which answers all that the plain one does.
template <class Model>
class covariate_model {
 public:
  using base_type = Model;
  using law_type = typename Model::law_type;

  Model base;                        ///< of customers whose covariates are all 0
  std::vector<double> coefficients;  ///< γ, place by place where they enter, in the order of the report's names
  std::size_t purchase_width = 0;    ///< numbers that `purchase_covariates` answered
  std::size_t dropout_width = 0;     ///< and `dropout_covariates`

  covariate_model(Model own, std::vector<double> gamma, std::size_t on_purchase, std::size_t on_dropout)
      : base(std::move(own)), coefficients(std::move(gamma)), purchase_width(on_purchase), dropout_width(on_dropout) {}

  /// `model.at({1, 0.3}, {1})`. Throws `credence::error` unless there are as many values as covariates were fitted.
  [[nodiscard]] Model at(std::vector<double> const& purchase, std::vector<double> const& dropout = {}) const {
    if (purchase.size() != purchase_width)
      detail::wrong_argument("`purchase`", purchase.size(), "there must be as many values as purchase covariates");
    if (dropout.size() != dropout_width)
      detail::wrong_argument("`dropout`", dropout.size(), "there must be as many values as dropout covariates");
    auto own = base.parameters();
    double const* next = coefficients.data();
    for (detail::covariate_slot const& slot : law_type::covariate_slots) {
      std::vector<double> const& values = slot.on_dropout ? dropout : purchase;
      own[slot.parameter] *= std::exp(slot.sign * detail::shift_of(next, values.data(), values.size()));
      next += values.size();
    }
    return base.with_parameters(own.data());
  }

  [[nodiscard]] std::vector<double> parameters() const {
    auto const own = base.parameters();
    std::vector<double> all(own.begin(), own.end());
    all.insert(all.end(), coefficients.begin(), coefficients.end());
    return all;
  }
  /// The same with other parameters, as many.
  [[nodiscard]] covariate_model with_parameters(double const* other) const {
    std::size_t const count = base.parameters().size();
    return {base.with_parameters(other), std::vector<double>(other + count, other + count + coefficients.size()),
            purchase_width, dropout_width};
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("base", self.base);
    visit("coefficients", self.coefficients);
    visit("purchase_width", self.purchase_width);
    visit("dropout_width", self.dropout_width);
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

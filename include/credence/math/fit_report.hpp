// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_FIT_REPORT_HPP
#define CREDENCE_MATH_FIT_REPORT_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// How a fit ended. Only what converged is a model.
enum class fit_status : std::uint8_t {
  converged,
  flat_ridge,       ///< the likelihood hardly changes along a line of parameters: the data do not tell them apart
  boundary,         ///< it grows towards the edge of what the parameters may be
  degenerate_data,  ///< nothing to fit to: no rows, or all of them alike
  singular,         ///< a system of equations that has no one solution
  iteration_limit   ///< it was still improving when it was stopped
};
constexpr std::string_view name_of(fit_status status) {
  switch (status) {
    case fit_status::converged: return "converged";
    case fit_status::flat_ridge: return "flat_ridge";
    case fit_status::boundary: return "boundary";
    case fit_status::degenerate_data: return "degenerate_data";
    case fit_status::singular: return "singular";
    case fit_status::iteration_limit: return "iteration_limit";
  }
  return {};
}

namespace detail {

/// What to do about it, whatever was fitted.
[[nodiscard]] constexpr std::string_view advice_about(fit_status status) {
  switch (status) {
    case fit_status::converged: return "the model can be used";
    case fit_status::flat_ridge:
      return "these data do not tell the parameters apart: give more of them, a penalty or a prior, or a model of "
             "fewer parameters";
    case fit_status::boundary:
      return "the best parameters lie at the edge of what they may be: look at the data, give a penalty or a prior, or "
             "a simpler model";
    case fit_status::degenerate_data: return "give more rows, or others: these say nothing of what the model asks";
    case fit_status::singular:
      return "some parameters cannot be told from others: leave out what depends on the rest, or give a penalty or a "
             "prior";
    case fit_status::iteration_limit: return "allow more iterations, or a greater tolerance where it has one";
  }
  return {};
}

}  // namespace detail

/// What every fit tells beside its model.
struct fit_summary {
  fit_status status = fit_status::degenerate_data;
  std::uint64_t iterations = 0;
  double log_likelihood = not_a_number();  ///< of all observations, at the last parameters; NaN for least squares
  double gradient_norm = not_a_number();   ///< NaN where no gradient is followed
  std::vector<double> standard_errors;     ///< of the parameters, in the model's order; empty where there are none
  std::uint64_t count = 0;                 ///< rows used
  std::uint64_t rejected = 0;              ///< rows left out
  credence::rejections rejections;         ///< and why
  std::string reason;                      ///< what about these data ended the fit so; empty where the status says it

  /// Has it converged?
  explicit operator bool() const { return status == fit_status::converged; }
  /// A sentence that says what to do.
  [[nodiscard]] std::string advice() const {
    std::string_view const general = detail::advice_about(status);
    return reason.empty() ? std::string(general) : detail::joined({reason, "; ", general});
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("status", self.status);
    visit("iterations", self.iterations);
    visit("log_likelihood", self.log_likelihood);
    visit("gradient_norm", self.gradient_norm);
    visit("standard_errors", self.standard_errors);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
    visit("reason", self.reason);
  }
  friend bool operator==(fit_summary const&, fit_summary const&) = default;
};

/// The answer of `fit<…>`: how it went, and the model where it converged. A model that did not is not kept at all, so
/// that no number of it can be taken for an answer.
template <class Model>
class fit_report : public fit_summary {
 public:
  using model_type = Model;

  fit_report() = default;
  /// Of a fit that failed.
  explicit fit_report(fit_summary summary) : fit_summary(std::move(summary)) {}
  fit_report(fit_summary summary, Model model) : fit_summary(std::move(summary)) {
    if (*this) model_.emplace(std::move(model));
  }

  /// Throws `credence::error`, which says how the fit ended and what to do, unless it converged.
  [[nodiscard]] Model const& model() const& {
    if (!model_) refuse();
    return *model_;
  }
  [[nodiscard]] Model model() && {  // by value: the report of a call that is not kept dies before its model is asked
    if (!model_) refuse();
    return std::move(*model_);
  }
  [[nodiscard]] Model model() const&& {
    if (!model_) refuse();
    return *model_;
  }

 private:
  [[noreturn, gnu::cold]] void refuse() const {
    detail::raise(error(detail::joined(
        {"credence: there is no model, for the fit ended with the status ", name_of(status), ": ", advice()})));
  }

  std::optional<Model> model_;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

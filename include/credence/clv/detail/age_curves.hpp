// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_AGE_CURVES_HPP
#define CREDENCE_CLV_DETAIL_AGE_CURVES_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <credence/clv/purchase_history.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// What is to come of a customer who is alive is, in most models, a smooth function of his age for each number of
// purchases: for many customers it is looked up on a curve through a few ages. Whether he is alive is not.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Does it depend on when he was last seen only whether a customer is alive, and not what he will do if he is? Such a
/// law has `double age_scale() const`: what is to come is analytic in ln(age_scale + T) within ±π of the real axis.
template <class Law>
concept forgets_recency = requires(Law const& law) {
  law.age_scale();
};

/// What is known of many customers before they are looked at one by one.
struct customer_ages {
  static constexpr std::size_t most_frequencies = 4'096;

  double least = infinite_number();
  double greatest = 0;
  std::vector<std::uint64_t> customers;  ///< by frequency, up to `most_frequencies`

  void add(purchases const& own) {
    if (own.age < least) least = own.age;
    if (own.age > greatest) greatest = own.age;
    if (!(own.frequency < static_cast<double>(most_frequencies))) return;
    std::size_t const frequency = static_cast<std::size_t>(own.frequency);
    if (frequency >= customers.size()) customers.resize(frequency + 1);
    ++customers[frequency];
  }
};

/// A customer as he would be had he been seen just now.
[[nodiscard]] inline purchases just_seen(purchases const& own) {
  return {own.frequency, own.frequency > 0 ? own.age : 0, own.age, own.log_gaps};
}

/// `answer(customer, out)` writes `width` numbers, which depend on frequency and age alone. Interpolated by Chebyshev
/// polynomials in ln(scale + age), in pieces of the same length, to some 1e-12 of each; asked itself where customers of
/// a frequency are few, or where a curve would not be so good.
template <class Answer>
class age_curves {
 public:
  age_curves(Answer answer, std::size_t width, double scale, customer_ages const& ages)
      : answer_(std::move(answer)), width_(width), scale_(scale) {
    if (!(ages.greatest >= ages.least)) return;
    begin_ = std::log(scale_ + ages.least);
    double const length = std::log(scale_ + ages.greatest) - begin_;
    if (!is_finite(begin_) || !is_finite(length) || length > 64) return;
    pieces_ = 1 + static_cast<std::size_t>(length / 2);
    piece_ = length / static_cast<double>(pieces_);
    // The polynomials converge as powers of this, for nothing is wrong within π of the real axis.
    double const reach = 6.283185307179586 / (piece_ > 1e-3 ? piece_ : 1e-3);
    nodes_ = 4 + static_cast<std::size_t>(32 / std::log(reach + std::sqrt(1 + reach * reach)));
    if (nodes_ > most_nodes) return;
    places_.assign(ages.customers.size(), none);
    for (std::size_t frequency = 0; frequency < ages.customers.size(); ++frequency)
      if (ages.customers[frequency] > 2 * nodes_ * pieces_) add(frequency);
  }

  void operator()(purchases const& own, double* out) const {
    std::size_t const frequency =
        own.frequency < static_cast<double>(places_.size()) ? static_cast<std::size_t>(own.frequency) : places_.size();
    if (frequency >= places_.size() || places_[frequency] == none) return answer_(own, out);
    double const along = piece_ > 0 ? (std::log(scale_ + own.age) - begin_) / piece_ : 0;
    std::size_t const piece =
        along > 0 ? (along < static_cast<double>(pieces_) ? static_cast<std::size_t>(along) : pieces_ - 1) : 0;
    double const at = piece_ > 0 ? 2 * (along - static_cast<double>(piece)) - 1 : 0;
    double powers[most_nodes];
    powers[0] = 1;
    powers[1] = at;
    for (std::size_t node = 2; node < nodes_; ++node) powers[node] = 2 * at * powers[node - 1] - powers[node - 2];
    double const* own_curve = curves_.data() + places_[frequency] + piece * width_ * nodes_;
    for (std::size_t which = 0; which < width_; ++which, own_curve += nodes_) {
      double sum = 0;
      for (std::size_t node = 0; node < nodes_; ++node) sum += own_curve[node] * powers[node];
      out[which] = sum;
    }
  }

 private:
  static constexpr std::size_t none = ~std::size_t{};
  static constexpr std::size_t most_nodes = 28;

  void add(std::size_t frequency) {
    std::size_t const place = curves_.size();
    std::vector<double> values(nodes_ * width_);
    double const half_turn = 3.141592653589793 / static_cast<double>(nodes_);
    for (std::size_t piece = 0; piece < pieces_; ++piece) {
      for (std::size_t node = 0; node < nodes_; ++node) {
        double const at = std::cos((static_cast<double>(node) + 0.5) * half_turn);
        double const along = begin_ + piece_ * (static_cast<double>(piece) + (at + 1) / 2);
        double const age = std::exp(along) - scale_;
        double const sound = age > 0 ? age : 0;
        answer_(just_seen({static_cast<double>(frequency), 0, sound, 0}), values.data() + node * width_);
      }
      for (std::size_t which = 0; which < width_; ++which)
        if (!fit_piece(values, which, half_turn)) {
          curves_.resize(place);
          return;
        }
    }
    places_[frequency] = place;
  }
  /// Appends the coefficients; false where they do not fall off.
  bool fit_piece(std::vector<double> const& values, std::size_t which, double half_turn) {
    double least = infinite_number();
    for (std::size_t node = 0; node < nodes_; ++node) {
      double const size = std::fabs(values[node * width_ + which]);
      if (!is_finite(size)) return false;
      if (size < least) least = size;
    }
    double tail = 0;
    for (std::size_t power = 0; power < nodes_; ++power) {
      double sum = 0;
      for (std::size_t node = 0; node < nodes_; ++node)
        sum += values[node * width_ + which] *
               std::cos(static_cast<double>(power) * (static_cast<double>(node) + 0.5) * half_turn);
      double const coefficient = sum * (power == 0 ? 1.0 : 2.0) / static_cast<double>(nodes_);
      curves_.push_back(coefficient);
      if (power + 2 >= nodes_) tail += std::fabs(coefficient);
    }
    return tail <= 1e-12 * least;
  }

  Answer answer_;
  std::size_t width_;
  double scale_;
  double begin_ = 0;
  double piece_ = 0;
  std::size_t pieces_ = 0;
  std::size_t nodes_ = 2;
  std::vector<std::size_t> places_;  ///< where the curves of a frequency begin
  std::vector<double> curves_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_COVARIANCE_HPP
#define CREDENCE_INFERENCE_COVARIANCE_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Means and Σ(x − x̄)(y − ȳ) of every pair of some columns, as Welford's, merged by the delta form (Chan, Golub and
/// LeVeque 1979), so that nothing cancels. The first row says how many columns there are. A state: regular, mergeable,
/// `describe`, `valid`. Memory O(columns²), a row O(columns²).
class co_moments {
 public:
  /// One row, of finite values. The first row of an empty state sets the number of columns; later ones have as many.
  void push(std::span<double const> row) {
    if (count_ == 0) {
      means_.assign(row.size(), 0.0);
      products_.assign(row.size() * (row.size() + 1) / 2, 0.0);
    }
    ++count_;
    double const part = 1 / static_cast<double>(count_);
    double* product = products_.data();
    for (std::size_t column = 0; column < row.size(); ++column) {
      // Column by column: the means before are new by now, its own and those after are old.
      double const apart = row[column] - means_[column];
      for (std::size_t before = 0; before < column; ++before) *product++ += apart * (row[before] - means_[before]);
      means_[column] += apart * part;
      *product++ += apart * (row[column] - means_[column]);
    }
  }

  co_moments& operator+=(co_moments const& other) {
    if (other.count_ == 0) return *this;
    if (count_ == 0) return *this = other;
    double const mine = static_cast<double>(count_);
    double const theirs = static_cast<double>(other.count_);
    double const part = theirs / (mine + theirs);
    std::vector<double> apart(means_.size());
    for (std::size_t column = 0; column < apart.size(); ++column) apart[column] = other.means_[column] - means_[column];
    std::size_t at = 0;
    for (std::size_t column = 0; column < apart.size(); ++column)
      for (std::size_t before = 0; before <= column; ++before, ++at)
        products_[at] += other.products_[at] + apart[column] * apart[before] * (mine * part);
    for (std::size_t column = 0; column < apart.size(); ++column) means_[column] += apart[column] * part;
    count_ += other.count_;
    return *this;
  }

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::size_t columns() const { return means_.size(); }
  [[nodiscard]] double mean_of(std::size_t column) const { return means_[column]; }
  /// Σ(x − x̄)(y − ȳ) of two columns.
  [[nodiscard]] double product(std::size_t one, std::size_t other) const {
    std::size_t const high = one > other ? one : other;
    return products_[high * (high + 1) / 2 + (one > other ? other : one)];
  }
  [[nodiscard]] double covariance(std::size_t one, std::size_t other) const {
    return product(one, other) / (static_cast<double>(count_) - 1);
  }
  /// NaN where either column never varies.
  [[nodiscard]] double correlation(std::size_t one, std::size_t other) const {
    double const spread = std::sqrt(product(one, one)) * std::sqrt(product(other, other));
    return spread > 0 ? product(one, other) / spread : not_a_number();
  }

  [[nodiscard]] bool valid() const {
    if (count_ == 0) return *this == co_moments{};
    if (means_.empty() || products_.size() != means_.size() * (means_.size() + 1) / 2) return false;
    for (double const centre : means_)
      if (!is_finite(centre)) return false;
    for (double const sum : products_)
      if (!is_finite(sum)) return false;
    for (std::size_t column = 0; column < columns(); ++column)
      if (product(column, column) < 0) return false;
    return count_ <= ~std::uint64_t{} / 8;
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count_);
    visit("means", self.means_);
    visit("products", self.products_);
  }
  friend bool operator==(co_moments const&, co_moments const&) = default;

 private:
  std::uint64_t count_ = 0;
  std::vector<double> means_;
  std::vector<double> products_;  ///< the lower triangle by rows
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

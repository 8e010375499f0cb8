// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_CUSTOMER_TABLE_HPP
#define CREDENCE_CLV_DETAIL_CUSTOMER_TABLE_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <credence/clv/detail/purchase_block.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Customers side by side, as fits read them again and again. Columns that say nothing are not kept: without repeat
/// purchases there is no recency, without weights each counts once.
class customer_columns {
 public:
  customer_columns(bool keeps_repeats, bool keeps_gaps, bool keeps_weights, std::size_t covariates)
      : keeps_repeats_(keeps_repeats),
        keeps_gaps_(keeps_repeats && keeps_gaps),
        keeps_weights_(keeps_weights),
        covariates_(covariates) {}

  [[nodiscard]] std::size_t size() const { return ages_.size(); }
  [[nodiscard]] purchases at(std::size_t place) const {
    if (!keeps_repeats_) return {0, 0, ages_[place], 0};
    return {frequencies_[place], recencies_[place], ages_[place], keeps_gaps_ ? log_gaps_[place] : 0.0};
  }
  [[nodiscard]] double weight(std::size_t place) const { return keeps_weights_ ? weights_[place] : 1.0; }
  [[nodiscard]] double const* covariates(std::size_t place) const { return known_.data() + place * covariates_; }

  void reserve(std::size_t count) {
    ages_.reserve(count);
    if (keeps_repeats_) {
      frequencies_.reserve(count);
      recencies_.reserve(count);
    }
    if (keeps_gaps_) log_gaps_.reserve(count);
    if (keeps_weights_) weights_.reserve(count);
    known_.reserve(count * covariates_);
  }
  void push(purchases const& own, double weight, double const* known) {
    ages_.push_back(own.age);
    if (keeps_repeats_) {
      frequencies_.push_back(own.frequency);
      recencies_.push_back(own.recency);
    }
    if (keeps_gaps_) log_gaps_.push_back(own.log_gaps);
    if (keeps_weights_) weights_.push_back(weight);
    known_.insert(known_.end(), known, known + covariates_);
  }
  [[nodiscard]] double& covariate(std::size_t place, std::size_t number) {
    return known_[place * covariates_ + number];
  }
  void weigh_more(std::size_t place, double weight) { weights_[place] += weight; }

  /// Customers `first` to `first + count`; count is at most the length of the zeros.
  [[nodiscard]] purchase_block block(std::size_t first, std::size_t count, double const* zeros) const {
    return {keeps_repeats_ ? frequencies_.data() + first : zeros,
            keeps_repeats_ ? recencies_.data() + first : zeros,
            ages_.data() + first,
            keeps_gaps_ ? log_gaps_.data() + first : nullptr,
            keeps_weights_ ? weights_.data() + first : nullptr,
            count};
  }

  /// Every `stride`-th of them.
  [[nodiscard]] customer_columns sample(std::size_t stride) const {
    customer_columns chosen(keeps_repeats_, keeps_gaps_, keeps_weights_, covariates_);
    for (std::size_t place = stride / 2; place < size(); place += stride)
      chosen.push(at(place), weight(place), covariates(place));
    return chosen;
  }
  /// Those alike in one, who weighs as much as all of them; in the order in which they first came.
  [[nodiscard]] customer_columns compressed() const {
    customer_columns distinct(keeps_repeats_, keeps_gaps_, true, 0);
    std::vector<std::uint32_t> found(std::bit_ceil(size() * 2), 0);
    for (std::size_t place = 0; place < size(); ++place) {
      purchases const own = at(place);
      std::size_t slot = static_cast<std::size_t>(mixed(own)) & (found.size() - 1);
      while (found[slot] != 0 && !alike(distinct.at(found[slot] - 1), own)) slot = (slot + 1) & (found.size() - 1);
      if (found[slot] != 0) {
        distinct.weigh_more(found[slot] - 1, weight(place));
      } else {
        distinct.push(own, weight(place), nullptr);
        found[slot] = static_cast<std::uint32_t>(distinct.size());
      }
    }
    return distinct;
  }
  /// Would compressing leave less than half? Told by some of them.
  [[nodiscard]] bool repeats_itself() const {
    if (size() < 64 || covariates_ != 0 || size() > 0x7FFF'FFFF) return false;
    customer_columns const probe = size() > 4'096 ? sample(size() / 2'048) : *this;
    return probe.compressed().size() * 2 < probe.size();
  }

 private:
  static bool alike(purchases const& left, purchases const& right) {
    return left.frequency == right.frequency && left.recency == right.recency && left.age == right.age &&
           left.log_gaps == right.log_gaps;
  }
  static std::uint64_t mixed(purchases const& own) {
    std::uint64_t state = 0;
    for (double const value : {own.frequency, own.recency, own.age, own.log_gaps}) {
      state = (state ^ std::bit_cast<std::uint64_t>(value + 0.0)) * 0x9E37'79B9'7F4A'7C15u;
      state ^= state >> 29;
    }
    return state;
  }

  bool keeps_repeats_;
  bool keeps_gaps_;
  bool keeps_weights_;
  std::size_t covariates_;
  std::vector<double> frequencies_;
  std::vector<double> recencies_;
  std::vector<double> ages_;
  std::vector<double> log_gaps_;
  std::vector<double> weights_;
  std::vector<double> known_;  ///< covariates, customer by customer
};

/// All customers of a fit: those who bought again apart from those who did not, whose likelihood is simpler.
class customer_table {
 public:
  customer_table(bool keeps_gaps, bool keeps_weights, std::size_t covariates)
      : repeaters_(true, keeps_gaps, keeps_weights, covariates), others_(false, false, keeps_weights, covariates) {}

  [[nodiscard]] std::size_t size() const { return repeaters_.size() + others_.size(); }
  [[nodiscard]] bool has_repeaters() const { return repeaters_.size() != 0; }

  /// For so many customers, of whom it is not known yet who came back: memory that is not written to costs nothing.
  void reserve(std::size_t count) {
    repeaters_.reserve(count);
    others_.reserve(count);
  }
  void push(purchases const& own, double weight, double const* known) {
    (own.frequency > 0 ? repeaters_ : others_).push(own, weight, known);
  }
  [[nodiscard]] customer_table sample(std::size_t stride) const {
    return {repeaters_.sample(stride), others_.sample(stride)};
  }
  /// Customers who are alike are put together where that saves work.
  void compress() {
    if (repeaters_.repeats_itself()) repeaters_ = repeaters_.compressed();
    if (others_.repeats_itself()) others_ = others_.compressed();
  }

  /// Where a covariate lies, and how much it varies.
  struct spread {
    double middle = 0;
    double deviation = 1;
  };
  /// Moves each of so many covariates to a mean of 0 and a deviation of 1. One that does not vary keeps its place, and
  /// is made 1, for what it shifts is not to be told from the parameter itself.
  [[nodiscard]] std::vector<spread> scale_covariates(std::size_t width) {
    std::vector<spread> found(width);
    for (std::size_t number = 0; number < width; ++number) {
      spread& own = found[number];
      double greatest = 0;
      each_covariate(number, [&](double value, double) { greatest = (std::max)(greatest, std::fabs(value)); });
      if (!(greatest > 0)) continue;
      double weight = 0;
      double mean = 0;
      each_covariate(number, [&](double value, double weighs) {
        weight += weighs;
        mean += weighs * (value / greatest);
      });
      if (!(weight > 0)) continue;
      mean /= weight;
      double squares = 0;
      each_covariate(number, [&](double value, double weighs) {
        squares += weighs * (value / greatest - mean) * (value / greatest - mean);
      });
      double const deviation = std::sqrt(squares / weight);
      bool const varies = deviation > 1e-12;
      own = varies ? spread{mean * greatest, deviation * greatest} : spread{0, greatest};
      each_covariate(number, [&](double& value, double) { value = (value - own.middle) / own.deviation; });
    }
    return found;
  }

  /// Sums are made by stretches of so many customers, in their order, whoever makes them.
  static constexpr std::size_t stretch = 8'192;
  [[nodiscard]] std::size_t stretches() const { return stretches_of(repeaters_) + stretches_of(others_); }
  /// The columns of a stretch, where it begins and how long it is.
  struct place {
    customer_columns const& columns;
    std::size_t first;
    std::size_t count;

    [[nodiscard]] purchase_block block() const {
      static constexpr std::array<double, stretch> zeros{};
      return columns.block(first, count, zeros.data());
    }
  };
  [[nodiscard]] place at(std::size_t number) const {
    std::size_t const before = stretches_of(repeaters_);
    customer_columns const& columns = number < before ? repeaters_ : others_;
    std::size_t const first = (number < before ? number : number - before) * stretch;
    return {columns, first, (std::min)(stretch, columns.size() - first)};
  }

  [[nodiscard]] purchase_moments moments() const {
    purchase_moments sums;
    double repeating = 0;
    for (std::size_t number = 0; number < stretches(); ++number) {
      place const own = at(number);
      for (std::size_t each = own.first; each < own.first + own.count; ++each) {
        purchases const one = own.columns.at(each);
        double const weight = own.columns.weight(each);
        sums.weight += weight;
        sums.frequency += weight * one.frequency;
        sums.frequency_squares += weight * one.frequency * one.frequency;
        sums.age += weight * one.age;
        sums.age_squares += weight * one.age * one.age;
        sums.greatest_age = (std::max)(sums.greatest_age, one.age);
        sums.greatest_frequency = (std::max)(sums.greatest_frequency, one.frequency);
        if (one.frequency > 0) {
          repeating += weight;
          if (one.age > 0) sums.silence += weight * (one.age - one.recency) / one.age;
        }
      }
    }
    if (sums.weight > 0) {
      for (double* const sum : {&sums.frequency, &sums.frequency_squares, &sums.age, &sums.age_squares})
        *sum /= sums.weight;
      sums.repeaters = repeating / sums.weight;
    }
    if (repeating > 0) sums.silence /= repeating;
    return sums;
  }

 private:
  customer_table(customer_columns repeaters, customer_columns others)
      : repeaters_(std::move(repeaters)), others_(std::move(others)) {}

  template <class Use>
  void each_covariate(std::size_t number, Use const& use) {
    for (customer_columns* const columns : {&repeaters_, &others_})
      for (std::size_t each = 0; each < columns->size(); ++each)
        use(columns->covariate(each, number), columns->weight(each));
  }

  static std::size_t stretches_of(customer_columns const& columns) {
    return columns.size() / stretch + (columns.size() % stretch != 0);
  }

  customer_columns repeaters_;
  customer_columns others_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

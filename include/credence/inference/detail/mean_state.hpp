// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_MEAN_STATE_HPP
#define CREDENCE_INFERENCE_DETAIL_MEAN_STATE_HPP

#include <concepts>
#include <cstdint>
#include <type_traits>

#include <credence/core/host_types.hpp>
#include <credence/core/moments.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

namespace detail {

/// Integers without a weight are kept exactly; everything else by its deviations: once weighted by w, for the mean, and
/// once by w², for its error.
struct mean_state {
  integer_moments integers;
  std::uint64_t real_count = 0;      ///< samples that are not in `integers`
  std::uint64_t weighted_count = 0;  ///< of them, those that came with a weight
  real_moments reals;
  real_moments squares;
  rejections rejected;

  constexpr mean_state& operator+=(mean_state const& other) {
    integers += other.integers;
    real_count += other.real_count;
    weighted_count += other.weighted_count;
    reals += other.reals;
    squares += other.squares;
    rejected += other.rejected;
    return *this;
  }
  [[nodiscard]] constexpr std::uint64_t count() const { return integers.count + real_count; }
  [[nodiscard]] constexpr std::uint64_t seen() const { return count() + rejected.total(); }
  /// `reals` or `squares` together with the integers: those are samples of weight 1, and join either.
  [[nodiscard]] constexpr real_moments with_integers(real_moments both) const {
    if (integers.count != 0)
      both += real_moments{static_cast<double>(integers.count), integers.mean(), integers.squared_deviations()};
    return both;
  }
  template <class Options>
  [[nodiscard]] constexpr bool valid(Options const&) const {
    std::uint64_t const most = ~std::uint64_t{} / 8;  // so that the counts can be added up
    return integers.valid() && reals.valid() && squares.valid() && rejected.valid() && integers.count <= most &&
           real_count <= most && weighted_count <= real_count &&
           (real_count != 0 || !(reals.weight > 0 || squares.weight > 0));
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("integers", self.integers);
    visit("real_count", self.real_count);
    visit("weighted_count", self.weighted_count);
    visit("reals", self.reals);
    visit("squares", self.squares);
    visit("rejected", self.rejected);
  }
  friend constexpr bool operator==(mean_state const&, mean_state const&) = default;
};

/// A whole number of at most 64 bits in its type, but for enums of which the host says what number they are.
template <class Value>
concept whole_number =
    (std::integral<Value> || std::is_enum_v<Value>)&&sizeof(Value) <= sizeof(std::int64_t) && requires {
  typename real_traits<Value>::built_in;
};
template <class Value>
inline constexpr bool is_whole_sample = whole_number<typename answer_type<Value>::type>;

}  // namespace detail

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

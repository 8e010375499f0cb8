// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_REVENUE_CONCENTRATION_HPP
#define CREDENCE_CLV_REVENUE_CONCENTRATION_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include <credence/core/accumulator.hpp>
#include <credence/core/detail/real_bag.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

// On how few customers does the revenue hang?

namespace credence {
inline namespace CREDENCE_ABI {

struct revenue_concentration_options {
  number top = 0.1;            ///< share of customers, those who bring most, whose share of revenue is told; 0…1
  number revenue_share = 0.8;  ///< share of revenue of which is told how few customers bring it; 0…1
  whole points = 10;           ///< of the Lorenz curve, evenly spaced, 0 apart; 1 to 100,000
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return share_fits("revenue_concentration_options::top", top, complain) &&
           share_fits("revenue_concentration_options::revenue_share", revenue_share, complain) &&
           ((points.value >= 1 && points.value <= 100'000) ||
            complain("revenue_concentration_options::points", points.value, "it must be 1 to 100000"));
  }
  template <class Self>
  static constexpr auto shape(Self&) {
    return std::tie();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("top", self.top);
    visit("revenue_share", self.revenue_share);
    visit("points", self.points);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(revenue_concentration_options const&,
                                   revenue_concentration_options const&) = default;

 private:
  template <class Complain>
  static constexpr bool share_fits(char const* name, double const& given, Complain const& complain) {
    return (is_finite(given) && given >= 0 && given <= 1) || complain(name, given, "it must lie in 0 to 1");
  }
};

/// A point of the Lorenz curve: the customers who bring least, and what they bring.
struct lorenz_point {
  double customers = 0;  ///< share of customers, in 0…1
  double revenue = 0;    ///< share of revenue that these bring, in 0…1

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("customers", self.customers);
    visit("revenue", self.revenue);
  }
  friend constexpr bool operator==(lorenz_point const&, lorenz_point const&) = default;
};

/// The answer of `revenue_concentration`. NaN where there is no customer or no revenue.
struct revenue_concentration_result {
  double value = not_a_number();      ///< Gini: 0 where all bring the same … 1 − 1/n where one brings all
  double unbiased = not_a_number();   ///< value·n/(n−1), 1 where one brings all; NaN of one customer
  double top_share = not_a_number();  ///< of revenue, what the share of customers in `top` who bring most bring, 0…1
  double customers_for_share = not_a_number();  ///< least share of customers who bring `revenue_share` of it, 0…1
  std::vector<lorenz_point> lorenz;             ///< from (0, 0) to (1, 1)
  double revenue = 0;                           ///< of all
  std::uint64_t count = 0;                      ///< customers used
  std::uint64_t zeros = 0;                      ///< of them, those who brought nothing
  std::uint64_t rejected = 0;                   ///< customers left out
  credence::rejections rejections;              ///< and why; negative revenue is off the scale

  explicit operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("unbiased", self.unbiased);
    visit("top_share", self.top_share);
    visit("customers_for_share", self.customers_for_share);
    visit("lorenz", self.lorenz);
    visit("revenue", self.revenue);
    visit("count", self.count);
    visit("zeros", self.zeros);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(revenue_concentration_result const&, revenue_concentration_result const&) = default;
};

namespace detail {

/// The greatest revenue of one customer: sums of it, and of it times its rank, do not overflow.
inline constexpr double most_revenue = 1e280;

struct revenue_concentration_state {
  real_bag amounts;
  credence::rejections rejected;

  revenue_concentration_state& operator+=(revenue_concentration_state const& other) {
    amounts += other.amounts;
    rejected += other.rejected;
    return *this;
  }
  [[nodiscard]] bool valid(revenue_concentration_options const&) const {
    return rejected.valid() && amounts.in_order([](std::vector<double> const& own) {
      return own.empty() || (own.front() >= 0 && own.back() <= most_revenue);
    });
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("amounts", self.amounts);
    visit("rejected", self.rejected);
  }
  friend bool operator==(revenue_concentration_state const&, revenue_concentration_state const&) = default;
};

/// Revenue of the first customers, ascending, at each number of them; between two, in proportion.
class lorenz_curve {
 public:
  explicit lorenz_curve(std::vector<double> const& ascending) : sums_(ascending.size() + 1) {
    compensated_sum sum;
    for (std::size_t at = 0; at < ascending.size(); ++at) {
      sum += ascending[at];
      sums_[at + 1] = sum.value();
    }
  }
  [[nodiscard]] double customers() const { return static_cast<double>(sums_.size() - 1); }
  [[nodiscard]] double all() const { return sums_.back(); }
  /// Of `lowest` customers, a number that need not be whole.
  [[nodiscard]] double of(double lowest) const {
    std::size_t const last = sums_.size() - 1;
    if (!(lowest < customers())) return all();
    if (!(lowest > 0)) return 0;
    std::size_t const below = (std::min)(static_cast<std::size_t>(lowest), last - 1);
    double const part = lowest - static_cast<double>(below);
    return sums_[below] + part * (sums_[below + 1] - sums_[below]);
  }
  /// The number of lowest customers who together bring `revenue`, which must lie in 0…all().
  [[nodiscard]] double lowest_for(double revenue) const {
    // The greatest such number: those who bring nothing are not needed.
    auto const above = std::upper_bound(sums_.begin(), sums_.end(), revenue);
    if (above == sums_.end()) return customers();
    std::size_t const next = static_cast<std::size_t>(above - sums_.begin());
    return static_cast<double>(next - 1) + (revenue - sums_[next - 1]) / (sums_[next] - sums_[next - 1]);
  }

 private:
  std::vector<double> sums_;
};

/// Σᵢ (2i − n − 1)·xᵢ ÷ (n·Σx), in twice the digits.
[[nodiscard]] inline double gini_of(std::vector<double> const& ascending, double all) {
  double const count = static_cast<double>(ascending.size());
  compensated_sum apart;
  for (std::size_t at = 0; at < ascending.size(); ++at) {
    double const rank = 2 * static_cast<double>(at) + 1 - count;
    double const product = rank * ascending[at];
    apart += product;
    apart += std::fma(rank, ascending[at], -product);
  }
  return apart.value() / all / count;
}

}  // namespace detail

/// What `revenue_concentration` gathers: the revenue of customers, one a push. Merges by union; 8 bytes a customer.
class revenue_concentration_accumulator
    : public accumulator_base<revenue_concentration_accumulator, revenue_concentration_options,
                              detail::revenue_concentration_state> {
  using base = accumulator_base<revenue_concentration_accumulator, revenue_concentration_options,
                                detail::revenue_concentration_state>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.revenue_concentration"; }
  template <class...>
  static constexpr bool exact = true;

  template <class Amount>
  static void push(revenue_concentration_options const& options, detail::revenue_concentration_state& state,
                   Amount const& amount) {
    if constexpr (detail::number_check::of<Amount>()) {
      if (detail::accepts_between(amount, 0, detail::most_revenue, options.on_invalid, state.rejected,
                                  state.amounts.size() + state.rejected.total()))
        state.amounts.add(detail::real_of(amount) + 0.0);  // of −0 too, 0
    }
  }
  [[nodiscard]] static revenue_concentration_result answer(revenue_concentration_options const& options,
                                                           detail::revenue_concentration_state const& state) {
    revenue_concentration_result result;
    result.count = state.amounts.size();
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    state.amounts.in_order([&](std::vector<double> const& ascending) { fill(result, options, ascending); });
    return result;
  }

 private:
  static void fill(revenue_concentration_result& result, revenue_concentration_options const& options,
                   std::vector<double> const& ascending) {
    detail::lorenz_curve const curve(ascending);
    double const customers = curve.customers();
    double const all = curve.all();
    result.revenue = all;
    result.zeros =
        static_cast<std::uint64_t>(std::upper_bound(ascending.begin(), ascending.end(), 0.0) - ascending.begin());
    if (!(all > 0)) return;
    result.value = detail::gini_of(ascending, all);
    if (ascending.size() > 1) result.unbiased = result.value * (customers / (customers - 1));
    // From above: the revenue of the highest is not what rounding leaves of all the others.
    result.top_share = (all - curve.of(customers - options.top.value * customers)) / all;
    result.customers_for_share = 1 - curve.lowest_for((1 - options.revenue_share.value) * all) / customers;
    double const points = static_cast<double>(options.points.value);
    for (double point = 0; point <= points; ++point)
      result.lorenz.push_back({point / points, curve.of(point / points * customers) / all});
  }
};

/// How unequal customers are in what they bring: `revenue_concentration(customers, &customer::revenue)`, one row a
/// customer (of orders, see `historical_value` first), with
///   Gini = Σᵢ (2i − n − 1)·xᵢ ÷ (n·Σx), x ascending,
/// the share of revenue that the top tenth brings, the least share of customers who bring four fifths of it, and the
/// Lorenz curve. Where a cut falls within a customer he counts in proportion, so that ties are no matter. Customers who
/// bring nothing count as such; leave them in or out knowingly, for both answers change. Negative, missing, NaN and
/// infinite amounts are left out and counted. Whole amounts up to 2⁵³ are summed without rounding as long as the total
/// is below 2⁵³. Throws `credence::error` for wrong options. O(n log n), less for sorted ones. Source: Gini (1912),
/// Variabilità e mutabilità; Lorenz (1905), Publications of the American Statistical Association 9, 209.
inline constexpr metric<revenue_concentration_accumulator> revenue_concentration{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

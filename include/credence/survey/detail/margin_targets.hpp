// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_DETAIL_MARGIN_TARGETS_HPP
#define CREDENCE_SURVEY_DETAIL_MARGIN_TARGETS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/describe.hpp>
#include <credence/core/design.hpp>
#include <credence/core/detail/group_table.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/key_index.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

// The categories of a margin, the share that each is to have, and which of them a row belongs to.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A category as a message shows it; `number` counts from 1, for keys that no message can show.
template <class Key>
[[nodiscard]] std::string shown_category(Key const& key, std::size_t number) {
  if constexpr (named_enum<Key>) {
    return std::string(name_of(key));
  } else if constexpr (std::is_enum_v<Key>) {
    return shown(static_cast<std::underlying_type_t<Key>>(key));
  } else if constexpr (integer_key<Key> || text_key<Key>) {
    return shown(key);
  } else {
    return joined({"category ", shown(number)});
  }
}

/// Targets by category, normalised to shares. An empty optional may be a category too: it is kept beside the table, so
/// that optional keys find plain ones and the other way round.
template <class Key>
class margin_targets {
 public:
  /// Throws `credence::error` for a target that is negative or not finite, a category twice, and only targets of 0.
  template <class Targets>
  explicit margin_targets(Targets&& targets) {
    double largest = 0;
    for (auto&& target : targets) {
      add(std::get<0>(target));
      auto const& given = std::get<1>(target);
      double const size = detail::has_answer(given) ? detail::real_of(given) : not_a_number();
      if (!is_finite(size) || size < 0)
        wrong_argument(joined({"the target of ", names_.back()}).c_str(), size,
                       "it must be a share or a count, finite and not negative");
      shares_.push_back(size);
      largest = size > largest ? size : largest;
    }
    if (!(largest > 0)) raise(error("credence: a margin needs a target above 0"));
    // Counts of any size, without over- or underflow of their sum or its reciprocal.
    double const unit = largest > 1e200 ? 1e-200 : largest < 1e-200 ? 1e200 : 1;
    double sum = 0;
    for (double& share : shares_) sum += share *= unit;
    for (double& share : shares_) share /= sum;
  }

  /// The category of a key, or `key_index::none`.
  template <class Lookup>
  [[nodiscard]] std::size_t find(Lookup const& key) const {
    if constexpr (is_optional<Lookup>) {
      return key ? find(*key) : empty_;
    } else {
      std::size_t const at = categories_.find(key, codec_of<Lookup>::hash(key));
      return at == key_index::none ? at : categories_.states[at];
    }
  }
  [[nodiscard]] std::vector<double> const& shares() const { return shares_; }
  [[nodiscard]] std::string const& name(std::size_t category) const { return names_[category]; }

 private:
  template <class Own>
  void add(Own const& key) {
    std::size_t const category = names_.size();
    if constexpr (is_optional<Own>) {
      if (key) {
        add(*key);
      } else {
        names_.emplace_back("no answer");
        if (empty_ != key_index::none) complain_of_two();
        empty_ = category;
      }
    } else {
      names_.push_back(detail::shown_category(key, category + 1));
      std::uint64_t const hash = codec_of<Own>::hash(key);
      if (categories_.find(key, hash) != key_index::none) complain_of_two();
      categories_.add(key, hash, category);
    }
  }
  [[noreturn]] void complain_of_two() const {
    raise(error(joined({"credence: a margin has two targets for ", names_.back()})));
  }

  group_table<Key, std::size_t> categories_;
  std::size_t empty_ = key_index::none;
  std::vector<double> shares_;
  std::vector<std::string> names_;
};

/// What `margin` answers.
template <class Projection, class Key>
struct margin_argument {
  using projection_type = Projection;
  using key_type = Key;
  Projection projection;
  margin_targets<Key> targets;
};
/// What `margins` answers.
template <class... Margins>
struct margins_argument {
  std::tuple<Margins...> margins;
};

template <class Key>
using category_key = stored_key<typename answer_type<std::remove_cvref_t<Key>>::type>;

/// The type that braced targets name a member's categories by: what is kept of it, so that text is `std::string`.
template <class Member>
struct target_key {
  using type = std::remove_cv_t<Member>;
};
template <key_like Member>
struct target_key<Member> {
  using type = stored_key<Member>;
};

template <class Entry>
concept pair_like = requires(Entry& entry) {
  std::get<0>(entry);
  std::get<1>(entry);
};
template <class Targets>
constexpr bool check_targets() {
  using entry = std::remove_reference_t<row_of<Targets>>;
  static_assert(pair_like<entry>,
                "credence: a margin's targets are pairs of a category and its share or count: a std::map, or a vector "
                "or array of std::pair");
  if constexpr (pair_like<entry>) {
    constexpr bool key = check_key<typename answer_type<std::remove_cvref_t<std::tuple_element_t<0, entry>>>::type>();
    constexpr bool share = number_check::of<std::tuple_element_t<1, entry>>();
    return key && share;
  } else {
    return false;
  }
}

struct margin_function {
  template <class Projection, rows_range Targets>
  auto operator()(Projection projection, Targets&& targets) const {
    if constexpr (check_targets<Targets>()) {
      using key = category_key<std::tuple_element_t<0, std::remove_reference_t<row_of<Targets>>>>;
      return margin_argument<Projection, key>{std::move(projection), margin_targets<key>(targets)};
    }
  }
  template <class Owner, class Member>
  requires std::is_object_v<Member>
  auto operator()(Member Owner::*member,
                  std::initializer_list<std::pair<typename target_key<Member>::type, double>> targets) const {
    return (*this)(member, std::vector<std::pair<typename target_key<Member>::type, double>>(targets));
  }
};

struct margins_function {
  template <class... Projections, class... Keys>
  requires(sizeof...(Projections) != 0) auto operator()(margin_argument<Projections, Keys>... each) const {
    return margins_argument<margin_argument<Projections, Keys>...>{{std::move(each)...}};
  }
};

/// Can this projection, kept in something const, be applied to such a row?
template <class Projection, class Row>
concept answers_for = !is_given<Projection> || requires(Projection const& projection, Row& row) {
  detail::project(projection, row);
};

/// Can keys of one type be looked up among those of another?
template <class Left, class Right>
inline constexpr bool same_kind = (integer_key<Left> && integer_key<Right>) || std::is_same_v<Left, Right>;

/// The one place where a margin that does not fit the rows is complained about.
template <class Range, class Margin>
constexpr bool check_margin() {
  constexpr bool fits = projection_of<typename Margin::projection_type const, Range>;
  static_assert(
      fits,
      "credence: the projection of a margin cannot be applied to these rows; give a member, or a callable that "
      "takes a row and is const");
  if constexpr (fits) {
    using own = std::remove_cvref_t<projected<Range, typename Margin::projection_type const>>;
    if constexpr (check_key<typename answer_type<own>::type>()) {
      constexpr bool same = same_kind<category_key<own>, typename Margin::key_type>;
      static_assert(same,
                    "credence: the projection of a margin returns another kind of key than its targets are named by; "
                    "return the type of the targets' keys");
      return same;
    }
  }
  return false;
}

/// The category of a row in each margin, or the first margin that it has none in, and why.
template <std::size_t Margins>
struct row_place {
  std::array<std::uint32_t, Margins> categories{};
  std::optional<rejection> fault;
  std::size_t margin = 0;
};

template <class... Margins, class Row>
[[nodiscard]] row_place<sizeof...(Margins)> place_of(std::tuple<Margins...> const& wanted, Row& row) {
  row_place<sizeof...(Margins)> place;
  auto const belongs = [&](auto const& own) {
    auto&& key = detail::project(own.projection, row);
    std::size_t const category = own.targets.find(key);
    if (category == key_index::none) {
      place.fault = detail::has_answer(key) ? rejection::off_scale : rejection::missing;
      return false;
    }
    place.categories[place.margin++] = static_cast<std::uint32_t>(category);
    return true;
  };
  std::apply([&](auto const&... each) { static_cast<void>((belongs(each) && ...)); }, wanted);
  return place;
}

/// All targets, by margin.
template <class... Margins>
[[nodiscard]] std::vector<std::vector<double>> targets_of(std::tuple<Margins...> const& wanted) {
  return std::apply([](auto const&... each) { return std::vector<std::vector<double>>{each.targets.shares()...}; },
                    wanted);
}
/// The name of a category of the margin at `position`.
template <class... Margins>
[[nodiscard]] std::string category_name(std::tuple<Margins...> const& wanted, std::size_t position,
                                        std::size_t category) {
  std::string name;
  auto const ask = [&](auto const& own) {
    if (position-- == 0) name = own.targets.name(category);
  };
  std::apply([&](auto const&... each) { (ask(each), ...); }, wanted);
  return name;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_ITEM_NONRESPONSE_HPP
#define CREDENCE_SURVEY_ITEM_NONRESPONSE_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include <credence/core/accumulator.hpp>
#include <credence/core/design.hpp>
#include <credence/core/detail/items.hpp>
#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/designed.hpp>
#include <credence/inference/detail/class_counts.hpp>
#include <credence/inference/linearised.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/survey/share.hpp>

// Which questions do respondents leave out? For each item the share of respondents without an answer, and of all
// answers that were asked for the share that is missing. Blanks of one respondent come together, so that the error is
// that of the respondents' own shares, not of single answers.

namespace credence {
inline namespace CREDENCE_ABI {

struct item_nonresponse_options {
  number confidence = 0.95;  ///< of the intervals, in (0, 1)
  share_interval interval_method = share_interval::wilson;
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_confidence_option("item_nonresponse_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self&) {
    return std::tuple<>();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("confidence", self.confidence);
    visit("interval_method", self.interval_method);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(item_nonresponse_options const&, item_nonresponse_options const&) = default;
};

/// How often one item was left out.
struct item_blanks {
  double value = not_a_number();           ///< the share of respondents without an answer, in 0…1
  credence::interval interval;             ///< in 0…1
  double standard_error = not_a_number();  ///< of the value
  std::uint64_t missing = 0;               ///< respondents without an answer

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("missing", self.missing);
  }
  friend constexpr bool operator==(item_blanks const&, item_blanks const&) = default;
};

/// The answer of `item_nonresponse`. Everything is NaN or 0 where nobody was asked, or Σw = 0.
struct item_nonresponse_result {
  double value = not_a_number();           ///< of all answers asked for the share that is missing, in 0…1
  credence::interval interval;             ///< in 0…1
  double standard_error = not_a_number();  ///< of the value; NaN for one respondent
  std::uint64_t count = 0;                 ///< respondents
  std::uint64_t complete = 0;              ///< of them, those who left nothing out
  std::uint64_t missing = 0;               ///< answers left out
  std::vector<item_blanks> items;          ///< in their order
  bool weighted = false;                   ///< did any respondent come with a weight?
  double effective_count = 0;              ///< Kish (Σw)²/Σw²; the count where there are no weights
  std::uint64_t rejected = 0;              ///< respondents left out: without items, or with a bad weight
  credence::rejections rejections;         ///< and why
  sampling_design design;                  ///< taken into account in `standard_error` and `interval`

  /// Is there an answer?
  constexpr explicit operator bool() const { return count != 0 && effective_count > 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("count", self.count);
    visit("complete", self.complete);
    visit("missing", self.missing);
    visit("items", self.items);
    visit("weighted", self.weighted);
    visit("effective_count", self.effective_count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
    visit("design", self.design);
  }
  friend bool operator==(item_nonresponse_result const&, item_nonresponse_result const&) = default;
};

namespace detail {

struct blanks_state {
  std::vector<class_counts<2>> items;  ///< answered and left out
  linearised_ratio respondents;        ///< of their own shares
  std::uint64_t complete = 0;
  rejections rejected;

  /// Throws where the other's respondents were asked another number of items.
  blanks_state& operator+=(blanks_state const& other) {
    if (!items.empty() && !other.items.empty() && items.size() != other.items.size())
      raise(error(joined({"credence: respondents with ", shown(items.size()), " items and with ",
                          shown(other.items.size()), " cannot be merged"})));
    if (items.size() < other.items.size()) items.resize(other.items.size());
    for (std::size_t at = 0; at < other.items.size(); ++at) items[at] += other.items[at];
    respondents += other.respondents;
    complete += other.complete;
    rejected += other.rejected;
    return *this;
  }
  [[nodiscard]] std::uint64_t seen() const { return respondents.count() + rejected.total(); }
  template <class Options>
  [[nodiscard]] bool valid(Options const& options) const {
    if (!respondents.valid() || !rejected.valid() || complete > respondents.count()) return false;
    for (class_counts<2> const& item : items)
      if (!item.valid(options) || item.total() != respondents.count() || item.rejected.total() != 0) return false;
    return items.empty() == (respondents.count() == 0);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("items", self.items);
    visit("respondents", self.respondents);
    visit("complete", self.complete);
    visit("rejected", self.rejected);
  }
  friend bool operator==(blanks_state const&, blanks_state const&) = default;
};

/// Has this item an answer? A NaN is none.
template <class Answer>
[[nodiscard]] constexpr bool is_answered(Answer const& answer) {
  return detail::has_answer(answer) && !is_nan(detail::real_of(answer));
}

}  // namespace detail

/// For each item, answers and blanks; see `item_nonresponse`.
class item_nonresponse_accumulator
    : public accumulator_base<item_nonresponse_accumulator, item_nonresponse_options, detail::blanks_state> {
 public:
  using accumulator_base::accumulator_base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.item_nonresponse"; }

  using value_check = detail::items_check;

  /// One respondent's answers, a range of as many as all others were asked for. Throws `credence::error` for another
  /// number.
  template <class Items>
  static void push(item_nonresponse_options const& options, state_type& state, Items const& answers) {
    if constexpr (value_check::of<Items const&>()) add(options, state, answers, 1, false);
  }
  template <class Items, class Weight>
  static void push(item_nonresponse_options const& options, state_type& state, Items const& answers,
                   Weight const& weight) {
    if constexpr (value_check::of<Items const&, Weight>()) {
      if (!detail::is_weight(weight))
        return detail::turn_away(options.on_invalid, state.rejected, rejection::bad_weight, 0, state.seen());
      add(options, state, answers, detail::real_of(weight), true);
    }
  }

  /// A respondent's own share of blanks.
  template <class Items>
  [[nodiscard]] static double score_of(item_nonresponse_options const&, Items const& answers) {
    double asked = 0;
    double missing = 0;
    auto const end = std::ranges::end(answers);
    for (auto at = std::ranges::begin(answers); at != end; ++at) {
      auto&& answer = *at;
      ++asked;
      missing += !detail::is_answered(answer);
    }
    return missing / asked;
  }
  template <class Range, class Plan, class Value>
  [[nodiscard]] static auto answer_designed(item_nonresponse_options const& options, Range& rows, Plan const& plan,
                                            Value const& value) {
    return detail::answer_designed<item_nonresponse_accumulator>(options, rows, plan, value);
  }

  [[nodiscard]] static item_nonresponse_result answer(item_nonresponse_options const& options, state_type const& state,
                                                      std::optional<detail::designed_answer> const& designed = {}) {
    item_nonresponse_result result;
    result.count = state.respondents.count();
    result.complete = state.complete;
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    result.interval.confidence = options.confidence;
    for (detail::class_counts<2> const& item : state.items) {
      share_result const found = detail::answer_share(item, options.interval_method, options.confidence);
      result.items.push_back({found.value, found.interval, found.standard_error, found.satisfied});
      result.missing += found.satisfied;
      result.weighted = found.weighted;
      result.effective_count = found.effective_count;
    }
    if (!result) return result;
    result.value = state.respondents.value();
    result.standard_error = state.respondents.standard_error();
    double const variance = result.value * (1 - result.value);
    if (designed) {
      double const samples = static_cast<double>(result.count);
      double const own = result.standard_error * result.standard_error * (samples - 1);
      result.standard_error = designed->standard_error;
      result.design = detail::reported(*designed, result.weighted ? 0 : own);
    }
    // As many single answers as would have this error; no more than there were.
    double const error = result.standard_error;
    double const most = static_cast<double>(result.count) * static_cast<double>(state.items.size());
    double const size = error > 0 ? variance / (error * error) : result.effective_count;
    result.interval = interval_of(observed_share{result.value, size < most ? size : most}, options.interval_method,
                                  options.confidence);
    return result;
  }

 private:
  template <class Items>
  static void add(item_nonresponse_options const& options, state_type& state, Items const& answers, double weight,
                  bool weighted) {
    std::vector<bool> missing;
    auto const end = std::ranges::end(answers);
    for (auto at = std::ranges::begin(answers); at != end; ++at) {
      auto&& answer = *at;
      missing.push_back(!detail::is_answered(answer));
    }
    if (missing.empty())
      return detail::turn_away(options.on_invalid, state.rejected, rejection::missing, 0, state.seen());
    if (!state.items.empty() && missing.size() != state.items.size())
      detail::raise(error(detail::joined({"credence: a respondent has ", detail::shown(missing.size()),
                                          " items, and those before ", detail::shown(state.items.size())})));
    if (state.items.empty()) state.items.resize(missing.size());
    double blanks = 0;
    for (std::size_t at = 0; at < missing.size(); ++at) {
      detail::class_counts<2>& item = state.items[at];
      ++item.counts[missing[at] ? 1 : 0];
      if (weighted) item.weighted[missing[at] ? 1 : 0].add(weight);
      blanks += missing[at];
    }
    state.complete += blanks == 0;
    state.respondents.push_score(blanks / static_cast<double>(missing.size()), weight);
  }
};

/// Item non-response: `item_nonresponse(respondents, [](auto const& r) { return r.answers; })`, of a range of optionals
/// or numbers for each respondent, as many for all. A blank is an empty optional or a NaN; other codes for "no answer"
/// the projection turns into one. `value` is the share of blanks in 0…1, with the error of the respondents' own shares,
/// and an interval of the effective number of single answers; `items` has each question. Weights and designs as for
/// `nps`, a design for the whole only. Throws `credence::error` for respondents with unlike numbers of items.
/// O(respondents·items).
inline constexpr metric<item_nonresponse_accumulator> item_nonresponse{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

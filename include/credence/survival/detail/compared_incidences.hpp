// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_DETAIL_COMPARED_INCIDENCES_HPP
#define CREDENCE_SURVIVAL_DETAIL_COMPARED_INCIDENCES_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/version.hpp>
#include <credence/survival/detail/drawn_variance.hpp>
#include <credence/survival/detail/risk_rows.hpp>
#include <credence/survival/detail/survival_state.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The groups of one stratum, and Gray's scores of one cause with their covariance, all under the hypothesis that its
/// incidence F is one in all groups.
class compared_incidences {
 public:
  compared_incidences(std::vector<survival_state> const& groups, std::uint64_t cause)
      : size_(groups.size()),
        observed_(size_),
        expected_(size_),
        events_(size_),
        covariance_(size_ * size_),
        to_come_(size_ * size_) {
    survival_state all;
    for (survival_state const& own : groups) all += own;
    all.in_order([&](auto const& runs, auto const& marked) {
      for (risk_row const& row : detail::risk_rows(runs, marked)) times_.push_back({row.time});
    });
    cells_.resize(times_.size() * size_);
    for (std::size_t group = 0; group < size_; ++group)
      groups[group].in_order([&](auto const& runs, auto const& marked) { count_group(group, runs, marked, cause); });
  }

  /// Forwards for the scores, then backwards for their covariance.
  void walk(double rho) {
    double incidence = 0;
    std::vector<double> own_incidence(size_);
    std::vector<double> survival(size_, 1.0);
    for (std::size_t at = 0; at < times_.size(); ++at) {
      moment& now = times_[at];
      cell* const row = cells_.data() + at * size_;
      double spared = 0;  // those who are here, and those who left for another cause
      for (std::size_t group = 0; group < size_; ++group) {
        row[group].survival = survival[group];
        now.left += row[group].left;
        now.reach += row[group].reach();
        spared += row[group].reach() * (1 - own_incidence[group]);
      }
      now.before = incidence;
      if (now.left > 0) {
        now.weight = weight_at(incidence, rho);
        for (std::size_t group = 0; group < size_; ++group) {
          double const share = row[group].reach() * (1 - own_incidence[group]) / spared;
          observed_[group] += now.weight * row[group].left;
          expected_[group] += now.weight * now.left * share;
        }
        incidence += now.left / now.reach;
      }
      now.after = incidence;
      for (std::size_t group = 0; group < size_; ++group) {
        if (row[group].left + row[group].lost > 0)
          own_incidence[group] += survival[group] * row[group].left / row[group].at_risk;
        survival[group] = row[group].survival_after();
      }
    }
    for (std::size_t at = times_.size(); at-- != 0;) add_covariance(times_[at], cells_.data() + at * size_);
  }

  [[nodiscard]] std::uint64_t events(std::size_t group) const { return events_[group]; }
  [[nodiscard]] double observed(std::size_t group) const { return observed_[group]; }
  [[nodiscard]] double expected(std::size_t group) const { return expected_[group]; }
  [[nodiscard]] double covariance(std::size_t one, std::size_t other) const { return covariance_[one * size_ + other]; }

 private:
  /// A group at a time.
  struct cell {
    double at_risk = 0;
    double left = 0;      ///< for the cause
    double lost = 0;      ///< for another
    double stayed = 0;    ///< seen last then
    double survival = 1;  ///< just before: of leaving for any cause

    /// Those at risk, and for each as many more as have gone of those who began with them.
    [[nodiscard]] double reach() const { return at_risk > 0 && survival > 0 ? at_risk / survival : 0; }
    [[nodiscard]] double survival_after() const {
      double const gone = left + lost;
      return gone > 0 ? survival * (std::max)(at_risk - gone, 0.0) / at_risk : survival;
    }
  };
  /// All groups at a time.
  struct moment {
    double time = 0;
    double left = 0;    ///< for the cause
    double reach = 0;   ///< of all
    double before = 0;  ///< F just before
    double after = 0;   ///< F from then on
    double weight = 1;  ///< (1 − F)^ρ

    /// 1 − F, 0 where that is rounding.
    [[nodiscard]] double spared() const { return std::fabs(1 - before) > 1e-12 ? 1 - before : 0; }
  };
  /// Where a group has gone before the others began to leave, F is short of them then, and may pass 1.
  [[nodiscard]] static double weight_at(double incidence, double rho) {
    if (!(rho < 0 || rho > 0)) return 1;
    return incidence < 1 - 1e-12 ? std::pow(1 - incidence, rho) : 0;
  }

  void count_group(std::size_t group, std::vector<time_run> const& runs, std::vector<marked_time> const& marked,
                   std::uint64_t cause) {
    std::size_t at = 0;
    auto const cell_at = [&](double time) -> cell& {
      while (at + 1 < times_.size() && !(time < times_[at + 1].time)) ++at;
      return cells_[at * size_ + group];
    };
    for (time_run const& run : runs) {
      cell& own = cell_at(run.time);
      (cause == 1 ? own.left : own.lost) += static_cast<double>(run.left);
      own.stayed += static_cast<double>(run.stayed);
      if (cause == 1) events_[group] += run.left;
    }
    at = 0;
    for (marked_time const& sample : marked) {
      if (sample.entry >= 0)
        wrong_argument("entering_at", sample.entry, "gray_test takes customers who were watched from the start");
      cell& own = cell_at(sample.time);
      (sample.cause == 0 ? own.stayed : sample.cause == cause ? own.left : own.lost) += sample.weight;
      events_[group] += sample.cause == cause;
    }
    double later = 0;
    for (std::size_t back = times_.size(); back-- != 0;) {
      cell& own = cells_[back * size_ + group];
      own.at_risk = later += own.left + own.lost + own.stayed;
    }
  }

  /// What leaves of a group at a time moves each score at once, and later by what the group's incidence and survival
  /// become by it: how far is in `to_come_`, as times are walked back. Who leaves for the cause does both, who leaves
  /// for another only the latter.
  void add_covariance(moment const& now, cell const* row) {
    std::vector<double> moves(size_);
    for (std::size_t group = 0; group < size_; ++group) {
      cell const& own = row[group];
      if (!(own.reach() > 0)) continue;
      double const after = own.survival_after();
      double const spared = after > 0 ? (1 - now.after) / after : 0;
      if (own.lost > 0 && after > 0) {
        for (std::size_t score = 0; score < size_; ++score) moves[score] = spared * later(score, group);
        add(moves, own.survival * own.survival * drawn_variance(own.lost, own.at_risk));
      }
      if (now.left > 0) {
        for (std::size_t score = 0; score < size_; ++score)
          moves[score] = at_once(now, row, score, group) + (1 - spared) * later(score, group);
        // All groups tell of one hazard, and count as so many customers of this group. Drawn without putting back, as
        // by R's cmprsk: where few are left of it and many leave of the others, this may even fall below 0.
        double const population = now.reach * own.survival;
        double const apart = now.left > 1 && population > 1 ? 1 - (now.left - 1) / (population - 1) : 1;
        add(moves, apart * now.left / (now.reach * own.reach()));
      }
    }
    if (!(now.left > 0) || !(now.spared() > 0 || now.spared() < 0)) return;
    double const hazard = now.left / (now.reach * now.spared());
    for (std::size_t score = 0; score < size_; ++score)
      for (std::size_t group = 0; group < size_; ++group)
        to_come_[score * size_ + group] += at_once(now, row, score, group) * hazard;
  }
  [[nodiscard]] double later(std::size_t score, std::size_t group) const { return to_come_[score * size_ + group]; }
  /// How far a score moves with the hazard of the cause in a group: its own at risk less their share of all.
  [[nodiscard]] static double at_once(moment const& now, cell const* row, std::size_t score, std::size_t group) {
    double const own = now.weight * row[score].reach();
    return own * ((score == group ? 1 : 0) - row[group].reach() / now.reach);
  }
  void add(std::vector<double> const& moves, double variance) {
    for (std::size_t one = 0; one < size_; ++one)
      for (std::size_t other = 0; other < size_; ++other)
        covariance_[one * size_ + other] += variance * moves[one] * moves[other];
  }

  std::size_t size_;
  std::vector<moment> times_;
  std::vector<cell> cells_;  ///< by time, then group
  std::vector<double> observed_;
  std::vector<double> expected_;
  std::vector<std::uint64_t> events_;
  std::vector<double> covariance_;  ///< row by row
  std::vector<double> to_come_;     ///< by score, then group
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif

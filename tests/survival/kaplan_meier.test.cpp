// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <credence/survival/kaplan_meier.hpp>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "support/error_of.hpp"
#include "support/shared_data.hpp"
#include "survival/seen.hpp"

namespace test_kaplan_meier {

using credence::kaplan_meier;
using credence::survival_interval;
using naive_survival::customer;
using naive_survival::near;
using naive_survival::seen;

constexpr double tight = 1e-10;  // relative, of values that a source has the digits of

bool like(double mine, double other) {
  if (std::isnan(other)) return std::isnan(mine);
  return std::fabs(mine - other) <= tight * std::fabs(other) + 1e-15;
}

struct row_of_r {
  double time, at_risk, left, survival, error, lower, upper;
};
void compare_to_r(credence::survival_curve const& curve, std::vector<row_of_r> const& rows) {
  for (row_of_r const& own : rows) {
    CAPTURE(own.time);
    auto const here = curve.at(own.time);
    CHECK(here.at_risk == own.at_risk);
    CHECK(like(here.survival, own.survival));
    CHECK(like(here.standard_error, own.error));
    CHECK(like(here.interval.lower, own.lower));
    CHECK(like(here.interval.upper, own.upper));
    double left = 0;
    for (auto const& step : curve)
      if (step.time == own.time) left = step.left;
    CHECK(left == own.left);
  }
}

// R 4.2.2, survival 3.5-3: summary(survfit(Surv(time, status) ~ x, aml, conf.type = …))
TEST_CASE("kaplan_meier: R's aml, of those maintained and of those not, with intervals by log, log-log and plain") {
  auto const maintained = seen(naive_survival::group_of(naive_survival::aml(), 0));
  auto const other = seen(naive_survival::group_of(naive_survival::aml(), 1));
  compare_to_r(kaplan_meier(maintained),
               {{9, 11, 1, 0.9090909090909091, 0.0866784172041448, 0.7541338450815255, 1},
                {13, 10, 1, 0.8181818181818181, 0.1162912998303329, 0.6192489873993635, 1},
                {18, 8, 1, 0.7159090909090908, 0.1396649705572278, 0.4884262874221285, 1},
                {23, 7, 1, 0.6136363636363635, 0.1526323310273120, 0.3768670595016798, 0.999157600228473},
                {31, 5, 1, 0.4909090909090909, 0.1641932672211358, 0.2548599511993173, 0.945584955200429},
                {34, 4, 1, 0.3681818181818182, 0.1626688858270948, 0.1548771178971911, 0.875260678143908},
                {48, 2, 1, 0.1840909090909091, 0.1534927457862937, 0.0359178984891853, 0.943525769474552}});
  std::vector<row_of_r> const by_log{
      {5, 12, 2, 0.8333333333333334, 0.1075828707279838, 0.6470369870133617, 1},
      {8, 10, 2, 0.6666666666666667, 0.1360827634879544, 0.4468460811502639, 0.994625360259092},
      {12, 8, 1, 0.5833333333333334, 0.1423187606383278, 0.3616137052103847, 0.940998012173809},
      {23, 6, 1, 0.4861111111111112, 0.1481300625534829, 0.2675182488582666, 0.883319225339558},
      {27, 5, 1, 0.3888888888888890, 0.1469861839480328, 0.1853965260955568, 0.815735715691272},
      {30, 4, 1, 0.2916666666666667, 0.1387151691349874, 0.1148311501524704, 0.740822018515804},
      {33, 3, 1, 0.1944444444444445, 0.1218745053804462, 0.0569215525716042, 0.664223659882563},
      {43, 2, 1, 0.0972222222222222, 0.0918663649675205, 0.0152565271708652, 0.619548629119056}};
  auto const unmaintained = kaplan_meier(other);
  for (row_of_r own : by_log) {
    own.survival = std::round(own.survival * 144) / 144;  // the source has fewer digits where it wrote small numbers
    compare_to_r(unmaintained, {own});
  }
  compare_to_r(kaplan_meier(maintained, {.interval_method = survival_interval::log_log}),
               {{9, 11, 1, 0.9090909090909091, 0.0866784172041448, 0.50808020576992974, 0.986673822667823},
                {13, 10, 1, 0.8181818181818181, 0.1162912998303329, 0.44742861468218142, 0.951162228582492},
                {18, 8, 1, 0.7159090909090908, 0.1396649705572278, 0.35019038590793838, 0.899023974191053},
                {23, 7, 1, 0.6136363636363635, 0.1526323310273120, 0.26575204000128611, 0.835299243250221},
                {31, 5, 1, 0.4909090909090909, 0.1641932672211358, 0.16733090977685081, 0.753399790370811},
                {34, 4, 1, 0.3681818181818182, 0.1626688858270948, 0.09282957493698518, 0.657040832398164},
                {48, 2, 1, 0.1840909090909091, 0.1534927457862937, 0.01173848012318960, 0.525014842726641}});
  compare_to_r(kaplan_meier(other, {.interval_method = survival_interval::log_log}),
               {{5, 12, 2, 0.8333333333333334, 0.1075828707279838, 0.48171494219537886, 0.955509365728065},
                {8, 10, 2, 0.6666666666666667, 0.1360827634879544, 0.33701893254140197, 0.859711799084440},
                {12, 8, 1, 0.5833333333333334, 0.1423187606383278, 0.27013892408549733, 0.800940192333387},
                {23, 6, 1, 0.4861111111111112, 0.1481300625534829, 0.19187661961872829, 0.729671569779485},
                {27, 5, 1, 0.3888888888888890, 0.1469861839480328, 0.12627201219539366, 0.649817408289315},
                {30, 4, 1, 0.2916666666666667, 0.1387151691349874, 0.07240160890777184, 0.560886052671409},
                {33, 3, 1, 0.1944444444444445, 0.1218745053804462, 0.03119864293121194, 0.461429476238114}});
  compare_to_r(kaplan_meier(maintained, {.interval_method = survival_interval::plain}),
               {{9, 11, 1, 0.9090909090909091, 0.0866784172041448, 0.7392043331338484, 1},
                {13, 10, 1, 0.8181818181818181, 0.1162912998303329, 0.5902550587990167, 1},
                {18, 8, 1, 0.7159090909090908, 0.1396649705572278, 0.4421707787150773, 0.989647403103104},
                {23, 7, 1, 0.6136363636363635, 0.1526323310273120, 0.3144824919464367, 0.912790235326290},
                {31, 5, 1, 0.4909090909090909, 0.1641932672211358, 0.1690962006517037, 0.812721981166478},
                {34, 4, 1, 0.3681818181818182, 0.1626688858270948, 0.0493566605554544, 0.687006975808182},
                {48, 2, 1, 0.1840909090909091, 0.1534927457862937, 0, 0.484931162720207}});
  compare_to_r(kaplan_meier(other, {.interval_method = survival_interval::plain}),
               {{5, 12, 2, 0.8333333333333334, 0.1075828707279838, 0.6224747813530568, 1},
                {8, 10, 2, 0.6666666666666667, 0.1360827634879544, 0.3999493513135940, 0.933383982019739},
                {12, 8, 1, 0.5833333333333334, 0.1423187606383278, 0.3043936881578344, 0.862272978508832},
                {23, 6, 1, 0.4861111111111112, 0.1481300625534829, 0.1957815234786194, 0.776440698743603},
                {27, 5, 1, 0.3888888888888890, 0.1469861839480328, 0.1008012621257653, 0.676976515652013},
                {30, 4, 1, 0.2916666666666667, 0.1387151691349874, 0.0197899310527094, 0.563543402280624},
                {33, 3, 1, 0.1944444444444445, 0.1218745053804462, 0, 0.433314085623752}});
}

// The same R: survfit(Surv(time, status) ~ 1, aml, conf.type = …), at all its times
TEST_CASE("kaplan_meier: R's aml together, the bounds of five intervals at every time") {
  std::array<double, 18> const times{5, 8, 9, 12, 13, 16, 18, 23, 27, 28, 30, 31, 33, 34, 43, 45, 48, 161};
  using column = std::array<double, 18>;
  struct table {
    survival_interval method;
    column lower, upper;
  };
  table const tables[] = {
      {survival_interval::log,
       {0.80485479778295776, 0.68483946807189866, 0.63095791059958761, 0.57979921796803113, 0.53087834162821212,
        0.53087834162821212, 0.47525772470551447, 0.37207808724921121, 0.32401654568981592, 0.32401654568981592,
        0.27167599539229165, 0.22251529774688578, 0.17652018258070468, 0.13382219562927281, 0.09473324056331256,
        0.05984071781008095, 0.01483460825484722, 0.01483460825484722},
       {1, 0.9964666050229820, 0.9707087592076813, 0.9422465272315195, 0.9115684501004815, 0.9115684501004815,
        0.8779822623168628, 0.8029333528023695, 0.7620106377650407, 0.7620106377650407, 0.7180784774749754,
        0.6712424429736308, 0.6216577265312940, 0.5694492963115149, 0.5148263797843359, 0.4584467708855070,
        0.4623274065652936, 0.4623274065652936}},
      {survival_interval::log_log,
       {0.694947537532058734, 0.600610411237198938, 0.554211506668728537, 0.509209438754218757, 0.465641749762003954,
        0.465641749762003954, 0.413952950717117074, 0.319250413971186864, 0.275565628012137187, 0.275565628012137187,
        0.227381168462542499, 0.182836618648627935, 0.141825693481738374, 0.104441343233593040, 0.070996648982861482,
        0.042114281261576895, 0.006955966798536458, 0.006955966798536458},
       {0.9775156699007135, 0.9309035583871155, 0.9032074898818869, 0.8733757816976765, 0.8417212913917631,
        0.8417212913917631, 0.8053077644820785, 0.7264491738206336, 0.6842137884478160, 0.6842137884478160,
        0.6370926874598880, 0.5874769144179404, 0.5352737899890685, 0.4802846604165616, 0.4221674433809246,
        0.3603613602731833, 0.2867603679809181, 0.2867603679809181}},
      {survival_interval::plain,
       {0.79788896016959576, 0.67118277793755254, 0.61403974174373288, 0.55967507956013496, 0.50760563331323338,
        0.50760563331323338, 0.44772673227566351, 0.33637645580222919, 0.28443082373206358, 0.28443082373206358,
        0.22703244713224419, 0.17311409962156171, 0.12274046481881573, 0.07616870580632618, 0.03392521524114428, 0, 0,
        0},
       {1, 0.9809911351059257, 0.9511776495606148, 0.9185857900050823, 0.8836987145128535, 0.8836987145128535,
        0.8441987335628458, 0.7567912460611249, 0.7093579961437129, 0.7093579961437129, 0.6563353927573348,
        0.5998327602818199, 0.5397854150983685, 0.4759361941246607, 0.4077587047036452, 0.3342573798625008,
        0.2252302470283978, 0.2252302470283978}},
      {survival_interval::logit,
       {0.71115017014013104, 0.61773134670746499, 0.57202624367057775, 0.52765902019378608, 0.48462846204412724,
        0.48462846204412724, 0.43401838440375007, 0.34044434394340850, 0.29685701905335049, 0.29685701905335049,
        0.24884582972751401, 0.20391761296939703, 0.16195258512505251, 0.12300142290890959, 0.08730095768159285,
        0.05535255870301703, 0.01365878892345718, 0.01365878892345718},
       {0.9781566612519881, 0.9331652551377041, 0.9065097554036575, 0.8778427801432783, 0.8474659329989194,
        0.8474659329989194, 0.8127766357026116, 0.7378975330318105, 0.6979309655317778, 0.6979309655317778,
        0.6538749250301569, 0.6077026791462099, 0.5594213713279628, 0.5090123547139017, 0.4564882464804068,
        0.4020980145403433, 0.3705725224162891, 0.3705725224162891}},
      {survival_interval::arcsine,
       {0.767051987335727659, 0.648604325793803227, 0.595419120655132472, 0.544935592188311113, 0.496683919954746145,
        0.496683919954746145, 0.440993312831308604, 0.338476011437676749, 0.291043630713569867, 0.291043630713569867,
        0.239018285928515678, 0.190600409174930929, 0.145786129043821627, 0.104777899754149389, 0.068051009035610968,
        0.036541950739795388, 0.001124281923392508, 0.001124281923392508},
       {0.9910033157318917, 0.9498603871543173, 0.9232502972332385, 0.8939385306403104, 0.8623949078141265,
        0.8623949078141265, 0.8262079218287073, 0.7465086401942151, 0.7032975781084130, 0.7032975781084130,
        0.6550768859951486, 0.6037955180484944, 0.5493213718941037, 0.4913576525701226, 0.4293615634971493,
        0.3623470279397182, 0.2734457633224620, 0.2734457633224620}}};
  for (table const& own : tables) {
    CAPTURE(name_of(own.method));
    auto const curve = kaplan_meier(seen(naive_survival::aml()), {.interval_method = own.method});
    REQUIRE(curve.steps.size() == times.size());
    CHECK(like(curve.at(23).survival, 0.546583850931677));
    CHECK(like(curve.at(23).standard_error, 0.107250641740122));
    for (std::size_t at = 0; at < times.size(); ++at) {
      auto const here = curve.at(times[at]).interval;
      CHECK(like(here.lower, own.lower[at]));
      CHECK(like(here.upper, own.upper[at]));
      CHECK(here.confidence == .95);
    }
  }
}

TEST_CASE("kaplan_meier: where all have left, S is 0 with bounds that are NaN, as in R; its table ends there") {
  auto const curve = kaplan_meier(seen(naive_survival::group_of(naive_survival::aml(), 1)));
  for (double const time : {45.0, 46.0, 1e9}) {  // who has left does not come back: known for ever
    CHECK(curve.at(time).survival == 0);
    CHECK(std::isnan(curve.at(time).standard_error));
    CHECK(std::isnan(curve.at(time).interval.lower));
    CHECK(std::isnan(curve.at(time).interval.upper));
  }
}

TEST_CASE("kaplan_meier: beyond the last time that anybody was seen nothing is known; R draws the curve on, level") {
  auto const curve = kaplan_meier(seen(naive_survival::group_of(naive_survival::aml(), 0)));
  CHECK(curve.at(161).survival == curve.at(48).survival);
  CHECK_FALSE(curve.at(161.5));
  CHECK(std::isnan(curve.at(161.5).survival));
  CHECK(std::isnan(curve.at(161.5).interval.lower));
  CHECK(curve.at(161.5).time == 161.5);
  CHECK(curve.at(161.5).at_risk == 0);
}

struct patient {
  double time = 0;
  bool died = false;
  int sex = 0;
  double weight = 1;
};
std::vector<patient> lung(std::string const& path) {
  std::vector<patient> all;
  for (auto const& row : naive_survival::table(path))
    all.push_back({std::stod(row.at("time")), row.at("status") == "2", std::stoi(row.at("sex")),
                   1 + static_cast<double>((all.size() + 1) % 3)});
  return all;
}

TEST_CASE("kaplan_meier: R's lung, all, by sex and weighted") {
  auto const path = shared_data("survival/lung.csv");
  if (!path) return;
  auto const all = lung(path->string());
  auto const curve = kaplan_meier(all, &patient::time, &patient::died);
  CHECK(curve.count == 228);
  CHECK(curve.left == 165);
  compare_to_r(curve, {{5, 228, 1, 0.9956140350877193, 0.00437633599855315, 0.9870734167405145, 1},
                       {60, 213, 2, 0.9254385964912281, 0.01739656154465816, 0.8919624428310942, 0.960171140342321},
                       {180, 160, 1, 0.7216706534097620, 0.02981241946863734, 0.6655423071305964, 0.782532569925231},
                       {883, 4, 1, 0.0503455680708105, 0.02284804891608381, 0.0206854601989800, 0.122534195516598},
                       {1022, 1, 0, 0.0503455680708105, 0.02284804891608381, 0.0206854601989800, 0.122534195516598}});
  for (auto const& own : std::vector<row_of_r>{
           {365, 65, 0, 0.4092416244600644, 0.03582363817203777, 0.3447215817958266, 0.485837603547281},
           {500, 41, 0, 0.2932691937115688, 0.03507781849861866, 0.2319821382624119, 0.370747595588351},
           {700, 16, 0, 0.1423915056548175, 0.03034131064841256, 0.0937792807207796, 0.216202776634789}})
    compare_to_r(curve, {own});
  auto const quantile = [&](double share, double value, double lower, double upper) {
    auto const found = curve.quantile(share);
    CHECK(found.value == value);
    CHECK(found.interval.lower == lower);
    CHECK(found.interval.upper == upper);
  };
  quantile(.25, 170, 145, 197);
  quantile(.5, 310, 285, 363);
  quantile(.75, 550, 460, 654);
  CHECK(curve.median() == curve.quantile(.5));
  auto const mean = curve.restricted_mean();
  CHECK(mean.horizon == 1022);
  CHECK(like(mean.value, 376.2747461478497));
  CHECK(like(mean.standard_error, 19.7077914213399));

  std::vector<patient> men, women;
  for (patient const& one : all) (one.sex == 1 ? men : women).push_back(one);
  auto const of_men = kaplan_meier(men, &patient::time, &patient::died);
  auto const of_women = kaplan_meier(women, &patient::time, &patient::died);
  compare_to_r(of_men, {{365, 35, 0, 0.3360878346393786, 0.0434235888417982, 0.2609005037897249, 0.432942945497811},
                        {730, 7, 0, 0.0781240912670194, 0.0276475092813622, 0.0390437354971609, 0.156321457426670}});
  compare_to_r(of_women, {{365, 30, 0, 0.5264630301859056, 0.0597368539904425, 0.4214863408291014, 0.657585537902179},
                          {730, 6, 0, 0.1872324979050559, 0.0620679022695796, 0.0977701818784402, 0.358555211806322}});
  CHECK(like(of_men.at(180).survival, 0.6444650015417827));
  CHECK(like(of_women.at(180).standard_error, 0.0386809589313601));
  CHECK(of_men.median().value == 270);
  CHECK(of_men.median().interval.lower == 212);
  CHECK(of_men.median().interval.upper == 310);
  CHECK(of_women.median().value == 426);
  CHECK(of_women.median().interval.lower == 348);
  CHECK(of_women.median().interval.upper == 550);
  CHECK(like(of_men.restricted_mean(365).value, 241.495085192057));
  CHECK(like(of_men.restricted_mean(365).standard_error, 10.3582264910969));
  CHECK(like(of_women.restricted_mean(365).value, 297.465409532037));
  CHECK(like(of_women.restricted_mean(365).standard_error, 10.7913239788001));
  CHECK(like(of_men.restricted_mean(1022).value, 326.084109668875));
  CHECK(like(of_men.restricted_mean(1022).standard_error, 22.9115634684895));
  // R draws the curve of the women, last seen at 965, level up to 1022, and answers 460.647310791935.
  CHECK_FALSE(of_women.restricted_mean(1022));
  CHECK(of_women.restricted_mean(965));
  CHECK(like(of_women.restricted_mean(965).value + of_women.at(965).survival * (1022 - 965), 460.647310791935));

  // tests/reference/survival.R: weights = 1 + seq_len(nrow(lung)) %% 3
  auto const weighted = kaplan_meier(all, &patient::time, &patient::died, &patient::weight);
  std::array<double, 3> const when{180, 365, 700};
  std::array<double, 3> const at_risk{319, 131, 34};
  std::array<double, 3> const survival{0.7196136635764945, 0.4137949923050209, 0.1579916432297632};
  std::array<double, 3> const error{0.02112033140381882, 0.02530883959772602, 0.02251169594483885};
  std::array<double, 3> const lower{0.6793866762349513, 0.3670484576883828, 0.1194948755895211};
  std::array<double, 3> const upper{0.7622225205766312, 0.4664950691662631, 0.2088906257050382};
  for (std::size_t at = 0; at < 3; ++at) {
    auto const here = weighted.at(when[at]);
    CHECK(here.at_risk == at_risk[at]);
    CHECK(like(here.survival, survival[at]));
    CHECK(like(here.standard_error, error[at]));
    CHECK(like(here.interval.lower, lower[at]));
    CHECK(like(here.interval.upper, upper[at]));
  }
  CHECK(weighted.median().value == 306);
  CHECK(weighted.median().interval.lower == 288);
  CHECK(weighted.median().interval.upper == 351);
  CHECK(like(weighted.restricted_mean(365).value, 262.561637925648597));
  CHECK(like(weighted.restricted_mean(365).standard_error, 5.511569479039994));
}

// tests/reference/survival.R: survfit(Surv(start, stop, event) ~ transplant, heart)
TEST_CASE("kaplan_meier: R's heart, patients who come late into the group of those transplanted") {
  auto const path = shared_data("survival/heart.csv");
  if (!path) return;
  std::vector<customer> all;
  for (auto const& row : naive_survival::table(path->string()))
    all.push_back({std::stod(row.at("stop")), std::stoi(row.at("event")), 1, std::stod(row.at("start")),
                   std::stoi(row.at("transplant")), 0});
  auto const curve = kaplan_meier(naive_survival::group_of(all, 1), &customer::time, &customer::event,
                                  credence::entering_at(&customer::entry));
  auto const compare = [&](double time, double survival, double error, double lower, double upper) {
    auto const here = curve.at(time);
    CHECK(std::fabs(here.survival - survival) < 1e-12);
    CHECK(std::fabs(here.standard_error - error) < 1e-12);
    CHECK(std::fabs(here.interval.lower - lower) < 1e-12);
    CHECK(std::fabs(here.interval.upper - upper) < 1e-12);
  };
  compare(5, 0.909090909091, 0.0866784172041448, 0.754133845082, 1);
  compare(30, 0.735421441304, 0.1002259760582, 0.563029781624, 0.960596959489);
  compare(100, 0.467875421482, 0.0801620759574, 0.334419881044, 0.654588505155);
  compare(500, 0.321095219194, 0.0652583803670, 0.215594819201, 0.478221787387);
  CHECK(curve.at(5).at_risk == 11);
  CHECK(curve.quantile(.25).value == 30);
  CHECK(curve.median().value == 90);
  CHECK(curve.median().interval.lower == 53);
  CHECK(curve.median().interval.upper == 334);
}

TEST_CASE("kaplan_meier: everything the formulas say, of random customers with heavy ties, weights and late entries") {
  std::mt19937_64 random(20'261'126);
  using naive_survival::kind;
  double const z = 1.959963984540054;
  for (int round = 0; round < 240; ++round) {
    CAPTURE(round);
    auto const all = naive_survival::customers(random, 1 + random() % 60, static_cast<kind>(round % 3),
                                               round / 3 % 2 != 0, round / 6 % 2 != 0);
    auto const method = static_cast<survival_interval>(random() % 5);
    auto const curve = kaplan_meier(seen(all), {.interval_method = method});
    auto const steps = naive_survival::steps_of(all);
    REQUIRE(curve.steps.size() == steps.size());
    std::vector<double> survivals, lowers, uppers;
    for (std::size_t at = 0; at < steps.size(); ++at) {
      auto const& own = curve.steps[at];
      CHECK(own.time == steps[at].time);
      CHECK(near(own.at_risk, steps[at].at_risk));
      CHECK(near(own.left, steps[at].left));
      CHECK(near(own.stayed, steps[at].stayed));
      double const survival = naive_survival::survival(steps, steps[at].time);
      double const variance = naive_survival::greenwood(steps, steps[at].time);
      double const error = survival > 0 ? survival * std::sqrt(variance) : naive_survival::nan;
      CHECK(near(own.survival, survival));
      auto const here = curve.at(steps[at].time);
      CHECK(near(here.survival, survival));
      CHECK(near(here.standard_error, error));
      auto const bounds = naive_survival::bounds_of(survival, error, static_cast<naive_survival::scale>(method), z);
      CHECK(near(here.interval.lower, bounds.lower));
      CHECK(near(here.interval.upper, bounds.upper));
      survivals.push_back(survival);
      lowers.push_back(bounds.lower);
      uppers.push_back(bounds.upper);
      double const between = at + 1 < steps.size() ? (steps[at].time + steps[at + 1].time) / 2 : steps[at].time;
      CHECK(near(curve.at(between).survival, survival));
    }
    for (double const share : {.1, .25, .5, .8}) {
      auto const found = curve.quantile(share);
      CHECK(near(found.value, naive_survival::crossing(steps, survivals, 1 - share)));
      CHECK(near(found.interval.lower, naive_survival::crossing(steps, lowers, 1 - share)));
      CHECK(near(found.interval.upper, naive_survival::crossing(steps, uppers, 1 - share)));
    }
    double const last = steps.back().time;
    for (double const horizon : {last, last / 3, steps[steps.size() / 2].time}) {
      if (!(horizon > 0)) continue;
      auto const found = curve.restricted_mean(horizon);
      auto const expected = naive_survival::restricted_mean_of(steps, horizon);
      CHECK(near(found.value, expected.value));
      CHECK(near(found.standard_error, std::sqrt(expected.variance)));
    }
  }
}

TEST_CASE("kaplan_meier: a customer of weight 3 is three, and one of weight 0 is none") {
  std::vector<customer> weighted, many;
  for (customer one : naive_survival::aml()) {
    one.weight = 1 + static_cast<int>(one.time) % 3;
    weighted.push_back(one);
    for (int copy = 0; copy < one.weight; ++copy) many.push_back({one.time, one.event, 1, -1, 0, 0});
    weighted.push_back({one.time, 1 - one.event, 0, -1, 0, 0});
  }
  auto const one = kaplan_meier(seen(weighted));
  auto const other = kaplan_meier(seen(many));
  REQUIRE(one.steps.size() == other.steps.size());
  for (std::size_t at = 0; at < one.steps.size(); ++at) {
    CHECK(one.steps[at].at_risk == other.steps[at].at_risk);
    CHECK(one.steps[at].survival == other.steps[at].survival);
    CHECK(one.steps[at].variance == other.steps[at].variance);
  }
  CHECK(one.count == 46);
}

TEST_CASE("kaplan_meier: all of weights and late entries who are at risk leave: S is 0, not a rounding beside it") {
  for (double const share : {.1, .2, .7, 1.1, 1.3}) {
    std::vector<customer> all{{5, 1, share, 1, 0, 0},     {5, 1, 3 * share, 2, 0, 0}, {4, 0, .3, -1, 0, 0},
                              {9, 1, .7, 6, 0, 0},        {9, 1, share / 3, 7, 0, 0}, {20, 0, .9, 10, 0, 0},
                              {22, 1, 1 / share, 9, 0, 0}};
    auto const curve = kaplan_meier(seen(all));
    CAPTURE(share);
    CHECK(curve.at(4).survival == 1);
    CHECK(curve.at(5).survival == 0);
    CHECK(std::isnan(curve.at(5).standard_error));
    CHECK(curve.restricted_mean(20).value == 5);
    CHECK(curve.restricted_mean(20).standard_error == 0);
    for (auto const& step : curve) CHECK(step.at_risk >= step.left + step.stayed);
  }
}

TEST_CASE("kaplan_meier: times that differ by rounding are one time, also for who asks for it") {
  double const more = .1 + .2;
  REQUIRE(more > .3);
  std::vector<customer> all{{.3, 1, 1, -1, 0, 0}, {more, 1, 1, -1, 0, 0}, {more, 0, 1, -1, 0, 0}, {.1, 0, 1, -1, 0, 0}};
  auto const curve = kaplan_meier(seen(all));
  REQUIRE(curve.steps.size() == 2);
  CHECK(curve.steps[1].left == 2);
  CHECK(curve.steps[1].at_risk == 3);
  CHECK(near(curve.at(.3).survival, 1. / 3));
  CHECK(near(curve.at(more).survival, 1. / 3));  // somebody was seen then
  CHECK(near(curve.restricted_mean(more).value, .3));
  auto const later = kaplan_meier(seen({{more, 1, 1, -1, 0, 0}, {1, 0, 1, -1, 0, 0}}));
  CHECK(later.at(.3).survival == .5);
  CHECK(later.at(.3).at_risk == 2);
}

TEST_CASE("kaplan_meier: none, one, all stay, all leave at once, a horizon beyond") {
  CHECK_FALSE(kaplan_meier(std::vector<customer>{}, &customer::time, &customer::event));
  CHECK(std::isnan(credence::survival_curve{}.at(1).survival));
  CHECK(std::isnan(credence::survival_curve{}.median().value));
  CHECK(std::isnan(credence::survival_curve{}.restricted_mean().value));

  auto const stay = kaplan_meier(seen({{3, 0, 1, -1, 0, 0}, {5, 0, 1, -1, 0, 0}}));
  CHECK(stay.at(4).survival == 1);
  CHECK(stay.at(4).standard_error == 0);
  CHECK(stay.at(4).interval.lower == 1);
  CHECK(std::isnan(stay.median().value));
  CHECK(stay.restricted_mean(4).value == 4);
  CHECK(stay.restricted_mean(4).standard_error == 0);
  CHECK(stay.left == 0);

  auto const leave = kaplan_meier(seen({{3, 1, 1, -1, 0, 0}, {3, 1, 1, -1, 0, 0}}));
  CHECK(leave.at(2.5).survival == 1);
  CHECK(leave.at(3).survival == 0);
  CHECK(leave.median().value == 3);
  CHECK(std::isnan(leave.median().interval.upper));
  CHECK(leave.restricted_mean(100).value == 3);  // beyond 3 nothing is unknown
  CHECK(leave.restricted_mean(100).standard_error == 0);

  auto const at_once = kaplan_meier(seen({{0, 1, 1, -1, 0, 0}, {0, 0, 1, -1, 0, 0}, {2, 0, 1, -1, 0, 0}}));
  CHECK(near(at_once.at(0).survival, 2. / 3));
  CHECK(at_once.at(0).at_risk == 3);
}

TEST_CASE("kaplan_meier: wrong options and questions are refused with their name, value and what is allowed") {
  auto const some = seen(naive_survival::aml());
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(error_of([&] { (void)kaplan_meier(some, {.confidence = 1}); }).find("kaplan_meier_options::confidence") !=
        std::string::npos);
  auto const curve = kaplan_meier(some);
  for (double const wrong : {-1.0, nan})
    CHECK(error_of([&] { (void)curve.at(wrong); }).find("time") != std::string::npos);
  for (double const wrong : {0.0, 1.0, -1.0, nan})
    CHECK(error_of([&] { (void)curve.quantile(wrong); }).find("strictly between 0 and 1") != std::string::npos);
  for (double const wrong : {0.0, -1.0, nan, std::numeric_limits<double>::infinity()})
    CHECK(error_of([&] { (void)curve.restricted_mean(wrong); }).find("horizon") != std::string::npos);
  CHECK_FALSE(curve.at(std::numeric_limits<double>::infinity()));
}

TEST_CASE("kaplan_meier: a trillion customers at one time are counted") {
  credence::survival_times_accumulator many;
  many(7, true);
  many(7, false);
  many(9, false);
  for (int doubled = 0; doubled < 40; ++doubled) many += many;
  auto const curve = kaplan_meier(many);
  double const n = std::pow(2, 40);
  CHECK(curve.count == (std::uint64_t{3} << 40));
  CHECK(curve.left == (std::uint64_t{1} << 40));
  CHECK(near(curve.at(7).survival, 2. / 3));
  CHECK(near(curve.at(7).standard_error * std::sqrt(n), 2. / 3 * std::sqrt(1. / 6)));
}

}  // namespace test_kaplan_meier

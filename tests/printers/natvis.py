#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""natvis.py COMPILER: packaging/natvis/credence.natvis fits the headers.

Nothing here can run it. So it is held to be what natvis.py makes of the headers, to use elements and attributes that
its schema has, in their order, and to speak of types and members that there are: each expression is compiled in a class
derived from the type it is about. What it shows of times is run and compared with the library's own text.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

root = pathlib.Path(__file__).resolve().parent.parent.parent
natvis = root / "packaging/natvis/credence.natvis"
generator = natvis.with_name("natvis.py")
schema = "{http://schemas.microsoft.com/vstudio/debugger/natvis/2010}"

# Of the schema, as Visual Studio 2022 has it, what we use: attributes, and which children in which order.
common = {"Condition", "Optional"}
elements = {
    "AutoVisualizer": (set(), ["Type"]),
    "Type": ({"Name"}, ["AlternativeType", "Intrinsic", "DisplayString", "Expand"]),
    "AlternativeType": ({"Name"}, []),
    "Intrinsic": ({"Name", "Expression"}, []),
    "DisplayString": (common, []),
    "Expand": (set(), None),  # in any order: Item, ExpandedItem, CustomListItems
    "Item": (common | {"Name"}, []),
    "ExpandedItem": (common, []),
    "CustomListItems": (common, ["Variable", "Size", "Loop"]),
    "Variable": ({"Name", "InitialValue"}, []),
    "Size": (set(), []),
    "Loop": ({"Condition"}, ["Item", "Exec"]),
    "Exec": (set(), []),
}

# Of what is a template, one of its types.
samples = {
    "activity_accumulator": "int, calendar_day",
    "cohort_accumulator": "int, calendar_day",
    "orders_accumulator": "int, calendar_day",
    "compact_orders_accumulator": "int, calendar_day",
    "churn_reasons_result": "std::string",
    "historical_value_result": "std::string",
    "majority_vote_result": "std::string, std::string, std::string",
    "rater_bias_result": "std::string, std::string",
    "rater_z_scores_result": "std::string, std::string",
    "ranking_result": "std::string",
    "survival_test_result": "std::string",
    "revenue_movements_result": "compensated_sum",
    "accumulator_base": "nps_accumulator, nps_options, detail::class_counts<3>",
    "detail::class_counts": "3",
    "detail::counted_state": "detail::class_counts<3>",
    "detail::group_table": "std::string, detail::class_counts<3>",
    "group_comparison": "std::string, nps_result",
    "grouped": "std::string, nps_accumulator",
    "sharded": "nps_accumulator",
    "suppressed_cell": "std::string, nps_result",
    "suppressed_result": "std::string, nps_result",
    "tee_accumulator": "nps_accumulator, mean_accumulator",
    "timed": "calendar_month, nps_accumulator",
}


def tag(element):
    return element.tag.removeprefix(schema)


def complaints_about_form(element, inside=None):
    name = tag(element)
    if name not in elements:
        yield f"{name} is no element that we use"
        return
    attributes, children = elements[name]
    for attribute in element.attrib:
        if attribute not in attributes:
            yield f"{name} has no attribute {attribute}"
    order = [tag(child) for child in element]
    if children is None:
        children = order if set(order) <= {"Item", "ExpandedItem", "CustomListItems"} else []
    places = [children.index(child) if child in children else -1 for child in order]
    if -1 in places or (places != sorted(places) and name != "Expand"):
        yield f"{name} of {element.get('Name', inside)} holds {order}, and may hold {children}, in that order"
    for child in element:
        yield from complaints_about_form(child, element.get("Name", inside))


def braced(text):
    """The expressions in a text for display, and the text between them."""
    text = text.replace("{{", "\1").replace("}}", "\2")
    for at, part in enumerate(re.split(r"\{([^{}]*)\}", text)):
        yield at % 2 == 1, part.replace("\1", "{").replace("\2", "}")


def checked(text, where):
    """An expression as the compiler takes it: without the format, and with the vector of the library that is here."""
    expression, comma, form = text.rpartition(",")
    if comma and re.fullmatch(r"\s*\w+", form):
        if form != "g":
            raise SystemExit(f"{where} has the format {form}, which is not known here")
        text = expression
    for theirs, ours in (("_Myfirst", "_M_start"), ("_Mylast", "_M_finish")):
        text = text.replace(f"_Mypair._Myval2.{theirs}", f"_M_impl.{ours}")
    return text


def used(text, where):
    return f"    static_cast<void>({checked(text, where)});\n"


def body_of(element, where):
    """Statements that evaluate all that an element and those in it speak of."""
    name, code = tag(element), ""
    if "Condition" in element.attrib:
        code += f"    static_cast<void>(static_cast<bool>({checked(element.get('Condition'), where)}));\n"
    if name == "Variable":
        code += f"    auto {element.get('Name')} = {element.get('InitialValue')};\n"
    if name == "DisplayString":
        code += "".join(used(part, where) for inside, part in braced(element.text) if inside)
    if name == "Item":
        code += "".join(used(part, where) for inside, part in braced(element.get("Name")) if inside)
    if name in ("Item", "ExpandedItem", "Size", "Exec"):
        code += used(element.text, where)
    if name not in ("Intrinsic", "AlternativeType"):
        code += "".join(body_of(child, where) for child in element)
    return code


def sample_of(name):
    plain = name.removesuffix("<*>")
    if not name.endswith("<*>"):
        return name
    if plain.split("::", 2)[2] not in samples:
        raise SystemExit(f"{name}: name one of its types in {pathlib.Path(__file__).name}")
    return f"{plain}<{samples[plain.split('::', 2)[2]]}>"


def shown_as(type_):
    """A function's body that makes the text that the debugger would."""
    code = ""
    for element in type_.iter(f"{schema}DisplayString"):
        code += f"    if ({element.get('Condition', 'true')}) return text{{}}"
        for inside, part in braced(element.text):
            code += f" << {part}" if inside else f' << "{part}"'
        code += ";\n"
    return code + "    return text{};\n"


def program(types):
    code = """\
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <credence/credence.hpp>
using namespace credence;
struct text {
  template <class Part> text operator<<(Part const& part) && { said << part; return std::move(*this); }
  std::ostringstream said;
};
"""
    for number, type_ in enumerate(types):
        where = type_.get("Name")
        code += f"struct check_{number} : {sample_of(where)} {{\n"
        for intrinsic in type_.iter(f"{schema}Intrinsic"):
            code += f"  auto {intrinsic.get('Name')}() const {{ return {intrinsic.get('Expression')}; }}\n"
        code += f"  void members() const {{\n{body_of(type_, where)}  }}\n"
        if where.endswith(("::instant", "::time_span")):
            code += f"  text shown() const {{\n{shown_as(type_)}  }}\n"
            code = code.replace("struct text {", f"struct check_{number};\nstruct text {{", 1)
            code += "};\n" + f"using check_{where.rpartition('::')[2]} = check_{number};\n"
        else:
            code += "};\n"

    # Every result is told by a type of its own, every accumulator by that or by its base.
    code += ("template <class Derived, class Options, class State>\n"
             "std::true_type told(accumulator_base<Derived, Options, State> const*);\n")
    names = {type_.get("Name").split("::", 2)[2].removesuffix("<*>") for type_ in types}
    found = 0
    for header in sorted((root / "include/credence").rglob("*.hpp")):
        source = header.read_text(encoding="utf-8")
        if "math" in header.parts or "detail" in header.parts:
            continue
        for template, name in re.findall(r"^(template <.*>\n)?(?:struct|class) (\w+_(?:result|accumulator))\b",
                                         source, re.M):
            found += 1
            if name in names:
                continue
            if name.endswith("_result") or "accumulator_base" not in names:
                raise SystemExit(f"{name} is shown by nothing")
            own = samples.get(name, ", ".join(["int"] * template.count("class ")))
            arguments = f"<{own}>" if template else ""
            code += (f"static_assert(decltype(told(static_cast<{name}{arguments}*>(nullptr)))::value, "
                     f'"{name} is shown by nothing");\n')
    if found < 30:
        raise SystemExit(f"only {found} results and accumulators were found")

    return code + """\
int main() {
  int wrong = 0;
  auto const same = [&](text const& shown, std::string const& expected) {
    if (shown.said.str() != expected) ++wrong, std::cout << shown.said.str() << " is shown for " << expected << '\\n';
  };
  // From the year 1000 on, as years are not padded; some 13 days and 7 hours apart.
  for (std::int64_t second = -30'610'224'000; second < 253'402'300'800; second += 1'150'001) {
    check_instant when;
    when.micros = second * 1'000'000;
    same(when.shown(), detail::time_text(when.micros));
    when.micros += 999'999;
    same(when.shown(), detail::time_text(second * 1'000'000));
  }
  check_instant unknown;
  for (std::int64_t const end : {detail::earliest_micros, detail::latest_micros}) {
    unknown.micros = end;
    same(unknown.shown(), "no time that could be told");
  }
  check_instant last;
  last.micros = detail::latest_micros - 1;
  same(last.shown(), detail::time_text(last.micros - last.micros % 1'000'000));
  check_time_span span;
  for (auto const& [micros, expected] : std::initializer_list<std::pair<std::int64_t, char const*>>{
           {0, "0 d"}, {172'800'000'000, "2 d"}, {-3'600'000'000, "-1 h"}, {5'400'000'000, "90 min"},
           {1'500'000, "1500 ms"}, {7, "7 us"}}) {
    span.micros = micros;
    same(span.shown(), expected);
  }
  return wrong != 0;
}
"""


def main():
    compiler = sys.argv[1]
    made = subprocess.run([sys.executable, str(generator)], check=True, capture_output=True, encoding="utf-8").stdout
    if made != natvis.read_text(encoding="utf-8"):
        print(f"the headers have changed: {generator.relative_to(root)} >{natvis.relative_to(root)}")
        return 1
    types = tree.fromstring(made.encode())
    complaints = list(complaints_about_form(types))
    print("\n".join(complaints), end="\n" if complaints else "")
    with tempfile.TemporaryDirectory() as scratch:
        source = pathlib.Path(scratch, "members.cpp")
        source.write_text(program(types), encoding="utf-8")
        # A debugger knows no access control.
        built = subprocess.run([compiler, "-std=c++20", "-O0", "-w", "-fno-access-control", "-I", str(root / "include"),
                                str(source), "-o", f"{scratch}/members"], capture_output=True, encoding="utf-8")
        if built.returncode != 0:
            print(built.stderr)
            return 1
        ran = subprocess.run([f"{scratch}/members"], capture_output=True, encoding="utf-8")
        print(ran.stdout[:2000], end="")
    if complaints or ran.returncode != 0:
        return 1
    print(f"{len(types)} types and their members are there")
    return 0


sys.exit(main())

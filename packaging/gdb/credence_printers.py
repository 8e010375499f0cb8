# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""gdb shows credence's types by what they mean. Load it with "source credence_printers.py".

Types are told by their shape wherever they can be: whatever has an `interval` is an answer, whatever has options and a
state is an accumulator. So a metric that is added later is shown without a change here. The version in the namespace
does not matter. Nothing in the program is called, so that core files do as well; memory that holds no object yet gives
odd text, never an error of Python's.
"""
import itertools
import re

import gdb
import gdb.printing

ours = re.compile(r"credence::v\d+(?:_\w+)?::")
most_children = 10000  # of an object that is not there, a size may be anything
most_characters = 4096
micros_a_day = 86400 * 10**6


class NoObject(Exception):
    """This memory cannot be what its type says."""


# --- types and their members ---


def class_of(type_):
    """`nps_result`, `detail::group_table`: the name of one of our classes without version and arguments; else None."""
    name = type_.strip_typedefs().unqualified().name or ""
    found = ours.match(name)
    return re.split("<", name[found.end():])[0] if found else None


def short(type_):
    """A type's name without our namespaces."""
    return re.sub(r"credence::(?:v\d+(?:_\w+)?::)?", "", str(type_.strip_typedefs().unqualified()))


def members(value):
    """Names and values of the fields; those of our base classes first, as if they were the class's own."""
    for field in value.type.strip_typedefs().fields():
        if field.is_base_class:
            base = value[field]
            if class_of(base.type):
                yield from members(base)
            else:
                yield field.name, base
        elif field.name and hasattr(field, "bitpos") and not field.artificial:
            yield field.name, value[field]


def shown_members(value):
    for name, member in members(value):
        yield name.rstrip("_"), readable(member)


def code_of(value):
    return value.type.strip_typedefs().code


def whole_number(value):
    return code_of(value) == gdb.TYPE_CODE_INT


def real_number(value):
    return code_of(value) == gdb.TYPE_CODE_FLT


# --- the standard library: its own printers show it where gdb has them, as it mostly has ---


class Elements:
    """What a vector or an array holds, of libstdc++ or libc++."""

    def __init__(self, value):
        fields = field_names(value)
        if "_M_elems" in fields or "__elems_" in fields:
            held = value["_M_elems" if "_M_elems" in fields else "__elems_"]
            if code_of(held) != gdb.TYPE_CODE_ARRAY:  # of no elements
                self._span(0, None)
            else:
                self._span(held.type.strip_typedefs().range()[1] + 1, held)
        elif "__size_" in fields:
            self._bits(value["__begin_"], 0, int(value["__size_"]))
        elif "__begin_" in fields:
            self._range(value["__begin_"], value["__end_"])
        elif code_of(value["_M_impl"]["_M_start"]) == gdb.TYPE_CODE_PTR:
            self._range(value["_M_impl"]["_M_start"], value["_M_impl"]["_M_finish"])
        else:
            first, last = value["_M_impl"]["_M_start"], value["_M_impl"]["_M_finish"]
            word_bits = 8 * first["_M_p"].dereference().type.sizeof
            words = (int(last["_M_p"]) - int(first["_M_p"])) * 8 // word_bits
            self._bits(first["_M_p"], int(first["_M_offset"]), words * word_bits + int(last["_M_offset"]))

    def _span(self, size, first):
        if size < 0:
            raise NoObject
        self.size = size
        self.at = lambda at: first[at]

    def _range(self, first, last):
        size, rest = divmod(int(last) - int(first), first.type.strip_typedefs().target().sizeof)
        if rest != 0:
            raise NoObject
        self._span(size, first)

    def _bits(self, words, offset, end):
        word_bits = 8 * words.dereference().type.sizeof
        self._span(end - offset, None)
        self.at = lambda at: bool(int(words[(offset + at) // word_bits]) >> (offset + at) % word_bits & 1)

    def __iter__(self):
        return (self.at(at) for at in range(min(self.size, most_children)))


def tuple_parts(value):
    """The parts of a std::tuple, in order."""
    found = {}

    def collect(part):
        name, fields = part.type.strip_typedefs().name or "", part.type.strip_typedefs().fields()
        leaf = re.match(r"std::(?:__\w+::)?(?:_Head_base|__tuple_leaf)<(\d+)", name)
        if leaf:
            found[int(leaf[1])] = part[fields[0]] if fields else part
        elif re.match(r"std::(?:__\w+::)?(?:tuple|_Tuple_impl|__tuple_impl)<", name):
            for field in fields:
                collect(part[field])

    collect(value)
    return [found[at] for at in sorted(found)]


def field_names(value):
    return {field.name for field in value.type.strip_typedefs().fields()}


def characters(string):
    names = field_names(string)
    if "_M_string_length" in names:
        first, size = string["_M_dataplus"]["_M_p"], string["_M_string_length"]
    else:
        held = string["__rep_"] if "__rep_" in names else string["__r_"]["__value_"]
        held = held["__l" if bool(held["__s"]["__is_long_"]) else "__s"]
        first, size = held["__data_"], held["__size_"]
        if code_of(first) == gdb.TYPE_CODE_ARRAY:
            first = first[0].address
    return first.lazy_string(length=min(int(size), most_characters))


def held_by(optional):
    try:
        inner = optional["_M_payload"]
    except gdb.error:
        return readable(optional["__val_"]) if bool(optional["__engaged_"]) else "unset"
    return readable(inner["_M_payload"]["_M_value"]) if bool(inner["_M_engaged"]) else "unset"


def listed(elements):
    shown = [text(element) for element in itertools.islice(elements, 201)]
    return "{" + ", ".join(shown[:200] + ["..."] * (len(shown) > 200)) + "}"


def text(value):
    """A value as one line."""
    shown = readable(value)
    if isinstance(shown, bool):
        return "true" if shown else "false"
    if isinstance(shown, str):
        return shown
    # The other thing that is no value of gdb's is a lazy string, which has one.
    return (shown if isinstance(shown, gdb.Value) else shown.value()).format_string(pretty_structs=False)


def readable(value):
    """The value itself, for gdb to show; if it belongs to the standard library, and gdb has no printers for that, then
    what can be told of it."""
    if not isinstance(value, gdb.Value):
        return value
    name = value.type.strip_typedefs().unqualified().name or ""
    if not name.startswith("std::") or gdb.default_visualizer(value) is not None:
        return value
    try:
        if re.match(r"std::(__\w+::)?basic_string<", name):
            return characters(value)
        if re.match(r"std::(__\w+::)?optional<", name):
            return held_by(value)
        if re.match(r"std::(__\w+::)?(vector|array)<", name):
            return listed(Elements(value))
        if re.match(r"std::(__\w+::)?tuple<", name):
            return listed(tuple_parts(value))
    except NoObject:
        return "not initialised"
    except (gdb.error, KeyError):
        pass  # laid out in another way
    return value


# --- text ---


def real_text(number):
    """All of its digits that tell it apart, and no more."""
    return repr(number)[:-2] if repr(number).endswith(".0") else repr(number)


def rounded(number):
    return format(float(number), ".6g")


def interval_text(value):
    lower, upper = float(value["lower"]), float(value["upper"])
    if lower != lower and upper != upper:
        return "no interval"
    return f"[{rounded(lower)}, {rounded(upper)}] at {rounded(100 * float(value['confidence']))} %"


def rejections_text(value):
    return ", ".join(f"{name} {int(count)}" for name, count in members(value) if int(count) != 0) or "none"


def civil(days):
    """Year, month and day of so many days since 1970-01-01. Years begin with March here, so that leap days end them."""
    era, day = divmod(days + 719468, 146097)
    year = (day - day // 1460 + day // 36524 - day // 146096) // 365
    day -= 365 * year + year // 4 - year // 100
    month = (5 * day + 2) // 153
    day -= (153 * month + 2) // 5
    return 400 * era + year + (month >= 10), month + 3 if month < 10 else month - 9, day + 1


def padded(year):
    return format(year, "05d" if year < 0 else "04d")


def day_text(days):
    year, month, day = civil(days)
    return f"{padded(year)}-{month:02}-{day:02}"


def instant_text(micros):
    """As the library writes it: `2026-03-09T12:00:00`, with as much of a fraction as there is."""
    if micros in (-(2**63), 2**63 - 1):
        return "no time that could be told"
    days, rest = divmod(micros, micros_a_day)
    seconds, fraction = divmod(rest, 10**6)
    shown = f"{day_text(days)}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return shown + f".{fraction:06}".rstrip("0") if fraction else shown


def span_text(micros):
    """In the largest unit of which it is a whole number."""
    units = {"d": micros_a_day, "h": 3600 * 10**6, "min": 60 * 10**6, "s": 10**6, "ms": 1000, "us": 1}
    unit = next(name for name, length in units.items() if micros % length == 0)
    return f"{micros // units[unit]} {unit}"


def week_text(index, policy):
    first_weekday = int(policy["first_weekday"]["iso_number"])
    begin = 7 * index - (11 - first_weekday) % 7
    if first_weekday != 1:
        return day_text(begin)
    year = civil(begin + 3)[0]  # an ISO week belongs to the year of its Thursday
    before = year - 1
    new_year = 365 * (year - 1970) + before // 4 - before // 100 + before // 400 - 477
    return f"{padded(year)}-W{(begin + 3 - new_year) // 7 + 1:02}"


def month_text(index):
    return f"{padded(index // 12)}-{index % 12 + 1:02}"


def step_text(index, step, origin):
    return instant_text(index * int(step["micros"]) + int(origin["micros"]))


# How each policy calls its period of a number; that of a policy of the host's own stays a number.
period_names = {
    "calendar_day": lambda index, policy: day_text(index),
    "calendar_week": week_text,
    "calendar_month": lambda index, policy: month_text(index),
    "calendar_quarter": lambda index, policy: f"{padded(index // 4)}-Q{index % 4 + 1}",
    "calendar_year": lambda index, policy: padded(index),
    "every": lambda index, policy: step_text(index, policy["span"], policy["origin"]),
    "sliding": lambda index, policy: step_text(index, policy["step"], policy["origin"]),
}


def is_period(index):
    return index > -(2**63) + 1


def period_name(index, policy):
    if not is_period(index):
        return "missing time" if index == -(2**63) else "bad time"
    name = period_names.get(class_of(policy.type))
    return name(index, policy) if name else str(index)


def enumerator(value):
    for field in value.type.strip_typedefs().fields():
        if field.enumval == int(value):
            return field.name.rsplit("::", 1)[-1]
    return f"none of its values ({int(value)})"


def lone_number_text(value):
    """Of a `number`, a `whole`: what holds one number is that number."""
    (only,) = (field for _, field in members(value))
    return real_text(float(only)) if real_number(only) else str(int(only))


def wide_text(value):
    words = value["words"]
    size = words.type.range()[1] + 1
    sum_ = sum((int(words[at]) & (2**64 - 1)) << (64 * at) for at in range(size))
    return str(sum_ - (sum_ >> (64 * size - 1) << (64 * size)))


def sum_text(value):
    return real_text(float(value["sum"]) + float(value["lost"]))


# --- summaries ---


def answer_text(value):
    """Of whatever has an interval: its first real number, the interval, and what else it is judged by."""
    fields = dict(members(value))
    headline = next(name for name, field in fields.items() if real_number(field))
    number = float(fields[headline])
    shown = f"{headline} {rounded(number)}" if number == number else "no answer"
    bounds = interval_text(fields["interval"])
    if number == number and bounds != "no interval":
        shown += f" {bounds}"
    if "count" in fields:
        shown += f", count {int(fields['count'])}"
    if "p_value" in fields and number == number:
        shown += f", p {rounded(fields['p_value'])}"
    if "rejected" in fields and int(fields["rejected"]) != 0:
        shown += f", rejected {int(fields['rejected'])}"
    return shown


def sample_count(state):
    """How many samples a state holds, where it is seen from its shape."""
    fields = dict(members(state))
    if "count" in fields:
        return int(fields["count"])
    if "counts" in fields or "pairs" in fields:
        counts = Elements(fields["counts"] if "counts" in fields else fields["pairs"]["states"])
        return sum(int(count) for count in counts) if counts.size <= most_children else None
    for field in fields.values():
        own = dict(members(field)) if class_of(field.type) else {}
        count = own.get("count", own.get("count_"))
        if count is not None:
            # The reals of a mean stand beside its integers.
            return int(count) + (int(fields["real_count"]) if "real_count" in fields else 0)
    return None


def state_text(state):
    rejected = sum(int(count) for _, count in members(state["rejected"]))
    count = sample_count(state)
    return ", ".join(([] if count is None else [f"count {count}"]) + [f"rejected {rejected}"])


def is_state(type_):
    return any(field.name == "rejected" and class_of(field.type) == "rejections" for field in type_.fields())


def merged_text(state):
    """Of the state of an accumulator, or of several of them in one."""
    return state_text(state) if class_of(state.type) and is_state(state.type.strip_typedefs()) else None


# --- the printers ---


class Text:
    """A value that is shown as one text."""

    def __init__(self, value, text_of):
        self._value, self._text_of = value, text_of

    def to_string(self):
        try:
            return self._text_of(self._value)
        except gdb.MemoryError as unreadable:
            return f"<{unreadable}>"
        except Exception:
            return "not initialised"


class Structure(Text):
    """Fields under a text that sums them up, if there is one."""

    def __init__(self, value, text_of=lambda value: None, children_of=shown_members):
        super().__init__(value, text_of)
        self._children_of = children_of

    def children(self):
        try:
            yield from itertools.islice(self._children_of(self._value), 2 * most_children)
        except Exception:
            pass  # `to_string` has said it


class Map(Structure):
    """Keys and what is kept under them; `children_of` gives pairs of these."""

    def display_hint(self):
        return "map"

    def children(self):
        at = -1
        for key, kept in super().children():
            for each in (key, kept):
                at += 1
                yield f"[{at}]", each


def groups_in(table):
    keys, states = Elements(table["keys"]), Elements(table["states"])
    if keys.size != states.size:
        raise NoObject
    return keys, states


def groups_children(table):
    for key, state in zip(*groups_in(table)):
        yield readable(key), readable(state)


def size_text(size, word):
    return f"{size} {word}{'' if size == 1 else 's'}"


def table(value):
    return Map(value, lambda value: size_text(groups_in(value)[0].size, "group"), groups_children)


def groups(value):
    def summary(value):
        size = groups_in(value["state_"])[0].size
        return f"{size_text(size, 'group')} of {short(value.type.strip_typedefs().template_argument(1))}"

    def children(value):
        yield "options", readable(value["options_"])
        yield from groups_children(value["state_"])

    return Map(value, summary, children)


def periods(value):
    def summary(value):
        keys, _ = groups_in(value["state_"])
        size = keys.size - sum(not is_period(int(key)) for key in keys)
        own = value.type.strip_typedefs()
        names = [short(own.template_argument(at)) for at in (1, 0)]
        return f"{size_text(size, 'period')} of {names[0]} by {names[1]}"

    def children(value):
        options = value["options_"]
        yield "policy", readable(options["policy"])
        yield "options", readable(options["own"])
        keys, states = groups_in(value["state_"])
        for index, at in sorted((int(key), at) for at, key in enumerate(keys)):
            yield period_name(index, options["policy"]), readable(states.at(at)["own"])

    return Map(value, summary, children)


def tee(value):
    def parts(value):
        return zip(tuple_parts(value["options_"]), tuple_parts(value["state_"]))

    def summary(value):
        names = (short(value.type.strip_typedefs().template_argument(at)) for at, _ in enumerate(parts(value)))
        return "tee of " + ", ".join(names)

    def children(value):
        for at, (options, state) in enumerate(parts(value)):
            yield f"[{at}].options", readable(options)
            yield f"[{at}].state", readable(state)

    return Structure(value, summary, children)


def shards(value):
    def summary(value):
        size = Elements(value["state_"]["labels"]).size
        own = short(value.type.strip_typedefs().template_argument(0))
        merged = merged_text(value["state_"]["merged"])
        return f"{size_text(size, 'shard')} of {own}" + (f", {merged}" if merged else "")

    def children(value):
        yield "options", readable(value["options_"])
        yield from shown_members(value["state_"])

    return Structure(value, summary, children)


none_without = {"sampling_design": "strata", "detail::weight_sums": "count"}
by_name = {
    "interval": lambda value: Text(value, interval_text),
    "rejections": lambda value: Text(value, rejections_text),
    "instant": lambda value: Text(value, lambda value: instant_text(int(value["micros"]))),
    "time_span": lambda value: Text(value, lambda value: span_text(int(value["micros"]))),
    "wide_integer": lambda value: Text(value, wide_text),
    "compensated_sum": lambda value: Text(value, sum_text),
    "tee_accumulator": tee,
    "grouped": groups,
    "timed": periods,
    "sharded": shards,
    "detail::group_table": table,
}


def printer_of(value):
    type_ = value.type.strip_typedefs()
    name = class_of(type_)
    if type_.code == gdb.TYPE_CODE_ENUM:
        return Text(value, enumerator)
    if name in by_name:
        return by_name[name](value)
    fields = dict(members(value))
    if name in none_without and int(fields[none_without[name]]) == 0:
        return Text(value, lambda value: "none")
    if len(fields) == 1 and all(whole_number(only) or real_number(only) for only in fields.values()):
        return Text(value, lone_number_text)
    if "interval" in fields and class_of(fields["interval"].type) == "interval":
        return Structure(value, answer_text)
    if "options_" in fields and "state_" in fields:
        return Structure(value, lambda value: merged_text(value["state_"]))
    if is_state(type_):
        return Structure(value, state_text)
    return Structure(value)


class Printers(gdb.printing.PrettyPrinter):
    def __call__(self, value):
        try:
            if value.type.strip_typedefs().code in (gdb.TYPE_CODE_REF, gdb.TYPE_CODE_RVALUE_REF):
                value = value.referenced_value()
            codes = (gdb.TYPE_CODE_STRUCT, gdb.TYPE_CODE_ENUM)
            return printer_of(value) if code_of(value) in codes and class_of(value.type) else None
        except Exception:
            return None  # a reference to nowhere


gdb.printing.register_pretty_printer(gdb.current_objfile(), Printers("credence"), replace=True)

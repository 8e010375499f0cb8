#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
# Copyright the credence authors
"""Write credence as one header.

OUTPUT_DIR/credence/credence.hpp is everything that <credence/credence.hpp> includes. Beside it the headers that it
leaves to be asked for (<credence/io.hpp>, <credence/interop/...>) are written so that they include it.
"""
import argparse
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROOF = "credence/credence.hpp"
OWN = "credence/"


def read(path):
    return path.read_text(encoding="utf-8")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)


class Part:
    """One header: what it includes, and its lines without those includes and without the lines on its licence."""

    def __init__(self, folder, name):
        self.name = name
        self.own = []
        self.standard = []
        self.lines = []
        depth = 0  # 1 is inside the include guard
        for number, line in enumerate(read(folder / name).splitlines(), 1):
            directive = re.match(r"\s*#\s*(\w+)\s*(.*)", line)
            word, rest = directive.groups() if directive else ("", "")
            depth += word.startswith("if")
            depth -= word == "endif"
            included = re.match(r"<([^>]+)>", rest) if word == "include" else None
            if word == "include" and not included:
                sys.exit(f"{name}:{number}: only includes in angle brackets can be folded")
            if included and included[1].startswith(OWN):
                # Parts are put one after the other, so an include must not depend on what stands around it.
                if depth != 1 or any(code and not code.startswith(("//", "#")) for code in self.lines):
                    sys.exit(f"{name}:{number}: an own header is included behind a condition or behind code")
                self.own.append(included[1])
            elif included and depth == 1:
                self.standard.append(included[1])
            elif number > 2 or not line.startswith(("// SPDX-License-Identifier:", "// Copyright")):
                self.lines.append(line)

    def text(self, *, standard=(), own=()):
        """The part with these includes behind its guard, which stays: it tells this part from the same header of the
        whole tree, whichever of the two is met first."""
        includes = [[f"#include <{name}>" for name in names] for names in (standard, own)]
        lines = self.lines[:2] + [line for group in includes if group for line in ["", *group]] + [""] + self.lines[2:]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def parts_below(folder, name, met):
    """The parts in order of inclusion, each behind those that it includes."""
    if name in met:
        return
    met[name] = None  # a circle of includes ends here, as it does at an include guard
    part = Part(folder, name)
    for below in part.own:
        yield from parts_below(folder, below, met)
    met[name] = part
    yield part


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("output_dir", type=pathlib.Path, metavar="OUTPUT_DIR", help="the folder to be put behind -I")
    options.add_argument("--include", type=pathlib.Path, default=ROOT / "include", metavar="DIR",
                         help="the folder of the headers (default: that of this repository)")
    arguments = options.parse_args()
    folder, output = arguments.include, arguments.output_dir

    version = re.search(r'CREDENCE_VERSION_STRING "(.*)"', read(folder / "credence/core/version.hpp"))[1]
    licence = "".join(f"// {line}".rstrip() + "\n" for line in read(ROOT / "LICENSE").splitlines())
    notice = "// SPDX-License-Identifier: BSL-1.0\n// Copyright the credence authors\n"

    parts = list(parts_below(folder, ROOF, {}))
    folded = {part.name for part in parts}
    roof = parts.pop()
    body = "".join(f"\n// --- <{part.name}>\n{part.text()}" for part in parts)
    standard = sorted({name for part in [*parts, roof] for name in part.standard})
    single = roof.text(standard=standard)
    end = single.rindex("#endif")
    write(output / ROOF,
          f"{notice}//\n// credence {version} in one header, written by packaging/single_header.py from the headers named "
          f"below.\n//\n{licence}\n{single[:end]}{body.lstrip()}\n{single[end:]}")

    # What is asked for apart: its own text, on top of the one header.
    for path in sorted(folder.glob("credence/**/*.hpp")):
        name = path.relative_to(folder).as_posix()
        if name in folded:
            continue
        part = Part(folder, name)
        own = sorted({ROOF if below in folded else below for below in part.own})
        write(output / name, f"{notice}{part.text(standard=part.standard, own=own)}")


main()

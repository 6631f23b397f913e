#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints the structure of a source tree as a Markdown table.

Usage: structure.py [--members] [FOLDER ...]

One column for each checkout; the current folder if none. With --members the types of every component are
listed below the table.

A type is a top-level type. Dependencies are read from the sources: a name of a type of the same module
counts if it is in the same package or imported. A component is a set of types, or of packages, each of
which needs each other one, directly or not. Methods are measured by their braces.
"""
import collections
import pathlib
import re
import statistics
import sys

PIECE = 6
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)
METHOD = re.compile(r"^(?: {2}| {4}| {6})(?!return\b|throw\b|new\b|else\b|if\b|for\b|while\b|switch\b|try\b|do\b|case\b)"
                    r"[\w@<][^;={}]*\([^;{}]*\)\s*(?:throws [\w., \n]+)?\{", re.M)


def blank(match):
    """Keeps the lines of a comment or literal, and nothing else."""
    return re.sub(r"[^\n]", " ", match.group())


class Source:
    def __init__(self, root, path):
        self.text = path.read_text(encoding="utf-8")
        self.code = TOKEN.sub(blank, self.text)
        self.lines = self.text.count("\n")
        inside = path.relative_to(root).as_posix()
        self.module, self.rest = inside.split("/src/", 1)
        self.test = not self.rest.startswith("main/")
        self.name = path.stem
        found = re.search(r"^package ([\w.]+);", self.code, re.M)
        self.package = found.group(1) if found else ""

    @property
    def full(self):
        return self.package + "." + self.name


def sources(root):
    files = sorted(p for p in root.rglob("*.java") if "/src/" in p.as_posix() and "target" not in p.parts)
    return [Source(root, p) for p in files]


def methods(source):
    """The lengths of the methods in lines."""
    for match in METHOD.finditer(source.code):
        depth, at = 1, match.end()
        while depth and at < len(source.code):
            depth += {"{": 1, "}": -1}.get(source.code[at], 0)
            at += 1
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        yield source.code.count("\n", start, at) + 1


def graph(types):
    """Who uses whom, by full names, within one module."""
    names = {t.full for t in types}
    packages = collections.defaultdict(dict)
    for t in types:
        packages[t.package][t.name] = t.full
    edges = {}
    for t in types:
        seen = dict(packages[t.package])
        for package, name in re.findall(r"^import (?:static )?([a-z][\w.]*?)\.([A-Z]\w*)", t.code, re.M):
            if f"{package}.{name}" in names:
                seen[name] = f"{package}.{name}"
        used = set(re.findall(r"\b[A-Z]\w*", re.sub(r"^import .*$", "", t.code, flags=re.M)))
        edges[t.full] = {seen[name] for name in used if name in seen} - {t.full}
    return edges


def between_packages(edges):
    """Which package uses which."""
    packages = {node.rsplit(".", 1)[0]: set() for node in edges}
    for node, others in edges.items():
        package = node.rsplit(".", 1)[0]
        packages[package] |= {other.rsplit(".", 1)[0] for other in others} - {package}
    return packages


def components(edges):
    """Strongly connected components of more than one node (Tarjan), the largest first."""
    index, low, stack, on, found = {}, {}, [], set(), []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        on.add(node)
        for other in edges[node]:
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in on:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            members = []
            while not members or members[-1] != node:
                members.append(stack.pop())
                on.discard(members[-1])
            if len(members) > 1:
                found.append(sorted(members))

    for node in edges:
        if node not in index:
            visit(node)
    return sorted(found, key=len, reverse=True)


def duplicates(files):
    """Pairs of places at which at least PIECE lines of code are the same, but for their indent."""
    places = collections.defaultdict(list)
    texts = []
    for number, source in enumerate(files):
        code = re.sub(r"^(?:package|import) .*$", "", source.text, flags=re.M)
        lines = [line.strip() for line in code.splitlines()]
        lines = [line for line in lines if len(line) > 3 and not line.startswith(("//", "*", "/*"))]
        texts.append(lines)
        for at in range(len(lines) - PIECE + 1):
            places[tuple(lines[at:at + PIECE])].append((number, at))
    same = set()
    for where in places.values():
        same.update((a, b) for i, a in enumerate(where) for b in where[i + 1:])
    return sum(((a[0], a[1] - 1), (b[0], b[1] - 1)) not in same for a, b in same)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(root):
    everything = sources(root)
    if not everything:
        sys.exit(f"{root} holds no Java sources")
    main = [s for s in everything if not s.test]
    types = [s for s in main if s.name not in ("package-info", "module-info")]
    sizes = list(collections.Counter((s.module, s.package) for s in types).values())
    table = {
        "types": len(types),
        "packages": len(sizes),
        "types a package, median": f"{statistics.median(sizes):g}",
        "types a package, 95th percentile": percentile(sizes, 0.95),
        "types a package, most": max(sizes),
        "files over 400 lines (main / test)":
            f"{sum(s.lines > 400 for s in main)} / {sum(s.lines > 400 for s in everything if s.test)}",
    }
    lengths = [n for s in main for n in methods(s)]
    table["methods over 50 lines (main)"] = sum(n > 50 for n in lengths)
    out, into = {}, collections.Counter()
    members, packages = {}, []
    for module in sorted({s.module for s in types}):
        edges = graph([s for s in types if s.module == module])
        packages += components(between_packages(edges))
        members[module] = components(edges)
        if members[module]:
            table[f"components of types in {module}"] = ", ".join(str(len(c)) for c in members[module])
        for node, others in edges.items():
            out[node] = len(others)
            into.update(others)
    table["components of packages"] = ", ".join(str(len(c)) for c in packages) or "none"
    hubs = sorted(out, key=lambda n: (-(into[n] + out[n]), n))[:10]
    for rank, node in enumerate(hubs, 1):
        table[f"hub {rank} (fan-in, fan-out)"] = f"{node.rsplit('.', 1)[1]} ({into[node]}, {out[node]})"
    table[f"duplicated pairs of {PIECE} lines or more (main)"] = duplicates(main)
    total = sum(s.lines for s in main)
    table["lines of main"] = total
    table["test:main"] = f"{sum(s.lines for s in everything if s.test) / total:.2f}"
    return table, members


def main(arguments):
    sys.setrecursionlimit(10_000)
    wanted = [a for a in arguments if a != "--members"]
    roots = [pathlib.Path(a).resolve() for a in wanted or ["."]]
    measured = [measure(root) for root in roots]
    tables = [table for table, _ in measured]
    rows = list(dict.fromkeys(key for table in tables for key in table))
    print("| | " + " | ".join(root.name for root in roots) + " |")
    print("|---|" + "---|" * len(roots))
    for row in rows:
        print(f"| {row} | " + " | ".join(str(table.get(row, "-")) for table in tables) + " |")
    if "--members" in arguments:
        for root, (_, members) in zip(roots, measured):
            for module, found in members.items():
                for component in found:
                    names = " ".join(name.rsplit(".", 1)[1] for name in component)
                    print(f"\n{root.name}, {module}, {len(component)} types: {names}")


if __name__ == "__main__":
    main(sys.argv[1:])

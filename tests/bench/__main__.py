"""``make bench [ARGS=WORD]``: run the benchmarks whose name holds the word, and print their table."""

import sys

from tests.bench.registry import benchmarks

_ROW = "| {:<40} | {:>12} | {:<12} | {} |\n"


def main(words: list[str]) -> int:
    """Print the table as it grows."""
    sys.stdout.write(_ROW.format("benchmark", "value", "unit", "note"))
    sys.stdout.write(_ROW.format("-" * 40, "-" * 12, "-" * 12, "----"))
    chosen = [each for each in benchmarks() if all(word in each.name for word in words)]
    for each in chosen:
        result = each.measure()
        sys.stdout.write(_ROW.format(each.name, f"{result.value:,.1f}", result.unit, result.note))
        sys.stdout.flush()
    if not chosen:
        sys.stdout.write("\nNo benchmark is registered" + (f" under {words}.\n" if words else " yet.\n"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Speed, in one run and side by side: `python -m benchmarks`. These are figures to compare, not tests."""

import os

from benchmarks import audits, core, start


def main() -> None:
    """Print every figure, and how busy the machine is."""
    print(f"{os.cpu_count()} processors, {os.getloadavg()[0]:.1f} processes at work; seconds of processor time\n")
    for part in (core, start, audits):
        for figure in part.figures():
            print(figure)


if __name__ == "__main__":
    main()

"""Builds the sample maps: `python sample_maps/build.py`, or with a folder to build them elsewhere."""

import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent


def samples() -> Iterator[tuple[str, bytes]]:
    """Give each sample's path below this folder, and its bytes: the same on every build."""
    from provision_costing.policy import load_policy
    from provision_costing.workbook.layout import ALLOCATIONS, FIRST_ROW
    from provision_costing.workbook.template import write_workbook
    from sample_maps._faulty import INDIVIDUAL, MADE_ON, WHOLE_SCHOOL, type_over
    from sample_maps._individual import GUIDE_YEAR_3, write_individual
    from sample_maps._schools import FIRST_DAY, read_school

    policy = load_policy("waltham-forest", FIRST_DAY)
    yield "guide-year-3-map-as-printed.xlsx", write_individual(GUIDE_YEAR_3)
    for path in sorted((HERE / "schools").glob("*.toml")):
        yield f"{path.stem}.xlsx", write_workbook(read_school(path), policy)
    for name, individual in INDIVIDUAL.items():
        yield f"faulty/{name}.xlsx", write_individual(individual)
    sound = read_school(HERE / "schools" / "sound-4-pupils.toml")
    for name, edit in WHOLE_SCHOOL.items():
        made_under = load_policy("waltham-forest", MADE_ON.get(name, FIRST_DAY))
        yield f"faulty/{name}.xlsx", write_workbook(edit(sound), made_under)
    cell = f"{ALLOCATIONS.letter('annual_cost')}{FIRST_ROW}"
    yield "faulty/ARI01-formula-typed-over.xlsx", type_over(write_workbook(sound, policy), "Allocations", cell, "500")


def build(folder: Path) -> int:
    """Write every sample below a folder; a sample that is no longer made is removed. Gives how many there are."""
    (folder / "faulty").mkdir(parents=True, exist_ok=True)
    made = {folder / name: data for name, data in samples()}
    for old in {*folder.glob("*.xlsx"), *folder.glob("faulty/*.xlsx")} - made.keys():
        old.unlink()
    for path, data in made.items():
        path.write_bytes(data)
    return len(made)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))  # a script finds only its own folder
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    print(f"{build(target)} sample maps in {target}")

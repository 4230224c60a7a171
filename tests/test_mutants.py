"""Mutants change the bodies of functions and the values of constants, and nothing else."""

from pathlib import Path

from tools.mutants.making import mutants_of, sample_of

SOURCE = '''"""A module."""

LIMIT = 3
name = "left alone"


class Shop:
    title = "left alone"

    @property
    def is_open(self, hour: int = 9) -> bool:
        """Left alone."""
        logger.info("left alone")
        return hour < LIMIT
'''


def test_what_is_changed(tmp_path: Path) -> None:
    module = tmp_path / "shop.py"
    module.write_text(SOURCE)
    mutants = mutants_of(str(module))
    assert [(mutant.line, mutant.name, mutant.before, mutant.after) for mutant in mutants] == [
        (3, "LIMIT", "LIMIT = 3", "LIMIT = 4"),
        (14, "Shop.is_open", "return hour < LIMIT", "return hour <= LIMIT"),
    ]
    assert [mutant.is_constant for mutant in mutants] == [True, False]
    for mutant in mutants:
        assert mutant.source == SOURCE.replace(mutant.before, mutant.after)


def test_a_sample_follows_from_its_seed_and_keeps_the_order() -> None:
    mutants = mutants_of("cms/translation/exchange/matching.py")
    sample = sample_of(mutants, 9, seed=1)
    assert len(sample) == 9
    assert sample == [mutant for mutant in mutants if mutant in sample]
    assert sample == sample_of(mutants, 9, seed=1) != sample_of(mutants, 9, seed=2)
    assert sample_of(mutants, 999, seed=1) == mutants

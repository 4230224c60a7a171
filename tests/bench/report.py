"""The figures of a run, and the table that shows them beside what they are to reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .load import Row

Pairs = Mapping[str, tuple[Row, Row]]

# The bound of each ratio: the least it should be, or the most.
AT_LEAST: Final = {
    "api_cached_vs_constant": 0.6,
    "html_cached_vs_constant": 0.6,
    "not_modified_vs_constant": 0.7,
    "api_cached_vs_stock_v3": 20,
    "api_uncached_vs_stock_v3": 1.2,
}
AT_MOST: Final = {
    "p99_over_p50_while_publishing": 4,
    "detail_10000_over_100": 1.25,
    "list_10000_over_100": 1.25,
    "navigation_10000_over_100": 1.25,
    "search_10000_over_100": 1.25,
    "worker_memory_10000_over_100": 1.2,
    "publish_vs_stock": 1.1,
    "stale_answers": 0,
}


@dataclass(frozen=True)
class Figures:
    values: dict[str, float]
    notes: list[str]


def figures(
    rows: Mapping[str, Row],
    sizes: Pairs,
    memories: Sequence[int],
    quiet: tuple[float, float],
    publishing: tuple[float, float],
    publishes: tuple[float, float],
    freshness: Mapping[str, int],
) -> Figures:
    def ratio(one: str, other: str) -> float:
        return round(rows[one].rate / rows[other].rate, 3)

    times = {
        f"{name}_10000_over_100": round(few.rate / many.rate, 3)
        for name, (few, many) in sizes.items()
    }
    p50, p99 = publishing
    ours, stock = publishes
    values = {
        "api_cached_vs_constant": ratio("page, kept", "page, constant view"),
        "html_cached_vs_constant": ratio("web page, kept", "web page, constant view"),
        "not_modified_vs_constant": ratio("page, 304", "page, constant view"),
        "api_cached_vs_stock_v3": ratio("page, kept", "page, Wagtail v3"),
        "api_uncached_vs_stock_v3": ratio("page, made anew", "page, Wagtail v3"),
        "api_cached_vs_nginx": ratio("page, kept", "page, nginx"),
        "p99_over_p50_while_publishing": round(p99 / p50, 3),
        **times,
        "worker_memory_10000_over_100": round(memories[1] / memories[0], 3),
        "publish_vs_stock": round(ours / stock, 3),
        "stale_answers": freshness["stale"],
    }
    list_ratio = ratio("list of 20, kept", "list of 20, Wagtail v3")
    few, many = (kilobytes / 1024 for kilobytes in memories)
    notes = [
        f"A kept list of 20 is {list_ratio:.1f} times as fast as Wagtail v3's.",
        f"While an editor publishes each second: p50 {p50:.2f} ms, p99 {p99:.2f} ms.",
        f"While nobody publishes: p50 {quiet[0]:.2f} ms, p99 {quiet[1]:.2f} ms.",
        f"A publish of a page with 50 questions takes {ours:.0f} ms, stock {stock:.0f} ms.",
        f"A worker has {few:.0f} MB with 100 pages per language, {many:.0f} MB with 10,000.",
        f"{freshness['asked']} answers were asked for right after a publish.",
    ]
    return Figures(values, notes)


def show(rows: Mapping[str, Row], sizes: Pairs, found: Figures) -> None:
    print(f"\n{'':28}{'requests/s':>12}{'of constant view':>18}")
    for name, row in rows.items():
        constant = rows[f"{name.split(',')[0]}, constant view"].rate
        print(f"{name:28}{row.rate:12.0f}{row.rate / constant:18.3f}")
    print(f"\n{'pages per language, anew':28}{'100':>12}{'10,000':>18}")
    for name, (few, many) in sizes.items():
        print(f"{name:28}{few.rate:12.0f}{many.rate:18.0f}")
    print(f"\n{'ratio':36}{'measured':>10}{'bound':>16}")
    for name, value in found.values.items():
        print(f"{name:36}{value:10.3f}  {_bound(name, value):>14}")
    print("\n" + "\n".join(found.notes))


def _bound(name: str, value: float) -> str:
    if name in AT_LEAST:
        return f"≥ {AT_LEAST[name]}{'' if value >= AT_LEAST[name] else ' missed'}"
    if name in AT_MOST:
        return f"≤ {AT_MOST[name]}{'' if value <= AT_MOST[name] else ' missed'}"
    return ""

"""Train the arbiter of the splitter, and measure it on what it has not seen.

    python benchmarks/train_splitting.py [--gold DIR] [--errors FILE] [--write]

DIR has ``ud_dev.jsonl``, running text of Universal Dependencies treebanks (CC BY-SA 4.0), and ``rules_dev.jsonl``, rule
cases; it is looked for in the folder ``shared`` beside the repository. Only treebanks and the rule cases under the MIT
licence are learned from. lightgbm and scikit-learn have to be installed by hand: the product does without them.

Printed are the macro F1 over languages, each judged by a model that never saw it, and the rule cases passed, each
judged by a model that never saw it (five folds by a hash of the text), beside what a perfect choice of candidates
would reach; then the signature. ``--errors`` writes every wrong boundary with its surroundings. ``--write`` trains on
everything and writes ``segments/weights/splitting.json``.

SentencePiece has no place here: whether a unigram model of 16,000 pieces keeps a word and its dot in one piece, and
into how many pieces the words beside a candidate fall, changed the macro F1 from 96.35 to 96.36 and no rule case.
"""

import argparse
import json
import platform
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from segments.boundaries import Verdict, examine, read
from segments.boundaries.dots import PLAIN
from segments.boundaries.features import FEATURES
from segments.facts import facts_of
from segments.splitting import readable

REPOSITORY = Path(__file__).resolve().parents[1]
GOLD = REPOSITORY.parent / "shared" / "gold" / "segmentation"
WEIGHTS = REPOSITORY / "segments" / "weights" / "splitting.json"

RECIPE = 3
SEEDS = (1, 2, 3, 4)
RULE_WEIGHT = 3.0  # of a candidate in a rule case
FOLDS = 5
MODEL = {
    "n_estimators": 20,
    "learning_rate": 0.3,
    "num_leaves": 16,
    "min_child_samples": 20,
    "reg_lambda": 1.0,
    "colsample_bytree": 0.7,
    "subsample": 0.8,
    "subsample_freq": 1,
    "deterministic": True,
    "force_row_wise": True,
    "n_jobs": 1,
    "verbose": -1,
}

Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """All candidates of all texts, one a line: ``sure`` is 1 or 0 where the verdict is certain, -1 elsewhere."""

    row: Any
    place: Any
    features: Any
    ends: Any
    sure: Any


def main() -> None:
    """Measure, print, and perhaps train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--errors", type=Path, help="write the wrong boundaries to this file")
    parser.add_argument("--write", action="store_true", help="train on everything and write the weights")
    arguments = parser.parse_args()
    paths = [arguments.gold / name for name in ("ud_dev.jsonl", "rules_dev.jsonl")]
    if missing := [str(path) for path in paths if not path.exists()]:
        print(f"Nothing is measured: {' and '.join(missing)} not there. Name another folder with --gold.")
        return
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]
    table = tabulate(rows)
    scores = np.where(table.sure < 0, unseen_scores(rows, table), table.sure - 0.5)
    report(rows, table, scores > 0)
    if arguments.errors:
        arguments.errors.write_text("".join(errors(rows, table, scores)), encoding="utf-8")
    signed = signature(paths)
    if arguments.write:
        write(fit(rows, table, np.ones(len(table.row), bool)), signed)
    print(signed)


def tabulate(rows: Sequence[Row]) -> Table:
    """Find the candidates of every text, as the splitter does: block by block, with the end of a block for sure."""
    lines = []
    for number, row in enumerate(rows):
        gold = gold_ends(row)
        for place, found in candidates(row):
            sure = int(found.ends) if isinstance(found, Verdict) else -1
            lines.append((number, place, found if sure < 0 else [0.0] * len(FEATURES), place in gold, sure))
    row, place, features, ends, sure = zip(*lines, strict=True)
    return Table(np.array(row), np.array(place), np.array(features, np.float32), np.array(ends), np.array(sure))


def candidates(row: Row) -> Iterator[tuple[int, Verdict | Sequence[float]]]:
    """Yield where the candidates of a text end, and what is found of them."""
    text, facts = row["text"], facts_of(row["lang"])
    ended = None
    for span in readable(text):
        if ended is not None:
            yield ended, Verdict(True, "the end of a block")
        context = read(text[span.slice()], facts)
        yield from ((span.start + end, PLAIN) for end in context.plain)
        yield from ((span.start + candidate.end, found) for candidate, found in examine(context))
        ended = span.end


def gold_ends(row: Row) -> set[int]:
    """Return where the sentences of a text end, all but the last; white space may differ in the gold."""
    places = [place for place, character in enumerate(row["text"]) if not character.isspace()]
    letters, ends = 0, set()
    for sentence in row["sents"][:-1]:
        letters += len(re.sub(r"\s", "", sentence))
        if 0 < letters < len(places):
            ends.add(places[letters - 1] + 1)
    return ends


def is_rule(row: Row) -> bool:
    """Tell a rule case from running text."""
    return "cat" in row


def may_be_learned(row: Row) -> bool:
    """Tell whether the licence of a text allows to train on it."""
    return not is_rule(row) or "languagetool" not in row["source"]


def fit(rows: Sequence[Row], table: Table, chosen: Any) -> list[Any]:
    """Train a model with each seed on the chosen candidates, where they are to be weighed and may be learned."""
    learned = chosen & (table.sure < 0) & np.array([may_be_learned(row) for row in rows])[table.row]
    weight = np.where(np.array([is_rule(row) for row in rows])[table.row], RULE_WEIGHT, 1.0)
    return [
        lightgbm.LGBMClassifier(**MODEL, random_state=seed).fit(
            table.features[learned], table.ends[learned], sample_weight=weight[learned]
        )
        for seed in SEEDS
    ]


def unseen_scores(rows: Sequence[Row], table: Table) -> Any:
    """Score running text by models that never saw its language, rule cases by models that never saw their fold."""
    groups = np.array([f"fold {fold(row)}" if is_rule(row) else row["lang"] for row in rows])
    languages = np.array([row["lang"] for row in rows])
    scores = np.zeros(len(table.row))
    for group in sorted(set(groups)):
        judged = (groups == group)[table.row]
        seen = ~judged if group.startswith("fold") else (languages != group)[table.row]
        models = fit(rows, table, seen)
        features = table.features[judged]
        scores[judged] = np.mean([model.predict_proba(features, raw_score=True) for model in models], axis=0)
    return scores


def fold(row: Row) -> int:
    """Return the fold of a rule case: texts that begin alike are in one."""
    beginning = re.sub(r"\W", "", row["text"].lower())[:40]
    return blake2b(beginning.encode("utf-8", "surrogatepass"), digest_size=4).digest()[0] % FOLDS


def report(rows: Sequence[Row], table: Table, said: Any) -> None:
    """Print F1 by language and the rule cases passed, both beside the perfect choice."""
    perfect = np.where(table.sure < 0, table.ends, table.sure > 0)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    passed: Counter[str] = Counter()
    for row, places, mine, best in by_row(rows, table, said, perfect):
        gold = gold_ends(row)
        found, possible = set(places[mine]), set(places[best])
        if is_rule(row):
            passed.update(cases=1, passed=found == gold, perfect=possible == gold)
            passed[row["lang"]] += found != gold
        else:
            counts[row["lang"]].update(
                gold=len(gold), hit=len(gold & found), put=len(found), best=len(gold & possible), most=len(possible)
            )
    print(f"{'language':10} {'F1':>7} {'perfect':>8} {'missed':>7} {'wrong':>6}")
    figures = []
    for language, c in sorted(counts.items()):
        figures.append((f1(c["hit"], c["put"], c["gold"]), f1(c["best"], c["most"], c["gold"])))
        missed, wrong = c["gold"] - c["hit"], c["put"] - c["hit"]
        print(f"{language:10} {figures[-1][0]:7.2f} {figures[-1][1]:8.2f} {missed:7} {wrong:6}")
    mean, best = np.mean(figures, axis=0)
    print(f"{'macro':10} {mean:7.2f} {best:8.2f}")
    print(f"rule cases passed: {passed['passed']} of {passed['cases']}, perfect choice {passed['perfect']}")
    print(f"candidates: {len(said)}, weighed {np.sum(table.sure < 0)}")


def by_row(rows: Sequence[Row], table: Table, *columns: Any) -> Iterator[tuple[Any, ...]]:
    """Yield each text with the places of its candidates and their part of each column."""
    starts = np.searchsorted(table.row, np.arange(len(rows) + 1))
    for number, row in enumerate(rows):
        part = slice(starts[number], starts[number + 1])
        yield row, table.place[part], *(column[part] for column in columns)


def f1(hit: int, put: int, gold: int) -> float:
    """Return F1 in per cent."""
    return 200 * hit / (put + gold) if put + gold else 100.0


def errors(rows: Sequence[Row], table: Table, scores: Any) -> Iterator[str]:
    """Yield a line for each boundary that is wrong: what it is, its score, what stands around it."""
    for row, places, mine in by_row(rows, table, scores):
        gold, score = gold_ends(row), dict(zip(places, mine, strict=True))
        for place in sorted(gold ^ {place for place, value in score.items() if value > 0}):
            kind = "wrong" if place not in gold else "missed" if place in score else "no candidate"
            around = f"{row['text'][max(0, place - 60) : place]}⏹{row['text'][place : place + 50]}"
            yield f"{row['lang']} {row['source'][:12]} {kind} {score.get(place, 0.0):.2f} {around!r}\n"


def write(models: Sequence[Any], signed: str) -> None:
    """Write the trees of all models, their leaves divided by the number of models."""
    found = [tree for model in models for tree in model.booster_.dump_model()["tree_info"]]
    trees = [nested(tree["tree_structure"], len(models)) for tree in found]
    data = {"signature": signed, "features": FEATURES, "trees": trees}
    WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{WEIGHTS}: {len(trees)} trees, {WEIGHTS.stat().st_size} bytes")


def nested(node: Any, share: int) -> Any:
    """Return a tree as ``[column, threshold, up to it, above it]``, a leaf as its number."""
    if "leaf_value" in node:
        return round(node["leaf_value"] / share, 5)
    sides = (nested(node[side], share) for side in ("left_child", "right_child"))
    return [node["split_feature"], float(f"{node['threshold']:.6g}"), *sides]


def signature(paths: Sequence[Path]) -> str:
    """Say what was trained with what."""
    digest = blake2b(digest_size=6)
    for path in paths:
        digest.update(path.read_bytes())
    return (
        f"recipe {RECIPE}, data {digest.hexdigest()}, seeds {len(SEEDS)}, lightgbm {version('lightgbm')},"
        f" python {platform.python_version()}"
    )


if __name__ == "__main__":
    main()

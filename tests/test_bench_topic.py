"""The bench of the health score: labels, folds by site, the fit, and a whole run over a data set of our own writing."""

import gzip
import json
import re

import numpy as np
import pytest

from bench.quality import topic as bench
from clearwell import topic

HEALTH = (
    "A sore throat usually goes away within a week. Gargling with warm salt water eases the pain. See a doctor if the "
    "fever stays high, and do not take antibiotics left over from an earlier infection."
)
BANKS = (
    "Shares rose after the quarterly results. Investors had feared that inflation would hurt lending, but the bank's "
    "chief executive called the outlook better than a year ago, and the dividend will be raised once more."
)


def scored(*pages):
    return [bench.Scored("set", str(n), bench.Label(*label), score) for n, (label, score) in enumerate(pages)]


def test_every_label_is_a_page_and_a_judgement():
    labels = bench.read_labels()
    assert {name: sum(data == name for data, _ in labels) for name, _ in labels} == {"wcxb-dev": 793, "fundus-dev": 80}
    assert 80 < sum(label.is_health for label in labels.values()) < 110
    assert 40 < sum(label.is_borderline for label in labels.values()) < 60
    rows = bench.LABELS.read_text().splitlines()
    assert all(re.fullmatch(r"(wcxb|fundus)-dev\t\w+\t[01](\t\?)?", row) for row in rows[1:])


def test_precision_and_recall_worked_out_by_hand():
    pages = scored(((True, False), 0.9), ((True, False), 0.3), ((False, False), 0.8), ((False, True), 0.1))
    assert bench.rate(pages, 0.5) == (0.5, 0.5)
    assert bench.rate(pages, 0.2) == (2 / 3, 1.0)
    assert bench.rate(pages, 0.95) == (1.0, 0.0)
    assert bench.suggest(pages) == 0.2
    told = bench.describe(pages)
    assert [row[1] for row in told["wrong"]] == ["2"]
    assert told["curves"]["set, without borderline pages"][8] == (0.9, 1.0, 0.5)


def test_the_fit_finds_the_numbers_that_made_the_labels():
    chance = np.random.default_rng(1)
    rows = np.column_stack([np.ones(4_000), chance.normal(size=(4_000, 2))])
    wanted = np.array([-1.0, 2.0, 0.5])
    labels = (chance.random(4_000) < bench.predict(rows, wanted)).astype(float)
    assert bench.fit(rows, labels) == pytest.approx(wanted, abs=0.2)


def test_no_page_is_scored_by_what_its_own_site_taught():
    rows = np.array([[1.0, n % 2, 0.0] for n in range(40)])
    folds = np.arange(40) // 2 % bench.FOLDS
    labels = rows[:, 1].copy()
    labels[folds == 0] = 1 - labels[folds == 0]  # this fold alone says the contrary of the others
    scores = bench.cross_validate(rows, labels, folds)
    assert ((scores > 0.5) == (rows[:, 1] > 0.5)).all()


def test_a_whole_run(tmp_path):
    labels = {}
    for part in ("html", "ground-truth"):
        (tmp_path / "set" / "dev" / part).mkdir(parents=True)
    for n in range(16):
        html = f"<title>Page {n}</title><article><p>{HEALTH if n % 2 else BANKS}</p></article>"
        page = {"url": f"https://site{n // 2}.example/{n}", "_internal": {"page_type": {"primary": "article"}}}
        (tmp_path / "set/dev/html" / f"{n}.html.gz").write_bytes(gzip.compress(html.encode()))
        (tmp_path / "set/dev/ground-truth" / f"{n}.json").write_text(json.dumps(page | {"ground_truth": {}}))
        labels["set-dev", str(n)] = bench.Label(bool(n % 2), False)
    result = bench.measure([tmp_path / "set" / "dev"], labels)
    assert result["wrong"] == []
    assert result["pages"]["all"] == "16 pages, 8 about health, 0 borderline"
    right, of = (sum(column) for column in zip(*result["cases"].values(), strict=True))
    assert right / of > 0.9
    assert 0 < result["cost"]["article"] < 50
    assert "| 0.4       |     1.000 |  1.000 |" in bench.to_markdown(result)


def test_what_is_shipped_is_what_was_fitted():
    fitted = json.loads((bench.LABELS.parents[1] / "results" / "topic.json").read_text())["fitted"]
    for name, value in fitted.items():
        assert getattr(topic, name) == pytest.approx(value, abs=0.02), name

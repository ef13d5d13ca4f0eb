"""The bench measures what it says: scores worked out by hand, the form of predictions, limits, clocks.  No peers."""

import doctest
import gzip
import importlib.util
import json
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from bench.quality import dataset, dirty, kept, matching, plot, predict, score, stamp, systems, table
from bench.quality.wordings import __main__ as wordings
from bench.quality.wordings import places
from bench.speed import compare, growth, stages, synthetic
from clearwell import Page, clean
from clearwell.extraction.extract import extract

ROOT = Path(__file__).parents[1]
SENTENCE = "A short walk in the evening helps many people to fall asleep sooner than they otherwise would."
PARTS = [f"quality.{part}" for part in "predict score plot dirty kept topic wordings".split()] + [
    "speed.compare",
    "speed.crawl",
    "speed.stages",
    "speed.growth",
]
ALONE = "chaos discovery fuzz quality.farms reclean store".split()
NO_ANSWER = {"text": "", "title": None, "authors": [], "date": None, "milliseconds": None, "error": None}


def write_data(folder, pages):
    """A data set: {name: (html, ground truth)}."""
    for part in ("html", "ground-truth"):
        (folder / part).mkdir(parents=True)
    for name, (html, kind, truth) in pages.items():
        (folder / "html" / f"{name}.html.gz").write_bytes(gzip.compress(html.encode()))
        page = {
            "url": f"https://example.org/{name}",
            "_internal": {"page_type": {"primary": kind}},
            "ground_truth": truth,
        }
        (folder / "ground-truth" / f"{name}.json").write_text(json.dumps(page))
    return folder


def write_run(folder, system, pages, data="set-dev"):
    """A predictions file; what a page does not say is no answer."""
    run = {
        "system": system,
        "versions": {system: "1"},
        "python": "3.11",
        "machine": "m",
        "created": "2026-11-22T00:00:00",
    }
    run |= {"data": data, "pages": {name: NO_ANSWER | page for name, page in pages.items()}}
    path = folder / f"{system}.json"
    path.write_text(json.dumps(run))
    return path


@pytest.fixture
def data(tmp_path):
    truth = {"title": "Sleep", "author": "Ann Lee", "publish_date": "2026-05-04", "main_content": "one two three four"}
    return write_data(
        tmp_path / "set" / "dev",
        {
            "a": (
                f"<article><p>{SENTENCE}</p></article>",
                "article",
                truth | {"with": ["two three", "nine"], "without": ["menu"]},
            ),
            "b": ("<p>b</p>", "article", {"title": "Walk", "main_content": "one two", "with": [], "without": ["menu"]}),
            "c": ("<p>c</p>", "forum", {"title": "Talk", "author": "", "main_content": "x y", "with": ["X"]}),
        },
    )


def test_a_table_worked_out_by_hand(data, tmp_path):
    ours = {
        # found 4 words, wanted 4, 3 in common: precision, recall and F1 are 3/4
        "a": {"text": "one two three menu", "title": "SLEEP", "authors": ["Ann Lee"], "date": "2026-05-04T01:00:00"},
        # 4 found, 2 wanted, 2 in common: precision 1/2, recall 1, F1 2/3
        "b": {"text": "one two one two", "title": "Walk | Site", "authors": ["Bob"], "date": "2026-05-04"},
        "c": {"error": "ValueError: no"},
    }
    times = {"a": 10.0, "b": 20.0, "c": 60.0}
    ours = {name: page | {"milliseconds": times[name]} for name, page in ours.items()}
    theirs = {"a": {"text": "one two three four"}, "b": {"text": "nothing of it"}, "c": {"text": "x y"}}
    files = [write_run(tmp_path, "ours", ours), write_run(tmp_path, score.REFERENCE, theirs)]
    scores = score.score_all(data, files)
    first, second = scores["systems"]

    assert (scores["data"], scores["pages"], scores["left out"]) == ("set-dev", 3, 0)
    article = first["text"]["article"]
    assert article["pages"] == 2
    assert article["f1"][0] == pytest.approx((3 / 4 + 2 / 3) / 2)
    assert article["precision"][0] == pytest.approx((3 / 4 + 1 / 2) / 2)
    assert article["recall"][0] == pytest.approx((3 / 4 + 1) / 2)
    assert article["gain"][0] == pytest.approx((3 / 4 - 1 + 2 / 3 - 0) / 2)
    assert first["text"]["forum"]["f1"] == [0, 0]
    assert first["text"]["all"]["f1"][0] == pytest.approx((3 / 4 + 2 / 3) / 3)
    assert first["with"] == pytest.approx(1 / 3)  # of `two three`, `nine`, `X`
    assert first["without"] == pytest.approx(1 / 2)
    assert first["errors"] == 1
    assert first["milliseconds"] == {"mean": 30, "median": 20, "p95": 60}
    title = {"given": 3, "accuracy": 1 / 3, "right": 1, "wrong": 1, "missing": 1, "invented": 0, "absent": 0}
    assert first["title"] == title | {"site name left on": 1}
    counts = {"given": 1, "accuracy": 1, "right": 1, "wrong": 0, "missing": 0, "invented": 1, "absent": 1}
    assert first["author"] == counts
    assert first["date"] == counts

    assert second["text"]["article"]["f1"][0] == pytest.approx(1 / 2)
    assert "gain" not in second["text"]["article"]
    assert [second[field] for field in ("title", "author", "date", "milliseconds")] == [None] * 4

    lines = {
        line.split("|")[1].strip(): line for line in table.to_markdown(scores).splitlines() if line.startswith("| ")
    }
    assert re.search(r"0\.708 ±0\.04\d \| +0\.500 ±0\.500", lines["F1 of 2 articles"])
    assert [cell.strip() for cell in lines["author right, of 1 given"].split("|")[2:4]] == ["100.0%", "-"]
    assert [cell.strip() for cell in lines["errors"].split("|")[2:4]] == ["1", "0"]


def test_only_pages_that_all_have_are_scored_and_the_rest_is_told(data, tmp_path):
    files = [write_run(tmp_path, "one", {"a": {}, "b": {}}), write_run(tmp_path, "two", {"b": {}, "c": {}})]
    scores = score.score_all(data, files)
    assert (scores["pages"], scores["left out"]) == (1, 1)
    assert "were left out" in table.to_markdown(scores)


def test_a_system_without_texts_has_no_text_scores(data, tmp_path):
    run = write_run(tmp_path, "dates", {"a": {"date": "2026-05-04"}, "b": {}, "c": {}})
    (system,) = score.score_all(data, [run])["systems"]
    assert (system["text"], system["with"], system["without"]) == (None, None, None)
    assert system["date"]["accuracy"] == 1


@pytest.mark.parametrize(
    ("pages", "name", "message"),
    [({"a": {}}, "other-dev", "not of set-dev"), ({"z": {}}, "set-dev", "no page in common")],
)
def test_predictions_that_do_not_fit_are_refused(data, tmp_path, pages, name, message):
    good = write_run(tmp_path, "good", {"a": {}})
    with pytest.raises(SystemExit, match=message):
        score.score_all(data, [good, write_run(tmp_path, "bad", pages, name)])


def test_results_are_written_as_json_and_markdown(data, tmp_path, capsys):
    run = write_run(tmp_path, "one", {"a": {"text": "one two three four"}, "b": {}, "c": {}})
    score.main([str(data), str(run), "--out", str(tmp_path / "results")])
    assert json.loads((tmp_path / "results" / "set-dev.json").read_text())["pages"] == 3
    assert (tmp_path / "results" / "set-dev.md").read_text() in capsys.readouterr().out


def test_the_interval_is_that_of_a_mean():
    values = [0.0, 1.0] * 200  # the standard error of the mean is .025
    assert score.interval(values) == pytest.approx(1.96 * 0.025, rel=0.1)
    assert score.interval(values) == score.interval(values)
    assert score.interval([0.5] * 9) == 0


@pytest.mark.parametrize(
    ("found", "truth", "verdict"),
    [
        ("It’s  SLEEP — a guide", "It's sleep - a guide", "right"),
        ("Tom &amp; Ann", "Tom & Ann", "right"),
        ("Sleep", "Sleep!", "wrong"),
        ("Sleep | Site", "Sleep", "wrong"),
        (None, "Sleep", "missing"),
        ("  ", "Sleep", "missing"),
        ("Sleep", None, "invented"),
        (None, None, "absent"),
    ],
)
def test_titles(found, truth, verdict):
    assert matching.judge_title(found, truth) == verdict


@pytest.mark.parametrize(
    ("found", "truth", "verdict"),
    [
        (["Ann Lee", "Bob Ray"], "Bob Ray and Ann Lee", "right"),
        (["Dylan Ray", "MS", "RD"], "Dylan Ray, MS, RD", "right"),
        (["Dylan Ray"], "Dylan Ray, MS, RD", "right"),
        (["By ANN LEE"], "Ann Lee", "right"),
        (["Ann Lee, Ph.D. & Bob Ray"], "Ann Lee; Bob Ray", "right"),
        (["Sandy Anders"], "Sandy Anders", "right"),
        (["Ann Lee", "Editor"], "Ann Lee", "wrong"),
        (["Ann"], "Ann Lee", "wrong"),
        ([], "Ann Lee", "missing"),
        (["Ann Lee"], "", "invented"),
        ([""], None, "absent"),
    ],
)
def test_authors(found, truth, verdict):
    assert matching.judge_authors(found, truth) == verdict


@pytest.mark.parametrize(
    ("found", "truth", "verdict"),
    [
        ("2026-05-04T23:59:00-08:00", "2026-05-04", "right"),
        ("2026-05-05T07:59:00Z", "2026-05-04", "wrong"),
        ("May 4, 2026", "2026-05-04", "wrong"),
        (None, "2026-05-04", "missing"),
        ("2026-05-04", None, "invented"),
        (None, None, "absent"),
    ],
)
def test_dates(found, truth, verdict):
    assert matching.judge_date(found, truth) == verdict


def test_predictions_have_the_form_that_is_documented(data):
    documented = re.search(r"\{\"system\".*?\}\}\}", predict.__doc__, re.S).group().replace("NAME", '"a"')
    form = json.loads(documented)
    found = predict.predict("clearwell", data, limit=2)
    assert list(found) == list(form)
    assert list(found["pages"]) == ["a", "b"]
    assert list(found["pages"]["a"]) == list(form["pages"]["a"])
    assert (found["data"], found["pages"]["a"]["text"], found["pages"]["a"]["error"]) == ("set-dev", SENTENCE, None)
    assert found["pages"]["a"]["milliseconds"] > 0


def raise_error(_source):
    raise ValueError("no such thing")


def hang(_source):
    while True:
        try:
            time.sleep(5)
        except Exception:  # as a system might
            continue


@pytest.mark.parametrize(("run", "error"), [(raise_error, "ValueError: no such thing"), (hang, "TookTooLong: cut off")])
def test_what_fails_or_hangs_is_an_error_with_an_empty_text(run, error):
    system = systems.System(run, lambda _: systems.Prediction("never"))
    started = time.perf_counter()
    page = predict.predict_page(system, dataset.Source("a", "", b"", ""), seconds=0.2)
    assert (page["text"], page["error"]) == ("", error)
    assert time.perf_counter() - started < 2


def test_a_folder_without_pages_is_refused(tmp_path):
    with pytest.raises(SystemExit, match=r"has no html/NAME\.html\.gz"):
        dataset.list_pages(tmp_path)


def test_peers_are_pinned_and_locked():
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["bench"]
    pinned = dict(requirement.split("==") for requirement in extra)
    used = {entry.distributions[0] for entry in systems.SYSTEMS.values()} - {"clearwell"}
    assert used <= set(pinned)
    locked = set(re.findall(r"^([\w.-]+==[\w.]+)", (ROOT / "requirements-bench.lock").read_text(), re.M))
    assert {f"{name}=={version}" for name, version in pinned.items()} <= locked


def test_the_readme_names_every_system_and_part():
    readme = (ROOT / "bench" / "README.md").read_text()
    named = set(re.findall(r"^\| `(?!python)([^`]+)` \|", readme, re.M))
    assert named == set(systems.SYSTEMS)
    parts = re.findall(r"python -m (bench[\w.]*)", readme)
    assert set(parts) == {"bench", *(f"bench.{part}" for part in ALONE), *(f"bench.{part}" for part in PARTS)}
    for part in parts:
        assert importlib.util.find_spec(part)


def test_stamps_say_what_ran_where():
    found = stamp.stamp(("selectolax",))
    assert list(found) == ["versions", "python", "machine", "created"]
    assert re.match(r"\d", found["versions"]["selectolax"])
    assert found["machine"]


def test_every_page_goes_through_every_system_once_a_round():
    seen = []
    made = {
        name: systems.System(lambda source, name=name: seen.append((name, source.name)), lambda _: systems.Prediction())
        for name in ("one", "two")
    }
    sources = [dataset.Source(name, "", b"", "") for name in "abcd"]
    times = compare.time_systems(made, sources, rounds=3)
    timed = seen[-24:]  # before them, the first pages to warm up
    assert {len(page) for pages in times.values() for page in pages} == {3}
    assert [name for _, name in timed] == list("aabbccdd") * 3
    assert {tuple(system for system, _ in timed[at : at + 2]) for at in range(0, 24, 2)} == {
        ("one", "two"),
        ("two", "one"),
    }


def test_a_ratio_is_of_the_means_of_the_shortest_times():
    found = compare.compare({"a": [[1.0, 2.0], [3.0, 3.0]], "b": [[2.0, 9.0], [6.0, 7.0]]}, "a", "b")
    assert found["ratio"] == 0.5
    assert found["rounds"] == [4 / 8, 5 / 16]
    assert found["low"] == found["high"] == 0.5  # every page has the same ratio


def test_stages_exist_and_all_of_them_are_on_the_clock():
    assert set(stages.find_stages()) == set(stages.STAGES)
    source = dataset.Source("a", "https://example.org/a", synthetic.write_article(10_000), "")
    times = stages.measure_stages([source], rounds=1)
    assert list(times) == [*stages.STAGES, stages.REST]
    assert [stage for stage, (spent,) in times.items() if spent <= 0] == []
    clean = importlib.import_module("clearwell.clean")
    assert not hasattr(clean.clean, "__wrapped__")  # the clocks are off again


def test_nested_stages_are_subtracted():
    clock = stages.Clock()
    inner = clock.wrap("inner", lambda: time.sleep(0.05))
    outer = clock.wrap("outer", lambda: (time.sleep(0.02), inner(), inner()))
    outer()
    assert 100 <= clock.spent["inner"] < 180
    assert 20 <= clock.spent["outer"] < 60


def test_growth_measures_fresh_processes():
    found = growth.measure_all(largest=100_000, rounds=1)
    assert [row["outcome"] for row in found["rows"]] == ["article"] * 3
    assert all(row["megabytes"] >= row["before"] > 10 and row["seconds"] > 0 for row in found["rows"])
    assert 0 < found["time"]["all sizes"]["exponent"] < 1.5
    assert "too few sizes" in growth.to_markdown(found)  # from 100 KB up there is one


def test_the_plot_takes_our_out_of_fold_score():
    def system(name, f1):
        return {"system": name, "text": {"article": {"f1": [f1, 0.01]}}}

    scores = {"systems": [system("clearwell", 0.99), system(plot.OUT_OF_FOLD, 0.96), system("other", 0.9)]}
    speed = {"systems": {"clearwell": {"mean": 9.0}, "other": {"mean": 20.0}, "dates": {"mean": 1.0}}}
    assert plot.find_points(scores, speed) == [("clearwell", 9.0, 0.96, 0.01), ("other", 20.0, 0.9, 0.01)]


@pytest.mark.parametrize("module", [dataset, matching, score, table, systems, compare, growth, synthetic])
def test_examples_in_the_bench(module):
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0


# -- dirty pages -------------------------------------------------------------------------------------------------------


def entry(text, category="watermark", count=1, novel=False):
    return {"text": text, "category": category, "count": count, "novel": novel}


def test_residue_and_words_are_counted_as_the_set_does(shared, tmp_path):
    truth = {
        "a": {"injected": [entry("Buy now", "cta", 2), entry("the  lantern", novel=True)]},
        "b": {"injected": [entry("Buy now", "cta")]},
    }
    output = {"a": "Rest well. Buy now. Buy\nnow. Buy now.", "b": "Walk home."}
    before = {"a": "Rest well.", "b": "Walk home today."}
    found = dirty.score(truth, output, before, "injected")
    assert found == {
        "cta": 2 / 3,
        "watermark-novel": 0,
        "all": 2 / 4,
        "lost": 1 / 5,
        "gained": 6 / 5,
        "exact": 0,
    }
    for name, content in (("truth", truth), ("out", output), ("before", before)):
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    files = [str(tmp_path / f"{name}.json") for name in ("truth", "out", "before")]
    command = [sys.executable, str(shared / "dirty-dev" / "score_dirty.py"), *files[:2], "--clean", files[2], "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    for ours, name in (("cta", "residue.cta"), ("all", "residue.all"), ("lost", "words.lost"), ("exact", "exact")):
        assert theirs[name] == pytest.approx(found[ours], abs=1e-5)


def test_a_dirty_set_is_cleaned_with_what_it_teaches():
    motto = "your lantern on the long road"
    plain = {}
    lines = []
    for n in range(2, 8):
        parts = [f"Rest {n} hours.", f"Walk {n} km.", f"Eat {n} nuts.", "Sit up.", "Drink tea.", "Go out.", "Be warm."]
        parts = parts[n % 7 :] + parts[: n % 7]
        plain[str(n)] = " ".join(parts)
        for place in (5, 3, 1):
            parts.insert(place, motto)
        lines.append({"id": str(n), "url": f"https://a.example/{n}", "site": "a", "text": " ".join(parts)})
    assert all(motto in text for text in dirty.clean_lines(lines[:2], learn=True).values())
    assert dirty.clean_lines(lines, learn=True) == plain


# -- what cleaning takes -----------------------------------------------------------------------------------------------


def test_numbers_and_true_content_that_cleaning_takes_are_counted():
    text = (
        "Take 2.5 mg twice a day, never more than 10 mg in 24 hours, and drink a glass of water with it each time. "
        "Read also: How to walk 5 km a day without pain in the knees"
    )
    lines = text.replace(". Read", ".\nRead").split("\n")
    document, article = extract(Page(text="\n".join(lines))).document, clean(Page(text="\n".join(lines)))
    found = kept.compare("page", document, article, text)
    assert (found.numbers, found.lost) == (4, ("5 km",))
    assert [(words, rule) for words, rule, _ in found.taken] == [(14, "read-also")]
    assert found.before.recall == 1
    assert found.after.recall == pytest.approx(25 / 39)
    summary = kept.summarise([found])
    assert summary["numbers"] == {"kept before": 4, "lost": 1}
    assert summary["largest"] == [(14, "page", "read-also")]


@pytest.mark.parametrize(
    ("string", "category", "left"),
    [("Follow us on Facebook", "call", False), ("The calf is a muscle too", "call", True), ("Rest.", "keep", False)],
)
def test_a_wording_is_left_if_any_word_of_it_is(string, category, left):
    article, _ = places.read_language("en")
    verdicts = [wordings.judge(article, string, place, category == "keep") for place in places.PLACES[category]]
    assert {(verdict.left, verdict.hurt) for verdict in verdicts} == {(left, False)}


@pytest.mark.parametrize("language", places.list_languages())
def test_every_language_has_wordings_of_both_halves_and_none_twice(language):
    _, categories = places.read_language(language)
    assert set(categories) <= set(places.PLACES)
    for strings in categories.values():
        assert len(strings) == len(set(strings))
    assert {wordings.is_blind(string) for strings in categories.values() for string in strings} == {True, False}

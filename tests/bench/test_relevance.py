from pathlib import Path

import pytest

from bench.peers import NGrams
from bench.relevance_constants import constants
from bench.relevance_variants import Variant, ablations, scores
from index.arrays.weights import Weights
from index.swedish.stems import term_of
from search.local import LocalEngine
from search.local.snapshot import Snapshot
from tests import builders
from tests.builders import document


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("relevance")
    documents = [document("plain", title="Ett torg"), document("leading", title="Torget och dess många små stånd")]
    builders.publish(folder, [*documents, document("last", title="Något annat", body="Ett torg där.")])
    return LocalEngine(folder)._now()


def test_a_run_of_letters_finds_every_form_and_compound() -> None:
    documents = [
        document("a", title="Ett strandskydd"),
        document("b", title="Om skydden"),
        document("c", title="Annat"),
    ]
    assert set(NGrams(documents, 4).scores("skydd")) == {"a", "b"}


@pytest.mark.parametrize("variant", ablations(), ids=lambda variant: variant.name)
def test_every_ablation_answers_and_leaves_no_trace(snapshot: Snapshot, variant: Variant) -> None:
    before = scores(snapshot, "torg")
    with variant.of(snapshot) as changed:
        assert "plain" in scores(changed, "torg")
    assert scores(snapshot, "torg") == before
    assert term_of("säkerheten") == "säkerhet"


def test_inside_a_variant_the_change_is_in_force(snapshot: Snapshot) -> None:
    with Variant("", weights=Weights(fields=(0.5, 1.0, 9.0))).of(snapshot) as changed:
        assert next(iter(scores(changed, "torg"))) == "last"
    plain = next(variant for variant in ablations() if variant.name == "plain Snowball stems")
    with plain.of(snapshot):
        assert term_of("säkerheten") == "säker"


def test_every_constant_has_a_lower_and_a_higher_value() -> None:
    assert all(len(others) >= 2 and str(chosen) not in [o.name for o in others] for _, chosen, others in constants())

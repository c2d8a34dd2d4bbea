from xml.etree import ElementTree

import pytest

from bench.svg import log_chart

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("points", [[(1, 1)], [(1, 1), (5, 2), (25, 30)]])
def test_a_chart_is_xml_with_a_line_through_every_point(points: list[tuple[float, float]]) -> None:
    tree = ElementTree.fromstring(log_chart({"a & b": points, "c": points}, "x", "y"))
    lines = [line.attrib["points"].split() for line in tree.iter(f"{SVG}polyline")]
    assert [len(line) for line in lines] == [len(points)] * 2
    assert {"a & b", "c", "x", "y"} <= {text.text for text in tree.iter(f"{SVG}text")}


def test_equal_factors_are_equally_far_apart() -> None:
    tree = ElementTree.fromstring(log_chart({"a": [(1, 1), (5, 5), (25, 25)]}, "x", "y"))
    xs = [float(dot.attrib["cx"]) for dot in tree.iter(f"{SVG}circle")]
    ys = [float(dot.attrib["cy"]) for dot in tree.iter(f"{SVG}circle")]
    assert xs[1] - xs[0] == pytest.approx(xs[2] - xs[1], abs=0.2)
    assert ys[1] - ys[0] == pytest.approx(ys[2] - ys[1], abs=0.2) and ys[1] < ys[0]

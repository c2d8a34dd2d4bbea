import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]

from web.feeds import xml


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\x00b\x08\x0b\x1fc", "abc"),
        ("\ud800x\udfff\ufffe\uffff", "x"),
        ("rad\n\tett <b> & ]]> åäö 😀", "rad\n\tett <b> & ]]> åäö 😀"),
    ],
)
def test_only_what_xml_can_say_is_left(text: str, left: str) -> None:
    assert xml.legal(text) == left


@given(st.text(st.characters()), st.text(st.characters()))
def test_what_is_written_is_read(text: str, value: str) -> None:
    root = xml.root("urn:a", "list")
    xml.add(root, "item", text, about=value)
    (item,) = etree.fromstring(xml.written(root))
    assert item.tag == "{urn:a}item"
    assert (item.text or "", item.get("about")) == (xml.legal(text), xml.legal(value))


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("https://www.regeringen.se/a/?b=c&d=1,2#e", "https://www.regeringen.se/a/?b=c&d=1,2#e"),
        ("https://a.se/å ä/[1]|<x>", "https://a.se/%C3%A5%20%C3%A4/%5B1%5D%7C%3Cx%3E"),
        ("https://a.se/100%/%C3%A5?q=5%20%", "https://a.se/100%25/%C3%A5?q=5%20%25"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("https://a.se/\ud800\x00x", "https://a.se/x"),
    ],
)
def test_an_address_is_one_that_every_reader_takes(address: str, uri: str) -> None:
    assert xml.uri(address) == uri

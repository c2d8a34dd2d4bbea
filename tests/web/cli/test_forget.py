from pathlib import Path

from tests.web.cli.running import pressok


def test_a_release_is_forgotten(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    assert pressok("forget", "a", "--data", data).stdout == "erased a\n"
    assert pressok("search", "segregation", "--data", data).stdout == "0 träffar\n"
    assert pressok("forget", "a", "--data", data).exit_code == 0, "again, in case it was interrupted"
    result = pressok("forget", "c", "--data", data)
    assert (result.exit_code, "nothing was erased" in result.stderr) == (2, True)


def test_a_mistyped_folder_is_not_made(data: Path) -> None:
    result = pressok("forget", "a", "--data", data)
    assert (result.exit_code, "--data" in result.stderr, data.exists()) == (2, True, False)

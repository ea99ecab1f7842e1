"""The data folder: only Stayline's own is cleared, and a first start that was cut off begins again."""

from pathlib import Path

import pytest
from launching.data_folder import DataFolder, FolderProblem


def test_a_first_start_makes_a_private_folder_and_a_second_keeps_the_data(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "new")
    with folder.held():
        assert not folder.demo_ready
        folder.begin_demo()
        (folder.server / "stayline.db").write_text("data")
        folder.finish_demo()
    assert folder.path.stat().st_mode & 0o077 == 0
    with DataFolder(tmp_path / "new").held() as again:
        assert again.demo_ready
        assert (again.server / "stayline.db").read_text() == "data"


def test_a_first_start_that_was_cut_off_begins_again(tmp_path: Path) -> None:
    with DataFolder(tmp_path).held() as folder:
        folder.begin_demo()
        (folder.server / "half.db").write_text("half")
    with DataFolder(tmp_path).held() as folder:
        assert not folder.demo_ready
        folder.begin_demo()
        assert list(folder.server.iterdir()) == []


def test_a_marker_that_a_crash_cut_short_means_the_data_are_made_again(tmp_path: Path) -> None:
    with DataFolder(tmp_path).held() as folder:
        folder.finish_demo()
        (tmp_path / ".stayline").write_text('{"product": "sta')
        assert not folder.demo_ready


def test_fresh_clears_what_is_ours_and_nothing_else(tmp_path: Path) -> None:
    with DataFolder(tmp_path).held() as folder:
        folder.begin_demo()
        folder.finish_demo()
        folder.desktop.mkdir()
        (folder.desktop / "work.db").write_text("outcomes")
        (tmp_path / "holiday.jpg").write_text("mine")
        folder.clear()
        assert not folder.demo_ready
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", ".stayline", "holiday.jpg"]


def test_a_link_in_the_place_of_a_folder_is_removed_and_what_it_points_at_stays(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "letter.txt").write_text("mine")
    with DataFolder(tmp_path / "data").held() as folder:
        folder.server.symlink_to(elsewhere)
        folder.clear()
        assert not folder.server.exists()
    assert (elsewhere / "letter.txt").exists()


def test_a_chosen_folder_that_holds_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("mine")
    with pytest.raises(FolderProblem, match=r"thesis\.odt.*STAYLINE_DATA"), DataFolder(tmp_path).held():
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


def test_a_file_in_the_place_of_the_folder_is_a_plain_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderProblem, match="is a file"), DataFolder(tmp_path / "file").held():
        pass


def test_two_starts_in_one_folder_do_not_meet(tmp_path: Path) -> None:
    with (
        DataFolder(tmp_path).held(),
        pytest.raises(FolderProblem, match="already running"),
        DataFolder(tmp_path).held(),
    ):
        pass
    with DataFolder(tmp_path).held():
        pass

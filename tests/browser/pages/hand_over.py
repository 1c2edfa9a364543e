"""For a doctor: the report, the forms in which it is handed on, and the copy of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.support.person import Person

_REPORT = "[data-report]"


@dataclass
class HandOver:
    """The page for a doctor; its forms are print, text, csv, fhir and backup, which is the copy."""

    person: Person

    def opens(self) -> None:
        """Open it and wait for the report."""
        self.person.visits("journal/hand-over/")
        self.waits_for_report()

    def waits_for_report(self) -> None:
        """Wait until the report is there."""
        self.person.waits_for(f"{_REPORT} h3")

    def report(self) -> str:
        """Return the words of the report."""
        return self.person.reads(_REPORT)

    def title(self) -> str:
        """Return the title of the report."""
        return self.person.reads(f"{_REPORT} h2")

    # --- choosing -------------------------------------------------------------------------

    def chooses_everything(self) -> None:
        """Have all episodes in the report, not only the last."""
        self.person.browser.press("label:has([name=span][value=all])")

    def leaves_own_words_out(self) -> None:
        """Have no medicine and no note in the report."""
        self.person.browser.press("label:has([name=words])")

    # --- handing on -----------------------------------------------------------------------

    def unfolds_other_forms(self) -> None:
        """Show the buttons for the table and the bundle."""
        self.person.browser.press("[data-hand-over] details.more > summary")

    def hands(self, form: str) -> None:
        """Press the button of a form."""
        self.person.browser.press(f"[data-hand={form}]")

    def saves(self, form: str) -> Path:
        """Press the button of a form; return the file that was downloaded."""
        with self.person.browser.page.expect_download() as download:
            self.hands(form)
        return Path(download.value.path())

    # --- bringing back --------------------------------------------------------------------

    def chooses_file(self, file: Path) -> None:
        """Choose a file to bring back; nothing is written yet."""
        self.person.browser.page.locator("[data-restore]").set_input_files(file)

    def restores(self, file: Path) -> None:
        """Choose a file, read what it would bring, and say yes."""
        self.chooses_file(file)
        self.person.waits_for("[data-restore-sure]")
        self.person.browser.press("[data-restore-do=bring]")

    def brings_twice(self) -> None:
        """Say yes with two taps of a finger."""
        self.person.browser.page.locator("[data-restore-do=bring]").dblclick()

    def takes_out_again(self) -> None:
        """Undo what the last file brought."""
        self.person.browser.press("[data-restore-do=undo]")
        self.waits_until_told("undone")

    def offered(self, what: str) -> str:
        """Return how many notes the file has that are fresh, there, deleted or changing."""
        self.person.waits_for("[data-restore-ask]")
        return self.person.reads(f"[data-restore-count={what}] bdi")

    def warns_of_the_end(self) -> bool:
        """Return whether it says that what goes on would be over."""
        return self.person.shows("[data-restore-ends]")

    def waits_until_told(self, how: str) -> None:
        """Wait until it says what came of the file, such as done, nothing, undone or conflict."""
        self.person.waits_for(f"[data-restored={how}]")

    def says(self, how: str) -> bool:
        """Return whether it says that this came of the file."""
        return self.person.shows(f"[data-restored={how}]")

    def told_where(self, what: str) -> str:
        """Return under which name it says that the page, or the backup, was saved; "" for none."""
        line = f"[role=status] > [data-handed={what}]"
        return self.person.reads(f"{line} bdi") if self.person.shows(line) else ""

    def restored(self) -> str:
        """Return how many entries of the file it says were new."""
        return self.person.reads("[data-restored-count]")

    def left_out(self) -> str:
        """Return how many parts of the file it says were no entries."""
        return self.person.reads("[data-refused-count]")

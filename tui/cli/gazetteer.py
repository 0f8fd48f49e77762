"""The command that indexes a gazetteer."""

from pathlib import Path

from store.coding.gazetteer import about_words, gazetteer_about, gazetteer_path, index_file
from store.model.labels import count_text
from tui.output import output, say


def use_gazetteer(file: Path | None, name: str, licence: str) -> None:
    """Index a gazetteer, or tell which one is indexed; raises what `index_file` raises."""
    if file is None:
        about = gazetteer_about()
        with output() as stream:
            stream.write(f"{about_words(about) if about else NONE}\n")
        return
    about, bad = index_file(file, name, licence)
    say(about_words(about))
    if about.rejected:
        say(f"{count_text(about.rejected, 'line')} left out; the first is {bad}.")
    if not about.licence:
        say("Its licence is not stated: --licence TEXT says it, for the places taken from it.")
    say(f"The index is {gazetteer_path()}; places made in a form are offered from it.")


NONE = (
    "No gazetteer is indexed. conflict-tui gazetteer FILE indexes one: a dump of GeoNames"
    " or CSV with the columns name, lat and lon."
)
"""What is said where there is no gazetteer, on the screen, too."""

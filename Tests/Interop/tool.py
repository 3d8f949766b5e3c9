"""What the tests of unmodified tools share: a card in a reader of its own, a tool run against it, checks of what the tool says."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def in_reader(binary):
    """Runs this script again with the card in the reader; nothing more happens the first time."""
    if os.environ.get("HOLDFAST_IN_READER") != "1":
        os.environ["HOLDFAST_IN_READER"] = "1"
        os.execv(os.path.join(HERE, "in-reader"), ["in-reader", binary, sys.executable] + sys.argv)


def check(what, good, said=""):
    print("%-4s %s" % ("ok" if good else "FAIL", what), flush=True)
    if not good:
        print(said)
        sys.exit(1)


def run(command, environment={}):
    """Exit code and everything that was said."""
    result = subprocess.run(
        command, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120
    )
    return result.returncode, result.stdout.decode("utf-8", "replace")


class PySim:
    """pySim in a folder: run by the virtual environment beside or above the folder, if there is one."""

    def __init__(self, folder):
        self.folder = folder
        self.python = [
            path
            for path in (os.path.join(folder, place, "bin", "python") for place in ("venv", "../venv"))
            if os.access(path, os.X_OK)
        ][:1]

    def run(self, program, *arguments):
        return run(self.python + [os.path.join(self.folder, program), "-p", "0", *arguments], {"COLUMNS": "200", "NO_COLOR": "1"})

    def shell(self, *commands):
        """What pySim-shell says to these commands."""
        with tempfile.NamedTemporaryFile("w", suffix=".script") as script:
            script.write("\n".join(commands) + "\n")
            script.flush()
            code, said = self.run("pySim-shell.py", "--noprompt", "--script", script.name)
        check("pySim-shell: " + "; ".join(commands)[:100], code == 0, said)
        return said


def unreadable(said):
    """What pySim's export could not read, but for files that are not on the card, which it counts as bad too."""
    return [line for line in said.splitlines() if "SW match failed" in line and "got 6a82" not in line]

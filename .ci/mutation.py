"""Changes the program in small ways, one at a time, and reports every change that no test notices.

`make mutation` runs it; `tests/mutation/README.md` says how to read what it prints and answers what has survived.
The changes (mutants) and the running of them are mutmut's; `[mutmut]` in setup.cfg says which modules and which tests.
It works on a copy in a temporary folder, never on the checkout. The copy is kept, so that a second run goes on where
the first one stopped, and tries survivors again once tests have been added (`--again`).

What mutmut leaves alone and this does not: a `@property` and a cached function are written as plain ones in the copy.
What both leave alone: texts in `_()`, which are for people to read; numbers and words outside of functions.
"""

import argparse
import gc
import os
import random
import resource
import shutil
import sys
import tempfile
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

import libcst as cst

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("app", "db", "resources", "tests", "main.py", "setup.cfg", "pyproject.toml")
LARGEST = 2 * 2**30  # bytes of a process: a mutant whose loop never ends fills them instead of the machine
# A failing example is not made smaller: that it fails is all that is asked.
NO_SHRINKING = """
from hypothesis import Phase

settings.register_profile("mutation", settings.get_profile("same"), phases=(Phase.explicit, Phase.generate))
settings.load_profile("mutation")
"""


class _Undecorated(cst.CSTTransformer):
    """Writes `@property def x` as `def _undecorated_x` and `x = property(_undecorated_x)`; cached functions too."""

    def leave_FunctionDef(self, original_node, updated_node):
        if len(updated_node.decorators) != 1:
            return updated_node
        decorator = updated_node.decorators[0].decorator
        named = decorator.func if isinstance(decorator, cst.Call) else decorator
        if not isinstance(named, cst.Name) or named.value not in ("property", "cache", "lru_cache"):
            return updated_node
        name = updated_node.name.value
        plain = cst.Name(f"_undecorated_{name}")
        assigned = cst.Assign([cst.AssignTarget(cst.Name(name))], cst.Call(decorator, [cst.Arg(plain)]))
        after = cst.SimpleStatementLine([assigned])
        return cst.FlattenSentinel([updated_node.with_changes(name=plain, decorators=[]), after])


def bring_up_to_date(folder):
    """Copy what has changed since the last run into `folder`; what is as it was keeps its results."""
    for name in COPIED:
        for source in [ROOT / name] if (ROOT / name).is_file() else sorted((ROOT / name).rglob("*")):
            if source.is_dir() or "__pycache__" in source.parts:
                continue
            text = source.read_bytes()
            if source.suffix == ".py" and source.is_relative_to(ROOT / "app"):
                text = cst.parse_module(text).visit(_Undecorated()).bytes
            elif source == ROOT / "tests" / "conftest.py":
                text += NO_SHRINKING.encode()
            target = folder / source.relative_to(ROOT)
            if not target.exists() or target.read_bytes() != text:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(text)
                if name == "app":  # mutmut makes the mutants of a file only when there are none
                    (folder / "mutants" / source.relative_to(ROOT)).unlink(missing_ok=True)
                    if target.suffix != ".py":
                        continue
    for part in ("app", "tests"):
        for copied in (folder / part).rglob("*.py"):
            if not (ROOT / copied.relative_to(folder)).exists():
                copied.unlink()
                (folder / "mutants" / copied.relative_to(folder)).unlink(missing_ok=True)


class _Forgetful:
    """What a cached function gives is made anew for each test: each that rests on it counts as one that reaches it."""

    def pytest_runtest_setup(self):
        forget_answers()


def forget_answers():
    """Forget what cached functions have given."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("app", "db"):
            for value in list(vars(module).values()):
                if callable(clear := getattr(value, "cache_clear", None)):
                    clear()


def forget():
    """Forget what the process has remembered of the program as it is: a mutant must not live on it."""
    forget_answers()
    tests = str(Path.cwd() / "tests")
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None) or "").startswith(tests):
            del sys.modules[name]  # what a test module has loaded when it was imported


def adapted():
    """Return mutmut's main module, made to leave texts alone and to forget between mutants."""
    import mutmut.__main__ as mutmut
    from mutmut.mutation import file_mutation
    from mutmut.runners import harness
    from mutmut.workers import isolation

    file_mutation.NEVER_MUTATE_FUNCTION_CALLS.update(("_", "later"))
    # Its timeouts signal a process by number long after it may have ended, and the number may be another's by then.
    # The limit of processor time, which it sets too, ends a mutant that never returns.
    isolation.register_timeout = lambda pid, timeout_s: None
    run, execute = harness.PytestRunner.run_tests, harness.PytestRunner.execute_pytest

    def run_tests(self, *, mutant_name, tests):
        os.environ.pop("PYTEST_CURRENT_TEST", None)
        with harness.change_cwd("mutants"):
            forget()
        if mutant_name is None:
            return run(self, mutant_name=None, tests=tests)
        files = {}
        for test in sorted(tests):
            files.setdefault(test.partition("::")[0], []).append(test)
        # File by file, those of the module itself first: they are the likeliest to notice, and others need not be read.
        own = "/test_" + mutant_name.partition(".x")[0].rpartition(".")[2]
        order = sorted(files, key=lambda file: (own not in file, -len(files[file])))
        return next((code for file in order if (code := run(self, mutant_name=mutant_name, tests=files[file]))), 0)

    def execute_pytest(self, params, **more):
        if "plugins" in more:  # looking which tests reach a function
            more["plugins"] = [*more["plugins"], _Forgetful()]
        return execute(self, params, **more)

    harness.PytestRunner.run_tests = run_tests
    harness.PytestRunner.execute_pytest = execute_pytest
    return mutmut


def results(mutmut):
    """Return the exit code of every mutant by name; None: not tried yet."""
    _all, by_path = mutmut.collect_source_file_mutation_data(mutant_names=())
    return {name: code for one in by_path.values() for name, code in one.exit_code_by_key.items()}


def module_of(name):
    """Return the module of a mutant: app.clinical.units of app.clinical.units.x__plain__mutmut_3."""
    return name.rpartition(".")[0]


def chosen(codes, status, options):
    """Return the mutants to try now, of the modules asked for: those not tried, or a sample; or those that survived."""
    names = [one for one in sorted(codes) if not options.names or any(fnmatch(one, each) for each in options.names)]
    if options.sample:
        by_module = {}
        for name in names:
            by_module.setdefault(module_of(name), []).append(name)
        names = [
            name
            for module, its in by_module.items()
            for name in random.Random(f"{options.seed} {module}").sample(its, min(options.sample, len(its)))
        ]
    if options.again:
        return [one for one in names if codes[one] is not None and status[codes[one]] in ("survived", "no tests")]
    return [one for one in names if codes[one] is None]


def report(mutmut, codes, status, show):
    """Print how each module did, and each surviving mutant as a difference."""
    tried = {name: status[code] for name, code in codes.items() if code is not None}
    print(f"\n{'module':34}{'mutants':>9}{'tried':>8}{'killed':>8}{'timeout':>8}{'survived':>9}{'no tests':>9}")
    for module in sorted({module_of(name) for name in codes}):
        count = Counter(each for name, each in tried.items() if module_of(name) == module)
        made = sum(1 for name in codes if module_of(name) == module)
        killed = count["killed"] + count["segfault"] + count["suspicious"]
        print(f"{module:34}{made:9}{count.total():8}{killed:8}{count['timeout']:8}"
              f"{count['survived']:9}{count['no tests']:9}")  # fmt: skip
    for name in sorted(name for name, each in tried.items() if each in ("survived", "no tests")):
        print(f"\n{name} ({tried[name]})")
        if show:
            found = mutmut.find_mutant(name)
            print(mutmut.get_diff_for_mutant(name, path=found.path))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="patterns of mutants, e.g. 'app.clinical.units.*'; none: all")
    parser.add_argument("--sample", type=int, default=0, help="at most so many mutants of each module")
    parser.add_argument("--seed", type=int, default=2015, help="which sample")
    parser.add_argument("--again", action="store_true", help="try those again that have survived")
    parser.add_argument("--report", action="store_true", help="only print what is known so far")
    parser.add_argument("--in", dest="folder", type=Path, help="where the copy is; kept between runs")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.gettempdir()) / f"alkpath-mutation-{os.getuid()}"
    folder.mkdir(parents=True, exist_ok=True)
    if not options.report:
        bring_up_to_date(folder)
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST, LARGEST))
    os.chdir(folder)
    mutmut = adapted()
    from mutmut.stats import status_by_exit_code as status

    if options.report:
        report(mutmut, results(mutmut), status, show=True)
        return
    # Made first without trying any, so that the ones to try can be chosen.
    shutil.copytree("tests", "mutants/tests", dirs_exist_ok=True)
    mutmut.set_mutant_under_test("mutant_generation")
    with mutmut.CatchOutput(spinner_title="Making mutants"):
        mutmut.copy_src_dir()
        mutmut.copy_also_copy_files()
        mutmut.create_mutants(1)
    names = chosen(results(mutmut), status, options)
    print(f"{len(names)} mutants to try, in {folder}")
    gc.collect()
    if names:
        mutmut._run(names, 1)
    report(mutmut, results(mutmut), status, show=True)


if __name__ == "__main__":
    main()

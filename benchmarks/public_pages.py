"""Body extraction on the public article-extraction-benchmark: 181 pages, nearly all in English.

    git clone https://github.com/scrapinghub/article-extraction-benchmark PATH
    .venv/bin/python benchmarks/public_pages.py PATH

The same code as everywhere, no language refused. Writes PATH/output/khabar.json and runs that
repository's own evaluation of it, beside the outputs of other readers that it keeps.

Who works on the reading may look at every other page, the first in the order of names among them;
the other half is only measured. The figures of each half are printed too, by the same evaluation.
"""

import gzip
import importlib.util
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from crawler.extraction import examine

Texts = dict[str, dict[str, str]]
"""By the name of a page, its text as `articleBody`, and in the truth its address as `url`."""


def print_halves(folder: Path, truth: Texts, output: Texts) -> None:
    """Print the figures of the half that may be looked at, and of the one that is only measured."""
    spec = importlib.util.spec_from_file_location("evaluate", folder / "evaluate.py")
    if spec is None or spec.loader is None:
        sys.exit(f"no evaluation in {folder}")
    evaluation = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(evaluation)
    names = sorted(truth)
    for half, chosen in (("looked at", names[::2]), ("only measured", names[1::2])):
        figures = evaluation.evaluate(
            {name: truth[name] for name in chosen}, {name: output[name] for name in chosen}, 1
        )
        print(
            f"{half:14} {len(chosen)} pages: F1 {figures['f1']:.3f}  precision"
            f" {figures['precision']:.3f}  recall {figures['recall']:.3f}"
            f"  accuracy {figures['accuracy']:.3f}"
        )


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    output, times, verdicts = {}, [], []
    for path in sorted((folder / "html").glob("*.html.gz")):
        name = path.name.split(".")[0]
        html = gzip.decompress(path.read_bytes())
        began = time.perf_counter()
        page = examine(html, truth[name]["url"], encoding="utf-8", languages=None)
        times.append((time.perf_counter() - began) * 1000)
        verdicts.append(page.verdict)
        output[name] = {"articleBody": page.article.body or ""}
    (folder / "output" / "khabar.json").write_text(json.dumps(output), encoding="utf-8")
    print(f"{len(output)} pages, median {statistics.median(times):.1f} ms")
    print("refused as " + (", ".join(sorted(v for v in verdicts if v != "article")) or "nothing"))
    print_halves(folder, truth, output)
    subprocess.run([sys.executable, "evaluate.py"], cwd=folder, check=True)


if __name__ == "__main__":
    main()

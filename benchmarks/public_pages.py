"""Body extraction on the public article-extraction-benchmark: 181 pages, nearly all in English.

    git clone https://github.com/scrapinghub/article-extraction-benchmark PATH
    .venv/bin/python benchmarks/public_pages.py PATH

The same code as everywhere, nothing tuned to these pages, no language refused. Writes
PATH/output/khabar.json and runs that repository's own evaluation of it, beside the outputs of other
readers that it keeps.
"""

import gzip
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from crawler.extraction import examine


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
    subprocess.run([sys.executable, "evaluate.py"], cwd=folder, check=True)


if __name__ == "__main__":
    main()

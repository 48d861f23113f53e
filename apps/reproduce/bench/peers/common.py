"""What the scripts for the other frameworks share: the network's sizes, made-up images as sparse as MNIST's, a watch."""

import json
import time

import numpy as np

SIZES = [784, 256, 256, 256, 10]
EXAMPLES = 100
CLIPPED = 8  # winsorized: of 100 values, the 8 smallest and the 8 largest are clipped


def images_and_labels():
    draw = np.random.default_rng(1)
    images = draw.random((EXAMPLES, SIZES[0]), dtype=np.float32)
    images[draw.random(images.shape) > 0.19] = 0
    return images, draw.integers(0, SIZES[-1], EXAMPLES)


def measure(name, run, budget=3.0, least=3):
    """Prints a line of JSON: median and shortest wall time in ms, after two runs that don't count."""
    run()
    run()
    took = []
    started = time.perf_counter()
    while len(took) < least or (time.perf_counter() - started < budget and len(took) < 300):
        before = time.perf_counter()
        run()
        took.append((time.perf_counter() - before) * 1000)
    print(json.dumps({"name": name, "ms": float(np.median(took)), "fastest": min(took)}), flush=True)

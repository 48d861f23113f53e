"""torchvision's ImageFolder with two workers over a folder of JPEGs: short side to 256, the middle 224 x 224.

    peers/bin/pip install torch torchvision
    python torchvision_folder.py FOLDER

Takes a pass over all pictures, workers' start included in none of those that count, and tells the time of 96 of them.
"""

import json
import sys
import time

# Somebody's `import pytorch` shall not find the script of that name beside this one.
sys.path.pop(0)

import numpy as np
from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import ImageFolder

pictures = ImageFolder(
    sys.argv[1], transforms.Compose([transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor()])
)
loader = DataLoader(pictures, batch_size=96, shuffle=True, num_workers=2, persistent_workers=True)


def epoch():
    for _ in loader:
        pass


epoch()
took = []
for _ in range(5):
    before = time.perf_counter()
    epoch()
    took.append((time.perf_counter() - before) * 1000 * 96 / len(pictures))
name = "torchvision: ImageFolder, two workers, 96 photographs to 224 x 224 as float32"
print(json.dumps({"name": name, "ms": float(np.median(took)), "fastest": min(took)}), flush=True)

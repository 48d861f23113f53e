"""PyTorch, BackPACK and Opacus on the paper's MNIST network with batches of 100.

    python3 -m venv peers && peers/bin/pip install torch backpack-for-pytorch opacus
    PEERS_PYTHON=peers/bin/python npx -y pnpm@12 bench -- --peers

Index legend: i of m = 100 examples. alpha = |mean gradient|^2 / mean |gradient of i|^2, over all weights.
"""

import warnings

import torch
from torch import nn
from torch.func import functional_call, grad, vmap

from common import CLIPPED, EXAMPLES, SIZES, images_and_labels, measure

warnings.filterwarnings("ignore")
torch.manual_seed(1)
images, labels = (torch.from_numpy(array) for array in images_and_labels())


def network():
    layers = []
    for inputs, outputs in zip(SIZES, SIZES[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


model = network()
parameters = dict(model.named_parameters())
cross_entropy = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.0)


def sgd_step():
    optimizer.zero_grad()
    loss = cross_entropy(model(images), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


def loss_of_one(weights, image, label):
    return cross_entropy(functional_call(model, weights, (image[None],)), label[None])


rows_of = vmap(grad(loss_of_one), in_dims=(None, 0, 0))


def alpha_of_rows(rows):
    means = sum(row.mean(0).square().sum() for row in rows)
    norms = sum(row.flatten(1).square().sum() for row in rows) / EXAMPLES
    return (means / norms).item()


def alpha_by_vmap():
    return alpha_of_rows(rows_of(parameters, images, labels).values())


def winsorized_by_topk():
    with torch.no_grad():
        for row in rows_of(parameters, images, labels).values():
            low = row.topk(CLIPPED + 1, dim=0, largest=False).values[-1]
            high = row.topk(CLIPPED + 1, dim=0).values[-1]
            row.clamp_(low, high).mean(0)


def winsorized_by_sort():
    with torch.no_grad():
        for row in rows_of(parameters, images, labels).values():
            ordered = row.sort(dim=0).values
            row.clamp_(ordered[CLIPPED], ordered[-CLIPPED - 1]).mean(0)


measure(f"PyTorch {torch.__version__}: SGD step", sgd_step)
measure("PyTorch: α by vmap(grad)", alpha_by_vmap)
measure("PyTorch: winsorized gradient, c = 8%, by topk", winsorized_by_topk)
measure("PyTorch: winsorized gradient, c = 8%, by sort", winsorized_by_sort)

try:
    from backpack import backpack, extend
    from backpack.extensions import BatchL2Grad

    extended, extended_loss = extend(network()), extend(nn.CrossEntropyLoss(reduction="sum"))

    def alpha_by_backpack():
        extended.zero_grad()
        with backpack(BatchL2Grad()):
            extended_loss(extended(images), labels).backward()
        weights = list(extended.parameters())
        norms = sum(weight.batch_l2.sum() for weight in weights)
        return (sum(weight.grad.square().sum() for weight in weights) / norms / EXAMPLES).item()

    measure("BackPACK: α by BatchL2Grad", alpha_by_backpack)
except ImportError:
    pass

try:
    from opacus import GradSampleModule

    sampled = GradSampleModule(network(), loss_reduction="sum")
    sampled_loss = nn.CrossEntropyLoss(reduction="sum")

    def alpha_by_opacus():
        sampled.zero_grad()
        sampled_loss(sampled(images), labels).backward()
        return alpha_of_rows([weight.grad_sample for weight in sampled.parameters()])

    measure("Opacus: α by GradSampleModule", alpha_by_opacus)
except ImportError:
    pass

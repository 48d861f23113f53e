"""JAX on the paper's MNIST network with batches of 100.

    python3 -m venv peers && peers/bin/pip install jax
    PEERS_PYTHON=peers/bin/python npx -y pnpm@12 bench -- --peers
"""

import jax
import jax.numpy as jnp
import numpy as np

from common import CLIPPED, EXAMPLES, SIZES, images_and_labels, measure

images, labels = (jnp.asarray(array) for array in images_and_labels())
draw = np.random.default_rng(2)
weights = [
    (
        jnp.asarray(draw.normal(0, np.sqrt(2 / inputs), (inputs, outputs)).astype(np.float32)),
        jnp.zeros(outputs, jnp.float32),
    )
    for inputs, outputs in zip(SIZES, SIZES[1:])
]


def loss_of_one(weights, image, label):
    for kernel, bias in weights[:-1]:
        image = jax.nn.relu(image @ kernel + bias)
    kernel, bias = weights[-1]
    return -jax.nn.log_softmax(image @ kernel + bias)[label]


def mean_loss(weights):
    return jax.vmap(loss_of_one, (None, 0, 0))(weights, images, labels).mean()


rows_of = jax.vmap(jax.grad(loss_of_one), (None, 0, 0))


@jax.jit
def sgd_step(weights):
    loss, gradient = jax.value_and_grad(mean_loss)(weights)
    return loss, jax.tree.map(lambda w, g: w - 0.0 * g, weights, gradient)


@jax.jit
def alpha(weights):
    rows = jax.tree.leaves(rows_of(weights, images, labels))
    means = sum((row.mean(0) ** 2).sum() for row in rows)
    return means / (sum((row**2).sum() for row in rows) / EXAMPLES)


@jax.jit
def winsorized(weights):
    def clip(row):
        ordered = jnp.sort(row, axis=0)
        return jnp.clip(row, ordered[CLIPPED], ordered[-CLIPPED - 1]).mean(0)

    return jax.tree.map(clip, rows_of(weights, images, labels))


measure(f"JAX {jax.__version__}: SGD step", lambda: jax.block_until_ready(sgd_step(weights)))
measure("JAX: α by vmap(grad)", lambda: jax.block_until_ready(alpha(weights)))
measure("JAX: winsorized gradient, c = 8%, by sort", lambda: jax.block_until_ready(winsorized(weights)))

"""How loud a sound is (ITU-R BS.1770-4), its true peak, and a limiter. Only the standard library: a clip takes well under a second.

Why a limiter: speech that is merely turned up to the loudness that Amazon asks for goes over the peak that it allows
(developer.amazon.com/docs/flashbriefing/normalizing-the-loudness-of-audio-content.html: about -14 LUFS, rejected below -19, peak -2 dBFS).
"""

from __future__ import annotations

import math
import operator
from array import array
from collections.abc import Sequence

from tools.audio.sound import FULL_SCALE, Sound

QUIET = -70.0
_BLOCKS_A_SECOND = 10
_LOOK_AHEAD_SECONDS = 0.005
_RELEASE_SECONDS = 0.060
_PHASES = 8
_REACH = 12


def to_db(ratio: float) -> float:
    return 20 * math.log10(ratio) if ratio > 0 else -math.inf


def from_db(decibels: float) -> float:
    return float(10 ** (decibels / 20))


def integrated(sound: Sound) -> float:
    """Integrated loudness in LUFS: 400 ms blocks every 100 ms, gated at -70 and 10 below the mean. -inf for silence or under 400 ms."""
    step = sound.rate // _BLOCKS_A_SECOND
    energies = _weighted_energies(sound, step)
    blocks = [sum(energies[index : index + 4]) / (4 * step) for index in range(len(energies) - 3)]
    loud = [block for block in blocks if _lufs(block) > QUIET]
    if not loud:
        return -math.inf
    gate = _lufs(sum(loud) / len(loud)) - 10
    kept = [block for block in loud if _lufs(block) > gate]
    return _lufs(sum(kept) / len(kept))


def _lufs(mean_square: float) -> float:
    return -0.691 + 10 * math.log10(mean_square) if mean_square > 0 else -math.inf


def _weighted_energies(sound: Sound, step: int) -> list[float]:
    """The K-weighted energy of every whole step. Both filters in one loop: this is where the time goes."""
    b0, b1, b2, a1, a2 = _shelf(sound.rate)
    d1, d2 = _high_pass(sound.rate)
    x1 = x2 = y1 = y2 = z1 = z2 = 0.0
    energies = []
    samples = sound.samples
    for start in range(0, len(samples) - step + 1, step):
        energy = 0.0
        for value in samples[start : start + step]:
            x = value / FULL_SCALE
            y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
            z = y - 2 * y1 + y2 - d1 * z1 - d2 * z2
            x2, x1, y2, y1, z2, z1 = x1, x, y1, y, z1, z
            energy += z * z
        energies.append(energy)
    return energies


def _shelf(rate: int) -> tuple[float, float, float, float, float]:
    """First stage of BS.1770: the head. Analogue prototype by bilinear transform, so that every rate is right."""
    k = math.tan(math.pi * 1681.974450955533 / rate)
    gain = from_db(3.999843853973347)
    bend = gain**0.4996667741545416
    q = 0.7071752369554196
    a0 = 1 + k / q + k * k
    return (
        (gain + bend * k / q + k * k) / a0,
        2 * (k * k - gain) / a0,
        (gain - bend * k / q + k * k) / a0,
        2 * (k * k - 1) / a0,
        (1 - k / q + k * k) / a0,
    )


def _high_pass(rate: int) -> tuple[float, float]:
    """Second stage of BS.1770; its numerator is 1, -2, 1."""
    k = math.tan(math.pi * 38.13547087602444 / rate)
    q = 0.5003270373238773
    a0 = 1 + k / q + k * k
    return 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0


def sample_peak(sound: Sound) -> float:
    """The highest sample in dBFS."""
    if not sound.samples:
        return -math.inf
    return to_db(_highest(sound.samples) / FULL_SCALE)


def _highest(samples: Sequence[int]) -> int:
    top, bottom = max(samples), -min(samples)
    return top if top > bottom else bottom


def true_peak(sound: Sound) -> float:
    """The highest point of the wave between the samples too, in dBFS: eight points a sample by a windowed sinc.

    Only the summits within 3 dB of the highest sample are looked at: in speech no higher point hides elsewhere.
    """
    samples = sound.samples
    if len(samples) < 3:
        return -math.inf
    highest = _highest(samples)
    threshold = 0.7 * highest
    filters = [_sinc(phase / _PHASES) for phase in range(1, _PHASES)]
    peak = float(highest)
    padded = array("h", bytes(2 * _REACH)) + samples + array("h", bytes(2 * _REACH))
    for index in _summits(samples, threshold):
        # Between the sample before and this one, and between this and the next.
        for start in (index, index + 1):
            window = padded[start : start + 2 * _REACH]
            peak = max(peak, *[abs(sum(map(operator.mul, taps, window))) for taps in filters])
    return to_db(peak / FULL_SCALE)


def _summits(samples: Sequence[int], threshold: float) -> list[int]:
    """Places whose sample is beyond the threshold and not lower than its neighbours on the same side."""
    high = [index for index, value in enumerate(samples[1:-1], start=1) if value > threshold or value < -threshold]
    return [index for index in high if abs(samples[index]) >= max(abs(samples[index - 1]), abs(samples[index + 1]))]


def _sinc(offset: float) -> list[float]:
    taps = []
    for index in range(2 * _REACH):
        x = index - _REACH + 1 - offset
        window = 0.5 + 0.5 * math.cos(math.pi * x / (_REACH + 0.5))
        taps.append((math.sin(math.pi * x) / (math.pi * x) if x else 1.0) * window)
    total = sum(taps)
    return [tap / total for tap in taps]


def limit(sound: Sound, gain_db: float, ceiling_db: float) -> Sound:
    """The sound with a gain, and turned down smoothly wherever it would go over the ceiling.

    The gain moves in straight lines between the edges of 5 ms blocks: at each edge it is no higher than either neighbour needs, so
    no sample goes over, it comes down in the block before a peak (look-ahead), and goes up again slowly (release 60 ms).
    """
    gain = from_db(gain_db)
    block = max(1, round(_LOOK_AHEAD_SECONDS * sound.rate))
    edges = _edges(_gains_needed(sound, block, from_db(ceiling_db) * FULL_SCALE / gain))
    limited = array("h")
    for index, start in enumerate(range(0, len(sound.samples), block)):
        part = sound.samples[start : start + block]
        here, there = edges[index] * gain, edges[index + 1] * gain
        if here == there:
            limited.extend([_clipped(value * here) for value in part])
        else:
            slope = (there - here) / block
            limited.extend([_clipped(value * (here + slope * place)) for place, value in enumerate(part)])
    return Sound(sound.rate, limited)


def _clipped(value: float) -> int:
    return int(value) if -FULL_SCALE < value < FULL_SCALE else (FULL_SCALE - 1 if value > 0 else -FULL_SCALE)


def _gains_needed(sound: Sound, block: int, highest: float) -> list[float]:
    """For each block the factor that keeps its highest sample at `highest`; 1 where it is lower anyway."""
    samples = sound.samples
    parts = (samples[start : start + block] for start in range(0, len(samples), block))
    peaks = [_highest(part) for part in parts]
    return [highest / peak if peak > highest else 1.0 for peak in peaks]


def _edges(needed: Sequence[float]) -> list[float]:
    """The gain at the edges of the blocks: one more than there are blocks."""
    release = 1 - math.exp(-_LOOK_AHEAD_SECONDS / _RELEASE_SECONDS)
    edges = []
    level = 1.0
    for before, after in zip([1.0, *needed], [*needed, 1.0], strict=True):
        risen = level + (1.0 - level) * release
        level = min(before, after, risen if risen < 0.9999 else 1.0)
        edges.append(level)
    return edges
